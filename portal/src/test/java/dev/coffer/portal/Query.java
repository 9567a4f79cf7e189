package dev.coffer.portal;

import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.postgresql.PGConnection;

/** Short ways to ask a test's database. */
public final class Query {
  private Query() {}

  public static void run(DataSource database, String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  public static long number(DataSource database, String sql) {
    return Long.parseLong(texts(database, sql).getFirst());
  }

  /** The rows, columns separated by a bar, NULL as an empty text. */
  public static List<String> texts(DataSource database, String sql) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          String value = rows.getString(column);
          row.add(value == null ? "" : value);
        }
        texts.add(String.join("|", row));
      }
      return texts;
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  public static List<String> tables(DataSource database) {
    return texts(
        database,
        """
        SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1
        """);
  }

  /** SHA-256 of each table's rows as COPY writes them. */
  public static Map<String, String> hashes(DataSource database) {
    Map<String, String> hashes = new TreeMap<>();
    try (Connection connection = database.getConnection()) {
      for (String table : tables(database)) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY " + table + " TO STDOUT",
                new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        hashes.put(table, HexFormat.of().formatHex(digest.digest()));
      }
      return hashes;
    } catch (SQLException | IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
