package dev.coffer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangeLogTest {
  private static final int MANY = 60_000;

  @TempDir Path folder;

  private static TablePair pair(String name) {
    Table table =
        new Table(
            new QualifiedName("public", name),
            name,
            Table.Kind.TABLE,
            List.of(),
            List.of(),
            List.of(),
            "");
    return new TablePair(table, table, List.of(), List.of());
  }

  private static Row row(int number) {
    return new Row(
        ("row " + number + "x".repeat(200)).getBytes(StandardCharsets.UTF_8), new byte[0]);
  }

  /** Every third is added, removed, changed: more than the memory holds. */
  private static void fill(ChangeLog log, TablePair pair) throws IOException {
    for (int i = 0; i < MANY; i++) {
      log.change(
          pair,
          switch (i % 3) {
            case 0 -> new Change.Added(row(i));
            case 1 -> new Change.Removed(row(i));
            default -> new Change.Changed(row(i), row(i + 1));
          });
    }
  }

  private static List<String> walk(
      ChangeLog log, TablePair pair, Set<ChangeKind> kinds, long skip, int limit)
      throws IOException {
    List<String> seen = new ArrayList<>();
    log.walk(
        pair,
        kinds,
        skip,
        change -> {
          Row row =
              switch (change) {
                case Change.Added(Row after) -> after;
                case Change.Removed(Row before) -> before;
                case Change.Changed(Row before, Row _) -> before;
              };
          seen.add(new String(row.line(), StandardCharsets.UTF_8).replaceAll("x+$", ""));
          return seen.size() < limit;
        });
    return seen;
  }

  @Test
  void aWalkSkipsWhatIsNotWantedWhereverItLies() throws IOException {
    TablePair pair = pair("notes");
    TablePair other = pair("other");
    try (ChangeLog log = new ChangeLog(folder)) {
      fill(log, pair);
      log.change(other, new Change.Added(row(-1)));
      assertThat(log.bytes()).isGreaterThan(MANY * 200L);
      assertThat(log.counts(pair)).isEqualTo(new ChangeLog.Counts(20_000, 20_000, 20_000));

      Set<ChangeKind> all = EnumSet.allOf(ChangeKind.class);
      for (int skip : new int[] {0, 1, 29_999, 59_998}) {
        assertThat(walk(log, pair, all, skip, 2))
            .containsExactly("row " + skip, "row " + (skip + 1));
      }
      assertThat(walk(log, pair, all, MANY - 1, 25)).containsExactly("row " + (MANY - 1));
      assertThat(walk(log, pair, all, MANY, 25)).isEmpty();
      for (int skip : new int[] {0, 1, 10_000, 19_999}) {
        assertThat(walk(log, pair, EnumSet.of(ChangeKind.REMOVED), skip, 1))
            .containsExactly("row " + (3 * skip + 1));
      }
      assertThat(walk(log, pair, EnumSet.of(ChangeKind.ADDED, ChangeKind.CHANGED), 3, 2))
          .containsExactly("row 5", "row 6");
      assertThat(walk(log, other, all, 0, 25)).containsExactly("row -1");
      assertThat(walk(log, pair, all, 0, Integer.MAX_VALUE)).hasSize(MANY);
    }
    assertThat(folder).isEmptyDirectory();
  }
}
