package dev.coffer.cli.terminal;

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
}
