package dev.coffer.restore.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.profile.Profile;
import dev.coffer.profile.ProfileReader;
import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record is found with everything that belongs to it, and nothing else. */
class RecordsTest {
  private static final RecordOptions MISSING = RecordOptions.missing(2);
  private static final RecordOptions MERGE = RecordOptions.merge(2);
  private static final RecordOptions EXACT = RecordOptions.exact(2);

  private TestDatabase database;

  @TempDir private Path folder;

  @BeforeEach
  void create() {
    database = TestDatabase.create(Servers.debian15());
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private void shop() {
    database.execute(
        """
        CREATE TABLE people (id int PRIMARY KEY, mail text UNIQUE, name text, password text, boss int REFERENCES people);
        CREATE TABLE orders (shop int, number numeric, person int REFERENCES people ON DELETE CASCADE,
          PRIMARY KEY (shop, number));
        CREATE TABLE lines (shop smallint, number bigint, place int, what char(8), PRIMARY KEY (shop, number, place),
          FOREIGN KEY (shop, number) REFERENCES orders ON DELETE CASCADE);
        CREATE TABLE notes (person int REFERENCES people ON DELETE CASCADE, shop int, number bigint, text text,
          FOREIGN KEY (shop, number) REFERENCES orders ON DELETE CASCADE);
        CREATE TABLE subscribers (id uuid PRIMARY KEY, address text);
        INSERT INTO people SELECT i, 'p' || i || '@mail.example', 'Name ' || i, 'secret' || i, NULL
        FROM generate_series(1, 300) i;
        UPDATE people SET boss = id - 100 WHERE id > 100;
        INSERT INTO orders SELECT i % 3, i, 1 + i % 300 FROM generate_series(1, 900) i;
        INSERT INTO lines SELECT i % 3, i, p, 'w' || p FROM generate_series(1, 900) i, generate_series(1, 2) p;
        INSERT INTO notes SELECT 1 + i % 300, i % 3, i, 'n' FROM generate_series(1, 900) i;
        INSERT INTO notes SELECT 7, NULL, NULL, 'twice' FROM generate_series(1, 2);
        INSERT INTO subscribers VALUES ('00000000-0000-0000-0000-00000000000a', 'p7@mail.example')
        """);
  }

  private static Profile profile() {
    String yaml =
        """
        profile: shop
        recognisedBy: [people]
        tables: {people: people, subscribers: subscribers}
        sealed: {people: [password]}
        records:
          person:
            table: people
            find: [mail, name]
            label: [name]
            follows:
              - {from: subscribers, columns: [address], targetColumns: [mail]}
        """;
    return ProfileReader.read(
        new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)), "shop.yaml");
  }

  @Test
  void deletedWithTheCascadeItIsFoundWithAllThatHungOnIt() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute("UPDATE people SET boss = NULL WHERE boss = 207 OR boss = 107");
    database.execute("DELETE FROM people WHERE id = 207");
    Scene.Outcome outcome = scene.find(MISSING, "people/207");

    assertThat(Scene.rows(outcome.tree()))
        .contains("people/207 to insert", "orders/2,206 to insert")
        .hasSize(1 + 3 + 6 + 1);
    assertThat(outcome.tree().counts("notes").toInsert()).isEqualTo(3);
    assertThat(outcome.changes()).hasSize(1 + 3 + 6 + 3).allMatch(change -> change.startsWith("+"));
  }

  @Test
  void selfReferencesAreFollowedDownAndRowsThatAreThereStay() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    Scene.Outcome outcome = scene.find(MERGE, "people/7");

    assertThat(Scene.rows(outcome.tree())).contains("people/107 same", "people/207 same");
    assertThat(outcome.tree().counts("people").same()).isEqualTo(3);
    assertThat(outcome.tree().counts("notes").same()).isEqualTo(9 + 2);
    assertThat(outcome.changes()).isEmpty();
  }

  @Test
  void aParentThatIsGoneComesBackWithoutWhatHungOnIt() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute(
        "DELETE FROM notes; DELETE FROM lines; DELETE FROM orders; DELETE FROM people");
    Scene.Outcome outcome = scene.find(MISSING, "people/207");

    assertThat(outcome.tree().counts("people").needed()).isEqualTo(2);
    assertThat(outcome.changes()).filteredOn(change -> change.startsWith("+people")).hasSize(3);
    assertThat(outcome.changes()).filteredOn(change -> change.startsWith("+orders")).hasSize(3);
  }

  @Test
  void wordsFindWhateverTheCapitalsAndFollowAnAddress() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute("DELETE FROM subscribers");
    Scene.Outcome outcome =
        scene.find(MISSING, List.of(new RecordName.ByWord("person", "P7@MAIL.example")));

    assertThat(outcome.tree().roots().getFirst().label()).isEqualTo("Name 7");
    assertThat(Scene.rows(outcome.tree()))
        .contains("subscribers/00000000-0000-0000-0000-00000000000a to insert");
    assertThatThrownBy(() -> scene.find(MISSING, List.of(new RecordName.ByWord("person", "zz"))))
        .isInstanceOfSatisfying(
            CofferException.class,
            told -> assertThat(told.code()).isEqualTo(ErrorCode.RECORD_NOT_FOUND));
  }

  @Test
  void severalMatchesAreListedByTheirKeysAlone() {
    shop();
    database.execute("UPDATE people SET name = 'Same' WHERE id IN (3, 5)");
    Scene scene = Scene.backedUp(database, folder, profile());

    assertThatThrownBy(() -> scene.find(MISSING, List.of(new RecordName.ByWord("person", "same"))))
        .isInstanceOfSatisfying(
            CofferException.class,
            told -> {
              assertThat(told.code()).isEqualTo(ErrorCode.RECORD_AMBIGUOUS);
              assertThat(told.fact()).contains("people/3", "people/5").doesNotContain("mail");
            });
    assertThatThrownBy(() -> scene.find(MISSING, "orders/1"))
        .isInstanceOfSatisfying(
            CofferException.class, told -> assertThat(told.code()).isEqualTo(ErrorCode.USAGE));
    assertThatThrownBy(() -> scene.find(MISSING, "nothing/1"))
        .isInstanceOfSatisfying(
            CofferException.class,
            told -> assertThat(told.code()).isEqualTo(ErrorCode.TABLE_NOT_FOUND));
  }

  @Test
  void compositeKeysAreNamedByCommasOrAnArray() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute("DELETE FROM orders WHERE number = 206");

    assertThat(Scene.rows(scene.find(MISSING, "orders/2,206").tree()))
        .containsExactly(
            "lines/2,206,1 to insert",
            "lines/2,206,2 to insert",
            "notes/ to insert",
            "orders/2,206 to insert");
    assertThat(scene.find(MISSING, "orders/[2, 206]").changes()).hasSize(4);
  }

  @Test
  void aChangedSecretIsAChangeAndIsOpenInBoth() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute("UPDATE people SET password = 'new' WHERE id = 9");

    assertThat(scene.find(MERGE, "people/9").changes()).singleElement().asString().startsWith("~");
  }

  @Test
  void uniqueValuesInUseAreLeftAloneWithWhatWouldDangle() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute("DELETE FROM people WHERE id = 207");
    database.execute("UPDATE people SET mail = 'p207@mail.example' WHERE id = 1");
    Scene.Outcome outcome = scene.find(MISSING, "people/207");

    assertThat(Scene.rows(outcome.tree()))
        .contains("people/207 left alone UNIQUE_IN_USE")
        .allMatch(row -> row.contains("left alone"));
    assertThat(outcome.tree().roots().getFirst().conflict().orElseThrow().detail())
        .contains("mail", "people/1")
        .doesNotContain("p207");
    assertThat(outcome.changes()).isEmpty();
  }

  @Test
  void whatBelongsToSomebodyElseStaysUnlessTakenOver() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute("UPDATE orders SET person = 12 WHERE number = 206");
    Scene.Outcome outcome = scene.find(MERGE, "people/207");

    assertThat(Scene.rows(outcome.tree())).contains("orders/2,206 left alone BELONGS_TO_ANOTHER");
    assertThat(outcome.changes()).isEmpty();
    assertThat(scene.find(MERGE.takingOver(), "people/207").changes())
        .singleElement()
        .asString()
        .startsWith("~orders");
  }

  @Test
  void whatLostItsLinkIsShownAndLinkedAgainByAMerge() {
    database.execute(
        """
        CREATE TABLE agent (id int PRIMARY KEY);
        CREATE TABLE sale (id int PRIMARY KEY, agent int REFERENCES agent ON DELETE SET NULL,
          other int REFERENCES agent ON DELETE SET NULL);
        INSERT INTO agent SELECT generate_series(1, 5);
        INSERT INTO sale SELECT i, 1 + i % 5, NULL FROM generate_series(1, 20) i
        """);
    Scene scene = Scene.backedUp(database, folder);
    database.execute("DELETE FROM agent WHERE id = 3; UPDATE sale SET agent = 4 WHERE id = 7");

    Scene.Outcome missing = scene.find(MISSING, "agent/3");
    Scene.Outcome merged = scene.find(MERGE, "agent/3");

    assertThat(Scene.rows(missing.tree()))
        .containsExactly(
            "agent/3 to insert",
            "sale/12 differs LINK_LOST",
            "sale/17 differs LINK_LOST",
            "sale/2 differs LINK_LOST",
            "sale/7 left alone BELONGS_TO_ANOTHER");
    assertThat(missing.tree().notes()).singleElement().asString().contains("3 row(s)", "merge");
    assertThat(merged.changes())
        .filteredOn(change -> change.startsWith("~sale"))
        .hasSize(3)
        .noneMatch(change -> change.contains("\"id\":7,"));
    assertThat(merged.tree().notes()).singleElement().asString().contains("linked again");
  }

  @Test
  void aKeyThatWasTakenAgainIsNotChanged() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute("DELETE FROM people WHERE id = 207");
    database.execute("INSERT INTO people VALUES (207, 'other@mail.example', 'Other', 'x')");
    Scene.Outcome outcome = scene.find(MERGE, "people/207");

    assertThat(Scene.rows(outcome.tree()))
        .contains("people/207 left alone KEY_TAKEN", "orders/2,206 left alone PARENT_LEFT_ALONE");
    assertThat(outcome.changes()).isEmpty();
  }

  @Test
  void whatCameLaterIsFoundForExactOnly() {
    shop();
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute(
        """
        INSERT INTO orders VALUES (5, 5000, 207);
        INSERT INTO lines VALUES (5, 5000, 1, 'x'), (5, 5000, 2, 'y');
        INSERT INTO notes VALUES (207, 5, 5000, 'later');
        UPDATE orders SET person = 207 WHERE number = 1
        """);

    assertThat(scene.find(MERGE, "people/207").changes()).isEmpty();
    Scene.Outcome exact = scene.find(EXACT, "people/207");
    assertThat(exact.changes()).hasSize(4).allMatch(change -> change.startsWith("-"));
    assertThat(Scene.rows(exact.tree()))
        .contains("orders/5,5000 only live", "orders/1,1 left alone BELONGS_TO_ANOTHER");
  }

  @Test
  void cyclesEndAndParentsWithoutARowAreNamed() {
    database.execute(
        """
        CREATE TABLE a (id int PRIMARY KEY, b int);
        CREATE TABLE b (id int PRIMARY KEY, a int REFERENCES a);
        ALTER TABLE a ADD CONSTRAINT a_b FOREIGN KEY (b) REFERENCES b DEFERRABLE INITIALLY DEFERRED;
        CREATE TABLE kind (code text PRIMARY KEY);
        CREATE TABLE c (id int PRIMARY KEY, a int REFERENCES a, kind text);
        BEGIN;
        INSERT INTO a SELECT i, i + 1 FROM generate_series(1, 50) i;
        INSERT INTO b SELECT i, i FROM generate_series(51, 1, -1) i WHERE i < 51;
        INSERT INTO b VALUES (51, NULL);
        INSERT INTO c VALUES (1, 50, 'gone');
        COMMIT
        """);
    Scene scene = Scene.backedUp(database, folder);
    database.execute("DELETE FROM c");
    database.execute(
        "ALTER TABLE c ADD CONSTRAINT c_kind FOREIGN KEY (kind) REFERENCES kind (code)");

    Scene.Outcome outcome = scene.find(MISSING, "a/50");

    // Row 50 of b refers to row 50 of a, row 49 of a refers to row 50 of b, and so on to the first.
    assertThat(outcome.tree().counts("a").same()).isEqualTo(50);
    assertThat(outcome.tree().counts("b").same()).isEqualTo(50);
    assertThat(outcome.changes()).containsExactly("+c{\"id\":1,\"a\":50,\"kind\":\"gone\"}");
  }

  @Test
  void aParentThatIsNowhereIsSaidWithItsConstraint() {
    shop();
    database.execute(
        """
        DELETE FROM notes;
        UPDATE people SET boss = NULL;
        ALTER TABLE orders DROP CONSTRAINT orders_person_fkey;
        DELETE FROM people WHERE id = 100;
        ALTER TABLE orders ADD CONSTRAINT owner FOREIGN KEY (person) REFERENCES people NOT VALID
        """);
    Scene scene = Scene.backedUp(database, folder, profile());
    database.execute("DELETE FROM orders WHERE number = 99");
    Scene.Outcome outcome = scene.find(MISSING, "orders/0,99");

    assertThat(Scene.rows(outcome.tree())).contains("orders/0,99 left alone PARENT_GONE");
    assertThat(outcome.tree().roots().getFirst().conflict().orElseThrow().detail())
        .contains("owner");
  }

  @Test
  void partitionsAreFollowedByTheirRoot() {
    database.execute(
        """
        CREATE TABLE people (id int PRIMARY KEY);
        CREATE TABLE events (id int, person int REFERENCES people, PRIMARY KEY (id, person)) PARTITION BY HASH (id);
        CREATE TABLE events_0 PARTITION OF events FOR VALUES WITH (MODULUS 2, REMAINDER 0);
        CREATE TABLE events_1 PARTITION OF events FOR VALUES WITH (MODULUS 2, REMAINDER 1);
        CREATE TABLE marks (id int PRIMARY KEY, event int, person int,
          FOREIGN KEY (event, person) REFERENCES events (id, person));
        INSERT INTO people SELECT generate_series(1, 20);
        INSERT INTO events SELECT i, 1 + i % 20 FROM generate_series(1, 200) i;
        INSERT INTO marks SELECT i, i, 1 + i % 20 FROM generate_series(1, 200) i
        """);
    Scene scene = Scene.backedUp(database, folder);
    database.execute("DELETE FROM marks; DELETE FROM events");

    assertThat(scene.find(MISSING, "people/4").changes()).hasSize(20);
    assertThat(scene.find(MISSING, "events/23,4").changes()).hasSize(2);
    assertThat(scene.find(MISSING, "marks/23").changes()).hasSize(2);
  }
}
