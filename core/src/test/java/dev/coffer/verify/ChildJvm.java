package dev.coffer.verify;

import dev.coffer.testkit.Shell;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs a class of the tests in a Java process of its own. */
public final class ChildJvm {
  private ChildJvm() {}

  /** The command that runs {@code main}. */
  public static List<String> command(List<String> options, Class<?> main, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }

  public static Shell.Result run(List<String> options, Class<?> main, List<String> arguments) {
    return Shell.run(command(options, main, arguments), Map.of(), "");
  }
}
