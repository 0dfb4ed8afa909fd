package org.spoolway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.schedule.Hold;
import org.spoolway.schedule.Level;
import org.spoolway.schema.Action;

/** What {@code [updates]} means, and what is said of a wrong one; it begins in line 6. */
class UpdatesMessagesTest {

  @TempDir Path path;
  private DeploymentFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new DeploymentFolder(path);
  }

  private Deployment read(String more) throws Exception {
    return folder.read(DeploymentFolder.LEAST + more);
  }

  @Test
  void whoGoesAnywhereByItselfLooksToo() throws Exception {
    assertEquals(Duration.ofHours(6), read("[updates]\nauto = \"patch\"\n").updates().check());
    assertNull(read("[updates]\nauto = \"none\"\n").updates().check());
    assertEquals(Level.NONE, read("[updates]\ncheck = \"5m\"\n").updates().auto());
    assertEquals(Duration.ofHours(24), read("[updates]\ncheck = \"5m\"\n").updates().cooldown());
  }

  @Test
  void theRunnerHasAnOriginWhereItAsksForAnything() throws Exception {
    Deployment asking = read("[updates]\ncheck = \"6h\"\n");
    assertEquals(Set.of("operator", "auto"), asking.origins().keySet());
    assertEquals(Set.of(Action.CHECK, Action.UPDATE), asking.origin("auto").actions());
    assertEquals(List.of(), asking.origin("auto").owners());
    assertFalse(read("[updates]\nauto = \"none\"\n").origins().containsKey("auto"));
    String own = "[origins.auto]\nowners = []\nactions = [\"check\"]\n";
    assertEquals(Set.of("auto"), read(own).origins().keySet());
    folder.assertRefused(
        "line 8: \"origins.auto\" is the runner's own beside `updates`; give it another name",
        "[updates]\ncheck = \"6h\"\n" + own);
  }

  @Test
  void holdsEndWithTheirDayOrAtTheirTime() throws Exception {
    String berlin = "[updates]\ntimezone = \"Europe/Berlin\"\n[[updates.hold]]\nreason = \"r\"\n";
    assertEquals("2026-12-24T23:00:00Z", end(berlin + "until = 2026-12-24"));
    assertEquals("2026-12-24T23:00:00Z", end(berlin + "until = \"2026-12-24\""));
    assertEquals("2026-12-24T17:30:00Z", end(berlin + "until = 2026-12-24T18:30:00"));
    assertEquals("2026-12-24T17:30:00Z", end(berlin + "until = 2026-12-24 18:30:00"));
    assertEquals("2026-12-24T18:30:00Z", end(berlin + "until = 2026-12-24T18:30:00Z"));
    assertEquals("2026-12-24T20:30:00Z", end(berlin + "until = 2026-12-24T18:30:00-02:00"));
  }

  private String end(String more) throws Exception {
    List<Hold> holds = read(more + "\n").updates().holds();
    assertEquals(1, holds.size());
    Instant end = holds.get(0).end();
    return end.toString();
  }

  @Test
  void wordsComeWithTheNearestRightSpelling() {
    folder.assertRefused(
        "line 7: \"updates.auto\" cannot be \"patches\"; did you mean \"patch\"?",
        "[updates]\nauto = \"patches\"\n");
    folder.assertRefused(
        "line 7: \"updates.timezone\" cannot be \"Europe/Berlim\"; did you mean \"Europe/Berlin\"?",
        "[updates]\ntimezone = \"Europe/Berlim\"\n");
    folder.assertRefused(
        "line 7: \"updates.timezone\" cannot be \"CET-DST-something\"; it is a name such as"
            + " \"Europe/Berlin\"",
        "[updates]\ntimezone = \"CET-DST-something\"\n");
    folder.assertRefused(
        "line 7: unknown key \"updates.window\"; did you mean \"updates.windows\"?",
        "[updates]\nwindow = []\n");
    folder.assertRefused(
        "line 6: unknown key \"update\"; did you mean \"updates\"?", "[update]\nauto = \"all\"\n");
  }

  @Test
  void windowsSayWhichDayIsMeant() {
    String form =
        "line 7: \"updates.windows\" must be a list of windows such as [\"Mon-Fri 02:00-04:00\","
            + " \"Sun 22:00-06:00\"]; it has ";
    folder.assertRefused(
        form + "\"Monday 02:00-04:00\"; did you mean \"Mon\"?",
        "[updates]\nwindows = [\"Monday 02:00-04:00\"]\n");
    folder.assertRefused(
        form + "\"Mon-Fir 02:00-04:00\"; did you mean \"Fri\"?",
        "[updates]\nwindows = [\"Mon-Fir 02:00-04:00\"]\n");
    folder.assertRefused(form + "\"02:00-26:00\"", "[updates]\nwindows = [\"02:00-26:00\"]\n");
  }

  @Test
  void timesHaveTheirLimits() {
    String check =
        "line 7: \"updates.check\" must be a duration from 5m to 30d, such as \"6h\", not ";
    folder.assertRefused(check + "\"299s\"", "[updates]\ncheck = \"299s\"\n");
    folder.assertRefused(check + "\"31d\"", "[updates]\ncheck = \"31d\"\n");
    String cooldown =
        "line 7: \"updates.cooldown\" must be a duration from 5m to 365d, such as \"24h\", not ";
    folder.assertRefused(cooldown + "\"1m\"", "[updates]\ncooldown = \"1m\"\n");
    folder.assertRefused(cooldown + "\"366d\"", "[updates]\ncooldown = \"366d\"\n");
  }

  @Test
  void eachOfSeveralHoldsHasItsOwnLine() {
    String good = "[[updates.hold]]\nuntil = 2026-12-24\nreason = \"exams\"\n";
    folder.assertRefused(
        "line 6: \"updates.hold.until\" is missing", "[[updates.hold]]\nreason = \"r\"\n");
    folder.assertRefused(
        "line 10: \"updates.hold[2].until\" must be a date such as 2026-12-24, or a date and time,"
            + " not \"christmas\"",
        good + "[[updates.hold]]\nuntil = \"christmas\"\nreason = \"r\"\n");
    folder.assertRefused(
        "line 12: unknown key \"updates.hold[2].belows\"; did you mean \"updates.hold[2].below\"?",
        good + good + "belows = \"4.0.0\"\n");
    folder.assertRefused(
        "line 9: \"updates.hold[2].reason\" is missing",
        good + "[[updates.hold]]\nuntil = 2026-12-24\n");
    folder.assertRefused(
        "line 6: \"updates.hold\" must be tables, each begun by [[updates.hold]], not a table",
        "[updates.hold]\nuntil = 2026-12-24\nreason = \"exams\"\n");
    folder.assertRefused(
        "line 7: \"updates.hold\" must be tables, each begun by [[updates.hold]], not 1",
        "[updates]\nhold = [1]\n");
  }
}
