package dev.coffer.server.backups;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The communication summary of a backup, flat enough to be shown.
 *
 * @param figures single numbers
 * @param groups numbers by status, template or type
 */
public record Summary(List<Figure> figures, List<Group> groups) {

  /** A number with its name; {@code number} is a Long or a BigDecimal. */
  public record Figure(String name, Object number) {
    public boolean percent() {
      return name.endsWith("Rate");
    }

    public boolean whole() {
      return number instanceof Long;
    }
  }

  /** What was counted by a property. */
  public record Group(String name, List<Figure> figures) {}

  static Summary of(Map<String, Object> summary) {
    List<Figure> figures = new ArrayList<>();
    List<Group> groups = new ArrayList<>();
    summary.forEach((name, value) -> {
      if (value instanceof Map<?, ?> counts) {
        List<Figure> parts = new ArrayList<>();
        counts.forEach((key, count) -> flatten(String.valueOf(key), count, parts));
        if (!parts.isEmpty()) {
          groups.add(new Group(name, parts));
        }
      } else if (value instanceof Number number) {
        figures.add(new Figure(name, number));
      }
    });
    return new Summary(figures, groups);
  }

  private static void flatten(String name, Object value, List<Figure> figures) {
    if (value instanceof Map<?, ?> inner) {
      inner.forEach((key, part) -> flatten(name + ": " + key, part, figures));
    } else if (value instanceof Number number) {
      figures.add(new Figure(name, number));
    }
  }
}
