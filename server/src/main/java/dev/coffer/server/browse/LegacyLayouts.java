package dev.coffer.server.browse;

import dev.coffer.browse.BackupBrowser;
import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.legacy.LegacyLayout;
import dev.coffer.profile.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What was learnt by reading the earlier system's files through, so that turning a page does not
 * read all of one again: of the few that were looked into last, as long as they are as they were.
 */
final class LegacyLayouts {
  private static final int MOST = 8;

  private final List<Profile> profiles;
  private final SequencedMap<Version, Known> known = new LinkedHashMap<>();

  private record Version(Path file, String content) {}

  /** Who comes second waits for who came first, and reads nothing. */
  private static final class Known {
    private Optional<LegacyLayout> layout = Optional.empty();

    synchronized LegacyLayout of(Path file, List<Profile> profiles) {
      LegacyLayout found = layout.orElseGet(() -> BackupBrowser.layout(file, profiles));
      layout = Optional.of(found);
      return found;
    }
  }

  LegacyLayouts(List<Profile> profiles) {
    this.profiles = List.copyOf(profiles);
  }

  /**
   * That of a file.
   *
   * @throws CofferException as {@link BackupBrowser#layout}
   */
  LegacyLayout of(Path file) {
    Known place;
    synchronized (known) {
      Version version = version(file);
      Known found = known.remove(version);
      place = found == null ? new Known() : found;
      known.putLast(version, place);
      if (known.size() > MOST) {
        known.pollFirstEntry();
      }
    }
    return place.of(file, profiles);
  }

  private static Version version(Path file) {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      return new Version(file, now.size() + " " + now.lastModifiedTime() + " " + now.fileKey());
    } catch (IOException gone) {
      throw new CofferException(
          ErrorCode.FILE_UNREADABLE,
          file.getFileName() + " cannot be read",
          "Check that it exists, and its owner and permissions.",
          gone);
    }
  }
}
