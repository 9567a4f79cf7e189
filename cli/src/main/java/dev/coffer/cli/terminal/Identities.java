package dev.coffer.cli.terminal;

import dev.coffer.inventory.SealingCheck;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the identities that a command may use. */
public final class Identities {
  private Identities() {}

  /** Those of the files named; where none is named, those of the key home. */
  public static List<Identity> of(Session session, IdentityOption option) {
    if (option.files().isEmpty()) {
      return KeyHome.at(session.cofferHome()).identities();
    }
    List<Identity> identities = new ArrayList<>();
    for (Path file : option.files()) {
      identities.addAll(Identity.read(file));
    }
    return identities;
  }

  /**
   * Those that may open the secrets of {@code file}. Where none is named and those of the key home
   * do not fit, secrets stay sealed, and the user is told.
   */
  public static List<Identity> forSecrets(Session session, IdentityOption option, Path file) {
    List<Identity> identities = of(session, option);
    if (!option.files().isEmpty()) {
      return identities;
    }
    List<Identity> fitting = SealingCheck.fitting(file, identities);
    if (fitting.size() < identities.size()) {
      session
          .err()
          .println(
              "NOTICE: Secrets stay sealed: the key in "
                  + session.cofferHome()
                  + " is not theirs.");
    }
    return fitting;
  }
}
