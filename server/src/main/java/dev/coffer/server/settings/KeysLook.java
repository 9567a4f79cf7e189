package dev.coffer.server.settings;

import dev.coffer.error.CofferException;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import dev.coffer.seal.VerifyKey;
import dev.coffer.server.ServerSettings;
import dev.coffer.server.keys.KeyTest;
import dev.coffer.server.keys.KeyTests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Tells which keys there are. Reads public ones alone. */
@Component
class KeysLook {
  private final ServerSettings settings;
  private final KeyTests tests;

  KeysLook(ServerSettings settings, KeyTests tests) {
    this.settings = settings;
    this.tests = tests;
  }

  Keys look() {
    KeyHome home = KeyHome.at(settings.cofferHome());
    Path identity = home.identityFile().toAbsolutePath().normalize();
    String folder = String.valueOf(identity.getParent());
    Optional<String> here =
        Files.exists(identity) ? Optional.of(identity.toString()) : Optional.empty();
    try {
      return new Keys(
          folder,
          home.recipients().stream().map(this::holder).toList(),
          here,
          signers(home),
          Optional.empty());
    } catch (CofferException unreadable) {
      return new Keys(folder, List.of(), here, List.of(), Optional.of(unreadable.fact()));
    }
  }

  private Keys.Holder holder(Recipient recipient) {
    Optional<KeyTest> test = tests.last(recipient.toString());
    return new Keys.Holder(recipient.toString(), test, tests.isDue(test));
  }

  /** The machine's own comes first, where it has one. */
  private static List<Keys.Signer> signers(KeyHome home) {
    List<VerifyKey> trusted = home.trustedSigners();
    boolean own = Files.exists(home.verifyKeyFile());
    return trusted.stream()
        .map(key -> new Keys.Signer(key.fingerprint(), own && key.equals(trusted.getFirst())))
        .toList();
  }
}
