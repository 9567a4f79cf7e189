package dev.coffer.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.server.StateForTests;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.TrailForTests;
import dev.coffer.server.web.Refused;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Who may sign in, while several change it. */
class UsersTest {
  private static final Actor ACTOR = new Actor("ann", "192.0.2.1");

  @ParameterizedTest
  @EnumSource
  void twoAdminsDoNotTakeTheRoleFromOneAnotherAtOnce(StateForTests.Kind kind)
      throws InterruptedException {
    try (StateForTests state = StateForTests.open(kind);
        ExecutorService other = Executors.newSingleThreadExecutor()) {
      Accounts accounts =
          new Accounts(state.client(), new BCryptPasswordEncoder(4), InstantSource.system());
      AuditTrail trail = TrailForTests.of(state);
      Tokens tokens = new Tokens(state.client(), accounts, InstantSource.system());
      Users users = new Users(accounts, tokens, trail, state.transaction());
      long ann = users.create("ann", Role.ADMIN, ACTOR).account().id();
      long bob = users.create("bob", Role.ADMIN, ACTOR).account().id();

      Future<Account> second =
          state
              .transaction()
              .execute(status -> {
                Account _ = users.setAccess(ann, Role.OPERATOR, true, ACTOR);
                Future<Account> begun =
                    other.submit(() -> users.setAccess(bob, Role.OPERATOR, true, ACTOR));
                pause();
                return begun;
              });

      assertThatThrownBy(second::get)
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(Refused.class);
      assertThat(accounts.byId(bob).orElseThrow().role()).isEqualTo(Role.ADMIN);
    }
  }

  /** Long enough for the other to have looked who is an admin. */
  private static void pause() {
    try {
      Thread.sleep(300);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }
}
