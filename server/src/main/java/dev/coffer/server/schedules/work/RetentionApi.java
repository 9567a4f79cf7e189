package dev.coffer.server.schedules.work;

import dev.coffer.retention.RetentionRule;
import dev.coffer.server.access.Caller;
import dev.coffer.server.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How many backups stay, for programs. */
@RestController
@RequestMapping("/api/v1/retention")
@Tag(name = "Schedules")
class RetentionApi {
  private final RetentionRules rules;
  private final RetentionWork retention;

  RetentionApi(RetentionRules rules, RetentionWork retention) {
    this.rules = rules;
    this.retention = retention;
  }

  /** A rule; one that is not active deletes nothing. */
  record RuleAnswer(
      boolean active,
      @Schema(example = "7") int newest,
      @Schema(example = "14") int daily,
      @Schema(example = "8") int weekly,
      @Schema(example = "12") int monthly,
      @Schema(example = "7") int yearly,
      @Schema(example = "Europe/London") String zone) {
    private static RuleAnswer of(RetentionRules.Setting setting) {
      RetentionRule rule = setting.rule();
      return new RuleAnswer(
          setting.active(),
          rule.newest(),
          rule.daily(),
          rule.weekly(),
          rule.monthly(),
          rule.yearly(),
          rule.zone().getId());
    }
  }

  /** A rule to be; what is left out stays as it is. */
  record RuleRequest(
      @Schema(description = "Whether anything is deleted by it", example = "true")
          @Nullable Boolean active,
      @Schema(description = "The newest so many; 1 at least", example = "7")
          @Nullable Integer newest,
      @Schema(description = "The last one of so many days", example = "14") @Nullable Integer daily,
      @Schema(example = "8") @Nullable Integer weekly,
      @Schema(example = "12") @Nullable Integer monthly,
      @Schema(example = "7") @Nullable Integer yearly,
      @Schema(description = "Where days begin", example = "Europe/London") @Nullable String zone) {
    private RetentionRules.Setting over(RetentionRules.Setting set) {
      RetentionRule rule = set.rule();
      return new RetentionRules.Setting(
          active == null ? set.active() : active,
          new RetentionRule(
              newest == null ? rule.newest() : newest,
              daily == null ? rule.daily() : daily,
              weekly == null ? rule.weekly() : weekly,
              monthly == null ? rule.monthly() : monthly,
              yearly == null ? rule.yearly() : yearly,
              zone == null ? rule.zone() : zone(zone)));
    }

    private static ZoneId zone(String name) {
      try {
        return ScheduleForm.zone(name);
      } catch (IllegalArgumentException unknown) {
        throw Refused.invalid(
            "there is no such time zone", "Use a name such as Europe/London, or UTC.");
      }
    }
  }

  /**
   * What a rule would do now. The lists are cut at 100; the counts are not.
   *
   * @param freedBytes by what goes
   */
  record PreviewAnswer(
      RuleAnswer rule,
      int deletes,
      int keeps,
      long freedBytes,
      List<Line> deleted,
      List<Line> kept) {
    private static PreviewAnswer of(RetentionRules.Setting setting, RetentionPreview preview) {
      return new PreviewAnswer(
          RuleAnswer.of(setting),
          preview.deletes(),
          preview.keeps(),
          preview.freed(),
          preview.deleted().stream().map(Line::of).toList(),
          preview.kept().stream().map(Line::of).toList());
    }
  }

  /** A backup, and why it stays; empty for one that goes. */
  record Line(
      @Schema(example = "comprehensive-backup-2026-01-25T14-30-45-123Z.json.zst") String name,
      Instant timestamp,
      long sizeBytes,
      @Schema(example = "it is the newest") Optional<String> keptBecause) {
    private static Line of(RetentionPreview.Line line) {
      return new Line(
          line.name(),
          line.timestamp(),
          line.size(),
          Optional.of(line.because()).filter(because -> !because.isEmpty()));
    }
  }

  @GetMapping
  @Operation(operationId = "getRetention", summary = "How many backups stay")
  RuleAnswer rule() {
    return RuleAnswer.of(rules.current());
  }

  @PutMapping
  @Operation(
      operationId = "setRetention",
      summary = "Says how many backups stay; applied after each scheduled backup")
  RuleAnswer set(@RequestBody RuleRequest wanted, Caller caller) {
    RetentionRules.Setting setting = wanted.over(rules.current());
    retention.set(setting, caller.actor());
    return RuleAnswer.of(setting);
  }

  @GetMapping("/preview")
  @Operation(
      operationId = "previewRetention",
      summary = "What a rule would delete now; what is left out is as set")
  PreviewAnswer preview(
      @RequestParam Optional<Integer> newest,
      @RequestParam Optional<Integer> daily,
      @RequestParam Optional<Integer> weekly,
      @RequestParam Optional<Integer> monthly,
      @RequestParam Optional<Integer> yearly,
      @RequestParam Optional<String> zone) {
    RetentionRules.Setting setting =
        new RuleRequest(
                null,
                newest.orElse(null),
                daily.orElse(null),
                weekly.orElse(null),
                monthly.orElse(null),
                yearly.orElse(null),
                zone.orElse(null))
            .over(rules.current());
    return PreviewAnswer.of(setting, RetentionPreview.of(retention.preview(setting.rule())));
  }
}
