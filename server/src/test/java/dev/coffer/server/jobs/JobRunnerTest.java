package dev.coffer.server.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.progress.Progress;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.StateForTests;
import dev.coffer.server.audit.Actor;
import dev.coffer.testkit.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs end as they should, whatever happens to them. */
class JobRunnerTest {
  private static final Actor ANN = new Actor("ann", "192.0.2.1");
  private static final ServerSettings SETTINGS =
      new ServerSettings(
          "127.0.0.1",
          0,
          Path.of("home"),
          Path.of("backups"),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Duration.ofMinutes(30),
          false,
          "test");

  private final List<Job> ended = new CopyOnWriteArrayList<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final StateForTests state;
  private final JobRunner runner;

  JobRunnerTest() {
    state = StateForTests.open(StateForTests.Kind.H2);
    runner = start();
  }

  @AfterEach
  void stop() {
    runner.stop();
    state.close();
  }

  private JobRunner start() {
    JobClaims claims = new JobClaims(state.client());
    Lanes lanes = new Lanes(state.source());
    return new JobRunner(
        new Jobs(state.client()),
        claims,
        lanes,
        new Forsaken(claims, lanes, state.transaction()),
        state.transaction(),
        InstantSource.system(),
        SETTINGS);
  }

  private Job submit(Work work) {
    return runner.submit(JobKind.BACKUP, "", "why", ANN, work, ended::add);
  }

  /** Work that goes on until it is interrupted, as the engine's does. */
  private Work.Result endless() {
    begun.countDown();
    try {
      never.await();
      return new Work.Result("", "");
    } catch (InterruptedException cancelled) {
      throw new CofferException(ErrorCode.INTERRUPTED, "interrupted", "", cancelled);
    }
  }

  @Test
  void aJobThatIsDoneTellsWhatCameOfIt() {
    Job job = runner.await(submit(progress -> new Work.Result("file", "9 records")));

    assertThat(job.state()).isEqualTo(JobState.DONE);
    assertThat(job.subject()).isEqualTo("file");
    assertThat(runner.find(job.id()).orElseThrow().outcome()).isEqualTo("9 records");
    assertThat(ended).containsExactly(job);
    assertThat(runner.reading(job.id())).isEmpty();
  }

  @Test
  void aJobThatFailsTellsWhy() {
    Job failed =
        submit(progress -> {
          throw new CofferException(ErrorCode.TARGET_FULL, "no space is left", "Make room.");
        });

    assertThatThrownBy(() -> runner.await(failed))
        .isInstanceOfSatisfying(
            CofferException.class,
            told -> assertThat(told.code()).isEqualTo(ErrorCode.TARGET_FULL));
    assertThat(runner.find(failed.id()).orElseThrow())
        .returns(JobState.FAILED, Job::state)
        .returns("No space is left. Make room.", Job::outcome);
    Job broken =
        submit(progress -> {
          throw new IllegalStateException("a secret");
        });
    assertThat(runner.await(broken).outcome()).doesNotContain("secret");
  }

