package dev.coffer.profile;

import dev.coffer.model.Column;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.model.ValueKind;
import java.util.Arrays;
import java.util.List;

/** Short ways to say what a table looks like. */
public final class Tables {

  private Tables() {}

  /** A table in {@code public} whose columns are written {@code name} or {@code name:type}. */
  public static Table table(String name, String... columns) {
    return table(new QualifiedName("public", name), columns);
  }

  public static Table table(QualifiedName name, String... columns) {
    List<Column> all = Arrays.stream(columns).map(Tables::column).toList();
    boolean keyed = all.stream().anyMatch(column -> column.name().equals("id"));
    return new Table(
        name,
        name.toString(),
        Table.Kind.TABLE,
        all,
        keyed ? List.of("id") : List.of(),
        List.of(),
        "");
  }

  private static Column column(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String type = colon < 0 ? "text" : text.substring(colon + 1);
    return new Column(name, name, type, kind(type), false, false, Column.Generation.NONE);
  }

  private static ValueKind kind(String type) {
    return switch (type) {
      case "integer", "bigint", "double precision", "numeric", "numeric(65,30)" -> ValueKind.NUMBER;
      case "boolean" -> ValueKind.BOOLEAN;
      case "jsonb" -> ValueKind.JSONB;
      default -> ValueKind.TEXT;
    };
  }
}
