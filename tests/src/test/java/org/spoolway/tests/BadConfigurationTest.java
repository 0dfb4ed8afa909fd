package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;

/** Deployment files that are wrong: the file, the line, the key and the nearest right spelling. */
class BadConfigurationTest {

  private static final String HEAD = "name = \"app\"\nroot = \"/nowhere/app\"\n";
  private static final String SOURCE =
      "[source]\ntype = \"git\"\nurl = \"file:///nowhere/app.git\"\n";

  @SuppressWarnings("unused") // the parameterised test takes it by name
  static final List<Arguments> WRONG =
      List.of(
          Arguments.of("broken TOML", HEAD + SOURCE + "[build\n", List.of("app.toml", "line 6")),
          Arguments.of(
              "unknown key",
              HEAD + SOURCE + "chanel = \"beta\"\n",
              List.of("app.toml", "line 6", "chanel", "channel")),
          Arguments.of(
              "unknown section",
              HEAD + SOURCE + "[healt]\n",
              List.of("app.toml", "line 6", "healt", "health")),
          Arguments.of(
              "wrong type",
              HEAD + SOURCE + "[build]\nrun = \"make\"\n",
              List.of("app.toml", "line 7", "build.run")),
          Arguments.of(
              "wrong word",
              HEAD + SOURCE + "channel = \"stabel\"\n",
              List.of("app.toml", "line 6", "channel", "stable")),
          Arguments.of("missing table", HEAD, List.of("app.toml", "source")),
          Arguments.of(
              "missing key",
              HEAD + "[source]\ntype = \"git\"\n",
              List.of("app.toml", "source.url")),
          Arguments.of(
              "other name",
              HEAD.replace("\"app\"", "\"wiki\"") + SOURCE,
              List.of("app.toml", "line 1", "name")),
          Arguments.of(
              "relative root",
              HEAD.replace("/nowhere", "nowhere") + SOURCE,
              List.of("app.toml", "line 2", "root")),
          Arguments.of(
              "wrong duration",
              HEAD + SOURCE + "[build]\ntimeout = \"soon\"\n",
              List.of("app.toml", "line 7", "build.timeout")),
          Arguments.of(
              "unsafe address",
              HEAD + SOURCE.replace("file:///", "http://example.org/"),
              List.of("app.toml", "line 5", "source.url")));

  @RegisterExtension final Home home = new Home();

  @ParameterizedTest(name = "{0}")
  @FieldSource("WRONG")
  void wrongFileIsNamedWithItsLineAndKey(String what, String toml, List<String> named) {
    home.deployment("app", toml);

    Program.Ended ended = home.spoolway("run", "--drain", "app");

    assertEquals(2, ended.exit(), what + "\n" + ended.all());
    named.forEach(
        text -> assertTrue(ended.err().contains(text), text + " is missing in\n" + ended.err()));
    assertTrue(ended.err().contains("cannot ") && ended.err().contains("Fix: "), ended.err());
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    home.deployment("app", HEAD + SOURCE + "chanel = \"beta\"\n[keep]\nreleases = \"three\"\n");

    String err = home.spoolway("run", "--drain", "app").err();

    assertTrue(err.contains("chanel") && err.contains("keep.releases"), err);
  }

  @Test
  void unknownDeploymentIsNotFound() {
    home.deployment("app", HEAD + SOURCE);

    Program.Ended ended = home.spoolway("run", "--drain", "wiki");

    assertEquals(5, ended.exit(), ended.all());
    assertTrue(
        ended.err().matches("(?s).*cannot find deployment \"?wiki.*")
            && ended.err().contains("app"),
        ended.err());
  }

  @Test
  void homeWithoutDeploymentsSaysWhereTheyBelong() {
    Program.Ended ended = home.spoolway("run", "--drain");

    assertEquals(5, ended.exit(), ended.all());
    assertTrue(
        ended.err().contains(home.path().resolve("etc/deployments").toString()), ended.err());
  }
}
