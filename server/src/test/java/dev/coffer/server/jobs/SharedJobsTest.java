package dev.coffer.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.server.StateForTests;
import dev.coffer.server.audit.Actor;
import dev.coffer.testkit.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two servers that share a state: what one is asked for, the other knows, does and ends. */
class SharedJobsTest {
  private static final Actor ANN = new Actor("ann", "192.0.2.1");
  private static final int MANY = 100;

  private final StateForTests state = StateForTests.open(StateForTests.Kind.POSTGRESQL);
  private final RunnerForTests one = RunnerForTests.sharing(state);
  private final RunnerForTests two = RunnerForTests.sharing(state);
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch begun = new CountDownLatch(1);

  @AfterEach
  void stop() {
    go.countDown();
    one.stop();
    two.stop();
    state.close();
  }

  /** Work that counts how often it was done and told of, for each argument, and by whom. */
  private static final class Counted implements SharedWork {
    private final Map<String, AtomicInteger> done = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> told = new ConcurrentHashMap<>();

    @Override
    public Work.Result run(Job job, Order order, Progress progress) {
      count(done, order);
      return new Work.Result(order.get("number"), "");
    }

    @Override
    public void over(Job job, Order order) {
      count(told, order);
    }

    private static void count(Map<String, AtomicInteger> counts, Order order) {
      counts.computeIfAbsent(order.get("number"), number -> new AtomicInteger()).incrementAndGet();
    }
  }

  /** Work that goes on until the test lets it end, or somebody cancels it. */
  private final class Slow implements SharedWork {
    @Override
    public Work.Result run(Job job, Order order, Progress progress) {
      progress.expect(1, 200, 2_000);
      progress.advanced("sales", 100, 1_000);
      begun.countDown();
      try {
        go.await();
        return new Work.Result("slow", "");
      } catch (InterruptedException cancelled) {
        throw new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", cancelled);
      }
    }

    @Override
    public void over(Job job, Order order) {}
  }

  private static Job submit(RunnerForTests runner, String work, String number) {
    return runner
        .runner()
        .submit(JobKind.BACKUP, "", "why", ANN, new Order(work, Map.of("number", number)));
  }

  private static Job submitPatiently(RunnerForTests runner, String work, String number) {
    List<Job> taken = new ArrayList<>();
    Waiting.until(
        "room for " + number,
        () -> {
          try {
            taken.add(submit(runner, work, number));
            return true;
          } catch (TooManyJobs busy) {
            return false;
          }
        });
    return taken.getFirst();
  }

  @Test
  void aHundredJobsAskedForAtBothAreEachDoneOnce() {
    Counted atOne = new Counted();
    Counted atTwo = new Counted();
    one.offer("counted", atOne);
    two.offer("counted", atTwo);
    List<Job> jobs = new ArrayList<>();
    for (int number = 0; number < MANY; number++) {
      jobs.add(submitPatiently(number % 2 == 0 ? one : two, "counted", Integer.toString(number)));
    }

    for (int number = 0; number < MANY; number++) {
      RunnerForTests asked = number % 2 == 0 ? one : two;
      awaitOver(asked, jobs.get(number));
      Job ended = asked.runner().await(jobs.get(number));
      assertThat(ended)
          .returns(JobState.DONE, Job::state)
          .returns(Integer.toString(number), Job::subject);
    }

    for (int number = 0; number < MANY; number++) {
      String key = Integer.toString(number);
      assertThat(sum(atOne.done, atTwo.done, key)).as("done: " + key).isEqualTo(1);
      assertThat(sum(atOne.told, atTwo.told, key)).as("told: " + key).isEqualTo(1);
    }
    assertThat(atOne.done).as("done by one").isNotEmpty();
    assertThat(atTwo.done).as("done by two").isNotEmpty();
    Waiting.until("an empty queue", () -> state.count("SELECT count(*) FROM job_queue") == 0);
  }

  private static void awaitOver(RunnerForTests runner, Job job) {
    Waiting.until(
        "the end of " + job.id(),
        () -> runner.runner().find(job.id()).orElseThrow().state().over());
  }

  private static int sum(
      Map<String, AtomicInteger> first, Map<String, AtomicInteger> second, String key) {
    return first.getOrDefault(key, new AtomicInteger()).get()
        + second.getOrDefault(key, new AtomicInteger()).get();
  }

