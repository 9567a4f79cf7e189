package dev.coffer.legacy;

import dev.coffer.error.CofferException;
import dev.coffer.error.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Where the rows of a legacy JSON file stand, and what its columns look like: learnt in one pass
 * over the file, after which any of its rows are read without those before them. It takes some
 * bytes for each quarter of a megabyte of the file.
 *
 * @param tables in the file's order; of a damaged file, as far as it can be read
 * @param problem why it can be read no further
 */
public record LegacyLayout(Path file, List<Table> tables, Optional<String> problem) {

  public LegacyLayout {
    tables = List.copyOf(tables);
  }

  /**
   * A table of the file.
   *
   * @param columns in the order in which they first turn up
   */
  public record Table(String name, List<Column> columns, List<Stretch> stretches) {
    public Table {
      columns = List.copyOf(columns);
      stretches = List.copyOf(stretches);
    }
  }

  /** What all of a column's values are; {@link #TEXT} where they are of several sorts. */
  public enum Form {
    TEXT,
    /** Numbers in digits: none with an exponent. */
    NUMBER,
    BOOLEAN,
    /** Some are objects. */
    JSON
  }

  /**
   * A column, as its values tell.
   *
   * @param masked whether some value is the {@code [ENCRYPTED]} that stands for one left out
   * @param complete whether every row has a value
   * @param secretive whether an object in it has a member of a secret's name
   */
  public record Column(
      String key, Form form, boolean masked, boolean complete, boolean secretive) {}

  /**
   * Rows of a table that follow one another.
   *
   * @param at where the first begins, in bytes from the file's beginning
   * @param bytes about how long they are
   */
  public record Stretch(long at, long bytes, int rows) {}

  /**
   * Reads a file through.
   *
   * @param secret tells members of objects whose values are secrets by their names
   * @throws CofferException {@code FILE_UNREADABLE}; {@code NOT_A_BACKUP} for an SQL dump
   */
  public static LegacyLayout of(Path file, Predicate<String> secret) {
    if (LegacyFile.isSql(file)) {
      throw new CofferException(
          ErrorCode.NOT_A_BACKUP,
          file.getFileName() + " is an SQL dump, a program for psql, and cannot be looked into",
          "Load it into an empty database: a backup of that database can be looked into.");
    }
    LayoutScan scan = new LayoutScan(secret);
    Optional<String> problem = Optional.empty();
    try {
      LegacyFile.read(file, scan);
    } catch (LegacyDamage damage) {
      problem = Optional.of(damage.finding().meaning() + " (" + damage.finding().place() + ")");
    }
    return new LegacyLayout(file, scan.tables(), problem);
  }

  /**
   * Gives the rows of a stretch: their columns' values by key as JSON text, as {@link
   * LegacyRows#rows} does.
   *
   * @throws CofferException {@code BACKUP_DAMAGED} where the file has changed since it was read
   *     through, {@code FILE_UNREADABLE}
   */
  public void rows(Stretch stretch, Consumer<Map<String, String>> consumer) {
    try (SeekableByteChannel channel = Files.newByteChannel(file);
        InputStream list =
            new SequenceInputStream(
                new ByteArrayInputStream(new byte[] {'['}),
                Channels.newInputStream(channel.position(stretch.at())));
        JsonParser parser = LegacyJson.parser(list)) {
      parser.nextToken();
      for (int row = 0; row < stretch.rows(); row++) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw changed();
        }
        consumer.accept(LegacyRow.read(parser, this::changed).columns());
      }
    } catch (JacksonIOException failure) {
      throw LegacyFile.unreadable(file, failure);
    } catch (JacksonException malformed) {
      throw changed();
    } catch (IOException failure) {
      throw LegacyFile.unreadable(file, failure);
    }
  }

  private CofferException changed() {
    return new CofferException(
        ErrorCode.BACKUP_DAMAGED,
        file.getFileName() + " has changed while it was looked into",
        "Open it again.");
  }
}
