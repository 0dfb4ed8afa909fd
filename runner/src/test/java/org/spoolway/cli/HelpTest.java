package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;

class HelpTest {

  @TempDir private Path directory;
  private FakeMachine machine;

  @BeforeEach
  void makeMachine() throws IOException {
    machine = new FakeMachine(directory);
  }

  static List<String> verbs() {
    return Verbs.NAMES;
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyWordOfAVerbIsDescribedInASentence(String verb) {
    CommandLine line = Spoolway.commandLine(machine, Verbs.NAMES).getSubcommands().get(verb);
    List<String> bare = new ArrayList<>();
    addBare(verb, line, bare);
    line.getSubcommands().forEach((part, inside) -> addBare(verb + " " + part, inside, bare));
    assertEquals(List.of(), bare);
  }

  private static void addBare(String verb, CommandLine line, List<String> bare) {
    String[] about = line.getCommandSpec().usageMessage().description();
    if (about.length == 0 || !isSentence(about[0])) {
      bare.add(verb);
    }
    for (ArgSpec argument : line.getCommandSpec().args()) {
      String[] description = argument.description();
      if (description.length == 0 || !isSentence(String.join(" ", description))) {
        bare.add(argument.toString());
      }
    }
  }

  private static boolean isSentence(String text) {
    return text.endsWith(".") && Character.isUpperCase(text.charAt(0));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbHasHomeAndHelpAndTheExitCodes(String verb) {
    FakeMachine.Ran help = machine.run(verb, "--help");
    assertAll(
        () -> assertEquals(0, help.code()),
        () -> assertEquals("", help.err()),
        () -> assertTrue(help.out().startsWith("Usage: spoolway " + verb), help.out()),
        () -> assertTrue(help.out().contains("--home=DIR"), help.out()),
        () -> assertTrue(help.out().contains("-h, --help"), help.out()),
        () -> assertTrue(help.out().contains("  75   busy, try again"), help.out()));
  }

  @ParameterizedTest
  @MethodSource("verbs")
  void everyVerbIsCalledWhatItsClassSays(String verb) {
    assertEquals(verb, Verbs.type(verb).getAnnotation(Command.class).name());
  }

  @Test
  void theProgramListsAllVerbsAndAllExitCodes() {
    FakeMachine.Ran help = machine.run("--help");
    assertEquals(0, help.code());
    for (String verb : Verbs.NAMES) {
      assertTrue(help.out().contains("\n  " + verb + " "), verb);
    }
    for (ExitCode code : ExitCode.values()) {
      String row = String.format("  %-5d%s", code.code(), code.meaning());
      assertTrue(help.out().contains(row), row + "\n" + help.out());
    }
  }

  @Test
  void helpIsAWordToo() {
    assertEquals(machine.run("--help"), machine.run("help"));
    assertEquals(machine.run("update", "--help"), machine.run("help", "update"));
    assertEquals(machine.run("help", "--help"), machine.run("help"));
    assertTrue(machine.run("help", "updaet").err().contains("Perhaps `spoolway update` is meant"));
  }

  @Test
  void theProgramTellsItsVersion() throws IOException {
    FakeMachine.Ran version = machine.run("--version");
    assertEquals(new FakeMachine.Ran(0, "spoolway " + ProductVersion.read() + "\n", ""), version);
  }

  @Test
  void versionOfARequestVerbIsTheReleaseToGoTo() {
    assertTrue(machine.run("update", "--help").out().contains("--version=VERSION"));
    assertFalse(machine.run("status", "--help").out().contains("--version"));
  }

  @Test
  void onlyTheVerbThatIsNamedIsRead() {
    assertAll(
        () -> assertEquals(List.of("status"), Verbs.wanted(words("--home", "run", "status"))),
        () -> assertEquals(List.of("plan"), Verbs.wanted(words("plan", "status"))),
        () -> assertEquals(List.of(), Verbs.wanted(words("--version"))),
        () -> assertEquals(Verbs.NAMES, Verbs.wanted(words("--help", "status"))),
        () -> assertEquals(Verbs.NAMES, Verbs.wanted(words("statsu"))),
        () -> assertEquals(Verbs.NAMES, Verbs.wanted(words())));
  }

  @Test
  void factsArePrintedForProgramsToo() {
    List<String> without = new ArrayList<>();
    Spoolway.commandLine(machine, Verbs.NAMES)
        .getSubcommands()
        .forEach(
            (name, line) -> {
              if (!printsForPrograms(line)) {
                without.add(name);
              }
            });
    assertEquals(List.of("run", "logs", "schema", "completion"), without);
  }

  /** A verb that does nothing but by its parts does so by all of them. */
  private static boolean printsForPrograms(CommandLine line) {
    return line.getSubcommands().isEmpty()
        ? line.getCommandSpec().findOption("--json") != null
        : line.getSubcommands().values().stream().allMatch(HelpTest::printsForPrograms);
  }

  private static String[] words(String... words) {
    return words;
  }
}
