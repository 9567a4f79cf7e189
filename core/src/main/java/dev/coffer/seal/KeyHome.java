package dev.coffer.seal;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The keys in {@code COFFER_HOME/keys}: an age key pair for sealing and an Ed25519 pair for
 * signing. The private file of the first belongs elsewhere once it is copied to safety; the backup
 * needs only {@code recipient.txt} and {@code signing.key}. Reads the files anew on every call.
 */
public final class KeyHome {
  private static final String PRIVATE = "rw-------";
  private static final String PUBLIC = "rw-r--r--";

  private final Path folder;

  private KeyHome(Path folder) {
    this.folder = folder;
  }

  /** The keys below {@code cofferHome}, which need not exist. */
  public static KeyHome at(Path cofferHome) {
    return new KeyHome(cofferHome.resolve("keys"));
  }

  /** The age identity: private. */
  public Path identityFile() {
    return folder.resolve("identity.txt");
  }

  /** The age recipients that secrets are sealed to, one to a line. */
  public Path recipientFile() {
    return folder.resolve("recipient.txt");
  }

  /** The Ed25519 key that signs: private. */
  public Path signingKeyFile() {
    return folder.resolve("signing.key");
  }

  /** The public half of {@link #signingKeyFile()}. */
  public Path verifyKeyFile() {
    return folder.resolve("signing.pub");
  }

  /** The public keys of other machines whose backups are trusted: every {@code *.pub} in it. */
  public Path trustedFolder() {
    return folder.resolve("trusted");
  }

  /**
   * Those that secrets are sealed to; empty when {@code recipient.txt} is missing.
   *
   * @throws CofferException KEY_INVALID when it names none, or a line is not a recipient
   */
  public List<Recipient> recipients() {
    Path file = recipientFile();
    return Files.exists(file)
        ? Recipient.parseAll(KeyFiles.read(file), file.toString())
        : List.of();
  }

  /**
   * All identities of {@code identity.txt}, the newest anywhere among them; empty when it is
   * missing.
   *
   * @throws CofferException PRIVATE_FILE_EXPOSED, KEY_INVALID
   */
  public List<Identity> identities() {
    Path file = identityFile();
    return Files.exists(file)
        ? Identity.parse(KeyFiles.readPrivate(file), file.toString())
        : List.of();
  }

  /** The first of {@link #identities()}. */
  public Optional<Identity> identity() {
    return identities().stream().findFirst();
  }

  public boolean hasSigningKey() {
    return Files.exists(signingKeyFile());
  }

  /**
   * The key that signs.
   *
   * @throws CofferException KEY_MISSING, PRIVATE_FILE_EXPOSED, KEY_INVALID
   */
  public SigningKey signingKey() {
    Path file = signingKeyFile();
    if (!Files.exists(file)) {
      throw new CofferException(
          ErrorCode.KEY_MISSING, "There is no signing key " + file, "Run: coffer keys generate");
    }
    return SigningKey.parse(KeyFiles.readPrivate(file), file.toString());
  }

  /**
   * The keys whose signatures are trusted: {@code signing.pub}, then {@code trusted/*.pub} by name.
   *
   * @throws CofferException KEY_INVALID, FILE_UNREADABLE
   */
  public List<VerifyKey> trustedSigners() {
    LinkedHashSet<VerifyKey> keys = new LinkedHashSet<>();
    List<Path> files = new ArrayList<>();
    if (Files.exists(verifyKeyFile())) {
      files.add(verifyKeyFile());
    }
    files.addAll(trustedFiles());
    for (Path file : files) {
      keys.add(VerifyKey.parse(KeyFiles.read(file), file.toString()));
    }
    return List.copyOf(keys);
  }

  private List<Path> trustedFiles() {
    if (!Files.isDirectory(trustedFolder())) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(trustedFolder(), "*.pub")) {
      found.forEach(files::add);
    } catch (IOException unreadable) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE, trustedFolder() + " cannot be read", "", unreadable);
    }
    return files.stream().sorted().toList();
  }

  /**
   * What {@link #generate()} did.
   *
   * @param created the files it created, in order; empty when all were there
   */
  public record Generated(List<Path> created, List<Recipient> recipients, VerifyKey verifyKey) {}

  /**
   * Creates the keys that are missing and keeps those that are there. A {@code recipient.txt}
   * without {@code identity.txt} is complete: its private half lies elsewhere, as it should.
   *
   * <p>Several processes may do this at once and agree on one set of keys: the private file is
   * created first, by one of them, and everyone derives the public one from what then lies there.
   *
   * @throws CofferException TARGET_EXISTS when {@code signing.pub} is there without its key
   */
  public Generated generate() {
    List<Path> created = new ArrayList<>();
    if (!Files.exists(recipientFile())) {
      create(identityFile(), Identity.generate().fileText(Instant.now()), PRIVATE, created);
      String lines =
          identities().stream()
              .map(identity -> identity.recipient() + "\n")
              .collect(Collectors.joining());
      create(recipientFile(), lines, PUBLIC, created);
    }
    boolean hasVerifyKey = Files.exists(verifyKeyFile());
    if (hasVerifyKey && !hasSigningKey()) {
      throw exists(
          verifyKeyFile() + " is there, but not the " + signingKeyFile() + " it belongs to",
          "Put the key back; or, to sign with a new one and still trust the old: mkdir -p '"
              + trustedFolder()
              + "' && mv '"
              + verifyKeyFile()
              + "' '"
              + trustedFolder()
              + "/'");
    }
    create(signingKeyFile(), SigningKey.generate().pem(), PRIVATE, created);
    VerifyKey verifyKey = signingKey().verifyKey();
    create(verifyKeyFile(), verifyKey.pem(), PUBLIC, created);
    return new Generated(List.copyOf(created), recipients(), verifyKey);
  }

  /**
   * Creates all keys afresh.
   *
   * @throws CofferException TARGET_EXISTS when there is any, and nothing was changed
   */
  public Generated generateAll() {
    List<Path> files = List.of(identityFile(), recipientFile(), signingKeyFile(), verifyKeyFile());
    for (Path file : files) {
      if (Files.exists(file)) {
        throw exists(
            file + " is there already, and keys are never overwritten",
            "Backups made so far need it. docs/keys.md tells how to change keys.");
      }
    }
    return generate();
  }

  private static void create(Path file, String text, String permissions, List<Path> created) {
    if (!Files.exists(file) && KeyFiles.create(file, text, permissions)) {
      created.add(file);
    }
  }

  private static CofferException exists(String fact, String hint) {
    return new CofferException(ErrorCode.TARGET_EXISTS, fact, hint);
  }
}
