package dev.coffer.restore;

import dev.coffer.testkit.Shell;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The tests' class path in jars, with the classes of one run loaded beforehand (JEP 514): a process
 * of it starts in a fraction of the time, so that a test can have a hundred of them.
 */
final class PackedProgram {
  private final List<String> command;

  private PackedProgram(List<String> command) {
    this.command = command;
  }

  /** Packs, and runs {@code main} once with arguments that let it end well. */
  static PackedProgram of(Path folder, Class<?> main, List<String> arguments) {
    String path = classPath(folder);
    Path cache = folder.resolve("classes.aot");
    Shell.run(
            Stream.of(java("-XX:AOTCacheOutput=" + cache, path, main), arguments)
                .flatMap(List::stream)
                .toList(),
            Map.of(),
            "")
        .check();
    return new PackedProgram(java("-XX:AOTCache=" + cache, path, main));
  }

  private static List<String> java(String option, String path, Class<?> main) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--enable-native-access=ALL-UNNAMED",
        "-Xmx128m",
        "-Xlog:disable",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        option,
        "-cp",
        path,
        main.getName());
  }

  private static String classPath(Path folder) {
    List<String> parts = new ArrayList<>();
    for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      // Surefire's path ends with a separator; what is empty would be the working folder.
      if (!part.isEmpty()) {
        Path place = Path.of(part);
        parts.add(
            Files.isDirectory(place)
                ? packed(place, folder.resolve("classes-" + parts.size() + ".jar"))
                : part);
      }
    }
    return String.join(File.pathSeparator, parts);
  }

  private static String packed(Path classes, Path jar) {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> files = Files.walk(classes)) {
      zip.setLevel(0);
      for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
        Files.copy(each, zip);
        zip.closeEntry();
      }
      return jar.toString();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Starts a process whose standard output can be read. */
  Process start(List<String> arguments) {
    try {
      return new ProcessBuilder(Stream.of(command, arguments).flatMap(List::stream).toList())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
