package org.spoolway.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.spoolway.cli.text.Screen;
import org.spoolway.layout.SpoolLayout;
import org.spoolway.schema.Action;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Version;
import org.spoolway.worker.Worker;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code spoolway}: what all its verbs share. */
@Command(
    name = "spoolway",
    description = "Updates self-hosted applications: requests are files, results are files.",
    versionProvider = ProductVersion.class,
    synopsisSubcommandLabel = "VERB",
    sortSynopsis = false)
public final class Spoolway implements Callable<Integer> {

  private final Machine machine;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description =
          "Keep everything under DIR, for one user (default: $SPOOLWAY_HOME, or else the whole"
              + " host).")
  private @Nullable Path home;

  @SuppressWarnings("UnusedVariable") // picocli answers by itself
  @Option(names = "--version", versionHelp = true, description = "Print the version and exit.")
  private boolean versionAsked;

  @SuppressWarnings("UnusedVariable") // picocli answers by itself
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Print this help and exit.")
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
    try {
      String[] words = withoutHelpVerb(args);
      return commandLine(machine, Verbs.wanted(words)).execute(words);
    } catch (Error e) {
      return new ErrorPrinter(machine.err()).print(e).code();
    }
  }

  /** All verbs with their options, for whoever documents them. */
  public static CommandLine.Model.CommandSpec description(Machine machine) {
    return commandLine(machine, Verbs.NAMES).getCommandSpec();
  }

  /** {@code help VERB} is what many type first; it means {@code VERB --help}. */
  private static String[] withoutHelpVerb(String[] args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    if (args.length == 1) {
      return new String[] {"--help"};
    }
    return Verbs.NAMES.contains(args[1])
        ? new String[] {args[1], "--help"}
        : Arrays.copyOfRange(args, 1, args.length);
  }

  /**
   * The command line as picocli knows it. Reading the annotations of all verbs takes longer than
   * most of them do, so it has only those that are wanted.
   */
  static CommandLine commandLine(Machine machine, Collection<String> verbs) {
    ErrorPrinter errors = new ErrorPrinter(machine.err());
    CommandLine line = new CommandLine(new Spoolway(machine));
    if (!verbs.isEmpty()) {
      add(verbs, line);
    }
    line.setOut(writer(machine.out()));
    line.setErr(writer(machine.err()));
    line.setColorScheme(Help.defaultColorScheme(ansi(machine)));
    line.setExecutionExceptionHandler((e, command, result) -> errors.print(e).code());
    line.setParameterExceptionHandler(new UsageErrors(errors));
    describeExitCodes(line);
    return line;
  }

  private static void add(Collection<String> verbs, CommandLine line) {
    verbs.forEach(name -> line.addSubcommand(name, Verbs.type(name)));
    line.registerConverter(Action.class, Spelled::action);
    line.registerConverter(Version.class, Spelled::version);
    line.registerConverter(RequestId.class, Spelled::requestId);
    line.registerConverter(Moment.class, Spelled::moment);
    line.registerConverter(Worker.Watch.class, Spelled::watch);
    line.registerConverter(int.class, Spelled::count);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static Help.Ansi ansi(Machine machine) {
    return kind(machine) == Screen.Kind.COLOUR ? Help.Ansi.ON : Help.Ansi.OFF;
  }

  private static void describeExitCodes(CommandLine line) {
    Map<String, String> codes = new LinkedHashMap<>();
    for (ExitCode code : ExitCode.values()) {
      codes.put(Integer.toString(code.code()), code.meaning());
    }
    line.getCommandSpec().usageMessage().exitCodeListHeading("Exit codes:%n").exitCodeList(codes);
    line.getSubcommands().values().forEach(Spoolway::describeExitCodes);
  }

  /** What standard output can show. */
  static Screen.Kind kind(Machine machine) {
    if (!machine.isTerminal() || machine.environment("TERM").filter("dumb"::equals).isPresent()) {
      return Screen.Kind.FILE;
    }
    return machine.environment("NO_COLOR").isPresent()
        ? Screen.Kind.MONOCHROME
        : Screen.Kind.COLOUR;
  }

  /** Called when no verb was given. */
  @Override
  public Integer call() {
    new ErrorPrinter(machine.err())
        .say("cannot do anything: no verb was given", "`spoolway --help` lists all verbs.");
    return ExitCode.USAGE.code();
  }

  /** Where everything lies for this command. */
  SpoolLayout layout() {
    Path chosen =
        home != null ? home : machine.environment("SPOOLWAY_HOME").map(Path::of).orElse(null);
    return chosen == null
        ? SpoolLayout.system()
        : SpoolLayout.home(machine.workingDirectory().resolve(chosen));
  }

  /** The process and the host. */
  Machine machine() {
    return machine;
  }
}
