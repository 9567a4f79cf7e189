package dev.coffer.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launchers find a JDK: scripts/jdk.sh. */
class JdkScriptTest {
  private static final Path SCRIPT = Path.of("..", "scripts", "jdk.sh").toAbsolutePath();

  @TempDir Path folder;

  @Test
  void takesJavaHomeWhereThatIsNewEnough() throws IOException {
    Path jdk = jdk("with blank", "25.0.9+1");
    assertThat(find(Map.of("JAVA_HOME", jdk.toString())).check().out())
        .isEqualTo(jdk + " 25.0.9+1\n");
  }

  @Test
  void passesAnOlderOneBy() throws IOException {
    Path newer = jdk("sdkman/candidates/java/newer", "26-ea+3");
    Shell.Result result =
        find(
            scriptThatSeesNoOther(),
            Map.of(
                "JAVA_HOME", jdk("old", "17.0.15+6").toString(),
                "SDKMAN_DIR", folder.resolve("sdkman").toString()));
    assertThat(result.check().out()).isEqualTo(newer + " 26-ea+3\n");
  }

  @Test
  void takesTheChosenOneOrNone() throws IOException {
    Path jdk = jdk("chosen", "27+1");
    assertThat(find(Map.of("COFFER_JAVA", jdk + "/bin/java")).check().out())
        .isEqualTo(jdk + " 27+1\n");
    Path old = jdk("old", "24.0.2+7");
    Shell.Result refused = find(Map.of("COFFER_JAVA", old.toString()));
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("COFFER_JAVA", old.toString(), "HINT");
  }

  @Test
  void saysWhereThereIsNone() throws IOException {
    Shell.Result result =
        find(scriptThatSeesNoOther(), Map.of("JAVA_HOME", jdk("old", "24+1").toString()));
    assertThat(result.exit()).isEqualTo(1);
    assertThat(result.err()).contains("needs a JDK 25 or newer", "HINT");
  }

  /** The script, blind to what this machine has. */
  private Path scriptThatSeesNoOther() throws IOException {
    String blind =
        Files.readString(SCRIPT)
            .replace("/usr/", folder + "/usr/")
            .replace("/opt/", folder + "/opt/")
            .replace("/Library/", folder + "/Library/");
    return Files.writeString(folder.resolve("jdk.sh"), blind);
  }

  private static Shell.Result find(Map<String, String> environment) {
    return find(SCRIPT, environment);
  }

  private static Shell.Result find(Path script, Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(Map.of("COFFER_JAVA", "", "HOME", "/nowhere"));
    all.putAll(environment);
    String text = "set -u; . \"$0\"; find_jdk && echo \"$JAVA_HOME $JDK_VERSION\"";
    return Shell.run(
        List.of("env", "PATH=/nowhere", "/bin/bash", "-c", text, script.toString()), all, "");
  }

  private Path jdk(String name, String version) throws IOException {
    Path jdk = folder.resolve(name);
    Files.createDirectories(jdk.resolve("bin"));
    for (String program : List.of("java", "javac")) {
      Path file = Files.writeString(jdk.resolve("bin").resolve(program), "#!/bin/sh\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.writeString(
        jdk.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_RUNTIME_VERSION=\"%s\"\nJAVA_VERSION=\"%s\"\n"
            .formatted(version, version.replaceFirst("\\W.*", "")));
    return jdk;
  }
}