  @Test
  void jobsOfAKindWaitForOneAnotherAndAreCancelled() throws InterruptedException {
    Job first = submit(progress -> endless());
    Job second = submit(progress -> new Work.Result("never", ""));
    begun.await();
    assertThat(runner.find(first.id()).orElseThrow().state()).isEqualTo(JobState.RUNNING);
    assertThat(runner.find(second.id()).orElseThrow().state()).isEqualTo(JobState.WAITING);

    runner.cancel(second.id());
    assertThat(runner.find(second.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    runner.cancel(first.id());
    assertThatThrownBy(() -> runner.await(first)).isInstanceOf(CofferException.class);

    assertThat(runner.find(first.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
    assertThat(ended).extracting(Job::id).containsExactly(second.id(), first.id());
    Job third = submit(progress -> new Work.Result("after", ""));
    assertThat(runner.await(third).state()).isEqualTo(JobState.DONE);
  }

  @Test
  void whatAKilledServerWasAtIsGivenUp() throws InterruptedException {
    Job job = submit(progress -> endless());
    begun.await();

    JobRunner next = start();

    assertThat(next.find(job.id()).orElseThrow())
        .returns(JobState.FAILED, Job::state)
        .satisfies(left -> assertThat(left.outcome()).contains("The server stopped"));
    next.stop();
  }

  @Test
  void whatWaitedAtAKilledServerIsDoneAfterTheNextStart() throws InterruptedException {
    Map<String, Integer> done = new ConcurrentHashMap<>();
    SharedWork work = new Noting(done);
    RunnerForTests killed = RunnerForTests.alone(state);
    UUID any = killed.left("", Optional.of(new Order("note", Map.of("name", "any"))), false, false);
    UUID picked =
        killed.left("", Optional.of(new Order("note", Map.of("name", "picked"))), false, true);
    UUID bound = killed.left("gone", Optional.empty(), false, false);
    UUID running =
        killed.left("", Optional.of(new Order("note", Map.of("name", "running"))), true, true);
    killed.stop();

    RunnerForTests next = RunnerForTests.alone(state);
    next.offer("note", work);

    for (UUID id : List.of(any, picked)) {
      Waiting.until(
          "the end of it", () -> next.runner().find(id).orElseThrow().state() == JobState.DONE);
    }
    assertThat(next.runner().find(bound).orElseThrow())
        .returns(JobState.FAILED, Job::state)
        .satisfies(job -> assertThat(job.outcome()).contains("stopped before this began"));
    assertThat(next.runner().find(running).orElseThrow().state()).isEqualTo(JobState.FAILED);
    assertThat(done).containsExactlyInAnyOrderEntriesOf(Map.of("any", 1, "picked", 1));
    next.stop();
  }

  private record Noting(Map<String, Integer> done) implements SharedWork {
    @Override
    public Work.Result run(Job job, Order order, Progress progress) {
      int _ = done.merge(order.get("name"), 1, Integer::sum);
      return new Work.Result("noted", "");
    }

    @Override
    public void over(Job job, Order order) {}
  }

  @Test
  void aJobBeginsAtOnce() {
    runner.await(submit(progress -> new Work.Result("the lane is there now", "")));
    long least = Long.MAX_VALUE;
    for (int time = 0; time < 10; time++) {
      AtomicLong at = new AtomicLong();
      long asked = System.nanoTime();
      Job job =
          submit(progress -> {
            at.set(System.nanoTime());
            return new Work.Result("file", "");
          });
      assertThat(runner.await(job).state()).isEqualTo(JobState.DONE);
      least = Math.min(least, at.get() - asked);
    }

    // Whoever waited for the next look at the queue would wait for seconds.
    assertThat(Duration.ofNanos(least)).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void aJobGoesThoughTheStateDoesNotAnswerAndItsEndIsWrittenLater() throws InterruptedException {
    CountDownLatch go = new CountDownLatch(1);
    Job job =
        submit(progress -> {
          begun.countDown();
          await(go);
          return new Work.Result("file", "9 records");
        });
    begun.await();
    state.client().sql("ALTER TABLE job RENAME TO job_away").update();
    go.countDown();

    assertThat(runner.await(job).state()).isEqualTo(JobState.DONE);

    assertThat(runner.underWay(JobKind.BACKUP, "file")).isFalse();
    assertThat(runner.waiting(JobKind.BACKUP)).isZero();
    assertThat(ended).extracting(Job::id).containsExactly(job.id());
    state.client().sql("ALTER TABLE job_away RENAME TO job").update();
    assertThat(runner.recent(1)).extracting(Job::state).containsExactly(JobState.DONE);
    runner.beat();
    assertThat(new Jobs(state.client()).find(job.id()).orElseThrow())
        .returns(JobState.DONE, Job::state)
        .returns("file", Job::subject);
  }

  @Test
  void whatFollowsFromAJobFailsByItself() {
    List<Job> watched = new CopyOnWriteArrayList<>();
    runner.watch(job -> {
      throw new IllegalStateException("first");
    });
    runner.watch(watched::add);

    Job job =
        runner.submit(
            JobKind.BACKUP,
            "",
            "why",
            ANN,
            progress -> new Work.Result("file", ""),
            over -> {
              throw new IllegalStateException("second");
            });

    assertThat(runner.await(job).state()).isEqualTo(JobState.DONE);
    assertThat(watched).extracting(Job::id).containsExactly(job.id());
    assertThat(runner.waiting(JobKind.BACKUP)).isZero();
  }

  @Test
  void aJobWhoseWorkIsOverIsNotCancelledAnyMore() {
    Job job =
        submit(progress -> {
          throw new CancelsWhenTold();
        });

    assertThat(runner.await(job))
        .returns(JobState.FAILED, Job::state)
        .satisfies(over -> assertThat(over.outcome()).doesNotContain("before it began"));
  }

  /** The log asks for its message between the work and the job's end. */
  private final class CancelsWhenTold extends IllegalStateException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      runner.recent(1).forEach(job -> runner.cancel(job.id()));
      return "told";
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void noMoreJobsOfAKindAreTakenOnThanCanWait() {
    for (int job = 0; job < 20; job++) {
      submit(progress -> endless());
    }

    assertThatThrownBy(() -> submit(progress -> endless())).isInstanceOf(TooManyJobs.class);
    Job other =
        runner.submit(
            JobKind.VERIFICATION,
            "",
            "",
            ANN,
            progress -> new Work.Result("checked", ""),
            ended::add);
    assertThat(runner.await(other).state()).isEqualTo(JobState.DONE);
  }
}
