package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What the documentation says is so, and what the program can do is said. */
class DocumentationTest {

  @RegisterExtension final Home home = new Home();
  private final Readme readme = new Readme();
  private Help help;

  @BeforeEach
  void askForHelp() {
    help = new Help(home);
  }

  @Test
  void everyVerbOptionAndParameterIsExplained() {
    assertTrue(help.verbs().size() > 20, help.verbs().toString());
    for (String verb : verbsAndParts()) {
      String[] lines = help.text(verb).split("\n", -1);
      String purpose =
          Arrays.stream(lines)
              .filter(line -> line.matches("[A-Z].*") && !line.startsWith("Usage"))
              .findFirst()
              .orElse("");
      assertFalse(purpose.isBlank(), verb);
      assertFalse(help.options(verb).isEmpty(), verb);
      help.options(verb)
          .forEach(
              (option, why) ->
                  assertTrue(
                      why.endsWith(".") || why.endsWith(")."),
                      verb + " " + option + ": '" + why + "'"));
    }
    help.options("")
        .forEach((option, why) -> assertTrue(why.endsWith("."), option + ": '" + why + "'"));
  }

  private List<String> verbsAndParts() {
    List<String> all = new ArrayList<>();
    for (String verb : help.verbs()) {
      all.add(verb);
      all.addAll(help.parts(verb));
    }
    return all;
  }

  @Test
  void everyVerbTakesHomeAndHelp() {
    for (String verb : verbsAndParts()) {
      assertTrue(help.takes(verb, "--home") && help.takes(verb, "--help"), verb);
    }
  }

  @Test
  void readmeNamesTheVerbsOfTheProgramAndNoOthers() {
    Set<String> named = new TreeSet<>();
    for (String cell : readme.table("Command line").keySet()) {
      for (String span : Readme.spans(cell)) {
        String verbs = span.replaceFirst("^spoolway ", "").replaceFirst(" .*", "");
        named.addAll(List.of(verbs.split("\\|", -1)));
      }
    }
    assertEquals(new TreeSet<>(help.verbs()), named);
  }

  @Test
  void optionsInTheReadmeAreOptionsOfTheirVerbs() {
    List<String> commands = new ArrayList<>(readme.commands());
    readme.spans().forEach(span -> commands.add(span));
    int checked = 0;
    for (String command : commands) {
      Matcher matcher =
          Pattern.compile("(?:^|.* )spoolway ([a-z|]+(?:-[a-z]+)*)(.*)").matcher(command);
      if (matcher.matches()) {
        for (String verb : matcher.group(1).split("\\|", -1)) {
          assertTrue(help.verbs().contains(verb), command);
          String words = verb + matcher.group(2);
          String named =
              help.parts(verb).stream()
                  .filter(part -> words.equals(part) || words.startsWith(part + " "))
                  .findAny()
                  .orElse(verb);
          assertOptions(named, words.substring(named.length()), command);
          checked++;
        }
      }
    }
    assertTrue(checked > 10, "only " + checked + " commands were found");
  }

  private void assertOptions(String verb, String rest, String command) {
    for (Matcher option = Pattern.compile("(?<=[ \\[])--?[a-z][a-z-]*").matcher(rest);
        option.find(); ) {
      assertTrue(help.takes(verb, option.group()), command + " has " + option.group());
    }
  }

  @Test
  void exitCodesInTheReadmeAreThoseOfTheProgram() {
    assertEquals(help.exitCodes(), readme.table("Exit codes"));
  }

  @Test
  void statesInTheReadmeAreThoseOfResults() {
    List<String> inReadme =
        readme.table("States").keySet().stream().map(cell -> cell.replace("`", "")).toList();

    JsonNode schema = Json.parse(home.spoolway("schema", "result").outOfSuccess());

    List<String> inSchema = new ArrayList<>();
    schema
        .path("$defs")
        .path("state")
        .path("enum")
        .forEach(state -> inSchema.add(state.asString()));
    assertFalse(inSchema.isEmpty(), "the schema lists the states");
    assertEquals(new TreeSet<>(inSchema), new TreeSet<>(inReadme));
    assertEquals(inSchema.size(), inReadme.size());
  }

