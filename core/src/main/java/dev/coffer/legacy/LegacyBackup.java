package dev.coffer.legacy;

import dev.coffer.error.CofferException;
import dev.coffer.model.BackupInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A backup made by the portal's earlier systems: JSON of a version below 4, or a plain SQL dump.
 */
public final class LegacyBackup {
  private static final Pattern NAME =
      Pattern.compile(
          "(comprehensive-backup|database-backup|sales-backup|sales-summary|manual-backup)-.*");
  private static final int FIRST_OTHER_VERSION = 4;

  private final Path file;

  private LegacyBackup(Path file) {
    this.file = file;
  }

  /**
   * The legacy backup that {@code file} is or, by its name, was meant to be: damaged ones are
   * recognised too, so that no listing leaves them out. Empty for documents of version 4 and later,
   * and for other files. Reads only the beginning.
   */
  public static Optional<LegacyBackup> recognise(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    String lower = name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".sql")) {
      return Optional.of(new LegacyBackup(file));
    }
    if (!lower.endsWith(".json") || lower.endsWith(".meta.json")) {
      return Optional.empty();
    }
    Map<String, String> head = head(file);
    if (majorVersion(head) >= FIRST_OTHER_VERSION) {
      return Optional.empty();
    }
    boolean says =
        head.containsKey("timestamp")
            && (head.containsKey("version") || head.containsKey("tables"));
    return says || head.containsKey("totalSales") || NAME.matcher(name).matches()
        ? Optional.of(new LegacyBackup(file))
        : Optional.empty();
  }

  /** The file's first members, up to and with the name of the first that is no simple value. */
  private static Map<String, String> head(Path file) {
    Map<String, String> head = new LinkedHashMap<>();
    try (InputStream source = Files.newInputStream(file);
        JsonParser parser = LegacyJson.parser(source)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME && head.size() < 50) {
          String name = parser.currentName();
          head.put(name, "");
          if (!parser.nextToken().isScalarValue()) {
            break;
          }
          head.put(name, parser.getString());
        }
      }
    } catch (IOException | JacksonException unreadable) {
      // What was read until here decides; info() tells what is wrong.
      return head;
    }
    return head;
  }

  private static int majorVersion(Map<String, String> head) {
    String version = head.getOrDefault("version", "");
    String major = version.replaceFirst("^([0-9]{1,4}).*", "$1");
    return major.matches("[0-9]{1,4}") ? Integer.parseInt(major) : 0;
  }

  public Path file() {
    return file;
  }

  /**
   * What the file says about itself and how many rows it has, from one pass over all of it. Damage
   * gives the state CORRUPTED, the problem, and what was read before it. For a sales file the
   * totals are in {@code communicationSummary}.
   */
  public BackupInfo info() {
    LegacySummary summary = new LegacySummary();
    Optional<String> problem = Optional.empty();
    try {
      LegacyFile.read(file, summary);
    } catch (LegacyDamage damage) {
      problem = Optional.of(damage.finding().meaning() + " (" + damage.finding().place() + ")");
    } catch (CofferException unreadable) {
      problem = Optional.of(unreadable.fact());
    }
    return summary.info(file, problem);
  }
}
