package dev.coffer.verify;

import com.github.luben.zstd.Zstd;
import dev.coffer.archive.Compression;
import dev.coffer.backup.BackupRequest;
import dev.coffer.backup.Backups;
import dev.coffer.model.BackupKind;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.AgeFile;
import dev.coffer.seal.BackupOpener;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.seal.Recipient;
import dev.coffer.seal.SigningKey;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A backup of a small database in which every part of a document occurs: several chunks, sealed
 * values, nulls, an empty table, one without a key, one without a column, and a name that holds the
 * character which decoders put in the place of damage. Made once; no file of it stays.
 */
public final class SmallBackup {
  /** Occur in rows, and so may not occur in any message. */
  public static final List<String> VALUES =
      List.of("hunter2", "zebra", "Quixotic", "tangerine", "4929", "8c1f", "pelican");

  private static final String SCHEMA =
      """
      CREATE TABLE users (id int PRIMARY KEY, email text UNIQUE NOT NULL, password text,
        note text, prefs jsonb, active boolean, rate numeric(10,3), seen timestamptz);
      INSERT INTO users SELECT i, 'zebra' || i || '@portal.example', 'hunter2-' || i,
        CASE WHEN i % 3 = 0 THEN NULL ELSE E'Quixotic "note"\\n\\t\\\\ \\u00e9\\U0001F600 ' || i END,
        CASE i % 4 WHEN 0 THEN 'null' WHEN 1 THEN '{"a": [1, 2.50, "tangerine"]}' END::jsonb,
        i % 2 = 0, i * 1.5, '2026-01-25T14:30:45Z'::timestamptz + i * interval '1 minute'
      FROM generate_series(1, 8) i;
      CREATE TABLE "odd\uFFFDname" (word text, number float8);
      INSERT INTO "odd\uFFFDname" VALUES ('pelican', 'NaN'), ('pelican', 'NaN'), ('', 1e300);
      CREATE TABLE nothing (id bigint PRIMARY KEY, word text);
      CREATE TABLE hollow ();
      INSERT INTO hollow DEFAULT VALUES;
      INSERT INTO hollow DEFAULT VALUES;
      CREATE TABLE cards (id int PRIMARY KEY, "userId" int REFERENCES users ON DELETE CASCADE,
        "cardNumber" text, "apiToken" text);
      INSERT INTO cards SELECT i, i, '4929' || i, nullif('8c1f-' || i, '8c1f-2')
      FROM generate_series(1, 5) i;
      """;

  private static final int ROWS = 3;
  private static @Nullable SmallBackup made;

  private final byte[] plain;
  private final byte[] asTaken;
  private final SigningKey signingKey;
  private final List<Identity> identities;
  private final String identityFile;
  private final String verifyKeyFile;
  private final List<Recipient> recipients;

  private SmallBackup(byte[] asTaken, KeyHome keys) throws IOException {
    this.asTaken = asTaken;
    signingKey = keys.signingKey();
    identities = keys.identities();
    identityFile = Files.readString(keys.identityFile());
    verifyKeyFile = Files.readString(keys.verifyKeyFile());
    recipients = keys.recipients();
    Forgery document = new Forgery(asTaken);
    cutInto(document, ROWS);
    plain = document.rehash().sign(signingKey).plain();
  }

  public static synchronized SmallBackup get() {
    SmallBackup known = made;
    if (known == null) {
      known = make();
      made = known;
    }
    return known;
  }