  @Test
  void pictureInTheReadmeHasTheStepsOfAnUpdate() {
    SampleApplication application = new SampleApplication(home, "app");
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2));
    JsonNode planned = spool.request("dry", "\"action\": \"update\", \"dryRun\": true");

    List<String> drawn = new ArrayList<>();
    for (String line : readme.picture().lines().toList()) {
      Matcher phase = Pattern.compile("\\s*(unnoticed|cutover|afterwards)\\s+(.*)").matcher(line);
      if (phase.matches()) {
        Stream.of(phase.group(2).split("[^a-z-]+", -1))
            .filter(word -> !word.isEmpty())
            .forEach(drawn::add);
      }
    }
    assertEquals(Results.names(planned), drawn);
  }

  @Test
  void filesThatTheReadmeNamesAreThere() {
    List<String> named = new ArrayList<>();
    readme.spans().stream()
        .filter(span -> span.matches("(samples|tests|runner|queue-schema|systemd)/[A-Za-z./-]*"))
        .filter(span -> !span.endsWith("/target")) // a build makes it
        .forEach(named::add);
    readme.commands().stream()
        .map(command -> command.replaceFirst(" .*", ""))
        .filter(word -> word.matches("(samples|tests)/.*"))
        .forEach(named::add);
    assertTrue(named.size() > 4, named.toString());
    named.forEach(name -> assertTrue(Files.exists(Readme.PROJECT.resolve(name)), name));
    assertTrue(Files.isExecutable(Readme.PROJECT.resolve("samples/quickstart")));
    assertTrue(Files.isExecutable(Readme.PROJECT.resolve("tests/run")));
  }

  @Test
  void everyFolderSaysWhatBelongsInIt() {
    for (String folder : List.of("queue-schema", "runner", "samples", "systemd", "tests")) {
      assertTrue(Files.isRegularFile(Readme.PROJECT.resolve(folder).resolve("README.md")), folder);
    }
  }

  @Test
  void everyFieldOfEverySchemaIsDescribed() {
    for (String kind :
        List.of("request", "result", "status", "deployment", "release", "channel", "root")) {
      JsonNode schema = Json.parse(home.spoolway("schema", kind).outOfSuccess());
      List<String> undescribed = new ArrayList<>();
      collectUndescribed(kind, schema, undescribed);
      assertEquals(List.of(), undescribed);
    }
  }

  private static void collectUndescribed(String path, JsonNode schema, List<String> found) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode inside = property.getValue();
      String below = path + "." + property.getKey();
      if (Results.text(inside, "description").isBlank()) {
        found.add(below);
      }
      collectUndescribed(below, inside, found);
      collectUndescribed(below, inside.path("items"), found);
    }
    for (Map.Entry<String, JsonNode> definition : schema.path("$defs").properties()) {
      collectUndescribed(path + "." + definition.getKey(), definition.getValue(), found);
    }
  }

  @Test
  void sampleDeploymentFilesAreAccepted() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path sample : samples("deployments", ".toml")) {
      String name = sample.getFileName().toString().replace(".toml", "");
      names.add(name);
      home.deployment(
          name,
          Files.readString(sample)
              .replace("https://example.org", "https://127.0.0.1:9")
              // Nobody waits for a server that is not there.
              .replace("timeout = \"30s\"", "timeout = \"1s\""));
    }

    JsonNode findings = Json.parse(home.spoolway("doctor", "--json").out());

    Set<String> accepted = new TreeSet<>();
    for (JsonNode finding : findings) {
      if (Results.text(finding, "subject").equals("file")) {
        assertFalse(finding.path("wrong").asBoolean(), finding.toString());
        accepted.add(Results.text(finding, "deployment"));
      }
    }
    assertEquals(names, accepted);
  }

  @Test
  void sampleRequestsAreAccepted() throws IOException {
    SampleApplication application = new SampleApplication(home, "app");
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2));
    for (Path sample : samples("requests", ".json")) {
      spool.drop(sample.getFileName().toString(), Files.readString(sample));
    }

    int expected = samples("requests", ".json").size() + 1;
    Until.isTrue("a result of each", () -> spool.results().size() == expected);

    for (JsonNode result : spool.results()) {
      assertFalse(Results.text(result, "state").equals("rejected"), result.toPrettyString());
    }
  }

  private static List<Path> samples(String folder, String suffix) throws IOException {
    try (Stream<Path> files = Files.list(Readme.PROJECT.resolve("samples").resolve(folder))) {
      List<Path> samples = files.filter(path -> path.toString().endsWith(suffix)).sorted().toList();
      assertFalse(samples.isEmpty(), folder);
      return samples;
    }
  }
}
