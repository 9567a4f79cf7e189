package dev.coffer.server.comparisons;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkedTest {

  @ParameterizedTest
  @CsvSource({
    "Smith, Smyth, Sm, i, th",
    "12 High Street, 14 High Street, 1, 2, ' High Street'",
    "ACTIVE, CANCELLED, '', ACTIVE, ''",
    "Note, Note!, Note, '', ''",
    "Note!, Note, Note, !, ''",
    "'', x, '', '', ''",
    "aaa, aa, aa, a, ''"
  })
  void marksWhatDiffers(String text, String other, String head, String different, String tail) {
    assertThat(Marked.of(text, other)).isEqualTo(new Marked(head, different, tail));
  }

  @Test
  void cutsWhatIsLongAroundIt() {
    String common = "x".repeat(1000);

    Marked marked = Marked.of(common + "A" + common, common + "B" + common);

    assertThat(marked.different()).isEqualTo("A");
    assertThat(marked.head()).startsWith("…x").hasSize(61);
    assertThat(marked.tail()).endsWith("x…").hasSize(61);
    assertThat(Marked.of("y".repeat(5000), "z").different()).hasSize(401);
  }

  @Test
  void cutsNoCharacterInTwo() {
    String smile = "\ud83d\ude00";
    String frown = "\ud83d\ude41";

    assertThat(Marked.of("abc" + smile, "abc" + frown)).isEqualTo(new Marked("abc", smile, ""));
    // The same second half, another first one.
    assertThat(Marked.of("\ud83d\ude00abc", "\ud83c\ude00abc"))
        .isEqualTo(new Marked("", "\ud83d\ude00", "abc"));
    assertThat(Texts.cut("a" + smile, 2)).isEqualTo("a");
    assertThat(Texts.end(smile + "a", 2)).isEqualTo("a");
  }
}
