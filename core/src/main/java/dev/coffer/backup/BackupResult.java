package dev.coffer.backup;

import dev.coffer.model.BackupInfo;
import java.nio.file.Path;
import java.util.List;

/**
 * A published backup.
 *
 * @param notices what {@link Progress#notice} was told
 */
public record BackupResult(Path file, long fileSize, BackupInfo info, List<String> notices) {
  public BackupResult {
    notices = List.copyOf(notices);
  }
}
