package dev.coffer.cli.verify;

import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Words;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.Finding;
import dev.coffer.verify.VerificationReport;
import java.nio.file.Path;

/** A verification's result in one line, and its findings below. */
public final class Verdict {

  /** How a verification ended. */
  public enum Outcome {
    SOUND,
    /** Nothing wrong was found, but a file of an earlier system cannot prove itself. */
    LEGACY,
    DAMAGED
  }

  private final Printer printer;

  public Verdict(Printer printer) {
    this.printer = printer;
  }

  public static Outcome of(VerificationReport report) {
    if (!report.sound()) {
      return Outcome.DAMAGED;
    }
    return report.info().filter(info -> info.state() == BackupInfo.State.LEGACY).isPresent()
        ? Outcome.LEGACY
        : Outcome.SOUND;
  }

  public void print(Path file, VerificationReport report) {
    printer.heading(line(report) + ": " + file);
    report.findings().forEach(this::finding);
  }

  private static String line(VerificationReport report) {
    String read = Words.count(report.rows(), "row") + ", " + Words.size(report.bytes());
    return switch (of(report)) {
      case SOUND -> "SOUND (" + read + " checked)";
      case LEGACY -> "LEGACY, not verified (" + read + " read; weak hashes at best)";
      case DAMAGED -> "NOT SOUND (" + errors(report) + ")";
    };
  }

  private static String errors(VerificationReport report) {
    long errors =
        report.findings().stream()
            .filter(finding -> finding.severity() == Finding.Severity.ERROR)
            .count();
    return Words.count(errors, "error");
  }

  private void finding(Finding finding) {
    String severity =
        switch (finding.severity()) {
          case ERROR -> "ERROR";
          case NOTE -> "note ";
        };
    printer.line("  " + severity + "  " + finding.code() + "  " + finding.place());
    printer.line("         " + finding.meaning());
  }
}
