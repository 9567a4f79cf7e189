package dev.coffer.server.schedules.work;

import dev.coffer.server.access.Caller;
import dev.coffer.server.jobs.JobAnswer;
import dev.coffer.server.schedules.Cron;
import dev.coffer.server.schedules.Outlook;
import dev.coffer.server.schedules.Schedule;
import dev.coffer.server.schedules.Schedules;
import dev.coffer.server.web.ListAnswer;
import dev.coffer.server.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Backups that are due again and again, for programs. */
@RestController
@RequestMapping("/api/v1/schedules")
@Tag(name = "Schedules", description = "When backups are made, and how many stay")
class SchedulesApi {
  private final Schedules schedules;
  private final ScheduleBook book;
  private final Outlook outlook;
  private final InstantSource clock;

  SchedulesApi(Schedules schedules, ScheduleBook book, Outlook outlook, InstantSource clock) {
    this.schedules = schedules;
    this.book = book;
    this.outlook = outlook;
    this.clock = clock;
  }

  @GetMapping
  @Operation(operationId = "listSchedules", summary = "The schedules, by name")
  ListAnswer<ScheduleAnswer> list(
      @RequestParam(defaultValue = ListAnswer.Part.FIRST) int page,
      @RequestParam(defaultValue = ListAnswer.Part.USUAL) int size) {
    return ListAnswer.cut(schedules.all(), new ListAnswer.Part(page, size), this::answer);
  }

  @PostMapping
  @Operation(operationId = "createSchedule", summary = "Adds a schedule")
  @ApiResponse(responseCode = "201", description = "The schedule")
  @ApiResponse(responseCode = "409", description = "The name is taken")
  ResponseEntity<ScheduleAnswer> create(@RequestBody ScheduleRequest wanted, Caller caller) {
    Schedule schedule = book.add(wanted.form(), wanted.isPaused(), caller.actor());
    return ResponseEntity.created(URI.create("/api/v1/schedules/" + schedule.id()))
        .body(answer(schedule));
  }

  @GetMapping("/preview")
  @Operation(
      operationId = "previewSchedule",
      summary = "What a cron expression means, in words, and when it is due next")
  SchedulePreviewAnswer preview(
      @Parameter(
              description = "Minute, hour, day of the month, month, day of the week",
              example = "0 2 * * *")
          @RequestParam
          String cron,
      @Parameter(example = "Europe/London") @RequestParam String zone) {
    try {
      Cron parsed = Cron.parse(cron);
      return new SchedulePreviewAnswer(
          CronPreview.sentence(parsed.words() + " " + zone),
          CronPreview.times(parsed, ScheduleForm.zone(zone), clock.instant()));
    } catch (IllegalArgumentException wrong) {
      throw Refused.invalid(String.valueOf(wrong.getMessage()), "");
    }
  }

  @GetMapping("/{id}")
  @Operation(operationId = "getSchedule", summary = "One schedule")
  ScheduleAnswer one(@PathVariable UUID id) {
    return answer(book.known(id));
  }

  @PutMapping("/{id}")
  @Operation(
      operationId = "changeSchedule",
      summary = "Changes all of a schedule; 'paused' lets it rest")
  @ApiResponse(responseCode = "200", description = "The schedule")
  @ApiResponse(responseCode = "409", description = "The name is taken")
  ScheduleAnswer change(@PathVariable UUID id, @RequestBody ScheduleRequest wanted, Caller caller) {
    return answer(book.change(id, wanted.form(), wanted.isPaused(), caller.actor()));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(operationId = "deleteSchedule", summary = "Removes a schedule; its backups stay")
  @ApiResponse(responseCode = "204", description = "It is gone")
  void delete(@PathVariable UUID id, Caller caller) {
    book.remove(id, caller.actor());
  }

  @PostMapping("/{id}/run")
  @Operation(
      operationId = "runSchedule",
      summary = "Makes a schedule's backup now, in the caller's name; nothing is deleted after it")
  @ApiResponse(responseCode = "202", description = "The job that makes it")
  ResponseEntity<JobAnswer> run(@PathVariable UUID id, Caller caller) {
    return JobAnswer.accepted(book.run(id, caller.actor()));
  }

  private ScheduleAnswer answer(Schedule schedule) {
    List<String> attention = outlook.of(schedule);
    return ScheduleAnswer.of(schedule, attention);
  }
}
