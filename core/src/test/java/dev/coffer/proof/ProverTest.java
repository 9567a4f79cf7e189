package dev.coffer.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.archive.ArchiveReader;
import dev.coffer.archive.Pieces;
import dev.coffer.archive.Proof;
import dev.coffer.archive.ProofFile;
import dev.coffer.embedded.EmbeddedServer;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.export.Fixture;
import dev.coffer.export.Scene;
import dev.coffer.inventory.Inventory;
import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupInfo.State;
import dev.coffer.model.ChunkEntry;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.seal.Identity;
import dev.coffer.seal.KeyHome;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProverTest {
  private static final EmbeddedServer SERVER = Servers.debian15();

  @TempDir Path folder;
  private Fixture fixture;
  private KeyHome keys;
  private TestDatabase source;

  @BeforeEach
  void create() {
    fixture = new Fixture(folder);
    keys = KeyHome.at(folder);
    source = TestDatabase.create(SERVER);
  }

  @AfterEach
  void drop() {
    source.close();
  }

  private Proof prove(Path file, List<Identity> identities, EmbeddedServer server) {
    ConnectionSettings settings =
        ConnectionSettings.resolve(Optional.of(server.url("postgres")), Map.of(), folder);
    return Prover.prove(
        new ProofRequest(file, identities, settings, keys, 2, "test"), Progress.SILENT);
  }

  private Proof prove(Path file) {
    return prove(file, keys.identities(), SERVER);
  }

  private CofferException failure(Path file) {
    return catchThrowableOfType(CofferException.class, () -> prove(file));
  }

  private BackupInfo info(Path file) {
    return Inventory.info(file, List.of(), keys.trustedSigners());
  }

  @ParameterizedTest
  @ValueSource(ints = {15, 16, 17, 18})
  void aBackupIsProvenOnEachRelease(int majorVersion) {
    source.execute(Scene.STRUCTURE);
    Path backup = fixture.backup(source);
    assertThat(info(backup).state()).isEqualTo(State.UNVERIFIED);
    EmbeddedServer server = Servers.embedded(majorVersion);
    Proof proof = prove(backup, List.of(), server);

    assertThat(proof.server()).startsWith("PostgreSQL " + majorVersion);
    assertThat(proof.notProven()).isEmpty();
    assertThat(proof.rows()).isPositive();
    assertThat(info(backup).state()).isEqualTo(State.PROVEN);
    assertThat(info(backup).provenAt()).contains(proof.provenAt());
    assertThat(scratchDatabases(server)).isEmpty();
  }

  private static List<String> scratchDatabases(EmbeddedServer server) {
    try (TestDatabase any = TestDatabase.create(server)) {
      return any.values("SELECT datname FROM pg_database WHERE datname ~ '^coffer_proof_'");
    }
  }

  @Test
  void sealedValuesAreProvenWithTheKeyAndSaidNotToBeWithout() {
    source.execute(Scene.SECRETS);
    Path backup = fixture.backup(source);

    assertThat(prove(backup).notProven()).isEmpty();
    Proof without = prove(backup, List.of(), SERVER);
    assertThat(without.notProven())
        .containsExactly("sealed values not proven, since no identity opened them: users");
    assertThat(without.tables())
        .filteredOn(table -> !table.sealedValues())
        .extracting(Proof.ProvenTable::name)
        .containsExactly("users");
    assertThat(info(backup).state()).isEqualTo(State.PROVEN);
  }

  @Test
  void aFileEncryptedAsAWholeIsProvenWithItsKey() {
    source.execute(Scene.SECRETS);
    Path backup = fixture.encrypted().backup(source);
    Proof proof = prove(backup);

    assertThat(proof.notProven()).isEmpty();
    assertThat(info(backup).state()).isEqualTo(State.PROVEN);
  }

  @Test
  void damageIsDamage() throws IOException {
    source.execute(Scene.STRUCTURE);
    Path backup = fixture.plain().backup(source);
    flipByteInLastChunk(backup);

    assertThat(failure(backup).code()).isEqualTo(ErrorCode.BACKUP_DAMAGED);
    assertThat(ProofFile.beside(backup)).doesNotExist();
    assertThat(scratchDatabases(SERVER)).isEmpty();
  }

  private static void flipByteInLastChunk(Path backup) throws IOException {
    ChunkEntry last;
    try (ArchiveReader archive = ArchiveReader.open(backup, Pieces.form(backup))) {
      last = archive.metadata().chunks().getLast();
    }
    byte[] bytes = Files.readAllBytes(backup);
    bytes[(int) (last.at() + last.bytes() / 2)] ^= 1;
    Files.write(backup, bytes);
  }

  /** It stands as it stood in the source: that is what was to be shown. */
  @Test
  void aSequenceThatLaggedInTheSourceIsToldOf() {
    source.execute(
        """
        CREATE TABLE numbered (id serial PRIMARY KEY, note text NOT NULL);
        INSERT INTO numbered VALUES (1, 'planted value');
        CREATE TABLE used_up (id int GENERATED ALWAYS AS IDENTITY (MAXVALUE 2) PRIMARY KEY, n int);
        INSERT INTO used_up (n) VALUES (1), (2);
        """);
    assertThat(prove(fixture.backup(source)).notProven())
        .containsExactly(
            "as in the source, the next insert fails: table public.numbered: the next value of"
                + " sequence public.numbered_id_seq is taken already",
            "as in the source, the next insert fails: table public.used_up: sequence"
                + " public.used_up_id_seq has no next value");
  }

  @Test
  void triggersThatCountOnTheirSearchPathOrOnOtherRowsAreNoFaultOfTheBackup() {
    source.execute(
        """
        CREATE SCHEMA audit;
        CREATE TABLE audit.audit_log (what text);
        CREATE TABLE entry (id serial PRIMARY KEY, n int);
        CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN INSERT INTO audit_log VALUES (TG_TABLE_NAME); RETURN NEW; END';
        CREATE TRIGGER noted BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION noted();
        CREATE TABLE picky (id serial PRIMARY KEY, n int);
        CREATE FUNCTION divided() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN NEW.n := 1 / NEW.n; RETURN NEW; END';
        SET search_path = public, audit;
        INSERT INTO entry (n) VALUES (1);
        INSERT INTO picky (n) VALUES (0);
        CREATE TRIGGER divided BEFORE INSERT ON picky FOR EACH ROW EXECUTE FUNCTION divided();
        """);
    assertThat(prove(fixture.backup(source)).notProven()).isEmpty();
  }

  @Test
  void theNextInsertIsTriedWhereOtherColumnsMustBeUniqueToo() {
    source.execute(
        """
        CREATE TABLE person (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text UNIQUE,
                             boss int REFERENCES person, born date CHECK (born < '2020-01-01'));
        INSERT INTO person (mail, boss, born) VALUES ('a', NULL, '2000-01-01'), ('b', 1, NULL);
        CREATE TABLE nobody (id bigserial PRIMARY KEY, name text NOT NULL);
        CREATE TABLE late (id int);
        INSERT INTO late VALUES (1);
        ALTER TABLE late ADD CONSTRAINT small CHECK (id < 1) NOT VALID;
        """);
    assertThat(prove(fixture.backup(source)).rows()).isEqualTo(3);
  }

  @Test
  void aStrangersBackupIsNotProven() throws IOException {
    source.execute("CREATE TABLE t (id int)");
    Path backup = fixture.backup(source);
    keys = KeyHome.at(folder.resolve("other"));
    keys.generate();

    assertThat(failure(backup).code()).isEqualTo(ErrorCode.BACKUP_NOT_AUTHENTIC);
  }

  @Test
  void aLegacyFileCannotBeProven() throws IOException {
    Path file = folder.resolve("database-backup-2025-01-25T14-30-45-123Z.json");
    Files.writeString(file, "{\n  \"timestamp\": \"2025-01-25T14:30:45.123Z\", \"tables\": {}}");

    CofferException failure = failure(file);
    assertThat(failure.code()).isEqualTo(ErrorCode.NOT_PROVEN);
    assertThat(failure.fact()).contains("neither the structure");
  }

  @Test
  void aProofThatWasChangedOrForgedOrIsOfAnotherFileDoesNotCount() throws IOException {
    source.execute("CREATE TABLE t (id int); INSERT INTO t VALUES (1)");
    Path backup = fixture.backup(source);
    Path proof = ProofFile.beside(backup);
    prove(backup);
    String text = Files.readString(proof);
    requireNotCounting(backup, text.replace("\"rows\":1", "\"rows\":2"), "changed after");
    requireNotCounting(backup, text.substring(0, text.length() / 2), "damaged");
    requireNotCounting(backup, "", "damaged");

    KeyHome stranger = KeyHome.at(folder.resolve("stranger"));
    stranger.generate();
    BackupInfo strangersView = Inventory.info(backup, List.of(), stranger.trustedSigners());
    Files.writeString(proof, text);
    assertThat(strangersView.state()).isEqualTo(State.UNVERIFIED);
    assertThat(Inventory.info(backup, List.of(), stranger.trustedSigners()).proofProblem().get())
        .contains("not trusted");

    assertThat(info(backup).state()).isEqualTo(State.PROVEN);
    Path root = Objects.requireNonNull(Objects.requireNonNull(backup.getParent()).getParent());
    assertThat(Inventory.list(root, keys.trustedSigners()))
        .extracting(BackupInfo::state)
        .containsExactly(State.PROVEN);
    assertThat(Inventory.find(root, backup.getFileName().toString().replace(".json.zst", "")))
        .isEqualTo(backup);
    Path other = fixture.backup(source);
    Files.copy(proof, ProofFile.beside(other));
    assertThat(info(other).state()).isEqualTo(State.UNVERIFIED);
    assertThat(info(other).proofProblem().get()).contains("another file");

    Files.write(backup, Files.readAllBytes(other));
    assertThat(info(backup).state()).isEqualTo(State.UNVERIFIED);
  }

  private void requireNotCounting(Path backup, String proof, String why) throws IOException {
    Files.writeString(ProofFile.beside(backup), proof);
    BackupInfo info = info(backup);
    assertThat(info.state()).isEqualTo(State.UNVERIFIED);
    assertThat(info.provenAt()).isEmpty();
    assertThat(info.proofProblem().get()).contains(why);
  }

  @Test
  void aScratchDatabaseThatAKilledRunLeftIsDroppedByTheNext() {
    source.execute("CREATE TABLE t (id int)");
    String left = "coffer_proof_00000000000000000000000000000000";
    source.execute("CREATE DATABASE " + left);
    prove(fixture.backup(source));

    assertThat(scratchDatabases(SERVER)).isEmpty();
  }
}
