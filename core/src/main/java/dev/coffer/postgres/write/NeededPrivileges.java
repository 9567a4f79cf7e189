package dev.coffer.postgres.write;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.Identifiers;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SchemaStatement.Section;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What this role must be allowed to do so that a schema's statements run, all told at once. */
final class NeededPrivileges {
  /** PostgreSQL manual: the pages of the commands that create these. */
  private static final Set<String> SUPERUSERS =
      Set.of(
          "EVENT TRIGGER",
          "TEXT SEARCH PARSER",
          "TEXT SEARCH TEMPLATE",
          "OPERATOR CLASS",
          "OPERATOR FAMILY",
          "FOREIGN DATA WRAPPER",
          "ACCESS METHOD",
          "PROCEDURAL LANGUAGE");

  private static final Set<String> IN_DATABASE = Set.of("SCHEMA", "EXTENSION", "PUBLICATION");
  private static final Pattern NATIVE =
      Pattern.compile("LANGUAGE (?:c|internal)\\b", Pattern.CASE_INSENSITIVE);

  private NeededPrivileges() {}

  static void require(Connection connection, DatabaseSchema schema, EmptyTarget target)
      throws SQLException {
    if (EmptyTarget.texts(connection, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        .contains("t")) {
      return;
    }
    List<String> superuserExtensions =
        EmptyTarget.texts(
            connection,
            "SELECT v.name FROM pg_available_extension_versions v JOIN pg_available_extensions a"
                + " ON a.name = v.name AND a.default_version = v.version"
                + " WHERE v.superuser AND NOT v.trusted");
    Set<String> lacks = new LinkedHashSet<>();
    for (SchemaStatement statement : schema.statements()) {
      boolean there =
          target.extensions().contains(statement.name())
              || target.schemas().contains(statement.name());
      boolean superuser =
          SUPERUSERS.contains(statement.kind())
              || (statement.kind().equals("FUNCTION") && NATIVE.matcher(statement.sql()).find())
              || (statement.kind().equals("EXTENSION")
                  && superuserExtensions.contains(statement.name()));
      if (superuser && !there) {
        lacks.add("be a superuser, to create " + statement.kind() + " " + statement.name());
      } else if (IN_DATABASE.contains(statement.kind()) && !there) {
        lacks.addAll(
            unless(
                connection,
                "has_database_privilege(current_database(), 'CREATE')",
                "have CREATE on the database"));
      }
    }
    for (String name : target.schemas()) {
      if (createsIn(schema, name)) {
        lacks.addAll(
            unless(
                connection,
                "has_schema_privilege(" + Identifiers.literal(unquoted(name)) + ", 'CREATE')",
                "have CREATE on the schema " + name));
      }
    }
    if (!lacks.isEmpty()) {
      throw new CofferException(
          ErrorCode.DATABASE_PRIVILEGES,
          "to restore this backup the role would have to: " + String.join("; ", lacks),
          "Restore as a superuser, or as the owner of the database after GRANT. Nothing has been"
              + " changed.");
    }
  }

  private static boolean createsIn(DatabaseSchema schema, String name) {
    return schema.statements().stream()
        .anyMatch(s ->
            s.section() == Section.PRE_DATA
                && s.sql().startsWith("CREATE ")
                && s.name().startsWith(name + "."));
  }

  private static String unquoted(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
        : name;
  }

  private static List<String> unless(Connection connection, String condition, String need)
      throws SQLException {
    List<String> needs = new ArrayList<>();
    if (!EmptyTarget.texts(connection, "SELECT " + condition).contains("t")) {
      needs.add(need);
    }
    return needs;
  }
}
