package dev.coffer.loading;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits SQL into statements at semicolons outside of quotes. Knows identifiers and literals in
 * quotes (PostgreSQL manual, "Lexical Structure"), not dollar quotes or comments, which statements
 * about roles do not have.
 */
public final class SqlStatements {

  private SqlStatements() {}

  /** The statements, each with its semicolon. */
  public static List<String> split(String sql) {
    List<String> statements = new ArrayList<>();
    int from = 0;
    char quote = 0;
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == ';') {
        statements.add(sql.substring(from, i + 1).strip());
        from = i + 1;
      }
    }
    String rest = sql.substring(from).strip();
    if (!rest.isEmpty()) {
      statements.add(rest);
    }
    return statements;
  }
}
