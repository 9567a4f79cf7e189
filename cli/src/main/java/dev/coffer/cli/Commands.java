package dev.coffer.cli;

import dev.coffer.cli.backup.BackupCommand;
import dev.coffer.cli.compare.CompareCommand;
import dev.coffer.cli.completion.CompletionCommand;
import dev.coffer.cli.demo.DemoCommand;
import dev.coffer.cli.export.ExportCommand;
import dev.coffer.cli.inventory.ListCommand;
import dev.coffer.cli.inventory.ShowCommand;
import dev.coffer.cli.keys.KeysCommand;
import dev.coffer.cli.portal.MigrateCommand;
import dev.coffer.cli.portal.SampleCommand;
import dev.coffer.cli.prove.ProveCommand;
import dev.coffer.cli.restore.RestoreCommand;
import dev.coffer.cli.restore.UndoCommand;
import dev.coffer.cli.serve.ServeCommand;
import dev.coffer.cli.terminal.Session;
import dev.coffer.cli.verify.VerifyCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import picocli.CommandLine;

/** The commands below {@code coffer}, by name. */
final class Commands {
  private static final String COMPLETION = "completion";
  private static final SequencedMap<String, Function<Session, Object>> ALL = all();

  private Commands() {}

  private static SequencedMap<String, Function<Session, Object>> all() {
    SequencedMap<String, Function<Session, Object>> all = new LinkedHashMap<>();
    all.put("demo", DemoCommand::new);
    all.put("backup", BackupCommand::new);
    all.put("list", ListCommand::new);
    all.put("show", ShowCommand::new);
    all.put("verify", VerifyCommand::new);
    all.put("prove", ProveCommand::new);
    all.put("export", ExportCommand::new);
    all.put("compare", CompareCommand::new);
    all.put("restore", RestoreCommand::new);
    all.put("undo", UndoCommand::new);
    all.put("keys", _ -> new KeysCommand());
    all.put("migrate", _ -> new MigrateCommand());
    all.put("sample", SampleCommand::new);
    all.put("serve", ServeCommand::new);
    all.put("rehearse", RehearseCommand::new);
    all.put(COMPLETION, CompletionCommand::new);
    return all;
  }

  /**
   * Puts the command that {@code arguments} begin with below {@code coffer}, and all of them where
   * that is none, or needs to know them all. Reading the options of every command by reflection
   * takes longer than what many a command does.
   */
  static void install(CommandLine coffer, String[] arguments, Session session) {
    String asked = arguments.length > 0 ? arguments[0] : "";
    if (ALL.containsKey(asked) && !asked.equals(COMPLETION)) {
      coffer.addSubcommand(asked, ALL.get(asked).apply(session));
      return;
    }
    for (Map.Entry<String, Function<Session, Object>> command : ALL.entrySet()) {
      coffer.addSubcommand(command.getKey(), command.getValue().apply(session));
    }
  }
}
