package dev.coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.testkit.Servers;
import dev.coffer.testkit.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large objects come back with their owners, privileges and comments. */
final class LargeObjectTraitsTest {
  private final String role = TestDatabase.uniqueName("keeper");
  private final String reader = TestDatabase.uniqueName("Reader \"of\" objects");
  private TestDatabase database;
  private Scene scene;

  @TempDir Path home;

  @BeforeEach
  void fill() {
    create(TestDatabase.create(Servers.debian15()));
  }

  private void create(TestDatabase made) {
    database = made;
    database.execute("CREATE ROLE " + role + "; CREATE ROLE " + quoted(reader));
    database.execute(
        """
        CREATE TABLE t (id int PRIMARY KEY);
        SELECT lo_from_bytea(77, '\\x0102'), lo_from_bytea(78, '\\x03'), lo_from_bytea(79, ''),
               lo_from_bytea(80, 'stays');
        COMMENT ON LARGE OBJECT 77 IS 'hello; it''s a "back\\slash"';
        COMMENT ON LARGE OBJECT 78 IS 'another';
        ALTER LARGE OBJECT 77 OWNER TO %1$s;
        GRANT SELECT ON LARGE OBJECT 77 TO %2$s WITH GRANT OPTION;
        REVOKE UPDATE ON LARGE OBJECT 77 FROM %1$s;
        SET ROLE %2$s; GRANT SELECT ON LARGE OBJECT 77 TO PUBLIC; RESET ROLE;
        ALTER LARGE OBJECT 79 OWNER TO %2$s;
        ALTER LARGE OBJECT 80 OWNER TO %1$s;
        """
            .formatted(role, quoted(reader)));
    scene = new Scene(database, home);
  }

