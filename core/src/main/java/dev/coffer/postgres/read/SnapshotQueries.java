package dev.coffer.postgres.read;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import dev.coffer.model.DatabaseSchema;
import dev.coffer.postgres.SqlErrors;
import dev.coffer.postgres.catalog.CatalogReader;
import dev.coffer.postgres.snapshot.SharedSnapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Questions to a snapshot, asked with its first reader. Failures are {@link
 * dev.coffer.error.CofferException}s with a code of the {@code DATABASE_} family.
 */
public final class SnapshotQueries {

  /**
   * "cache lookup failed": the server's functions that describe an object look at the present, not
   * at the snapshot.
   */
  private static final String INTERNAL_ERROR = "XX000";

  private SnapshotQueries() {}

  /** An answer of two columns, a number and an array of texts. */
  public record CountedIds(long count, List<String> ids) {
    public CountedIds {
      ids = List.copyOf(ids);
    }
  }

  public static DatabaseSchema schema(SharedSnapshot snapshot) {
    try {
      return CatalogReader.read(snapshot.reader(0));
    } catch (SQLException failure) {
      if (INTERNAL_ERROR.equals(failure.getSQLState())) {
        throw new CofferException(
            ErrorCode.DATABASE_CHANGED,
            "an object went away while the catalog was read (SQLSTATE " + INTERNAL_ERROR + ")",
            "Run the backup again when no migration is running. If this stays, look into the"
                + " server's log.",
            failure);
      }
      throw SqlErrors.translate(failure, "cannot read the catalog");
    }
  }

  /** The answer to {@code sql}, which gives one row of a {@code bigint} and a {@code text[]}. */
  public static CountedIds countedIds(SharedSnapshot snapshot, String sql, String what) {
    try (Statement statement = snapshot.reader(0).createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      String[] ids = (String[]) row.getArray(2).getArray();
      return new CountedIds(row.getLong(1), List.of(ids));
    } catch (SQLException failure) {
      throw SqlErrors.translate(failure, what);
    }
  }
}
