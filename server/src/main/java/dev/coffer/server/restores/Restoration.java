package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.restore.Outcome;
import dev.coffer.restore.record.RecordSearch;
import dev.coffer.server.access.Caller;
import dev.coffer.server.audit.Actor;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A restore, or an undo, on its way from the plan to the end. Lives in this server's memory: what
 * was really done is in the journal among the backups.
 */
public final class Restoration {
  private final UUID id = UUID.randomUUID();
  private final RestoreOrder order;
  private final Actor actor;
  private final Instant createdAt;
  private volatile Course course =
      new Course(
          State.PLANNING,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of());

  /** How far it is. */
  public enum State {
    PLANNING(true),
    /** The plan is there, and waits for somebody to confirm it. */
    PLANNED(false),
    /** There is no plan; the problem says why. */
    REFUSED(false),
    APPLYING(true),
    DONE(false),
    /** Nothing was changed, unless the problem says otherwise. */
    FAILED(false),
    CANCELLED(false);

    private final boolean moving;

    State(boolean moving) {
      this.moving = moving;
    }

    public boolean moving() {
      return moving;
    }
  }

  /**
   * One moment of it.
   *
   * @param job that works or worked on it
   * @param result once it was applied
   * @param problem why there is no plan, or no result
   * @param resets whose secrets have to be set anew, by name
   */
  public record Course(
      State state,
      Optional<UUID> job,
      Optional<Outcome> plan,
      Optional<Outcome> result,
      Optional<CofferException> problem,
      List<RecordSearch.Found> resets) {
    public Course {
      resets = List.copyOf(resets);
    }
  }

  Restoration(RestoreOrder order, Caller caller, Instant createdAt) {
    this.order = order;
    this.actor = caller.actor();
    this.createdAt = createdAt;
  }

  public UUID id() {
    return id;
  }

  public RestoreOrder order() {
    return order;
  }

  public Actor actor() {
    return actor;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public Course course() {
    return course;
  }

  public boolean undoes() {
    return order instanceof RestoreOrder.TakeBack;
  }

  synchronized void planning() {
    course =
        new Course(
            State.PLANNING,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of());
  }

  synchronized void applying() {
    course =
        new Course(
            State.APPLYING,
            Optional.empty(),
            course.plan(),
            Optional.empty(),
            Optional.empty(),
            course.resets());
  }

  synchronized void workedOnBy(UUID job) {
    course =
        new Course(
            course.state(),
            Optional.of(job),
            course.plan(),
            course.result(),
            course.problem(),
            course.resets());
  }

  synchronized void planned(Outcome plan, List<RecordSearch.Found> resets) {
    course =
        new Course(
            State.PLANNED,
            course.job(),
            Optional.of(plan),
            Optional.empty(),
            Optional.empty(),
            resets);
  }

  synchronized void done(Outcome result) {
    course =
        new Course(
            State.DONE,
            course.job(),
            course.plan(),
            Optional.of(result),
            Optional.empty(),
            course.resets());
  }

  synchronized void ended(State how, Optional<CofferException> problem) {
    course =
        new Course(how, course.job(), course.plan(), course.result(), problem, course.resets());
  }

  @Override
  public String toString() {
    return "restoration " + id;
  }
}