  private static SmallBackup make() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(SCHEMA);
      Path folder = Files.createTempDirectory("coffer-small");
      try {
        KeyHome keys = KeyHome.at(folder.resolve("home"));
        Path file = Backups.take(request(database, folder, keys), Progress.SILENT).file();
        return new SmallBackup(Files.readAllBytes(file), keys);
      } finally {
        delete(folder);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A request for a backup, stored as text, of all that the database holds. */
  public static BackupRequest request(TestDatabase database, Path root, KeyHome keys) {
    return new BackupRequest(
        ConnectionSettings.resolve(Optional.of(database.url()), Map.of(), root),
        BackupKind.COMPREHENSIVE,
        "Before system update",
        "admin@portal.example",
        root,
        Compression.NONE,
        List.of(),
        keys,
        List.of(),
        2,
        "0.1.0");
  }

  public static void fill(TestDatabase database) {
    database.execute(SCHEMA);
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Cuts tables, and their sealed values, into chunks of so many rows. */
  private void cutInto(Forgery document, int rows) throws IOException {
    JsonNode sealing =
        JsonMapper.shared()
            .readTree(
                document
                    .header
                    .lines()
                    .filter(l -> l.startsWith("\"sealing\":"))
                    .findFirst()
                    .map(line -> line.substring("\"sealing\":".length(), line.length() - 1))
                    .orElseThrow());
    byte[] wrapped = Base64.getDecoder().decode(sealing.path("wrappedIdentity").asString());
    BackupOpener opener = BackupOpener.open(wrapped, identities);
    List<Recipient> key = List.of(Recipient.parse(sealing.path("key").asString()));
    List<String> before = List.copyOf(document.sealed);
    document.sealed.clear();
    int place = 0;
    for (Forgery.Rows table : document.tables) {
      List<String> secrets = new ArrayList<>();
      String ofTable = "{\"table\":" + table.name() + ",";
      for (String line : before) {
        if (line.startsWith(ofTable)) {
          secrets.addAll(secrets(opener, line));
        }
      }
      List<String> lines = table.chunks().stream().flatMap(List::stream).toList();
      table.chunks().clear();
      for (int at = 0; at < lines.size(); at += rows) {
        int to = Math.min(at + rows, lines.size());
        table.chunks().add(new ArrayList<>(lines.subList(at, to)));
        if (!secrets.isEmpty()) {
          byte[] age = encrypted(content(secrets.subList(at, to)), key);
          document.sealed.add(
              "%s\"chunk\":%d,\"rows\":%d,\"age\":\"%s\"}"
                  .formatted(ofTable, place, to - at, Base64.getEncoder().encodeToString(age)));
        }
        place++;
      }
    }
  }

  private static List<String> secrets(BackupOpener opener, String line) {
    String age = JsonMapper.shared().readTree(line).path("age").asString();
    byte[] frame = opener.open(Base64.getDecoder().decode(age));
    int size = Math.toIntExact(Zstd.getFrameContentSize(frame));
    return Forgery.text(Zstd.decompress(frame, size)).lines().toList();
  }

  private static byte[] content(List<String> secrets) {
    return Zstd.compress(Forgery.bytes(String.join("\n", secrets) + "\n"), 1);
  }

  private static byte[] encrypted(byte[] content, List<Recipient> to) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream encrypting = AgeFile.encrypting(bytes, to)) {
      encrypting.write(content);
    }
    return bytes.toByteArray();
  }

  /** As the backup wrote it: one chunk for each table. */
  public byte[] asTaken() {
    return asTaken.clone();
  }

  public byte[] plain() {
    return plain.clone();
  }

  /** In frames that are signed. */
  public byte[] framed() {
    return forgery().signFrames(signingKey).framed();
  }

  public byte[] encrypted() throws IOException {
    return encrypted(framed(), recipients);
  }

  /** A copy to be changed. */
  public Forgery forgery() {
    return new Forgery(plain);
  }

  public SigningKey signingKey() {
    return signingKey;
  }

  public List<Identity> identities() {
    return identities;
  }

  /** The content of {@code identity.txt}. */
  public String identityFile() {
    return identityFile;
  }

  /** The content of {@code signing.pub}. */
  public String verifyKeyFile() {
    return verifyKeyFile;
  }

  /** How its owner verifies it. */
  public VerifyOptions options() {
    return new VerifyOptions(identities, List.of(signingKey.verifyKey()), 1);
  }
}
