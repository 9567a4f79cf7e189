package dev.coffer.postgres.write;

import dev.coffer.model.Identifiers;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says, in the database itself, that a restore with several connections is under way, and what was
 * there before it. It goes in the same transaction that completes the restore; where it is found
 * later, the run that wrote it was killed.
 *
 * @param backup names the backup for people
 * @param before what the database had
 * @param tables that the run was to make, as SQL writes their names
 */
public record Marker(String backup, EmptyTarget before, List<String> tables) {
  public static final String SCHEMA = "coffer_restore_in_progress";
  static final String TABLE = SCHEMA + ".run";

  public Marker {
    tables = List.copyOf(tables);
  }

  /** The marker that a run left behind, if one did. */
  public static Optional<Marker> find(TargetSession session) {
    String columns =
        "SELECT count(*) FROM pg_catalog.pg_attribute WHERE attrelid = pg_catalog.to_regclass('"
            + TABLE
            + "') AND attname IN ('backup', 'schemas', 'extensions', 'tables')";
    String sql = "SELECT backup, schemas, extensions, tables FROM " + TABLE;
    try (Statement statement = session.connection().createStatement()) {
      if (!EmptyTarget.texts(session.connection(), columns).contains("4")) {
        return Optional.empty();
      }
      try (ResultSet row = statement.executeQuery(sql)) {
        return row.next()
            ? Optional.of(
                new Marker(
                    row.getString(1),
                    new EmptyTarget(texts(row.getArray(2)), texts(row.getArray(3))),
                    texts(row.getArray(4))))
            : Optional.empty();
      }
    } catch (SQLException failure) {
      throw session.told(failure, "cannot read " + TABLE);
    }
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  /** Writes the marker, within the session's transaction. */
  public void write(TargetSession session) {
    session.execute(
        "CREATE SCHEMA %1$s; CREATE TABLE %2$s (backup text, schemas text[], extensions text[], tables text[], begun timestamptz DEFAULT pg_catalog.now());"
                .formatted(SCHEMA, TABLE)
            + " INSERT INTO "
            + TABLE
            + " VALUES ("
            + Identifiers.literal(backup)
            + ", "
            + array(before.schemas())
            + ", "
            + array(before.extensions())
            + ", "
            + array(tables)
            + ")",
        "cannot mark the database as being restored");
  }

  static String array(List<String> texts) {
    return texts.stream()
        .map(Identifiers::literal)
        .collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
  }

  /** Removes it, within the session's transaction. */
  public static void remove(TargetSession session) {
    session.execute("DROP SCHEMA " + SCHEMA + " CASCADE", "cannot remove the restore's marker");
  }
}
