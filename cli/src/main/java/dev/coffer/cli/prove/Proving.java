package dev.coffer.cli.prove;

import dev.coffer.archive.Proof;
import dev.coffer.archive.ProofFile;
import dev.coffer.cli.inventory.BackupArgument;
import dev.coffer.cli.progress.ShownProgress;
import dev.coffer.cli.terminal.Identities;
import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.Json;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.VersionText;
import dev.coffer.cli.terminal.Words;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.embedded.TrialServers;
import dev.coffer.error.ExitStatus;
import dev.coffer.inventory.BackupJson;
import dev.coffer.proof.ProofRequest;
import dev.coffer.proof.Prover;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Proves one backup and tells of it. */
public final class Proving {
  private static final int JOBS = 2;

  private final Session session;
  private final IdentityOption identity;
  private final Optional<String> server;

  Proving(Session session, IdentityOption identity, Optional<String> server) {
    this.session = session;
    this.identity = identity;
    this.server = server;
  }

  int run(String backup, boolean json, boolean quiet) {
    Path file = BackupArgument.find(session, backup);
    Prover.requireCurrent(file);
    List<Identity> identities = Identities.forSecrets(session, identity, file);
    Proof proof;
    try (ShownProgress progress = ShownProgress.on(session, quiet || json)) {
      progress.stage("starting a server");
      try (ProofServer on =
          server
              .map(url -> ProofServer.at(session, url))
              .orElseGet(() ->
                  ProofServer.ofItsOwn(
                      session, Prover.majorVersion(file).orElse(TrialServers.NEWEST)))) {
        proof = prove(session, file, identities, on, progress);
      }
    }
    if (json) {
      Json.print(session, answer(file, proof));
    } else if (!quiet) {
      print(session.printer(), file, proof);
    }
    return ExitStatus.DONE;
  }

  /** Proves a backup on a server that runs already, and tells of it. */
  public static void prove(
      Session session, Path file, EmbeddedServer server, ShownProgress progress) {
    // The server is its starter's to stop.
    ProofServer on = ProofServer.of(session, server);
    List<Identity> identities = KeyHome.at(session.cofferHome()).identities();
    Proof proof = prove(session, file, identities, on, progress);
    print(session.printer(), file, proof);
  }

  private static Proof prove(
      Session session,
      Path file,
      List<Identity> identities,
      ProofServer on,
      ShownProgress progress) {
    return Prover.prove(
        new ProofRequest(
            file,
            identities,
            on.settings(),
            KeyHome.at(session.cofferHome()),
            JOBS,
            VersionText.version()),
        progress);
  }

  private static void print(Printer printer, Path file, Proof proof) {
    printer.heading(
        "PROVEN (%s in %s restored on %s and matched): %s"
            .formatted(
                Words.count(proof.rows(), "row"),
                Words.count(proof.tables().size(), "table"),
                proof.server(),
                file));
    proof.notProven().forEach(text -> printer.line("  note   " + text));
    printer.line(ProofFile.beside(file).toString());
  }

  private static Map<String, Object> answer(Path file, Proof proof) {
    Map<String, Object> answer = Json.object(true);
    answer.put("verdict", "proven");
    answer.put("path", file.toAbsolutePath().normalize().toString());
    answer.put("proof", ProofFile.beside(file).toAbsolutePath().normalize().toString());
    answer.put("provenAt", BackupJson.stamp(proof.provenAt()));
    answer.put("server", proof.server());
    answer.put("rows", proof.rows());
    answer.put("tables", proof.tables().size());
    answer.put("notProven", proof.notProven());
    return answer;
  }
}
