package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged database becomes what the backup says, and what it was. */
final class RestoreTest {
  private static final String SHOP =
      """
      CREATE TYPE mood AS ENUM ('fine', 'bad');
      CREATE DOMAIN amount AS numeric(10,2) NOT NULL CHECK (VALUE >= 0);
      CREATE TABLE person (
        id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text UNIQUE NOT NULL,
        password text NOT NULL, boss int REFERENCES person, mood mood, note text,
        upper_email text GENERATED ALWAYS AS (upper(email)) STORED, updated int DEFAULT 0);
      CREATE TABLE sale (
        a int, b text, buyer int NOT NULL REFERENCES person ON DELETE CASCADE, paid amount,
        detail jsonb, PRIMARY KEY (a, b));
      CREATE TABLE line (
        id serial PRIMARY KEY, a int, b text, bytes bytea, at timestamptz,
        FOREIGN KEY (a, b) REFERENCES sale ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE visit (at date, page text, n float8);
      CREATE UNLOGGED TABLE cache (k text PRIMARY KEY, v text);
      CREATE TABLE event (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day);
      CREATE TABLE event_old PARTITION OF event FOR VALUES FROM ('2000-01-01') TO ('2020-01-01');
      CREATE TABLE event_new PARTITION OF event FOR VALUES FROM ('2020-01-01') TO ('2040-01-01');
      CREATE TABLE attendance (
        event int, day date, who int REFERENCES person, FOREIGN KEY (event, day) REFERENCES event);
      CREATE TABLE animal (id int PRIMARY KEY, name text);
      CREATE TABLE dog (id int PRIMARY KEY, race text) INHERITS (animal);
      CREATE SEQUENCE invoices START 1000;
      CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN NEW.updated := coalesce(OLD.updated, 0) + 1; RETURN NEW; END';
      CREATE TRIGGER touched BEFORE INSERT OR UPDATE ON person FOR EACH ROW EXECUTE FUNCTION touch();
      CREATE FUNCTION never() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN RAISE EXCEPTION ''it fires''; END';
      INSERT INTO person (email, password, boss, mood, note)
        SELECT 'p' || i, 'secret' || i, nullif(i / 3, 0), CASE WHEN i % 2 = 0 THEN 'fine'::mood END,
          repeat(E'a\\tb\\\\', i % 5)
        FROM generate_series(1, 60) i;
      INSERT INTO sale SELECT i, 'b' || i % 7, 1 + i % 60, i * 1.5, jsonb_build_object('i', i, 'n', null)
        FROM generate_series(1, 200) i;
      INSERT INTO line (a, b, bytes, at)
        SELECT i, 'b' || i % 7, decode(md5(i::text), 'hex'), '2026-01-01'::timestamptz + i * interval '1 hour'
        FROM generate_series(1, 200) i;
      INSERT INTO visit SELECT '2026-01-01', 'page' || i % 4, 1.1 FROM generate_series(1, 40) i;
      INSERT INTO cache SELECT i, i FROM generate_series(1, 20) i;
      INSERT INTO event SELECT i, '2019-12-20'::date + i FROM generate_series(1, 30) i;
      INSERT INTO attendance SELECT i, '2019-12-20'::date + i, i FROM generate_series(1, 30) i;
      INSERT INTO animal SELECT i, 'a' || i FROM generate_series(1, 10) i;
      INSERT INTO dog SELECT i, 'd' || i, 'r' FROM generate_series(1, 10) i;
      SELECT nextval('invoices');
      CREATE TRIGGER never BEFORE DELETE ON sale FOR EACH ROW EXECUTE FUNCTION never();
      SELECT lo_from_bytea(70001, decode(repeat('0203', 200000), 'hex'));
      SELECT lo_from_bytea(70002, 'two');
      SELECT lo_from_bytea(70003, 'three');
      """;

  private static final String DAMAGE =
      """
      ALTER TABLE sale DISABLE TRIGGER never;
      DELETE FROM person WHERE id IN (7, 19, 20) AND id NOT IN (SELECT boss FROM person WHERE boss IS NOT NULL);
      DELETE FROM attendance WHERE event < 12;
      DELETE FROM event WHERE id < 12;
      DELETE FROM sale WHERE a % 13 = 0;
      UPDATE person SET email = 'swap' WHERE id = 1;
      UPDATE person SET email = 'p1' WHERE id = 2;
      UPDATE person SET email = 'p2' WHERE id = 1;
      UPDATE person SET password = 'stolen' WHERE id = 4;
      UPDATE line SET bytes = NULL, a = NULL, b = NULL WHERE id % 11 = 0;
      INSERT INTO sale VALUES (9001, 'new', 5, 1, NULL);
      INSERT INTO person (email, password) VALUES ('late', 'x');
      UPDATE visit SET n = 2 WHERE ctid = (SELECT min(ctid) FROM visit);
      DELETE FROM visit WHERE ctid = (SELECT max(ctid) FROM visit);
      INSERT INTO visit VALUES (NULL, NULL, 'NaN'), (NULL, NULL, 'NaN');
      UPDATE cache SET v = 'x' WHERE k = '3';
      UPDATE animal SET name = 'changed' WHERE id = 3;
      SELECT nextval('invoices'), nextval('invoices');
      ALTER TABLE sale ENABLE ALWAYS TRIGGER never;
      SELECT lo_unlink(70002), lo_put(70001, 300000, 'xyz'), lo_from_bytea(70004, 'four');
      """;

  @TempDir Path home;

  @Test
  void exactMakesTheDatabaseEqualAndUndoTakesThatBack() {
    try (TestDatabase database = TestDatabase.create(Servers.debian15())) {
      database.execute(SHOP);
      Scene scene = new Scene(database, home);
      Path backup = scene.backup();
      List<String> whole = scene.state();
      database.execute(DAMAGE);
      List<String> damaged = scene.state();

      Outcome restored = scene.restore(backup, Mode.EXACT);

      assertThat(damaged).isNotEqualTo(whole);
      database.execute("ALTER TABLE sale ENABLE TRIGGER never");
      assertThat(scene.state()).isEqualTo(whole);
      assertThat(restored.applied()).isTrue();
      assertThat(
              Restore.run(scene.plan(backup, Mode.EXACT), dev.coffer.progress.Progress.SILENT)
                  .plan()
                  .isEmpty())
          .isTrue();
      database.execute("ALTER TABLE sale ENABLE ALWAYS TRIGGER never");

      Outcome undone = scene.undo(restored);

      assertThat(scene.state()).isEqualTo(damaged);
      scene.undo(undone);
      database.execute("ALTER TABLE sale ENABLE TRIGGER never");
      assertThat(scene.state()).isEqualTo(whole);
    }
  }
}
