package dev.coffer.legacy;

import dev.coffer.model.Finding;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks a JSON backup of the versions 1.0 to 3.0.0. Its tables are the arrays of objects below
 * {@code tables}, and those that stand beside it: the sales files have no {@code tables}.
 */
final class LegacyJson {
  private static final int MOST_NAMES = 10_000;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LegacyRow.MOST_CHARACTERS)
                  .maxNestingDepth(200)
                  .build())
          .build();

  private final JsonParser parser;
  private final JsonTree tree;
  private final long size;
  private final LegacyVisitor visitor;
  private final Set<String> names = new HashSet<>();
  private final Set<String> tables = new HashSet<>();

  /** What is being read: a {@code Code} for damage there, and its name. */
  private Finding.Code code = Finding.Code.HEADER_DAMAGED;

  private String part = "header";

  LegacyJson(InputStream source, long size, LegacyVisitor visitor) {
    this.parser = parser(source);
    this.tree =
        new JsonTree(parser, () -> damage(code, "What stands beside the tables is too large"));
    this.size = size;
    this.visitor = visitor;
  }

  static JsonParser parser(InputStream source) {
    return FACTORY.createParser(ObjectReadContext.empty(), source);
  }

  static JsonParser parser(String text) {
    return FACTORY.createParser(ObjectReadContext.empty(), text);
  }

  void read() {
    try {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw damage(Finding.Code.NOT_A_BACKUP, "This is not a JSON object");
      }
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        unique(names, name);
        readMember(name);
      }
      code = Finding.Code.TRAILING_BYTES;
      part = "after the end";
      if (parser.nextToken() != null) {
        throw damage(code, "Something follows the end of the document");
      }
    } catch (JacksonIOException failure) {
      throw failure;
    } catch (JacksonException malformed) {
      throw damage(malformed);
    }
    if (tables.isEmpty() && !names.contains("tables") && !names.contains("totalSales")) {
      throw new LegacyDamage(
          Finding.Code.NOT_A_BACKUP, "the file", "The document holds no table: it is no backup");
    }
  }

  private void readMember(String name) {
    JsonToken token = parser.nextToken();
    if (name.equals("tables") && token == JsonToken.START_OBJECT) {
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String table = parser.currentName();
        if (parser.nextToken() == JsonToken.START_ARRAY) {
          parser.nextToken();
          readTable(table);
        } else if (parser.currentToken() == JsonToken.START_OBJECT) {
          throw damage(Finding.Code.LAYOUT_DIFFERS, "The table " + table + " is not a list");
        }
      }
    } else if (token == JsonToken.START_ARRAY) {
      JsonToken first = parser.nextToken();
      if (first == JsonToken.START_OBJECT || first == JsonToken.END_ARRAY) {
        readTable(name);
      } else {
        while (parser.currentToken() != JsonToken.END_ARRAY) {
          parser.skipChildren();
          parser.nextToken();
        }
      }
    } else {
      code = name.equals("metadata") ? Finding.Code.METADATA_DAMAGED : Finding.Code.HEADER_DAMAGED;
      part = name;
      visitor.member(name, tree.value());
    }
    code = Finding.Code.HEADER_DAMAGED;
    part = "between " + name + " and what follows";
  }

  /** Reads the rows of a table, from the first token in its list to the list's end. */
  private void readTable(String table) {
    unique(tables, table);
    code = Finding.Code.ROW_DAMAGED;
    boolean wanted = visitor.begin(table);
    long rows = 0;
    part = "table " + table + ", row 1";
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw damage(code, "A row is not an object");
      }
      if (wanted) {
        visitor.place(parser.currentTokenLocation().getByteOffset());
        visitor.row(table, LegacyRow.read(parser, () -> damage(code, "A row is too large")));
      } else {
        parser.skipChildren();
      }
      rows++;
      part = "table " + table + ", row " + (rows + 1);
      parser.nextToken();
    }
    if (wanted) {
      visitor.place(parser.currentTokenLocation().getByteOffset());
    }
    visitor.end(table, rows);
  }

  private void unique(Set<String> known, String name) {
    if (!known.add(name)) {
      throw damage(Finding.Code.DUPLICATE_KEY, name + " is there twice");
    }
    if (known.size() > MOST_NAMES) {
      throw damage(Finding.Code.LAYOUT_DIFFERS, "There are too many names to be a backup");
    }
  }

  private LegacyDamage damage(JacksonException malformed) {
    // Jackson's own message may quote a value, so it is not passed on.
    if (malformed instanceof StreamConstraintsException) {
      return damage(code, "A text, a number or the nesting is beyond what a backup holds");
    }
    if (code == Finding.Code.TRAILING_BYTES) {
      return damage(code, "Something follows the end of the document");
    }
    if (malformed instanceof UnexpectedEndOfInputException
        || parser.currentLocation().getByteOffset() >= size) {
      return damage(Finding.Code.CUT_SHORT, "The file is cut short");
    }
    return damage(code, "This is not valid JSON in UTF-8");
  }

  private LegacyDamage damage(Finding.Code found, String meaning) {
    TokenStreamLocation at = parser.currentLocation();
    String place =
        "%s, byte %d, line %d, column %d"
            .formatted(part, Math.max(0, at.getByteOffset()), at.getLineNr(), at.getColumnNr());
    return new LegacyDamage(found, place, meaning);
  }
}
