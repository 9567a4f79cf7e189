package dev.coffer.cli.restore.tree;

import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;

/** The strokes that a tree is drawn with. */
public enum Branches {
  LINES("├─ ", "└─ ", "│  ", "…"),
  ASCII("|- ", "`- ", "|  ", "...");

  private final String fork;
  private final String last;
  private final String passing;
  private final String more;

  Branches(String fork, String last, String passing, String more) {
    this.fork = fork;
    this.last = last;
    this.passing = passing;
    this.more = more;
  }

  /** Lines where the terminal can show them. */
  public static Branches of(Charset terminal) {
    if (!terminal.canEncode()) {
      return ASCII;
    }
    CharsetEncoder encoder = terminal.newEncoder();
    boolean shows =
        encoder.canEncode(LINES.fork + LINES.last + LINES.passing) && encoder.canEncode(LINES.more);
    return shows ? LINES : ASCII;
  }

  String to(boolean isLast) {
    return isLast ? last : fork;
  }

  String past(boolean isLast) {
    return isLast ? " ".repeat(passing.length()) : passing;
  }

  String more() {
    return more;
  }
}
