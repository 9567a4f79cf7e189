package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.progress.Progress;
import dev.coffer.proof.ProofRequest;
import dev.coffer.proof.Prover;
import dev.coffer.seal.Identity;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server does not let be written is told as what it is, and nothing has changed then. */
final class RefusedWritesTest {
  @TempDir Path home;
  private TestDatabase database;
  private Scene scene;

  @BeforeEach
  void create() {
    database = TestDatabase.create(Servers.debian15());
    scene = new Scene(database, home);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @Test
  void aPublishedTableWithoutKeyGetsBackTheRowsItLost() {
    database.execute("CREATE TABLE nk (a int); INSERT INTO nk VALUES (1), (2)");
    Path backup = scene.backup();
    database.execute("DELETE FROM nk WHERE a = 1; CREATE PUBLICATION every FOR ALL TABLES");

    assertThat(scene.restore(backup, Mode.EXACT).applied()).isTrue();

    assertThat(database.values("SELECT a FROM nk ORDER BY a")).containsExactly("1", "2");
  }

  @Test
  void aPublishedTableWithoutIdentityThatShouldLoseRowsIsSaidToBe() {
    database.execute("CREATE TABLE nk (a int); INSERT INTO nk VALUES (1)");
    Path backup = scene.backup();
    database.execute("INSERT INTO nk VALUES (2); CREATE PUBLICATION every FOR ALL TABLES");
    List<String> before = scene.state();

    CofferException refused =
        catchThrowableOfType(CofferException.class, () -> scene.restore(backup, Mode.EXACT));

    assertThat(refused.fact()).contains("nk", "replica identity");
    assertThat(refused.hint()).contains("REPLICA IDENTITY FULL");
    assertThat(scene.state()).isEqualTo(before);
  }

  /** Which the database's own search path finds, and an empty one does not. */
  @Test
  void aFunctionThatNeedsItsSearchPathIsNoChangeOfTheDatabase() {
    database.execute(
        """
        CREATE FUNCTION helper(int) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1 + 1';
        CREATE FUNCTION uses(int) RETURNS int LANGUAGE plpgsql IMMUTABLE
          AS 'BEGIN RETURN helper($1); END';
        CREATE TABLE fx (id int PRIMARY KEY, g int GENERATED ALWAYS AS (uses(id)) STORED);
        INSERT INTO fx (id) VALUES (1), (2);
        """);
    Path backup = scene.backup();
    database.execute("DELETE FROM fx WHERE id = 1");
    List<String> before = scene.state();

    CofferException inPlace =
        catchThrowableOfType(CofferException.class, () -> scene.restore(backup, Mode.EXACT));
    requireHelp(inPlace, ErrorCode.DATABASE_FAILED);
    assertThat(scene.state()).isEqualTo(before);
    try (TestDatabase empty = TestDatabase.create(Servers.debian15())) {
      CofferException rebuild =
          catchThrowableOfType(
              CofferException.class, () -> new Scene(empty, home).restore(backup, Mode.EXACT));
      requireHelp(rebuild, ErrorCode.DATABASE_FAILED);
      assertThat(empty.values("SELECT relname FROM pg_class WHERE relname = 'fx'")).isEmpty();
    }
    CofferException proof =
        catchThrowableOfType(
            CofferException.class,
            () -> Prover.prove(proof(backup, scene.keys().identities()), Progress.SILENT));
    requireHelp(proof, ErrorCode.NOT_PROVEN);
  }

  @Test
  void aBackupThatNobodyTrustedSignedIsNotCalledDamaged() throws IOException {
    database.execute("CREATE TABLE t (a int PRIMARY KEY); INSERT INTO t VALUES (1)");
    Path backup = new Scene(database, Files.createDirectory(home.resolve("elsewhere"))).backup();
    scene.backup();
    RestoreRequest plan = scene.plan(backup, Mode.EXACT);
    RestoreRequest strict =
        new RestoreRequest(
            plan.backup(),
            plan.live(),
            plan.mode(),
            plan.tables(),
            plan.records(),
            plan.identities(),
            plan.withoutKey(),
            plan.confirm(),
            scene.keys().trustedSigners(),
            1);

    CofferException refused =
        catchThrowableOfType(CofferException.class, () -> Restore.run(strict, Progress.SILENT));

    assertThat(refused.code()).isEqualTo(ErrorCode.BACKUP_NOT_AUTHENTIC);
    assertThat(refused.hint()).contains("signing.pub");
  }

  @Test
  void anUndoThatWouldLeaveALaterRowAloneSaysWhatToDo() {
    database.execute(
        """
        CREATE TABLE p (id int PRIMARY KEY);
        CREATE TABLE c (id int PRIMARY KEY, p int REFERENCES p);
        INSERT INTO p VALUES (1);
        """);
    Path backup = scene.backup();
    database.execute("DELETE FROM p");
    Outcome restored = scene.restore(backup, Mode.EXACT);
    database.execute("INSERT INTO c VALUES (1, 1)");

    CofferException refused =
        catchThrowableOfType(CofferException.class, () -> scene.undo(restored));

    assertThat(refused.code()).isEqualTo(ErrorCode.CONSTRAINT_VIOLATED);
    assertThat(refused.fact()).contains("c_p_fkey");
    assertThat(refused.hint()).contains("undo").doesNotContain("--mode");
    assertThat(database.value("SELECT count(*) FROM p")).isEqualTo("1");
  }

  /** Of a column that takes no other value than the locked ones. */
  @Test
  void aProofWithoutTheKeyAsksForTheIdentity() {
    database.execute(
        """
        CREATE TABLE accounts (
          id int PRIMARY KEY, account_number int NOT NULL CHECK (account_number > 0));
        INSERT INTO accounts VALUES (1, 12345678);
        """);
    Path backup = scene.backup();

    CofferException refused =
        catchThrowableOfType(
            CofferException.class, () -> Prover.prove(proof(backup, List.of()), Progress.SILENT));

    assertThat(refused.code()).isEqualTo(ErrorCode.KEY_NEEDED);
    assertThat(refused.hint()).contains("--identity").doesNotContain("--table");
  }

  private ProofRequest proof(Path backup, List<Identity> identities) {
    ConnectionSettings server =
        ConnectionSettings.resolve(Optional.of(database.server().url("postgres")), Map.of(), home);
    return new ProofRequest(backup, identities, server, scene.keys(), 1, "test");
  }

  private static void requireHelp(CofferException told, ErrorCode code) {
    assertThat(told.code()).isEqualTo(code);
    assertThat(told.fact()).contains("helper(integer) does not exist").contains("fx");
    assertThat(told.hint()).contains("search_path").doesNotContain("changed while");
  }
}
