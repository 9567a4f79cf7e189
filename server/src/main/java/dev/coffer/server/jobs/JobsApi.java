package dev.coffer.server.jobs;

import dev.coffer.server.access.Caller;
import dev.coffer.server.access.Permission;
import dev.coffer.server.web.ListAnswer;
import dev.coffer.server.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Long work, followed and cancelled by programs. */
@RestController
@RequestMapping("/api/v1/jobs")
@Tag(name = "Jobs", description = "Long work: how far it is, how it ended")
class JobsApi {
  private final JobRunner runner;

  JobsApi(JobRunner runner) {
    this.runner = runner;
  }

  @GetMapping
  @Operation(operationId = "listJobs", summary = "The jobs, the newest first")
  ListAnswer<JobAnswer> list(
      @RequestParam Optional<JobKind> kind,
      @RequestParam Optional<JobState> state,
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) int page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size) {
    long total = runner.count(kind, state);
    ListAnswer.Part part = new ListAnswer.Part(page, size).within(total);
    return ListAnswer.of(
        runner.page(kind, state, part.offset(), part.size()).stream().map(this::answer).toList(),
        total,
        part);
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getJob", summary = "One job: how far it is, how it ended")
  JobAnswer one(@PathVariable UUID id) {
    return answer(known(id));
  }

  @DeleteMapping("/{id}")
  @Operation(
      operationId = "cancelJob",
      summary = "Cancels a job; what it has begun is cleaned up",
      description =
          "One that is over stays as it is. Needs OPERATE; for a restore RESTORE too; for a"
              + " comparison of one's own BROWSE is enough.")
  @ApiResponse(responseCode = "200", description = "It is over")
  @ApiResponse(responseCode = "202", description = "It is still ending: ask for it again")
  ResponseEntity<JobAnswer> cancel(@PathVariable UUID id, Caller caller) {
    if (!mayCancel(runner.find(id), caller)) {
      throw new Refused(
          403, "FORBIDDEN", "this account or token may not cancel that job", "Ask an admin.");
    }
    Job _ = known(id);
    runner.cancel(id);
    Job now = known(id);
    return now.state().over() ? ResponseEntity.ok(answer(now)) : JobAnswer.accepted(now);
  }

  private static boolean mayCancel(Optional<Job> job, Caller caller) {
    boolean ownComparison =
        job.filter(known ->
                known.kind() == JobKind.COMPARISON
                    && known.actor().name().equals(caller.actor().name()))
            .isPresent();
    boolean restore = job.filter(known -> known.kind() == JobKind.RESTORE).isPresent();
    return restore
        ? caller.may(Permission.OPERATE) && caller.may(Permission.RESTORE)
        : caller.may(Permission.OPERATE) || (ownComparison && caller.may(Permission.BROWSE));
  }

  private Job known(UUID id) {
    return runner.find(id).orElseThrow(() -> Refused.missing("there is no job of that id"));
  }

  private JobAnswer answer(Job job) {
    return JobAnswer.of(job, runner.reading(job.id()));
  }
}
