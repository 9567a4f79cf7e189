package dev.coffer.legacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One row of a legacy table: its members in the file's order, each as JSON text.
 *
 * @param members columns and, in comprehensive backups, copies of related rows
 */
record LegacyRow(List<Member> members) {
  /** No row of the portal comes near; what is longer is not read into memory. */
  static final int MOST_CHARACTERS = 32 << 20;

  /**
   * A member of a row.
   *
   * @param text as {@code JSON.stringify} writes it
   * @param related whether the value itself shows that it is a related row, or a list of them
   */
  record Member(String key, String text, boolean related) {}

  /** The row that begins at the parser's current token; afterwards it stands at the row's end. */
  static LegacyRow read(JsonParser parser, Supplier<? extends RuntimeException> tooLarge) {
    List<Member> members = new ArrayList<>();
    long characters = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      JsonToken first = parser.nextToken();
      StringBuilder text = new StringBuilder();
      boolean hasId = new JsonText(parser, text, tooLarge).value();
      members.add(new Member(key, text.toString(), hasId || first == JsonToken.START_ARRAY));
      characters += key.length() + text.length();
      if (characters > MOST_CHARACTERS) {
        throw tooLarge.get();
      }
    }
    return new LegacyRow(members);
  }

  /**
   * The columns alone, in order. Left out are lists, objects with an {@code id}, and objects whose
   * key names a relation because the row has a column of that name with {@code Id} after it: these
   * are copies of other tables' rows. Other objects are values of a JSON column.
   */
  Map<String, String> columns() {
    Map<String, String> all = new LinkedHashMap<>();
    members.forEach(member -> all.put(member.key, member.text));
    Map<String, String> columns = new LinkedHashMap<>(all);
    for (Member member : members) {
      boolean relation = member.text.startsWith("{") && all.containsKey(member.key + "Id");
      if (member.related || relation) {
        columns.remove(member.key);
      }
    }
    return columns;
  }
}
