package org.spoolway.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.spoolway.wording.Quoted;
import org.spoolway.wording.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and what was probably meant. */
final class UsageErrors implements IParameterExceptionHandler {

  /** What a later version can do is no misspelling. */
  static final String NOT_YET = "this version of Spoolway cannot do that yet";

  /** What picocli puts before a sentence of {@link Spelled}. */
  private static final Pattern OURS = Pattern.compile("^Invalid value for [^:]*: (?=\")");

  private final ErrorPrinter errors;

  UsageErrors(ErrorPrinter errors) {
    this.errors = errors;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    String message = String.valueOf(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      unmatched(e.getCommandLine(), unmatched.getUnmatched().get(0));
    } else if (e instanceof MissingParameterException missing) {
      errors.say("cannot " + run(command) + ": " + labels(missing) + " is missing", help(command));
    } else {
      errors.say(
          "cannot " + run(command) + ": " + sentence(OURS.matcher(message).replaceFirst("")),
          help(command));
    }
    return ExitCode.USAGE.code();
  }

  private void unmatched(CommandLine line, String word) {
    String command = line.getCommandSpec().qualifiedName();
    if (word.split("=", 2)[0].equals("--version")) {
      errors.say(
          "cannot use --version: `" + command + "` takes no version",
          "Leave it out; `spoolway update` and `spoolway rollback` take one.");
    } else if (word.startsWith("-")) {
      Collection<String> options = new ArrayList<>();
      line.getCommandSpec().options().forEach(option -> options.addAll(List.of(option.names())));
      String name = word.split("=", 2)[0];
      errors.say(
          "cannot understand " + Quoted.of(name) + ": `" + command + "` has no such option",
          meant(name.equals("-V") ? version(options) : Spelling.nearest(name, options))
              + help(command));
    } else if (line.getParent() == null && Verbs.PLANNED.contains(word)) {
      errors.say("cannot " + run(command + " " + word) + ": " + NOT_YET, help(command));
    } else if (line.getParent() == null) {
      errors.say(
          "cannot understand " + Quoted.of(word) + ": there is no such verb",
          meant(Spelling.nearest(word, Verbs.NAMES).map(verb -> "spoolway " + verb))
              + help(command));
    } else if (!line.getSubcommands().isEmpty()) {
      errors.say(
          "cannot understand " + Quoted.of(word) + ": `" + command + "` has no such part",
          meant(
                  Spelling.nearest(word, line.getSubcommands().keySet())
                      .map(part -> command + " " + part))
              + help(command));
    } else {
      errors.say(
          "cannot understand " + Quoted.of(word) + ": `" + command + "` takes no more words",
          help(command));
    }
  }

  /** What other programs call {@code -V} and Spoolway has a long word for. */
  private static Optional<String> version(Collection<String> options) {
    return options.stream().filter("--version"::equals).findFirst();
  }

  private static String meant(Optional<String> probably) {
    return probably.map(text -> "Perhaps `" + text + "` is meant; ").orElse("");
  }

  private static String run(String command) {
    return "run `" + command + "`";
  }

  private static String help(String command) {
    return "`" + command + " --help` shows how it is used.";
  }

  private static String labels(MissingParameterException missing) {
    return missing.getMissing().stream()
        .map(missed -> missed instanceof OptionSpec o ? o.longestName() : missed.paramLabel())
        .collect(Collectors.joining(" and "));
  }

  private static String sentence(String message) {
    return Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
