package dev.coffer.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.server.StateForTests;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The chain holds, and every way to change the past is found; in both kinds of state. */
class AuditTrailTest {
  private Optional<StateForTests> state = Optional.empty();

  @AfterEach
  void drop() {
    state.ifPresent(StateForTests::close);
  }

  private AuditTrail trail(StateForTests.Kind kind) {
    StateForTests opened = StateForTests.open(kind);
    state = Optional.of(opened);
    AuditTrail trail =
        new AuditTrail(opened.client(), opened.transaction(), InstantSource.system());
    for (int entry = 1; entry <= 5; entry++) {
      trail.done(new Actor("ann", "192.0.2.1"), Action.SIGNED_IN, "", "reason " + entry);
    }
    return trail;
  }

  @ParameterizedTest
  @EnumSource
  void everyChangeOfThePastIsFound(StateForTests.Kind kind) {
    for (String change :
        List.of(
            "UPDATE audit_entry SET reason = 'another' WHERE id = 3",
            "UPDATE audit_entry SET actor = 'bob' WHERE id = 3",
            "DELETE FROM audit_entry WHERE id = 3",
            "UPDATE audit_entry SET outcome = 'FAILED' WHERE id = 3")) {
      AuditTrail trail = trail(kind);
      assertThat(trail.check().whole()).isTrue();
      assertThat(trail.check().entries()).isEqualTo(5);

      state.orElseThrow().client().sql(change).update();

      assertThat(trail.check().brokenAt()).as(change).contains(3L);
      drop();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatNoColumnMayHoldIsLeftOut(StateForTests.Kind kind) {
    AuditTrail trail = trail(kind);

    trail.append(
        new Actor("a\0b", "192.0.2.1"), Action.SIGNED_IN, "c\0d", "", Outcome.FAILED, "e\0\nf");

    assertThat(trail.of("c\0d", 0, 9)).hasSize(1);
    assertThat(trail.countOf("c\0d")).isEqualTo(1);
    assertThat(trail.page(0, 1).getFirst())
        .returns("ab", entry -> entry.actor().name())
        .returns("cd", AuditEntry::subject)
        .returns("e\nf", AuditEntry::detail);
    assertThat(trail.check().whole()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void aCutEndIsFoundAndTheNewestComeFirst(StateForTests.Kind kind) {
    AuditTrail trail = trail(kind);
    assertThat(trail.page(0, 2)).extracting(AuditEntry::id).containsExactly(5L, 4L);
    assertThat(trail.page(4, 2)).extracting(AuditEntry::id).containsExactly(1L);

    state.orElseThrow().client().sql("DELETE FROM audit_entry WHERE id > 3").update();

    assertThat(trail.check().brokenAt()).contains(4L);
  }
}
