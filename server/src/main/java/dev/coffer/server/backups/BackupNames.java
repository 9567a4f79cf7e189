package dev.coffer.server.backups;

import dev.coffer.model.BackupInfo;
import dev.coffer.model.BackupKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * By which name each of some backups is asked for: that of its file; and where files in several
 * folders have one name, {@code folder:file}, which always fits, so that an address stays good when
 * one of them goes.
 */
final class BackupNames {
  private static final String PART = ":";

  private final Path root;
  private final Map<String, List<BackupInfo>> byFile = new HashMap<>();

  BackupNames(Path root, List<BackupInfo> infos) {
    this.root = root;
    for (BackupInfo info : infos) {
      byFile.merge(file(info), List.of(info), BackupNames::joined);
    }
  }

  private static List<BackupInfo> joined(List<BackupInfo> some, List<BackupInfo> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  String of(BackupInfo info) {
    return byFile.getOrDefault(file(info), List.of()).size() > 1 ? full(info) : file(info);
  }

  /** Those that have the name: usually one. */
  List<BackupInfo> find(String name) {
    List<BackupInfo> named = byFile.getOrDefault(name, List.of());
    return named.isEmpty()
        ? byFile.getOrDefault(name.substring(name.lastIndexOf(PART) + 1), List.of()).stream()
            .filter(info -> full(info).equals(name))
            .toList()
        : named;
  }

  /**
   * By which name a backup is asked for that had this one: where several have it now, that of the
   * file in the folder in which Coffer keeps backups of its kind.
   */
  String now(String name) {
    List<BackupInfo> fitting = find(name);
    return fitting.stream()
        .filter(info -> fitting.size() == 1 || isAtHome(info))
        .findFirst()
        .or(() -> fitting.stream().findFirst())
        .map(this::of)
        .orElse(name);
  }

  private boolean isAtHome(BackupInfo info) {
    return Arrays.stream(BackupKind.values())
        .anyMatch(kind ->
            file(info).startsWith(kind.word() + "-")
                && root.resolve(kind.folder()).equals(info.file().getParent()));
  }

  private static String file(BackupInfo info) {
    return String.valueOf(info.file().getFileName());
  }

  /** A file in the folder itself begins with the colon. */
  private String full(BackupInfo info) {
    Path folder = root.relativize(info.file()).getParent();
    StringBuilder full = new StringBuilder();
    if (folder != null) {
      folder.forEach(part -> full.append(part).append(PART));
    } else {
      full.append(PART);
    }
    return full.append(file(info)).toString();
  }
}
