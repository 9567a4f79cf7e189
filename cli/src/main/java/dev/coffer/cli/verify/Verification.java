package dev.coffer.cli.verify;

import dev.coffer.cli.inventory.BackupArgument;
import dev.coffer.cli.progress.ShownProgress;
import dev.coffer.cli.terminal.Identities;
import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.Json;
import dev.coffer.cli.terminal.Session;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.error.ExitStatus;
import dev.coffer.inventory.BackupJson;
import dev.coffer.model.Finding;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.VerifyKey;
import dev.coffer.verify.VerificationReport;
import dev.coffer.verify.Verifier;
import dev.coffer.verify.VerifyOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Checks one backup and prints the verdict. */
public final class Verification {
  private final Session session;
  private final IdentityOption identity;
  private final List<Path> signers;
  private final int threads;

  public Verification(Session session, IdentityOption identity, List<Path> signers, int threads) {
    this.session = session;
    this.identity = identity;
    this.signers = signers;
    this.threads = threads;
  }

  int run(String backup, boolean json, boolean quiet) {
    Path file = BackupArgument.find(session, backup);
    VerificationReport report = verify(file, quiet || json);
    if (json) {
      Json.print(session, answer(file, report));
    } else {
      new Verdict(session.printer()).print(file, report);
    }
    return report.sound() ? ExitStatus.DONE : ExitStatus.DAMAGED;
  }

  public VerificationReport verify(Path file, boolean quiet) {
    if (threads < 1) {
      throw new CofferException(
          ErrorCode.USAGE, "--threads is " + threads, "Give a number from 1.");
    }
    VerifyOptions options = new VerifyOptions(Identities.of(session, identity), trusted(), threads);
    try (ShownProgress progress = ShownProgress.on(session, quiet)) {
      return Verifier.verify(file, options, progress);
    }
  }

  private List<VerifyKey> trusted() {
    if (signers.isEmpty()) {
      return KeyHome.at(session.cofferHome()).trustedSigners();
    }
    List<VerifyKey> keys = new ArrayList<>();
    for (Path signer : signers) {
      try {
        keys.add(VerifyKey.parse(Files.readString(signer), signer.toString()));
      } catch (IOException unreadable) {
        throw new CofferException(
            ErrorCode.FILE_UNREADABLE,
            "the key file " + signer + " cannot be read",
            "Check its name and your permissions.",
            unreadable);
      }
    }
    return keys;
  }

  private static Map<String, Object> answer(Path file, VerificationReport report) {
    Map<String, Object> answer = Json.object(report.sound());
    answer.put("verdict", Verdict.of(report).name().toLowerCase(Locale.ROOT));
    answer.put("path", file.toAbsolutePath().normalize().toString());
    answer.put("rows", report.rows());
    answer.put("bytes", report.bytes());
    answer.put("findings", report.findings().stream().map(Verification::finding).toList());
    report.info().ifPresent(info -> answer.put("backup", BackupJson.entry(info)));
    return answer;
  }

  private static Map<String, Object> finding(Finding finding) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("code", finding.code().name());
    object.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
    object.put("place", finding.place());
    object.put("meaning", finding.meaning());
    return object;
  }
}
