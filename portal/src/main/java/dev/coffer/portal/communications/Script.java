package dev.coffer.portal.communications;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Reads {@code communications.sql}: steps, and passages that depend on a table being there. */
final class Script {
  private static final String STEP = "-- @step ";

  private Script() {}

  /** The whole script, for a portal that has all its tables. */
  static String text() {
    try (InputStream resource =
        Objects.requireNonNull(Script.class.getResourceAsStream("communications.sql"))) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The steps for a portal that has these tables; steps that require another are left out. */
  static List<Step> steps(Set<String> tables) {
    List<Step> steps = new ArrayList<>();
    String[] parts = text().split("(?m)^" + STEP, -1);
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].indexOf('\n');
      Step step = step(parts[i].substring(0, end), adapt(parts[i].substring(end + 1), tables));
      if (step.requires().isEmpty() || tables.contains(step.requires())) {
        steps.add(step);
      }
    }
    return steps;
  }

  private static Step step(String header, String sql) {
    List<String> words = List.of(header.split(" ", -1));
    int columns = words.indexOf("columns");
    return new Step(
        words.get(0),
        words.get(1),
        wordAfter("on", words),
        wordAfter("requires", words),
        columns < 0 ? List.of() : words.subList(columns + 1, words.size()),
        sql.strip());
  }

  private static String wordAfter(String keyword, List<String> words) {
    int index = words.indexOf(keyword);
    return index < 0 ? "" : words.get(index + 1);
  }

  /**
   * Keeps the lines between @if and @else or @end where the table is there, else those after @else.
   */
  private static String adapt(String sql, Set<String> tables) {
    StringBuilder adapted = new StringBuilder();
    boolean there = true;
    boolean alternative = false;
    for (String line : sql.split("\n", -1)) {
      String word = line.strip();
      if (word.startsWith("-- @if ")) {
        there = tables.contains(word.substring("-- @if ".length()));
      } else if (word.equals("-- @else")) {
        alternative = true;
      } else if (word.equals("-- @end")) {
        there = true;
        alternative = false;
      } else if (alternative) {
        adapted.append(there ? "" : line.replaceFirst("--", "  ") + "\n");
      } else if (there) {
        adapted.append(line).append('\n');
      }
    }
    return adapted.toString();
  }
}
