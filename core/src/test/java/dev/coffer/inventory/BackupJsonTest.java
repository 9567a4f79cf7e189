package dev.coffer.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The words of the portal's interface, whatever the locale. */
class BackupJsonTest {

  @Test
  void sizesAndTimesAreWrittenAsThePortalDoes() {
    assertThat(BackupJson.megabytes(8_912_896)).isEqualTo("8.50MB");
    assertThat(BackupJson.stamp(Instant.parse("2026-01-25T14:30:45.120Z")))
        .isEqualTo("2026-01-25T14:30:45.120Z");
  }
}
