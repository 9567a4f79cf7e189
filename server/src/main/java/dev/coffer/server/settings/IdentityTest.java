package dev.coffer.server.settings;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.inventory.SealingCheck;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyChallenge;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.audit.Action;
import dev.coffer.server.audit.Actor;
import dev.coffer.server.audit.AuditTrail;
import dev.coffer.server.audit.Outcome;
import dev.coffer.server.backups.Backup;
import dev.coffer.server.backups.BackupFiles;
import dev.coffer.server.backups.Standing;
import dev.coffer.server.keys.KeyTest;
import dev.coffer.server.keys.KeyTests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Tries a key that its holder gives to the server for a moment. It is kept in memory while it is
 * tried, and nowhere afterwards.
 */
@Component
class IdentityTest {
  /** Characters: some hundred keys. */
  private static final int LONGEST = 1 << 16;

  private final ServerSettings settings;
  private final BackupFiles files;
  private final KeyTests tests;
  private final AuditTrail audit;

  IdentityTest(ServerSettings settings, BackupFiles files, KeyTests tests, AuditTrail audit) {
    this.settings = settings;
    this.files = files;
    this.tests = tests;
    this.audit = audit;
  }

  /**
   * Opens something with it.
   *
   * @return what came of it, in sentences
   * @throws CofferException {@code KEY_INVALID} where the text holds no identity, {@code
   *     KEY_DOES_NOT_OPEN} where nothing here is locked to it
   */
  String run(String text, Actor actor) {
    try {
      List<Identity> identities = parse(text);
      List<Recipient> held = held(identities);
      String outcome = opened(identities);
      for (Recipient recipient : held) {
        tests.passed(recipient.toString(), actor.name(), KeyTest.Means.IDENTITY);
        audit.append(actor, Action.KEY_TESTED, recipient.toString(), "", Outcome.DONE, outcome);
      }
      return outcome;
    } catch (CofferException failure) {
      audit.append(actor, Action.KEY_TESTED, "", "", Outcome.FAILED, failure.code().name());
      throw failure;
    }
  }

  private static List<Identity> parse(String text) {
    if (text.length() > LONGEST) {
      throw new CofferException(
          ErrorCode.KEY_INVALID, "that is too long to be a key", "A key is one line of text.");
    }
    return Identity.parse(text, "what was given");
  }

  /** The recipients whose private half this really is: something new is locked and opened. */
  private List<Recipient> held(List<Identity> identities) {
    List<Recipient> held =
        KeyHome.at(settings.cofferHome()).recipients().stream()
            .filter(
                recipient -> identities.stream().anyMatch(one -> one.recipient().equals(recipient)))
            .filter(recipient -> KeyChallenge.forHolderOf(recipient).isSolvedBy(identities))
            .toList();
    if (held.isEmpty()) {
      throw new CofferException(
          ErrorCode.KEY_DOES_NOT_OPEN,
          "that key is " + identities.getFirst().recipient() + ", and nothing here is locked to it",
          "Look for the one whose public half the settings list.");
    }
    return held;
  }

  private String opened(List<Identity> identities) {
    Optional<Path> newest = newest();
    if (newest.isEmpty()) {
      return "The key is the right one. There is no backup yet on which to try it.";
    }
    String name = String.valueOf(newest.get().getFileName());
    try {
      return SealingCheck.of(newest.get(), identities).sealed()
          ? "The key opens the newest backup: " + name + "."
          : "The key is the right one. In the newest backup nothing is locked: " + name + ".";
    } catch (CofferException failure) {
      if (failure.code() != ErrorCode.KEY_DOES_NOT_OPEN) {
        throw failure;
      }
      return "The key opens what is locked from now on, but not the newest backup, which was locked"
          + " to others: "
          + name
          + ".";
    }
  }

  private Optional<Path> newest() {
    return files.all().stream()
        .filter(backup -> backup.current() && backup.standing() != Standing.CORRUPTED)
        .findFirst()
        .map(Backup::info)
        .map(info -> info.file());
  }
}