  @Test
  void theOtherServerTellsHowFarAJobIsAndCancelsIt() throws InterruptedException {
    one.offer("slow", new Slow());
    two.offer("slow", new Slow());
    Job running = submit(one, "slow", "1");
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    two.busy(JobKind.BACKUP, go);
    Job waiting = submit(one, "slow", "2");

    Waiting.until(
        "the progress to be told",
        () ->
            two.runner()
                .reading(running.id())
                .filter(reading -> reading.rows() == 100)
                .isPresent());
    assertThat(two.runner().reading(running.id()).orElseThrow())
        .returns("sales", Reading::doing)
        .returns(Optional.of(50), Reading::percent);
    assertThat(two.runner().find(running.id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
    Waiting.until("the other to be known", () -> two.runner().reading(waiting.id()).isPresent());
    assertThat(two.runner().waiting(JobKind.BACKUP)).isEqualTo(3);

    two.runner().cancel(waiting.id());
    assertThat(two.runner().find(waiting.id()).orElseThrow().state())
        .as("at once, for it had not begun")
        .isEqualTo(JobState.CANCELLED);
    long asked = System.nanoTime();
    two.runner().cancel(running.id());
    awaitOver(one, running);
    assertThatThrownBy(() -> one.runner().await(running)).isInstanceOf(CofferException.class);
    assertThat(System.nanoTime() - asked).as("nanoseconds").isLessThan(5_000_000_000L);

    assertThat(two.runner().find(running.id()).orElseThrow())
        .returns(JobState.CANCELLED, Job::state)
        .satisfies(job -> assertThat(job.outcome()).contains("Cancelled."));
    assertThat(one.runner().await(waiting).state()).isEqualTo(JobState.CANCELLED);
  }

  @Test
  void whoAskedIsToldHowItEndedElsewhere() {
    one.offer("failing", new Counted());
    two.offer(
        "failing",
        new SharedWork() {
          @Override
          public Work.Result run(Job job, Order order, Progress progress) {
            throw new CofferException(ErrorCode.TARGET_FULL, "no space is left", "Make room.");
          }

          @Override
          public void over(Job job, Order order) {}
        });
    one.busy(JobKind.BACKUP, go);
    Job job = submit(one, "failing", "1");

    awaitOver(one, job);
    assertThatThrownBy(() -> one.runner().await(job))
        .isInstanceOfSatisfying(
            CofferException.class,
            told -> {
              assertThat(told.code()).isEqualTo(ErrorCode.TARGET_FULL);
              assertThat(told.fact()).contains("No space is left. Make room");
            });
    assertThat(one.runner().waiting(JobKind.BACKUP)).as("the one that keeps it busy").isEqualTo(1);
  }

  @Test
  void whatWaitsAtAStoppedServerIsDoneByTheOther() throws InterruptedException {
    Counted byTwo = new Counted();
    one.offer("slow", new Slow());
    one.offer("counted", new Counted());
    Job running = submit(one, "slow", "1");
    assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
    Job any = submit(one, "counted", "2");
    Job preferred =
        one.runner()
            .submitHere(JobKind.BACKUP, "", "", ANN, new Order("counted", Map.of("number", "3")));
    Job bound =
        one.runner()
            .submit(
                JobKind.BACKUP, "", "", ANN, progress -> new Work.Result("never", ""), over -> {});

    one.stop();
    two.offer("counted", byTwo);

    Waiting.until("both to be done", () -> done(any) && done(preferred));
    assertThat(byTwo.done.keySet()).containsExactlyInAnyOrder("2", "3");
    assertThat(two.runner().find(running.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    assertThat(two.runner().find(bound.id()).orElseThrow())
        .returns(JobState.CANCELLED, Job::state)
        .returns(RunningJob.NEVER_BEGUN, Job::outcome);
  }

  private boolean done(Job job) {
    return two.runner().find(job.id()).orElseThrow().state() == JobState.DONE;
  }

  @Test
  void whatWaitedAtADeadServerIsDoneByAnotherUnlessThatAloneKnewWhatAndNothingIsDoneTwice() {
    Counted counted = new Counted();
    one.offer("counted", counted);
    two.offer("counted", counted);
    // The first thing that a lane does is to look for the turns of the dead; then every 40 seconds.
    UUID picked = left("", Optional.of(counted("picked")), Left.PICKED);
    UUID any = left("", Optional.of(counted("any")), Left.WAITING);
    UUID preferred = left("gone", Optional.of(counted("preferred")), Left.WAITING);
    UUID bound = left("gone", Optional.empty(), Left.WAITING);
    UUID running = left("", Optional.of(counted("running")), Left.RUNNING);

    two.later(30);
    two.later(30);

    for (UUID id : List.of(any, preferred, picked)) {
      Waiting.until(
          "the end of it", () -> two.runner().find(id).orElseThrow().state() == JobState.DONE);
    }
    assertThat(two.runner().find(bound).orElseThrow())
        .returns(JobState.FAILED, Job::state)
        .satisfies(job ->
            assertThat(job.outcome())
                .contains("The server stopped before this began", "memory alone", "ask for it"));
    assertThat(two.runner().find(running).orElseThrow())
        .returns(JobState.FAILED, Job::state)
        .satisfies(job -> assertThat(job.outcome()).contains("The server stopped while"));
    assertThat(counted.done.keySet()).containsExactlyInAnyOrder("any", "preferred", "picked");
    assertThat(counted.done.values()).allSatisfy(count -> assertThat(count).hasValue(1));
    Waiting.until("an empty queue", () -> state.count("SELECT count(*) FROM job_queue") == 0);
  }

  private static Order counted(String number) {
    return new Order("counted", Map.of("number", number));
  }

  private enum Left {
    WAITING,
    PICKED,
    RUNNING
  }

  /** A job as a server that was killed two minutes ago has left it. */
  private UUID left(String server, Optional<Order> order, Left how) {
    return one.left(server, order, how == Left.RUNNING, how != Left.WAITING);
  }
}
