package dev.coffer.restore.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows whose keys PostgreSQL finds equal belong together, however they are spelt. */
class EqualKeysTest {
  private static final RecordOptions MISSING = RecordOptions.missing(2);

  private TestDatabase database;

  @TempDir private Path folder;

  @BeforeEach
  void create() {
    database = TestDatabase.create(Servers.debian15());
    database.execute(
        """
        CREATE EXTENSION citext;
        CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
        CREATE DOMAIN mail AS citext;
        CREATE TYPE pair AS (a numeric, b text)
        """);
  }

  @AfterEach
  void drop() {
    database.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "text COLLATE ci; text COLLATE ci; Abc; aBC",
        "mail; mail; Abc; aBC",
        "citext; mail; Élan; éLAN",
        "interval; interval; 1 day; 24:00:00",
        "jsonb; jsonb; {\"n\": 1.0}; {\"n\": 1.00}",
        "timestamp; date; 2024-02-03 00:00:00; 2024-02-03",
        "inet; cidr; 10.1.2.3; 10.1.2.3/32",
        "numrange; numrange; [1.0,2); [1.00,2.0)",
        "nummultirange; nummultirange; {[1.0,2)}; {[1.00,2.0)}",
        "numeric[]; numeric[]; {1.0}; {1.00}",
        "pair; pair; '(1.0,x)'; '(1.00,x)'",
      })
  void dependentsComeBackHoweverTheirParentsKeyIsSpelt(
      String parentType, String childType, String parent, String child) {
    database.execute(
        """
        CREATE TABLE p (k %1$s PRIMARY KEY, id int UNIQUE);
        CREATE TABLE c (id int PRIMARY KEY, k %2$s REFERENCES p ON DELETE CASCADE);
        CREATE TABLE d (id int PRIMARY KEY, c int REFERENCES c ON DELETE CASCADE);
        INSERT INTO p VALUES ('%3$s', 1);
        INSERT INTO c VALUES (1, '%4$s'), (2, '%4$s'), (3, NULL);
        INSERT INTO d VALUES (5, 2)
        """
            .formatted(parentType, childType, parent, child));
    Scene scene = Scene.backedUp(database, folder);
    RecordName byParent = new RecordName.ById("p", parent);
    RecordName byChild = new RecordName.ById("c", "1");
    Scene.Outcome nothing = scene.find(MISSING, List.of(byParent));
    assertThat(nothing.changes()).isEmpty();
    assertThat(Scene.rows(nothing.tree())).hasSize(4).allMatch(row -> row.endsWith(" same"));

    database.execute("DELETE FROM c WHERE id = 1");
    Scene.Outcome alone = scene.find(MISSING, List.of(byChild));
    assertThat(Scene.rows(alone.tree())).containsExactly("c/1 to insert");

    database.execute("DELETE FROM p");
    Scene.Outcome gone = scene.find(MISSING, List.of(byParent));
    assertThat(Scene.rows(gone.tree()))
        .contains("c/1 to insert", "c/2 to insert", "d/5 to insert")
        .hasSize(4);
    assertThat(gone.tree().notes()).isEmpty();
    Scene.Outcome needing = scene.find(MISSING, List.of(byChild));
    assertThat(needing.tree().counts("p").needed()).isOne();
    assertThat(needing.changes()).hasSize(2);
  }

  @Test
  void aRecordAndItsLiveRowsAreTheSameHoweverTheyAreSpelt() {
    database.execute(
        """
        CREATE TABLE p (k text COLLATE ci PRIMARY KEY);
        CREATE TABLE c (id int PRIMARY KEY, k text COLLATE ci REFERENCES p ON UPDATE CASCADE);
        INSERT INTO p VALUES ('Abc'), ('other');
        INSERT INTO c VALUES (1, 'Abc'), (2, 'abc'), (3, 'ABC'), (4, 'OTHER')
        """);
    Scene scene = Scene.backedUp(database, folder);
    database.execute(
        """
        UPDATE p SET k = 'aBC' WHERE k = 'Abc';
        DELETE FROM c WHERE id = 2;
        INSERT INTO c VALUES (9, 'ABc')
        """);

    assertThat(Scene.rows(scene.find(RecordOptions.exact(2), "p/abC").tree()))
        .containsExactly(
            "c/1 differs", "c/2 to insert", "c/3 differs", "c/9 only live", "p/Abc differs");
    assertThat(Scene.rows(scene.find(MISSING, "c/2").tree())).containsExactly("c/2 to insert");
  }

  @Test
  void whereNobodyCanTellEqualValuesThePlanSaysSo() {
    database.execute(
        """
        CREATE TABLE p (k double precision PRIMARY KEY);
        CREATE TABLE c (id int PRIMARY KEY, k int CONSTRAINT odd REFERENCES p);
        INSERT INTO p VALUES (1);
        INSERT INTO c VALUES (1, 1)
        """);
    Scene scene = Scene.backedUp(database, folder);

    assertThat(scene.find(MISSING, "p/1").tree().notes())
        .singleElement()
        .asString()
        .startsWith("odd: rows of c are found only where they are spelt as in p");
    assertThat(scene.find(MISSING, "p/1").tree().counts("c").same()).isOne();
  }

  @Test
  void aTimeZoneDecidesWhichDayAMomentEquals() {
    database.execute(
        """
        SET timezone = 'America/St_Johns';
        CREATE TABLE p (k timestamptz PRIMARY KEY);
        CREATE TABLE c (id int PRIMARY KEY, k date CONSTRAINT zoned REFERENCES p);
        INSERT INTO p VALUES ('2024-02-03 03:30:00+00');
        INSERT INTO c VALUES (1, '2024-02-03')
        """);
    Scene scene = Scene.backedUp(database, folder);

    assertThat(scene.find(MISSING, "p/2024-02-03 03:30:00+00").tree().notes())
        .singleElement()
        .asString()
        .startsWith("zoned: ");
  }

  @Test
  void aSlashInATablesNameStandsInQuotes() {
    database.execute(
        "CREATE TABLE \"a/b\" (id text PRIMARY KEY); INSERT INTO \"a/b\" VALUES ('1/2')");
    Scene scene = Scene.backedUp(database, folder);

    assertThat(scene.find(MISSING, "\"a/b\"/1/2").tree().counts("a/b").same()).isOne();
    assertThat(RecordName.parse("a\"b/1")).isEqualTo(new RecordName.ById("a\"b", "1"));
  }
}
