package dev.coffer.export;

import dev.coffer.seal.Identity;
import java.util.List;

/**
 * What to export.
 *
 * @param tables by their names in the backup; empty for everything
 * @param identities open sealed values, and files that are encrypted as a whole; where there are
 *     none, sealed values stay sealed
 */
public record ExportOptions(Format format, List<String> tables, List<Identity> identities) {
  public ExportOptions {
    tables = tables.stream().distinct().toList();
    identities = List.copyOf(identities);
  }
}
