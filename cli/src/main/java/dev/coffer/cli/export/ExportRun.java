package dev.coffer.cli.export;

import dev.coffer.cli.inventory.BackupArgument;
import dev.coffer.cli.progress.ShownProgress;
import dev.coffer.cli.terminal.Identities;
import dev.coffer.cli.terminal.Session;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
import dev.coffer.export.ExportOptions;
import dev.coffer.export.Exporter;
import dev.coffer.export.Format;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Exports one backup as the command line asks. */
final class ExportRun {
  private static final int BUFFER = 1 << 16;

  private final Session session;
  private final ExportCommand command;

  ExportRun(Session session, ExportCommand command) {
    this.session = session;
    this.command = command;
  }

  int run() {
    if (command.format == ExportCommand.Shape.CSV
        && command.to.isEmpty()
        && command.tables.size() != 1) {
      throw new CofferException(
          ErrorCode.USAGE,
          "CSV of several tables does not fit one stream",
          "Name a folder with --to, or one table with --table.");
    }
    Path file = BackupArgument.find(session, command.backup);
    ExportOptions options =
        new ExportOptions(
            Format.valueOf(command.format.name()),
            command.tables,
            Identities.forSecrets(session, command.identity, file));
    // A bar beside the data would garble a terminal.
    boolean quiet = command.quiet.quiet() || (command.to.isEmpty() && session.outIsTerminal());
    try (ShownProgress progress = ShownProgress.on(session, quiet)) {
      if (command.to.isPresent()) {
        Exporter.export(file, options, command.to.get(), progress);
      } else {
        toStandardOutput(file, options, progress);
      }
    }
    return ExitStatus.DONE;
  }

  private void toStandardOutput(Path file, ExportOptions options, ShownProgress progress) {
    try (OutputStream target = new BufferedOutputStream(new CheckedOutput(session), BUFFER)) {
      Exporter.export(file, options, target, progress);
    } catch (IOException closed) {
      throw new CofferException(
          ErrorCode.TARGET_UNWRITABLE,
          "standard output takes no more data",
          "The disk may be full, or the program that reads it has ended.",
          closed);
    }
  }

  /** A print stream swallows failures; half an export must not look like a whole one. */
  private static final class CheckedOutput extends OutputStream {
    private final Session session;

    CheckedOutput(Session session) {
      this.session = session;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      session.out().write(bytes, offset, length);
      check();
    }

    @Override
    public void flush() throws IOException {
      check();
    }

    private void check() throws IOException {
      if (session.out().checkError()) {
        throw new IOException("standard output is closed or full");
      }
    }
  }
}
