package dev.coffer.loading;

import dev.coffer.model.BackupHeader;
import dev.coffer.model.BackupKind;
import dev.coffer.model.ForeignKey;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Foreign keys from rows that a partial backup holds to rows that it does not: the server would
 * refuse them, so they are made without looking at the rows there are.
 */
public final class DanglingKeys {
  private static final String FOREIGN_KEY = "FK CONSTRAINT";
  private static final String PLAIN = "ALTER TABLE ONLY ";

  private final Set<List<String>> dangling = new HashSet<>();
  private final List<String> notes = new ArrayList<>();

  private DanglingKeys() {}

  public static DanglingKeys of(BackupHeader header) {
    DanglingKeys keys = new DanglingKeys();
    if (header.kind() == BackupKind.SALES) {
      Set<QualifiedName> held =
          header.schema().tables().stream().map(Table::name).collect(Collectors.toSet());
      for (ForeignKey key : header.schema().foreignKeys()) {
        if (held.contains(key.from()) && !held.contains(key.to())) {
          keys.dangling.add(List.of(key.from().schema(), key.from().name(), key.name()));
          keys.notes.add(key.from() + "." + key.name() + " to " + key.to());
        }
      }
    }
    return keys;
  }

  /** What stands in the script for people to read. */
  public List<String> notes() {
    return notes;
  }

  /** The statement, changed if it makes one of these keys. */
  public SchemaStatement relaxed(SchemaStatement statement) {
    String sql = statement.sql();
    boolean affected =
        statement.kind().equals(FOREIGN_KEY) && dangling.contains(parts(statement.name()));
    if (!affected || sql.endsWith(" NOT VALID;")) {
      return statement;
    }
    // Only plain tables may have keys that are not checked.
    String changed =
        sql.startsWith(PLAIN)
            ? sql.substring(0, sql.length() - 1) + " NOT VALID;"
            : Comments.line(sql);
    return new SchemaStatement(statement.section(), statement.kind(), statement.name(), changed);
  }

  /** The parts of a dotted name, each of which may be quoted. */
  private static List<String> parts(String name) {
    List<String> parts = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean doubled = quoted && c == '"' && i + 1 < name.length() && name.charAt(i + 1) == '"';
      if (doubled) {
        part.append(c);
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        parts.add(part.toString());
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    parts.add(part.toString());
    return parts;
  }
}
