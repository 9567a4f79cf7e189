package dev.coffer.cli.verify;

import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.JsonOption;
import dev.coffer.cli.terminal.QuietOption;
import dev.coffer.cli.terminal.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coffer verify}. */
@Command(
    name = "verify",
    description = "Check every hash, count and the signature of a backup. Needs no database.",
    footer = {
      "",
      "Exit status 0 when the backup is sound, 3 when it is damaged or not authentic.",
      "",
      "Examples:",
      "  coffer verify latest",
      "  coffer verify /mnt/copy/backup.json.zst --signer signing.pub"
    })
public final class VerifyCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(
      paramLabel = "BACKUP",
      description = "A file, its name as 'coffer list' shows it, or latest.")
  private String backup = "";

  @Option(
      names = "--signer",
      paramLabel = "FILE",
      description = {
        "A public key (signing.pub) to trust; may be given repeatedly.",
        "Default: those in keys/ and keys/trusted/ of COFFER_HOME."
      })
  private List<Path> signers = List.of();

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads check at once. Default: one for each processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Mixin private final IdentityOption identity = new IdentityOption();
  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final QuietOption quiet = new QuietOption();

  public VerifyCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    return new Verification(session, identity, signers, threads)
        .run(backup, json.json(), quiet.quiet());
  }
}
