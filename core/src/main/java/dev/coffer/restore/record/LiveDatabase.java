package dev.coffer.restore.record;

import dev.coffer.model.Column;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.model.QualifiedName;
import dev.coffer.model.Table;
import dev.coffer.postgres.ConnectionSettings;
import dev.coffer.postgres.read.SnapshotQueries;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import dev.coffer.profile.ColumnName;
import dev.coffer.profile.Naming;
import dev.coffer.profile.Profile;
import dev.coffer.profile.Profiles;
import dev.coffer.seal.SigningKey;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One state of a live database, whose rows are read by key.
 *
 * @param schema its tables are called and sealed as in a backup
 * @param signer whose key makes the fingerprints of sealed values
 */
public record LiveDatabase(
    SharedSnapshot snapshot, DatabaseSchema schema, Profile profile, SigningKey signer)
    implements AutoCloseable {

  /**
   * Takes a snapshot.
   *
   * @param profiles from which the one that fits is chosen
   * @param backup what is to be compared with it: what is sealed there is sealed here too
   * @throws dev.coffer.error.CofferException with a code of the {@code DATABASE_} family
   */
  public static LiveDatabase open(
      ConnectionSettings settings, List<Profile> profiles, SigningKey signer, List<Table> backup)
      throws InterruptedException {
    SharedSnapshot snapshot = SharedSnapshot.open(settings, 1, SharedSnapshot.Timeouts.DEFAULT);
    try {
      return of(snapshot, SnapshotQueries.schema(snapshot), profiles, signer, backup);
    } catch (RuntimeException failure) {
      snapshot.close();
      throw failure;
    }
  }

  /** The same, of a snapshot and a schema that have been read. */
  public static LiveDatabase of(
      SharedSnapshot snapshot,
      DatabaseSchema found,
      List<Profile> profiles,
      SigningKey signer,
      List<Table> backup) {
    Profile profile =
        Profiles.choose(profiles, found.tables()).alsoSealing(sealed(backup, found.tables()));
    List<Table> named = Naming.apply(profile, found.tables(), found.foreignKeys()).tables();
    DatabaseSchema schema =
        new DatabaseSchema(
            named, found.foreignKeys(), found.sequences(), found.statements(), found.notCaptured());
    return new LiveDatabase(snapshot, schema, profile, signer);
  }

  private static Set<ColumnName> sealed(List<Table> backup, List<Table> live) {
    Set<ColumnName> present = new HashSet<>();
    for (Table table : live) {
      table.columns().forEach(column -> present.add(new ColumnName(table.name(), column.name())));
    }
    Set<ColumnName> sealed = new HashSet<>();
    for (Table table : backup) {
      for (Column column : table.sealedColumns()) {
        ColumnName name = new ColumnName(table.name(), column.name());
        if (present.contains(name)) {
          sealed.add(name);
        }
      }
    }
    return sealed;
  }

  byte[] fingerprintKey() {
    return signer.fingerprintKey();
  }

  Optional<Table> table(QualifiedName name) {
    return schema.tables().stream().filter(table -> table.name().equals(name)).findFirst();
  }

  @Override
  public void close() {
    snapshot.close();
  }
}
