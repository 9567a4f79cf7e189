package dev.coffer.cli.completion;

import dev.coffer.cli.terminal.Session;
import dev.coffer.error.ExitStatus;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code coffer completion}. */
@Command(
    name = "completion",
    description = "Print a script with which bash or zsh completes commands and options.",
    footer = {
      "",
      "Examples:",
      "  bash: source <(coffer completion bash)",
      "  zsh:  source <(coffer completion zsh)",
      "Put that line into ~/.bashrc or ~/.zshrc to keep it."
    })
public final class CompletionCommand implements Callable<Integer> {

  /** The shells. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String FOR_ZSH =
      """
      autoload -U +X compinit && compinit
      autoload -U +X bashcompinit && bashcompinit
      """;

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  private Shell shell = Shell.BASH;

  public CompletionCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    CommandSpec coffer = Objects.requireNonNull(spec).root();
    String script = AutoComplete.bash("coffer", coffer.commandLine());
    session.out().print(shell == Shell.ZSH ? FOR_ZSH + script : script);
    return ExitStatus.DONE;
  }
}
