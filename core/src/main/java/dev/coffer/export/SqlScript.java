package dev.coffer.export;

import dev.coffer.loading.Comments;
import dev.coffer.loading.DanglingKeys;
import dev.coffer.loading.LargeObjectPage;
import dev.coffer.loading.RoleGuard;
import dev.coffer.loading.SealedColumns;
import dev.coffer.loading.SequenceSql;
import dev.coffer.model.BackupHeader;
import dev.coffer.model.NotCaptured;
import dev.coffer.model.SchemaStatement;
import dev.coffer.model.SchemaStatement.Section;
import dev.coffer.model.SequenceState;
import dev.coffer.model.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A script that psql loads into an empty database, in the order of pg_dump: statements of the
 * schema, rows, sequences, and what is built upon rows. Of single tables, the rows alone.
 */
final class SqlScript {
  private final Document document;
  private final Output output;
  private final SealedColumns sealed;

  private SqlScript(Document document, Output output) {
    this.document = document;
    this.output = output;
    sealed = new SealedColumns(document.tables(), document.opensSecrets());
  }

  static void write(Document document, ExportOptions options, Output output) throws IOException {
    SqlScript script = new SqlScript(document, output);
    if (options.tables().isEmpty()) {
      script.everything();
    } else {
      script.rowsAlone();
    }
  }

  private void everything() throws IOException {
    DanglingKeys dangling = DanglingKeys.of(document.header());
    List<String> intro = new ArrayList<>();
    intro.add("Load it into an empty database, as a role that may create all that it holds:");
    intro.add("  createdb --template=template0 --encoding=UTF8 NAME");
    intro.add("  psql --set=ON_ERROR_STOP=1 --dbname=NAME --file=THIS_FILE");
    intro.add("What belongs or is granted to a role that the server does not have is left to the");
    intro.add("role that loads, with a warning.");
    preamble(intro, dangling.notes());
    sections(Section.PRE_DATA, dangling);
    rows();
    sequences();
    sections(Section.POST_DATA, dangling);
    output.put("\n-- The export is complete.\n");
  }

  private void rowsAlone() throws IOException {
    preamble(List.of("Rows alone: load them into tables that exist."), List.of());
    rows();
    output.put("\n-- The export is complete.\n");
  }

  private void preamble(List<String> intro, List<String> notes) {
    BackupHeader header = document.header();
    output.put(Comments.line("Coffer: database " + header.source().database() + " as SQL"));
    output.put(
        Comments.line(
            "Backup of kind " + header.kind().word() + ", taken at " + header.timestamp()));
    output.put(Comments.line("From " + header.source().server()));
    output.put("--\n");
    intro.forEach(text -> output.put(Comments.line(text)));
    list("NOT REAL: sealed values, which no identity opened:", sealed.notes());
    list("NOT ENFORCED: keys to rows that this backup does not hold:", notes);
    list(
        "NOT IN THIS FILE:",
        header.schema().notCaptured().stream().map(SqlScript::describe).toList());
    sealed.notes().forEach(document.progress()::notice);
    output.put(SETTINGS);
  }

  private void list(String title, List<String> lines) {
    if (!lines.isEmpty()) {
      output.put("--\n" + Comments.line(title));
      lines.forEach(line -> output.put(Comments.line("  " + line)));
    }
  }

  private static String describe(NotCaptured left) {
    return left.kind() + " " + left.name() + ": " + left.reason();
  }

  private void sections(Section section, DanglingKeys dangling) {
    for (SchemaStatement statement : document.header().schema().statements()) {
      if (statement.section() == section) {
        Interrupted.check();
        output.put("\n" + Comments.line(statement.kind() + " " + statement.name()));
        RoleGuard.statements(dangling.relaxed(statement)).forEach(sql -> output.put(sql + "\n"));
      }
    }
    sealed.statements(section).forEach(sql -> output.put("\n" + sql + "\n"));
  }

  private void rows() throws IOException {
    for (Table table : document.tables()) {
      output.put("\n" + Comments.line("ROWS " + table.logicalName()));
      if (table.kind() == Table.Kind.LARGE_OBJECTS) {
        largeObjects(table);
      } else {
        CopyBlock.write(document, table, sealed, output);
      }
    }
  }

  private void largeObjects(Table table) throws IOException {
    LargeObjectPage page = new LargeObjectPage();
    document.rows(
        table,
        (row, line, from, to) -> {
          page.append(row, output.text());
          output.drain();
        });
  }

  private void sequences() {
    for (SequenceState sequence : document.header().schema().sequences()) {
      output.put("\n" + SequenceSql.setting(sequence) + "\n");
    }
  }

  /** What rows' texts were made with (docs/FORMAT.md, "Rows"), and what keeps a load going. */
  private static final String SETTINGS =
      """

      \\set ON_ERROR_STOP on
      SET statement_timeout = 0;
      SET lock_timeout = 0;
      SET idle_in_transaction_session_timeout = 0;
      SET client_encoding = 'UTF8';
      SET standard_conforming_strings = on;
      SET check_function_bodies = off;
      SET xmloption = content;
      SET client_min_messages = warning;
      SET row_security = off;
      SET DateStyle = ISO;
      SET IntervalStyle = postgres;
      SET TimeZone = 'UTC';
      SET lc_monetary = 'C';
      """;
}
