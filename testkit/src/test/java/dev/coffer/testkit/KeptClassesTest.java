package dev.coffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a library's old classes get a form that starts can keep: scripts/KeptClasses.java. */
class KeptClassesTest {
  private static final Path SCRIPT = Path.of("..", "scripts", "KeptClasses.java").toAbsolutePath();
  private static final FileTime THEN = FileTime.from(Instant.parse("2026-01-25T14:30:45Z"));
  private static final String NAME = Larger.class.getName().replace('.', '/') + ".class";

  @TempDir Path folder;

  /** Has a branch, so that its code needs a stack map where that is asked for. */
  public static final class Larger {
    private Larger() {}

    public static int of(int one, int other) {
      return one > other ? one : other;
    }
  }

  private static byte[] compiled() throws IOException {
    try (InputStream content = Larger.class.getClassLoader().getResourceAsStream(NAME)) {
      return Objects.requireNonNull(content).readAllBytes();
    }
  }

  /** As a compiler of Java 5 wrote it. */
  private static byte[] old() throws IOException {
    ClassFile classes = ClassFile.of(ClassFile.StackMapsOption.DROP_STACK_MAPS);
    return classes.transformClass(
        classes.parse(compiled()),
        (made, element) -> {
          switch (element) {
            case ClassFileVersion version -> made.withVersion(ClassFile.JAVA_5_VERSION, 0);
            case MethodModel method ->
                made.transformMethod(
                    method,
                    MethodTransform.transformingCode(
                        (code, instruction) -> code.with(instruction)));
            default -> made.with(element);
          }
        });
  }

  private Path jar(byte[] content) throws IOException {
    Path jar = folder.resolve("library.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      entries.putNextEntry(new ZipEntry("words.txt"));
      entries.write(new byte[] {'w', 'o', 'r', 'd'});
      entries.putNextEntry(new ZipEntry(NAME));
      entries.write(content);
    }
    Files.setLastModifiedTime(jar, THEN);
    return jar;
  }

  private static Shell.Result run(Path jar) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return Shell.run(List.of(java.toString(), SCRIPT.toString(), jar.toString()), Map.of(), "");
  }

  private static int version(byte[] content) {
    return ClassFile.of().parse(content).majorVersion();
  }

  @Test
  void anOldClassIsRaisedAndDoesTheSame() throws Exception {
    assertThat(version(old())).isEqualTo(ClassFile.JAVA_5_VERSION);
    Path jar = jar(old());
    run(jar).check();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        InputStream content = Objects.requireNonNull(loader.getResourceAsStream(NAME));
        InputStream words = Objects.requireNonNull(loader.getResourceAsStream("words.txt"))) {
      byte[] raised = content.readAllBytes();
      assertThat(version(raised)).isEqualTo(ClassFile.JAVA_8_VERSION);
      assertThat(new String(raised, StandardCharsets.ISO_8859_1)).contains("StackMapTable");
      assertThat(words.readAllBytes()).containsExactly('w', 'o', 'r', 'd');
      Class<?> larger = loader.loadClass(Larger.class.getName());
      assertThat(larger).isNotSameAs(Larger.class);
      assertThat(larger.getMethod("of", int.class, int.class).invoke(null, 2, 3)).isEqualTo(3);
    }
    assertThat(Files.getLastModifiedTime(jar)).isEqualTo(THEN);
    byte[] once = Files.readAllBytes(jar);
    run(jar).check();
    assertThat(Files.readAllBytes(jar)).isEqualTo(once);
    requireNothingElse();
  }

  @Test
  void aJarWithoutOldClassesStaysAsItIs() throws IOException {
    Path jar = jar(compiled());
    byte[] before = Files.readAllBytes(jar);
    run(jar).check();
    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(jar)).isEqualTo(THEN);
    requireNothingElse();
  }

  @Test
  void aBrokenJarStaysAsItIs() throws IOException {
    byte[] content = old();
    content[12] = 99;
    Path jar = jar(content);
    byte[] before = Files.readAllBytes(jar);
    assertThat(run(jar).exit()).isEqualTo(1);
    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    requireNothingElse();
  }

  private void requireNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }
}
