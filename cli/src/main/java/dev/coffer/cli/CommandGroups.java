package dev.coffer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists the commands of {@code coffer --help} by what they are for. */
final class CommandGroups {
  private static final Map<String, List<String>> GROUPS = groups();

  private CommandGroups() {}

  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("Try it", List.of("demo"));
    groups.put("Protect a database", List.of("backup", "keys"));
    groups.put("Look at backups", List.of("list", "show", "verify", "prove", "compare", "export"));
    groups.put("Restore", List.of("restore", "undo"));
    groups.put("In the browser", List.of("serve"));
    groups.put("Sales portal", List.of("migrate"));
    groups.put("Shell", List.of("completion"));
    return groups;
  }

  static void install(CommandLine coffer) {
    coffer
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandGroups::render);
    List<String> sections = new ArrayList<>(coffer.getHelpSectionKeys());
    List<String> commands =
        List.of(
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST);
    sections.removeAll(commands);
    sections.addAll(sections.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING), commands);
    coffer.setHelpSectionKeys(sections);
  }

  private static String render(Help help) {
    StringBuilder text = new StringBuilder();
    GROUPS.forEach((heading, names) -> {
      text.append(System.lineSeparator()).append(heading).append(":%n".formatted());
      names.forEach(name -> text.append(line(help, name)));
    });
    return text.toString();
  }

  private static String line(Help help, String name) {
    CommandLine command = Objects.requireNonNull(help.commandSpec().subcommands().get(name));
    String[] description = command.getCommandSpec().usageMessage().description();
    return "  "
        + help.colorScheme().commandText(name)
        + " ".repeat(Math.max(1, 12 - name.length()))
        + description[0]
        + System.lineSeparator();
  }
}
