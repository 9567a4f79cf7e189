package dev.coffer.restore.legacy;

import java.util.Set;

/**
 * What to take from a legacy file.
 *
 * @param tables by any of their names; empty for all that the file has rows of
 * @param skipBadRows whether rows with a value that the database cannot take are left out, and
 *     named; otherwise they are an error
 */
public record LegacyOptions(Set<String> tables, boolean skipBadRows) {
  public static final LegacyOptions ALL = new LegacyOptions(Set.of(), false);

  public LegacyOptions {
    tables = Set.copyOf(tables);
  }
}
