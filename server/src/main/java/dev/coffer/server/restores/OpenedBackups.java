package dev.coffer.server.restores;

import dev.coffer.inventory.Inventory;
import dev.coffer.model.BackupInfo;
import dev.coffer.seal.Identity;
import dev.coffer.server.access.Caller;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Backups that are locked as a whole and whose key somebody has given: what is in them can be
 * chosen from as long as the key is kept.
 */
@Component
class OpenedBackups {
  private static final int MOST = 50;

  private final HeldKeys keys;
  private final Map<UUID, Opened> opened =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, Opened> eldest) {
              return size() > MOST;
            }
          });

  private record Opened(String owner, Path file, BackupInfo info) {}

  OpenedBackups(HeldKeys keys) {
    this.keys = keys;
  }

  /** Opens a backup for one account; gives what it is found by. */
  String open(Path file, List<Identity> identities, Caller caller) {
    UUID id = UUID.randomUUID();
    BackupInfo info = Inventory.info(file, identities);
    keys.hold(id, identities);
    opened.put(id, new Opened(caller.identity(), file, info));
    return id.toString();
  }

  /** What a backup that this account has opened holds. */
  Optional<BackupInfo> info(String id, Path file, Caller caller) {
    return find(id, file, caller)
        .filter(one -> keys.of(one.getKey()).isPresent())
        .map(one -> one.getValue().info());
  }

  /** The keys that this account gave for it; none once they are forgotten. */
  List<Identity> identities(String id, Path file, Caller caller) {
    return find(id, file, caller).flatMap(one -> keys.of(one.getKey())).orElse(List.of());
  }

  private Optional<Map.Entry<UUID, Opened>> find(String id, Path file, Caller caller) {
    try {
      UUID key = UUID.fromString(id);
      return Optional.ofNullable(opened.get(key))
          .filter(one -> one.owner().equals(caller.identity()) && one.file().equals(file))
          .map(one -> Map.entry(key, one));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
