package org.spoolway.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.deployment.VersionChoice.Choice;
import org.spoolway.deployment.VersionChoice.Right;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.schedule.Hold;
import org.spoolway.schedule.Level;
import org.spoolway.schema.Version;
import org.spoolway.source.Channel;

/** How far an update goes that nobody asks for, and what is held. */
class VersionLimitsTest {

  private static final String EXAMS = " is held until 2026-12-24: exams";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # channel | level | live  | on offer                   | what comes out
          stable    | PATCH | 1.0.0 | 1.0.0 1.0.1 1.1.0 2.0.0    | 1.0.1 is the newest patch on channel stable
          stable    | MINOR | 1.0.0 | 1.0.0 1.0.1 1.1.0 2.0.0    | 1.1.0 is the newest minor release on channel stable
          stable    | ALL   | 1.0.0 | 1.0.0 1.0.1 1.1.0 2.0.0    | 2.0.0 is the newest on channel stable
          stable    | PATCH | 1.0.0 | 1.0.0 1.1.0                | 1.0.0 is live and is the newest patch on offer
          stable    | PATCH | 1.0.0 | 1.1.0                      | 1.0.0 is live and is the newest patch on offer
          stable    | PATCH | 1.0.0 | 1.0.1-rc.1                 | 1.0.0 is live and is the newest patch on offer
          beta      | PATCH | 1.0.0 | 1.0.1-rc.1 1.1.0-rc.1      | 1.0.1-rc.1 is the newest patch on channel beta
          beta      | MINOR | 1.0.0 | 1.1.0-rc.1 2.0.0-rc.1      | 1.1.0-rc.1 is the newest minor release on channel beta
          """)
  void theLevelSaysHowFarItGoes(
      String channel, Level level, String live, String offered, String expected) {
    VersionChoice rules = rules(Channel.valueOf(channel.toUpperCase(Locale.ROOT)), live);
    assertEquals(expected, why(rules.within(level).newest(candidates(offered))));
  }

  /** One that was found before the file said otherwise. */
  @Test
  void whatIsFurtherThanTheLevelIsRefusedByName() {
    assertEquals(
        new Choice.Refuse(
            Problem.VERSION_NOT_OFFERED, "1.1.0 is further than `updates.auto`, which is patch"),
        rules(Channel.STABLE, "1.0.0")
            .within(Level.PATCH)
            .named(candidates("1.1.0"), new Version("1.1.0"), Right.FORWARD_ONLY));
  }

  @Test
  void aHoldKeepsAllBack() {
    VersionChoice rules = rules(Channel.STABLE, "1.0.0").under(List.of(hold(null)));
    assertEquals("1.0.0 is live, and 1.0.1" + EXAMS, why(rules.newest(candidates("1.0.0 1.0.1"))));
    assertEquals(
        new Choice.Refuse(Problem.VERSION_NOT_OFFERED, "1.0.1" + EXAMS),
        rules.named(candidates("1.0.1"), new Version("1.0.1"), Right.FORWARD_ONLY));
  }

  @Test
  void belowItsLimitAHoldLetsPass() {
    VersionChoice rules = rules(Channel.STABLE, "1.0.0").under(List.of(hold("2.0.0")));
    assertEquals(
        "1.1.0 is the newest on channel stable; 2.0.0" + EXAMS,
        why(rules.newest(candidates("1.1.0 2.0.0"))));
  }

  @Test
  void whoMayRollBackIsHeldOnlyWhereNoVersionIsNamed() {
    VersionChoice rules = rules(Channel.STABLE, "1.0.0").under(List.of(hold(null)));
    assertEquals(
        "the request names it",
        why(rules.named(candidates("1.0.1"), new Version("1.0.1"), Right.ANY)));
  }

  @Test
  void theFirstReleaseIsHeldToo() {
    VersionChoice rules = rules(Channel.STABLE, null).under(List.of(hold(null)));
    assertEquals(
        new Choice.Refuse(Problem.VERSION_NOT_OFFERED, "1.0.1" + EXAMS),
        rules.newest(candidates("1.0.1")));
  }

  private static Hold hold(@Nullable String below) {
    return new Hold("2026-12-24", Instant.MAX, "exams", below == null ? null : new Version(below));
  }

  private static VersionChoice rules(Channel channel, @Nullable String live) {
    return new VersionChoice(
        channel,
        null,
        Optional.ofNullable(live).map(Version::new),
        Optional.empty(),
        Set.of(),
        "a host",
        Level.ALL,
        List.of());
  }

  private static String why(Choice choice) {
    if (choice instanceof Choice.Take take) {
      return take.why();
    }
    return choice instanceof Choice.Stay stay ? stay.why() : choice.toString();
  }

  private static List<Candidate> candidates(String offered) {
    return Arrays.stream(offered.split(" ", -1))
        .map(version -> new Candidate(new Version(version), "v" + version, "object"))
        .toList();
  }
}
