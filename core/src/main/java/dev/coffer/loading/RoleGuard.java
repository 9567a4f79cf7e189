package dev.coffer.loading;

import dev.coffer.model.SchemaStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Statements about roles, which a server may lack, since a backup of one database holds none: each
 * is tried, and a warning tells where a role is missing or the loading role may not act for it.
 */
public final class RoleGuard {
  private static final Set<String> ABOUT_ROLES =
      Set.of("OWNER", "ACL", "DEFAULT ACL", "POLICY", "USER MAPPING");

  private RoleGuard() {}

  /** What to run in the place of {@code statement}. */
  public static List<String> statements(SchemaStatement statement) {
    String sql = statement.sql();
    boolean commentOnPolicy = sql.startsWith("COMMENT ON POLICY ");
    if (!ABOUT_ROLES.contains(statement.kind()) && !commentOnPolicy) {
      return List.of(sql);
    }
    return grouped(SqlStatements.split(sql)).stream().map(RoleGuard::guarded).toList();
  }

  /** A grant in someone else's name goes with the change of name before it and back after it. */
  private static List<String> grouped(List<String> statements) {
    List<String> groups = new ArrayList<>();
    StringBuilder group = new StringBuilder();
    for (String statement : statements) {
      group.append(group.isEmpty() ? "" : "\n").append(statement);
      boolean open =
          group.indexOf("SET SESSION AUTHORIZATION ") == 0
              && !statement.equals("RESET SESSION AUTHORIZATION;");
      if (!open) {
        groups.add(group.toString());
        group.setLength(0);
      }
    }
    if (!group.isEmpty()) {
      groups.add(group.toString());
    }
    return groups;
  }

  private static String guarded(String sql) {
    String quote = "$coffer$";
    for (int i = 1; sql.contains(quote); i++) {
      quote = "$coffer" + i + "$";
    }
    return "DO "
        + quote
        + " BEGIN\n"
        + sql
        + "\nEXCEPTION WHEN undefined_object OR insufficient_privilege THEN"
        + " RAISE WARNING '%', SQLERRM;\nEND "
        + quote
        + ";";
  }
}
