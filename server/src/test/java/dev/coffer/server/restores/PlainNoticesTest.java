package dev.coffer.server.restores;

import static org.assertj.core.api.Assertions.assertThat;

import dev.coffer.restore.Mode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody at a page is told of options of the command line, or of one records. */
class PlainNoticesTest {
  private static final String LOST = " row(s) lost their link to the record when it was deleted: ";
  private static final String MERGE = LOST + "--mode merge changes them back, and links them again";
  private static final String LINKED = LOST + "they are changed back, and linked again";
  private static final String ALONE =
      " row(s) are left alone, since something stands in the way: see the tree.";

  @Test
  void whatWasCutOffIsSaidWithThePagesOwnWords() {
    assertThat(PlainNotices.of("1" + MERGE, false))
        .isEqualTo(
            "1 record was cut off from this one when it was deleted, and stays so. Choose 'Bring"
                + " back, and change back' to link it again.");
    assertThat(PlainNotices.of("3" + MERGE, false))
        .isEqualTo(
            "3 records were cut off from this one when it was deleted, and stay so. Choose 'Bring"
                + " back, and change back' to link them again.");
    assertThat(PlainNotices.of("1" + LINKED, false)).endsWith("deleted, and is linked again.");
    assertThat(PlainNotices.of("12" + LINKED, true)).endsWith("deleted, and were linked again.");
  }

  @Test
  void recordsAreCounted() {
    assertThat(PlainNotices.of("1" + ALONE, false))
        .isEqualTo("1 record is left alone, since something stands in the way.");
    assertThat(PlainNotices.of("11" + ALONE + " --take-over restores what can be.", false))
        .isEqualTo("11 records are left alone, since something stands in the way.");
    assertThat(PlainNotices.of("table t: 1 row(s) of it, 21 row(s) of others", false))
        .isEqualTo("table t: 1 record of it, 21 records of others");
    assertThat(PlainNotices.of("x is left. --table restores it all the same.", false))
        .isEqualTo("x is left. Choose such a table by itself to restore it all the same.");
  }

  @Test
  void workIsNamedInPlainWords() {
    assertThat(order(Mode.MISSING).doing())
        .isEqualTo("Restoring tables sales from file (only what is gone)");
    assertThat(order(Mode.MERGE).planning())
        .isEqualTo("Planning to restore tables sales from file (bring back, and change back)");
    assertThat(order(Mode.EXACT).words()).isEqualTo("tables sales from file (exactly as it was)");
    RestoreOrder back = new RestoreOrder.TakeBack("R-1", KeyUse.WITHOUT);
    assertThat(List.of(back.planning(), back.doing(), back.words()))
        .containsExactly("Planning to undo R-1", "Undoing R-1", "Undo of R-1");
  }

  private static RestoreOrder order(Mode mode) {
    return new RestoreOrder.FromBackup(
        "file", Path.of("file"), List.of("sales"), List.of(), mode, KeyUse.WITHOUT);
  }
}
