package org.spoolway.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.spoolway.layout.SpoolLayout;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program {@code spoolway}: what all its verbs share. */
@Command(
    name = "spoolway",
    description = "Updates self-hosted applications: requests are files, results are files.",
    versionProvider = ProductVersion.class,
    synopsisSubcommandLabel = "VERB",
    footer = {"", "Exit codes:", "${exit-codes}"},
    subcommands = {RunVerb.class, EnqueueVerb.class})
public final class Spoolway implements Runnable {

  private final Machine machine;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "Keep everything under DIR, for one user (default: SPOOLWAY_HOME, or else the whole host).")
  private @Nullable Path home;

  @Option(names = "--version", versionHelp = true, description = "Print the version and exit.")
  private boolean versionAsked;

  @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Print this help and exit.")
  private boolean helpAsked;

  private Spoolway(Machine machine) {
    this.machine = machine;
  }

  /**
   * Runs one command.
   *
   * @param args the command line
   * @return the exit code of {@link ExitCode}
   */
  public static int execute(String[] args, Machine machine) {
    return commandLine(machine).execute(args);
  }

  /** The command line as picocli knows it; also for checking its documentation. */
  static CommandLine commandLine(Machine machine) {
    ErrorPrinter errors = new ErrorPrinter(machine.err());
    CommandLine line = new CommandLine(new Spoolway(machine), new VerbFactory(machine));
    line.setOut(new PrintWriter(machine.out(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(machine.err(), true, StandardCharsets.UTF_8));
    line.setExecutionExceptionHandler((e, command, result) -> errors.print(e).code());
    line.setParameterExceptionHandler(Spoolway::usage);
    return line;
  }

  private static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("spoolway: " + e.getMessage());
    command.getErr().println("Fix: `" + command.getCommandSpec().qualifiedName() + " --help` shows the usage");
    return ExitCode.USAGE.code();
  }

  @Override
  public void run() {
    if (spec != null) {
      spec.commandLine().usage(machine.out());
    }
  }

  /** Where everything lies for this command. */
  SpoolLayout layout() {
    Path chosen = home != null ? home : machine.environment("SPOOLWAY_HOME").map(Path::of).orElse(null);
    return chosen == null
        ? SpoolLayout.system()
        : SpoolLayout.home(machine.workingDirectory().resolve(chosen));
  }

  /** The process and the host. */
  Machine machine() {
    return machine;
  }

  /** Whether {@code --version} or {@code --help} was asked for; picocli has answered it by then. */
  boolean wasAnswered() {
    return versionAsked || helpAsked;
  }
}
