package dev.coffer.cli.keys;

import dev.coffer.cli.inventory.BackupArgument;
import dev.coffer.cli.terminal.Identities;
import dev.coffer.cli.terminal.IdentityOption;
import dev.coffer.cli.terminal.Json;
import dev.coffer.cli.terminal.Session;
import dev.coffer.error.ExitStatus;
import dev.coffer.inventory.SealingCheck;
import java.nio.file.Path;
import java.util.Map;

/** Opens a backup's own key with an identity, and says so. */
final class KeyProof {
  private final Session session;

  KeyProof(Session session) {
    this.session = session;
  }

  int run(String backup, IdentityOption identity, boolean json) {
    Path file = BackupArgument.find(session, backup);
    SealingCheck check = SealingCheck.of(file, Identities.of(session, identity));
    if (json) {
      Map<String, Object> answer = Json.object(true);
      answer.put("path", file.toAbsolutePath().normalize().toString());
      answer.put("sealed", check.sealed());
      answer.put("encrypted", check.encrypted());
      answer.put("recipients", check.recipients());
      Json.print(session, answer);
    } else {
      session.printer().heading(verdict(check) + ": " + file);
      check.recipients().forEach(one -> session.printer().field("Recipient", one));
    }
    return ExitStatus.DONE;
  }

  private static String verdict(SealingCheck check) {
    if (check.sealed()) {
      return "OPENS: the identity opens the sealed values";
    }
    return check.encrypted()
        ? "OPENS: the identity opens the file, in which nothing is sealed"
        : "NOTHING SEALED: no identity is needed to read it";
  }
}
