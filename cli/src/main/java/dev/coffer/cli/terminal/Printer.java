package dev.coffer.cli.terminal;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prints lines for people. Whatever is printed is made harmless first: names, reasons and problems
 * come out of files that others wrote, and a terminal obeys control characters.
 */
public final class Printer {
  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";
  private static final int LABEL_WIDTH = 22;

  private final PrintStream stream;
  private final boolean coloured;

  public Printer(PrintStream stream, boolean coloured) {
    this.stream = stream;
    this.coloured = coloured;
  }

  public void line(String text) {
    stream.println(Words.harmless(text));
  }

  /** A text that may have a list in it, each of whose entries begins an indented line. */
  public void list(String text) {
    String begin = "";
    for (String entry : text.split("\n  ", -1)) {
      line(begin + entry);
      begin = "  ";
    }
  }

  public void blank() {
    stream.println();
  }

  public void heading(String text) {
    styled(BOLD, text);
  }

  public void aside(String text) {
    styled(DIM, text);
  }

  /** A name and what stands for it, indented. */
  public void field(String label, String value) {
    line("  " + pad(label, LABEL_WIDTH) + value);
  }

  /**
   * A table, its columns as wide as they need to be.
   *
   * @param rightAligned which columns hold numbers
   */
  public void table(List<List<String>> rows, List<Integer> rightAligned) {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        widths[column] = Math.max(widths[column], Words.harmless(row.get(column)).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder(" ");
      for (int column = 0; column < row.size(); column++) {
        String cell = Words.harmless(row.get(column));
        String space = " ".repeat(widths[column] - cell.length());
        text.append(' ').append(rightAligned.contains(column) ? space + cell : cell + space);
        text.append(' ');
      }
      line(text.toString().stripTrailing());
    }
  }

  /** For picocli's help, which brings its own colours. */
  public PrintWriter writer() {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private void styled(String style, String text) {
    String harmless = Words.harmless(text);
    stream.println(coloured ? style + harmless + PLAIN : harmless);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(1, width - text.length()));
  }
}
