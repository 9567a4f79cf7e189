package dev.coffer.server.restores;

import dev.coffer.restore.Mode;
import dev.coffer.restore.record.RecordName;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What somebody wants to be done. */
public sealed interface RestoreOrder {

  KeyUse key();

  /** The same with another key. */
  RestoreOrder with(KeyUse other);

  /** What it is about: the backup's name, or the restore's that is to be undone. */
  String subject();

  /** In a few words, without a value of a record. */
  String words();

  /** The name of the work while it is planned: {@code Planning to undo R-…}. */
  String planning();

  /** The name of the work while it is done: {@code Undoing R-…}. */
  String doing();

  /**
   * To restore.
   *
   * @param backup the file's name
   * @param tables empty for all
   * @param records empty for whole tables
   */
  record FromBackup(
      String backup,
      Path file,
      List<String> tables,
      List<RecordName> records,
      Mode mode,
      KeyUse key)
      implements RestoreOrder {
    public FromBackup {
      tables = List.copyOf(tables);
      records = List.copyOf(records);
    }

    @Override
    public FromBackup with(KeyUse other) {
      return new FromBackup(backup, file, tables, records, mode, other);
    }

    @Override
    public String subject() {
      return backup;
    }

    @Override
    public String words() {
      return scope()
          + " from "
          + backup
          + switch (mode) {
            case EXACT -> " (exactly as it was)";
            case MERGE -> " (bring back, and change back)";
            case MISSING -> " (only what is gone)";
          };
    }

    @Override
    public String planning() {
      return "Planning to restore " + words();
    }

    @Override
    public String doing() {
      return "Restoring " + words();
    }

    /** What of the backup: records by key, since what they were searched by may be an address. */
    public String scope() {
      if (!records.isEmpty()) {
        return records.stream()
            .map(record ->
                switch (record) {
                  case RecordName.ById(String table, String id) -> table + "/" + id;
                  case RecordName.ByWord(String word, String value) -> "one " + word;
                })
            .collect(Collectors.joining(", "));
      }
      return tables.isEmpty() ? "everything" : "tables " + String.join(", ", tables);
    }
  }

  /** To take a restore back. */
  record TakeBack(String restoreId, KeyUse key) implements RestoreOrder {
    @Override
    public TakeBack with(KeyUse other) {
      return new TakeBack(restoreId, other);
    }

    @Override
    public String subject() {
      return restoreId;
    }

    @Override
    public String words() {
      return "Undo of " + restoreId;
    }

    @Override
    public String planning() {
      return "Planning to undo " + restoreId;
    }

    @Override
    public String doing() {
      return "Undoing " + restoreId;
    }
  }
}
