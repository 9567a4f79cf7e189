package dev.coffer.server.backups;

import dev.coffer.archive.Pieces;
import dev.coffer.archive.ProofFile;
import dev.coffer.error.CofferException;
import dev.coffer.model.BackupInfo;
import dev.coffer.proof.Prover;
import dev.coffer.seal.KeyHome;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.jobs.Job;
import dev.coffer.server.jobs.JobKind;
import dev.coffer.server.jobs.JobRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What is known of trials of backups: from the proofs beside them, and of those that failed. */
@Component
class Proofs {
  private final KeyHome keys;
  private final JobRunner runner;

  Proofs(ServerSettings settings, JobRunner runner) {
    this.keys = KeyHome.at(settings.cofferHome());
    this.runner = runner;
  }

  /** Why the last trials failed, by the names of the files. */
  Map<String, String> failures() {
    Map<String, String> failures = new HashMap<>();
    for (Job job : runner.unsettled(JobKind.PROOF)) {
      failures.put(job.subject(), job.outcome());
    }
    return failures;
  }

  /** Whether a trial of it waits or runs. */
  boolean underWay(Backup backup) {
    return runner.underWay(JobKind.PROOF, backup.name());
  }

  /** What the trial of a proven one could not show, in the words of the pages. */
  List<String> notProven(Backup backup) {
    if (backup.standing() != Standing.PROVEN) {
      return List.of();
    }
    try {
      return ProofFile.status(backup.info().file(), keys.trustedSigners())
          .map(ProofFile.Status::notProven)
          .orElse(List.of())
          .stream()
          .map(text ->
              text.replace(
                  Prover.SEALED_NOT_PROVEN,
                  "Locked values, since the key is not" + " on this server"))
          .toList();
    } catch (CofferException unreadable) {
      return List.of();
    }
  }

  /**
   * The same, without its proof if the file was written to after it: the proof is bound to the
   * file's beginning and signature only, and a part in the midst may be another by now. A check of
   * the file as it is now settles that.
   */
  static BackupInfo asOfNow(BackupInfo info, Optional<Verification> verification) {
    if (info.provenAt().isEmpty()
        || verification.map(Verification::sound).orElse(false)
        || !writtenAfter(info, info.provenAt().get())) {
      return info;
    }
    return info.withoutProof(
        Pieces.form(info.file()) == Pieces.Form.ENCRYPTED
            ? BackupInfo.State.ENCRYPTED
            : BackupInfo.State.UNVERIFIED,
        "the file was changed after it was proven, or copied: check it");
  }

  private static boolean writtenAfter(BackupInfo info, Instant proven) {
    try {
      return Files.getLastModifiedTime(info.file())
          .toInstant()
          .truncatedTo(ChronoUnit.MILLIS)
          .isAfter(proven);
    } catch (IOException gone) {
      return true;
    }
  }
}
