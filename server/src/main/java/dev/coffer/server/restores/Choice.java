package dev.coffer.server.restores;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.restore.Mode;
import dev.coffer.restore.record.RecordName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.util.MultiValueMap;

/**
 * What was chosen so far on the way to a plan: all of it is in the page's address, so that one can
 * go back, reload and begin again. Never a key.
 *
 * @param what {@code everything}, {@code tables}, {@code record}, or empty
 * @param record {@code TABLE/ID}
 * @param word by what kind of word {@code search} is to be looked for
 * @param mode, key as their names in small letters, or empty
 * @param opened by which the key of a backup is found that is locked as a whole
 */
public record Choice(
    String backup,
    String what,
    List<String> tables,
    String record,
    String word,
    String search,
    String mode,
    String key,
    String opened) {
  private static final int LONGEST = 500;

  public Choice {
    tables = List.copyOf(tables);
  }

  static Choice of(MultiValueMap<String, String> parameters) {
    String record = one(parameters, "record");
    String search = one(parameters, "q");
    String what = one(parameters, "what");
    return new Choice(
        one(parameters, "backup"),
        what.isEmpty() && !record.isEmpty() ? "record" : what,
        parameters.getOrDefault("table", List.of()).stream()
            .filter(table -> !table.isBlank())
            .distinct()
            .toList(),
        record,
        one(parameters, "word"),
        search,
        one(parameters, "mode").toLowerCase(Locale.ROOT),
        one(parameters, "key").toLowerCase(Locale.ROOT),
        one(parameters, "opened"));
  }

  private static String one(MultiValueMap<String, String> parameters, String name) {
    String value = Optional.ofNullable(parameters.getFirst(name)).orElse("").strip();
    return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
  }

  /** The address of the page with this choice. */
  public String address() {
    StringBuilder address = new StringBuilder("/admin/restore");
    add(address, "backup", backup);
    add(address, "what", what);
    tables.forEach(table -> add(address, "table", table));
    add(address, "record", record);
    add(address, "word", word);
    add(address, "q", search);
    add(address, "mode", mode);
    add(address, "key", key);
    add(address, "opened", opened);
    return address.toString();
  }

  private static void add(StringBuilder address, String name, String value) {
    if (!value.isEmpty()) {
      address
          .append(address.indexOf("?") < 0 ? '?' : '&')
          .append(name)
          .append('=')
          .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
  }

  Choice opened(String by) {
    return new Choice(backup, what, tables, record, word, search, mode, key, by);
  }

  /** The records that were asked for. */
  List<RecordName> records() {
    return record.isEmpty() ? List.of() : List.of(RecordName.parse(record));
  }

  /**
   * The way to restore.
   *
   * @throws CofferException {@code USAGE}
   */
  static Mode mode(String word) {
    for (Mode mode : Mode.values()) {
      if (mode.word().equals(word)) {
        return mode;
      }
    }
    throw new CofferException(
        ErrorCode.USAGE,
        "the way to restore is exact, merge or missing",
        "Choose one of the three.");
  }
}
