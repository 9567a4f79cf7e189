package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.SchemaStatement;
import dev.coffer.postgres.catalog.CatalogReader;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A database that a backup may be rebuilt in: nothing in it but what new databases and extensions
 * bring, and this role may create what the backup holds.
 *
 * @param schemas that are there already, as SQL writes their names
 * @param extensions that are there already
 */
public record EmptyTarget(List<String> schemas, List<String> extensions) {
  private static final Set<String> NO_OBJECTS =
      Set.of(
          "SETTINGS",
          "SCHEMA",
          "EXTENSION",
          "OWNER",
          "COMMENT",
          "SECURITY LABEL",
          "ACL",
          "DEFAULT ACL");
  private static final int NAMED = 5;

  public EmptyTarget {
    schemas = List.copyOf(schemas);
    extensions = List.copyOf(extensions);
  }

  /**
   * Looks at the database, within the session's transaction.
   *
   * @throws CofferException {@code TARGET_EXISTS}, {@code DATABASE_PRIVILEGES}, {@code
   *     DATABASE_CHANGED} for extensions that the server lacks, or another code of the {@code
   *     DATABASE_} family
   */
  public static EmptyTarget require(TargetSession session, BackupHeader header) {
    try {
      requireWritable(session.connection());
      requireEmpty(session.connection());
      EmptyTarget target =
          new EmptyTarget(
              texts(
                  session.connection(),
                  "SELECT oid::regnamespace::text FROM pg_namespace"
                      + " WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"),
              texts(session.connection(), "SELECT extname FROM pg_extension"));
      requireExtensions(session.connection(), header, target);
      NeededPrivileges.require(session.connection(), header.schema(), target);
      return target;
    } catch (SQLException failure) {
      throw session.told(failure, "cannot examine the target database");
    }
  }

  private static void requireWritable(Connection connection) throws SQLException {
    if (texts(connection, "SELECT pg_is_in_recovery()").contains("t")) {
      throw new CofferException(
          ErrorCode.DATABASE_FAILED,
          "the target server is a standby, which cannot be written to",
          "Name the primary server.");
    }
  }

  private static void requireEmpty(Connection connection) throws SQLException {
    List<SchemaStatement> objects =
        CatalogReader.read(connection).statements().stream()
            .filter(statement -> !NO_OBJECTS.contains(statement.kind()))
            .toList();
    if (!objects.isEmpty()) {
      List<String> some =
          objects.stream().limit(NAMED).map(s -> s.kind() + " " + s.name()).toList();
      throw new CofferException(
          ErrorCode.TARGET_EXISTS,
          "the database is not empty: it has "
              + String.join(", ", some)
              + (objects.size() > NAMED ? ", and " + (objects.size() - NAMED) + " more" : ""),
          "Name an empty database; createdb makes one.");
    }
  }

  private static void requireExtensions(
      Connection connection, BackupHeader header, EmptyTarget target) throws SQLException {
    List<String> there = texts(connection, "SELECT name FROM pg_available_extensions");
    List<String> missing =
        header.schema().statements().stream()
            .filter(statement -> statement.kind().equals("EXTENSION"))
            .map(SchemaStatement::name)
            .filter(name -> !there.contains(name) && !target.extensions.contains(name))
            .toList();
    if (!missing.isEmpty()) {
      throw new CofferException(
          ErrorCode.DATABASE_CHANGED,
          "the server does not have the extensions that the backup needs: "
              + String.join(", ", missing),
          "Install their packages on the server. Nothing has been changed.");
    }
  }

  /** The first column of an answer; booleans as {@code t} and {@code f}. */
  static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(String.valueOf(rows.getString(1)));
      }
    }
    return texts;
  }
}
