package dev.coffer.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * libpq's password file (PostgreSQL manual, "The Password File"). A file that others can read is
 * ignored, as libpq does; {@code notices} then says so.
 */
record PasswordFile(Path file, List<String> notices) {
  private static final Set<PosixFilePermission> OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /** The password of the first line that fits; the file is read only when asked. */
  Supplier<Optional<String>> lookUp(
      String host, int port, String database, String user, List<Path> usualSocketFolders) {
    String name =
        host.startsWith("/") && usualSocketFolders.contains(Path.of(host)) ? "localhost" : host;
    List<String> wanted = List.of(name, Integer.toString(port), database, user);
    return () -> usableLines().stream().flatMap(line -> match(line, wanted).stream()).findFirst();
  }

  private List<String> usableLines() {
    if (!Files.isRegularFile(file)) {
      return List.of();
    }
    try {
      PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
      if (view != null && !OWNER.containsAll(view.readAttributes().permissions())) {
        notices.add("the password file " + file + " was ignored: others can read it; chmod 600 it");
        return List.of();
      }
      return Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      notices.add("the password file " + file + " was ignored: it cannot be read");
      return List.of();
    }
  }

  private static Optional<String> match(String line, List<String> wanted) {
    if (line.startsWith("#")) {
      return Optional.empty();
    }
    List<String> fields = fields(line);
    if (fields.size() < wanted.size() + 1) {
      return Optional.empty();
    }
    for (int field = 0; field < wanted.size(); field++) {
      String pattern = fields.get(field);
      if (!pattern.equals("*") && !unescape(pattern).equals(wanted.get(field))) {
        return Optional.empty();
      }
    }
    return Optional.of(unescape(fields.get(wanted.size())));
  }

  private static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < line.length(); at++) {
      char next = line.charAt(at);
      if (next == '\\') {
        at++;
      } else if (next == ':') {
        fields.add(line.substring(start, at));
        start = at + 1;
      }
    }
    fields.add(line.substring(start));
    return fields;
  }

  private static String unescape(String field) {
    return field.replaceAll("\\\\(.)", "$1");
  }
}
