package dev.coffer.cli.keys;

import dev.coffer.cli.terminal.Json;
import dev.coffer.cli.terminal.Printer;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.terminal.Words;
import dev.coffer.error.ExitStatus;
import dev.coffer.seal.KeyHome;
import java.nio.file.Path;
import java.util.Map;

/** Makes the keys that are missing and says where they are and where they belong. */
final class KeyGeneration {
  private final Session session;

  KeyGeneration(Session session) {
    this.session = session;
  }

  int run(boolean json) {
    KeyHome home = KeyHome.at(session.cofferHome());
    KeyHome.Generated generated = home.generate();
    if (generated.created().isEmpty()) {
      // All are there: this refuses, and says why.
      generated = home.generateAll();
    }
    if (json) {
      json(home, generated);
    } else {
      text(home, generated);
    }
    return ExitStatus.DONE;
  }

  private void json(KeyHome home, KeyHome.Generated generated) {
    Map<String, Object> answer = Json.object(true);
    answer.put("created", generated.created().stream().map(Path::toString).toList());
    answer.put("identityFile", home.identityFile().toString());
    answer.put("recipients", generated.recipients().stream().map(Object::toString).toList());
    answer.put("signingKeyFile", home.signingKeyFile().toString());
    answer.put("verifyKeyFile", home.verifyKeyFile().toString());
    answer.put("signer", generated.verifyKey().fingerprint());
    Json.print(session, answer);
  }

  private void text(KeyHome home, KeyHome.Generated generated) {
    Printer printer = session.printer();
    printer.heading("Made " + Words.count(generated.created().size(), "file") + ":");
    for (Path file : generated.created()) {
      printer.line("  " + file + "   " + role(home, file));
    }
    printer.blank();
    generated.recipients().forEach(one -> printer.field("Recipient", one.toString()));
    printer.field("Signer", generated.verifyKey().fingerprint());
    if (generated.created().contains(home.identityFile())) {
      printer.blank();
      printer.line("The identity opens every sealed value of your backups. It belongs elsewhere:");
      printer.line(
          "copy it to a safe place away from this machine and from the backups, prove the");
      printer.line(
          "copy with '"
              + session.program()
              + " keys check BACKUP --identity COPY', and delete it here.");
      printer.line("Without it, sealed values cannot be restored by anyone.");
    }
  }

  private static String role(KeyHome home, Path file) {
    if (file.equals(home.identityFile())) {
      return "PRIVATE: opens sealed values";
    }
    if (file.equals(home.recipientFile())) {
      return "public: secrets are sealed to it";
    }
    if (file.equals(home.signingKeyFile())) {
      return "PRIVATE: signs backups; stays where they are made";
    }
    return "public: checks signatures; keep a copy with your records";
  }
}
