package dev.coffer.server.comparisons;

import dev.coffer.compare.ChangeKind;
import dev.coffer.server.comparisons.RecordChange.ColumnChange;
import dev.coffer.server.comparisons.RecordChange.Field;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record that differs, as pages show it.
 *
 * @param name what tells it apart
 * @param hint a few more of its values, so that a person knows it
 * @param record as {@code --record} and the page for restoring name it; empty where nothing does
 */
record RecordView(
    RecordChange change,
    String name,
    String hint,
    List<SideBySide> columns,
    List<Field> others,
    Optional<String> record) {
  private static final int LONGEST_NAME = 120;
  private static final int LONGEST_HINT = 40;
  private static final int HINTS = 4;

  /** Neither a date nor a number, nor one letter as a truth value has. */
  private static final Pattern SPEAKING = Pattern.compile("^(?!\\d{4}-\\d\\d-\\d\\d).*\\p{L}{2}");

  /**
   * A value then and now.
   *
   * @param column its name; with the later one where that differs
   * @param locked whether it is only known that it changed
   * @param farther whether they differ only after what is shown
   */
  record SideBySide(
      String column,
      boolean locked,
      boolean farther,
      Optional<Marked> before,
      Optional<Marked> after) {
    static SideBySide of(ColumnChange change) {
      Field before = change.before();
      Field after = change.after();
      String name =
          before.column().equals(after.column())
              ? before.column()
              : before.column() + " → " + after.column();
      if (change.sealed()) {
        return new SideBySide(name, true, false, Optional.empty(), Optional.empty());
      }
      String then = before.text().orElse("");
      String now = after.text().orElse("");
      return new SideBySide(
          name,
          false,
          before.text().isPresent() && after.text().isPresent() && then.equals(now),
          before.text().map(text -> Marked.of(text, now)),
          after.text().map(text -> Marked.of(text, then)));
    }
  }

  /** A record of that table. */
  static RecordView of(RecordChange change, Report.TableReport table) {
    return new RecordView(
        change,
        table.key().isEmpty() ? "no id" : name(change.key()),
        hint(table.key().isEmpty() ? change.key() : change.values()),
        change.columns().stream().map(SideBySide::of).toList(),
        (table.key().isEmpty() ? change.key() : change.values())
            .stream().filter(field -> field.sealed() || field.text().isPresent()).toList(),
        table.key().isEmpty() || change.kind() == ChangeKind.ADDED
            ? Optional.empty()
            : id(change.key()).map(id -> table.table() + "/" + id));
  }

  private static String name(List<Field> key) {
    return key.stream()
        .map(field -> field.text().map(text -> cut(text, LONGEST_NAME)).orElse("locked"))
        .collect(Collectors.joining(", "));
  }

  private static String hint(List<Field> fields) {
    return fields.stream()
        .map(field -> field.text().orElse(""))
        .filter(text -> text.length() <= LONGEST_HINT && SPEAKING.matcher(text).find())
        .limit(HINTS)
        .collect(Collectors.joining(" · "));
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : Texts.cut(text, longest) + "…";
  }

  /** One value as it is; several as a JSON array. */
  private static Optional<String> id(List<Field> key) {
    if (key.stream().anyMatch(field -> field.text().isEmpty() || field.cut())) {
      return Optional.empty();
    }
    List<String> texts = key.stream().map(field -> field.text().orElse("")).toList();
    boolean plain = texts.size() == 1 && !texts.getFirst().startsWith("[");
    return Optional.of(
        plain
            ? texts.getFirst()
            : Objects.requireNonNull(JsonMapper.shared().writeValueAsString(texts)));
  }
}
