package dev.coffer.restore.record;

import dev.coffer.model.Table;
import dev.coffer.restore.record.Spelling.Family;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Gathers texts of which the server says which are equal. For several threads. */
final class SpelledTexts {
  private static final int SHARE = 8;

  /** Bytes of memory that a text takes besides its letters, roughly, here and in a map. */
  private static final int EACH = 200;

  private final Spelling spelling;
  private final Map<Family, Texts> found = new LinkedHashMap<>();
  private long weight;

  /** Those of keys come first, since a key's own spelling is to stand for it. */
  private record Texts(Set<String> ofKeys, Set<String> others) {}

  SpelledTexts(Spelling spelling) {
    this.spelling = spelling;
  }

  /** Takes those of a row's values that are judged. */
  void add(Table table, Map<String, String> values) {
    spelling
        .judged(table)
        .forEach((column, family) -> {
          String text = values.get(column);
          if (text != null) {
            boolean key = Pairs.keys(table).stream().anyMatch(each -> each.contains(column));
            add(family, text, key);
          }
        });
  }

  private synchronized void add(Family family, String text, boolean key) {
    Texts texts =
        found.computeIfAbsent(
            family, any -> new Texts(new LinkedHashSet<>(), new LinkedHashSet<>()));
    if ((key ? texts.ofKeys() : texts.others()).add(text)) {
      weight += EACH + 2L * text.length();
    }
    if (weight > Runtime.getRuntime().maxMemory() / SHARE) {
      found.keySet().forEach(Family::giveUp);
      found.clear();
      weight = 0;
    }
  }

  /** Asks the server. By one thread, when all has been gathered. */
  void learn() {
    found.forEach((family, texts) -> {
      Set<String> all = new LinkedHashSet<>(texts.ofKeys());
      all.addAll(texts.others());
      spelling.learn(family, all);
    });
  }
}