  @AfterEach
  void drop() {
    database.execute("SELECT lo_unlink(oid) FROM pg_largeobject_metadata");
    database.execute("DROP OWNED BY " + quoted(reader));
    database.execute("DROP ROLE IF EXISTS " + role + ", " + quoted(reader));
    database.close();
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private List<String> traits() {
    return database.values(
        """
        SELECT m.oid || ' ' || pg_get_userbyid(lomowner) || ' '
          || coalesce((SELECT string_agg(a::text, ',' ORDER BY a::text) FROM unnest(coalesce(lomacl, acldefault('L', lomowner))) a), '')
          || ' ' || coalesce(obj_description(m.oid, 'pg_largeobject'), '')
        FROM pg_largeobject_metadata m ORDER BY m.oid
        """);
  }

  @Test
  void objectsThatAreMadeAnewComeBackWithAllThatTheyHad() {
    Path backup = scene.backup();
    List<String> whole = traits();
    database.execute(
        "SELECT lo_unlink(77), lo_unlink(78), lo_unlink(79);"
            + " COMMENT ON LARGE OBJECT 80 IS 'newer than the backup'");

    Outcome restored = scene.restore(backup, Mode.EXACT);

    assertThat(restored.notices()).isEmpty();
    assertThat(whole.getFirst()).contains(role, "=r/", "back\\slash");
    assertThat(traits())
        .containsExactly(
            whole.get(0), whole.get(1), whole.get(2), whole.get(3) + "newer than the backup");
    scene.undo(restored);
    assertThat(traits()).hasSize(1);
  }

  @Test
  void anUndoGivesThemBackToo() {
    database.execute("SELECT lo_unlink(77)");
    Path backup = scene.backup();
    database.execute(
        "INSERT INTO t VALUES (1); SELECT lo_from_bytea(77, 'new');"
            + "COMMENT ON LARGE OBJECT 77 IS 'late';"
            + "ALTER LARGE OBJECT 77 OWNER TO "
            + role
            + "; GRANT SELECT ON LARGE OBJECT 77 TO "
            + quoted(reader));
    List<String> later = traits();

    Outcome restored = scene.restore(backup, Mode.EXACT);

    assertThat(traits()).hasSize(3);
    assertThat(scene.undo(restored).notices()).isEmpty();
    assertThat(traits()).isEqualTo(later);
  }

  @Test
  void aRoleThatIsMissingIsTold() {
    Path backup = scene.backup();
    database.execute("SELECT lo_unlink(oid) FROM pg_largeobject_metadata");
    database.execute("DROP ROLE " + role);

    Outcome restored = scene.restore(backup, Mode.MISSING);

    assertThat(restored.applied()).isTrue();
    assertThat(restored.notices())
        .anyMatch(told ->
            told.contains("owner: role \"" + role + "\" does not exist")
                && told.endsWith(": 77, 80."))
        .noneMatch(told -> told.contains("78") || told.contains("79"));
    assertThat(traits())
        .anyMatch(object -> object.startsWith("77 postgres ") && object.contains("hello"))
        .anyMatch(object -> object.startsWith("79 " + reader));
  }

  @Test
  void whoMayNotGiveThemAwayIsTold() {
    Path backup = scene.backup();
    database.execute("SELECT lo_unlink(77), lo_unlink(78), lo_unlink(79)");
    String restorer = TestDatabase.uniqueName("restorer");
    database.execute(
        "CREATE ROLE "
            + restorer
            + " LOGIN PASSWORD 'x'; GRANT pg_read_all_data TO "
            + restorer
            + "; GRANT SELECT ON LARGE OBJECT 80 TO "
            + restorer);
    try {
      Scene theirs =
          new Scene(
              database,
              home,
              "postgresql://"
                  + restorer
                  + ":x@127.0.0.1:"
                  + database.server().port()
                  + "/"
                  + database.name());

      Outcome restored = theirs.restore(backup, Mode.MISSING);

      assertThat(restored.applied()).isTrue();
      assertThat(restored.notices())
          .anyMatch(told -> told.contains("owner: ") && told.contains(role) && told.contains("77"));
      assertThat(traits())
          .anyMatch(object -> object.startsWith("77 " + restorer) && object.contains("hello"));
    } finally {
      database.execute("DROP OWNED BY " + restorer + "; DROP ROLE " + restorer);
    }
  }

  /** Each owner that is set takes a lock, and the server has room for so many. */
  @Test
  void moreThanTheServerHasLocksForAreTold() {
    int room =
        Integer.parseInt(
            database.value(
                """
                SELECT current_setting('max_locks_per_transaction')::int
                  * (current_setting('max_connections')::int
                     + current_setting('max_prepared_transactions')::int) / 2
                """));
    database.execute(
        """
        SELECT lo_unlink(oid) FROM pg_largeobject_metadata;
        DO $$ BEGIN FOR i IN 100001..100007 + %d LOOP
          PERFORM lo_create(i);
          EXECUTE 'ALTER LARGE OBJECT ' || i || ' OWNER TO %s';
        END LOOP; END $$
        """
            .formatted(room, role));
    Path backup = scene.backup();
    database.execute("SELECT lo_unlink(oid) FROM pg_largeobject_metadata");

    Outcome restored = scene.restore(backup, Mode.EXACT);

    assertThat(restored.notices())
        .singleElement()
        .asString()
        .contains("max_locks_per_transaction", (100001 + room) + ", ")
        .endsWith(" and 2 more.");
    assertThat(traits().stream().filter(object -> object.contains(role))).hasSize(room);
  }

  @Test
  void defaultPrivilegesOfNowAreNotAdded() {
    drop();
    create(TestDatabase.create(Servers.embedded(18)));
    Path backup = scene.backup();
    List<String> whole = traits();
    database.execute("SELECT lo_unlink(77), lo_unlink(78), lo_unlink(79)");
    database.execute(
        "ALTER DEFAULT PRIVILEGES GRANT SELECT ON LARGE OBJECTS TO PUBLIC, " + quoted(reader));

    scene.restore(backup, Mode.EXACT);

    assertThat(traits()).isEqualTo(whole);
  }
}
