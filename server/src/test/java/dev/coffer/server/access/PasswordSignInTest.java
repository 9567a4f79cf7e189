package dev.coffer.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.coffer.server.StateForTests;
import dev.coffer.server.access.portal.PortalForTests;
import dev.coffer.server.audit.AuditEntry;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.TrailForTests;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/** An attempt that fails costs the same work, and tells the same, whyever it fails. */
class PasswordSignInTest {
  private static final int COST = 5;

  /** The costs of the hashes that were checked. */
  private final List<Integer> checked = new CopyOnWriteArrayList<>();

  private final StateForTests state = StateForTests.open(StateForTests.Kind.H2);
  private final AuditTrail audit = TrailForTests.of(state);
  private final Accounts accounts =
      new Accounts(state.client(), new Counting(), InstantSource.system());
  private final PasswordSignIn signIn =
      new PasswordSignIn(
          accounts,
          PortalForTests.none(state),
          new SignInThrottle(InstantSource.system()),
          new PasswordCheck(new Counting()),
          audit);

  /** Bcrypt, which notes what it checks. */
  private final class Counting implements PasswordEncoder {
    private final PasswordEncoder bcrypt = new BCryptPasswordEncoder(COST);

    @Override
    public String encode(@Nullable CharSequence password) {
      return String.valueOf(bcrypt.encode(password));
    }

    @Override
    public boolean matches(@Nullable CharSequence password, @Nullable String hash) {
      checked.add(Integer.parseInt(Objects.requireNonNull(hash).substring(4, 6)));
      return bcrypt.matches(password, hash);
    }
  }

  @AfterEach
  void drop() {
    state.close();
  }

  private Throwable refusal(String name, String password) {
    Authentication attempt = UsernamePasswordAuthenticationToken.unauthenticated(name, password);
    return catchThrowable(() -> signIn.authenticate(attempt));
  }

  @Test
  void aNameThatIsUnknownCostsAsMuchAsAWrongPassword() {
    accounts.create("ann", Role.ADMIN, "a long enough one");
    accounts.create("shut", Role.ADMIN, "a long enough one");
    accounts.setAccess(accounts.byName("shut").orElseThrow().id(), Role.ADMIN, false);

    Throwable wrong = refusal("ann", "a wrong one");
    List<Integer> work = List.copyOf(checked);

    assertThat(wrong).isInstanceOf(BadCredentialsException.class);
    assertThat(work).containsExactly(COST);
    for (List<String> other :
        List.of(
            List.of("nobody", "a wrong one"),
            List.of("", "a wrong one"),
            List.of("ann\u0000", "a wrong one"),
            List.of("x".repeat(500), "a wrong one"),
            List.of("shut", "a long enough one"))) {
      checked.clear();
      Throwable refused = refusal(other.getFirst(), other.get(1));
      assertThat(checked).as(other.toString()).isEqualTo(work);
      assertThat(refused).as(other.toString()).hasSameClassAs(wrong).hasMessage(wrong.getMessage());
    }
    assertThat(audit.page(0, 10)).extracting(AuditEntry::detail).containsOnly("").hasSize(6);
  }

  @Test
  void theRightPasswordIsCheckedOnceToo() {
    accounts.create("ann", Role.ADMIN, "a long enough one");

    assertThat(
            signIn
                .authenticate(
                    UsernamePasswordAuthenticationToken.unauthenticated(
                        " ANN", "a long enough one"))
                .isAuthenticated())
        .isTrue();
    assertThat(checked).containsExactly(COST);
  }
}
