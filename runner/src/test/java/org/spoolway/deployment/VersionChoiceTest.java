package org.spoolway.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.deployment.VersionChoice.Choice;
import org.spoolway.deployment.VersionChoice.Right;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.Sources.Offer;
import org.spoolway.problem.Problem;
import org.spoolway.schedule.Level;
import org.spoolway.schema.Version;
import org.spoolway.source.Channel;

/** Which version an update goes to, row by row. */
class VersionChoiceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # channel | pin    | live  | highest | gone back from | on offer                      | choice
          stable    |        |       |         |                | 1.0.0 1.10.0 1.9.0            | take 1.10.0
          stable    |        | 1.0.0 | 1.0.0   |                | 1.0.0 1.1.0                   | take 1.1.0
          stable    |        | 1.1.0 | 1.1.0   |                | 1.0.0 1.1.0                   | stay
          stable    |        | 2.0.0 | 2.0.0   |                | 1.0.0 1.1.0                   | stay
          stable    |        | 1.0.0 | 1.0.0   |                | 1.0.0 1.1.0-rc.1              | stay
          stable    |        |       |         |                | 1.1.0-rc.1                    | empty
          stable    |        |       |         |                |                               | empty
          stable    |        | 1.0.0 | 1.0.0   |                |                               | empty
          beta      |        | 1.0.0 | 1.0.0   |                | 1.0.0 1.1.0-rc.1              | take 1.1.0-rc.1
          beta      |        | 1.0.0 | 1.0.0   |                | 1.1.0-rc.2 1.1.0-rc.10        | take 1.1.0-rc.10
          beta      |        | 1.0.0 | 1.0.0   |                | 1.1.0-rc.1 1.1.0              | take 1.1.0
          stable    | 3.1.*  | 3.1.0 | 3.1.0   |                | 3.1.0 3.1.4 3.2.0 3.10.0      | take 3.1.4
          stable    | 3.1.*  | 3.1.4 | 3.1.4   |                | 3.1.0 3.1.4 3.2.0             | stay
          stable    | 3.1.*  |       |         |                | 3.2.0                         | empty
          stable    | 3.1.0  | 3.0.0 | 3.0.0   |                | 3.1.0 3.1.1                   | take 3.1.0
          stable    | *      | 3.0.0 | 3.0.0   |                | 3.1.0 3.1.1                   | take 3.1.1
          beta      | 3.1.*  | 3.1.0 | 3.1.0   |                | 3.1.1-rc.1 3.2.0              | take 3.1.1-rc.1
          stable    |        | 1.0.0 | 1.2.0   |                | 1.0.0 1.1.0                   | stay
          stable    |        | 1.0.0 | 1.2.0   |                | 1.1.0 1.2.0                   | take 1.2.0
          stable    |        | 1.0.0 | 1.2.0   | 1.2.0          | 1.1.0 1.2.0                   | stay
          stable    |        | 1.0.0 | 1.2.0   | 1.2.0          | 1.1.0 1.2.0 1.2.1             | take 1.2.1
          stable    |        |       | 1.2.0   |                | 1.1.0 1.2.0                   | take 1.2.0
          stable    |        |       | 1.2.0   |                | 1.1.0                         | stay
          """)
  void theNewestThatMayBeTakenIsTaken(
      String channel,
      @Nullable String pin,
      @Nullable String live,
      @Nullable String highest,
      @Nullable String goneBack,
      @Nullable String offered,
      String expected) {
    VersionChoice rules = rules(channel, pin, live, highest, goneBack);
    assertEquals(expected, text(rules.newest(candidates(offered))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # live | highest | gone back from | on offer    | named | forward only | any
          1.0.0  | 1.0.0   |                | 1.0.0 1.1.0 | 1.1.0 | take 1.1.0   | take 1.1.0
          1.0.0  | 1.0.0   |                | 1.0.0 1.1.0 | 1.2.0 | unknown      | unknown
          1.0.0  | 1.0.0   |                | 1.0.0 1.1.0 | 1.0.0 | stay         | stay
          1.1.0  | 1.1.0   |                | 1.0.0 1.1.0 | 1.0.0 | refuse       | take 1.0.0
          1.0.0  | 1.2.0   |                | 1.1.0       | 1.1.0 | refuse       | take 1.1.0
          1.0.0  | 1.1.0   | 1.1.0          | 1.1.0       | 1.1.0 | refuse       | take 1.1.0
          1.0.0  | 1.2.0   |                | 1.2.0       | 1.2.0 | take 1.2.0   | take 1.2.0
          1.1.0  | 1.1.0   |                | 1.1.0       | 0.9.0 | unknown      | unknown
                 |         |                | 1.0.0 1.1.0 | 1.0.0 | take 1.0.0   | take 1.0.0
                 | 1.1.0   |                | 1.0.0 1.1.0 | 1.0.0 | refuse       | take 1.0.0
          """)
  void aNamedVersionGoesAsFarAsTheOriginsRight(
      @Nullable String live,
      @Nullable String highest,
      @Nullable String goneBack,
      @Nullable String offered,
      String named,
      String forwardOnly,
      String any) {
    VersionChoice rules = rules("stable", null, live, highest, goneBack);
    Version wanted = new Version(named);
    List<Candidate> candidates = candidates(offered);
    assertEquals(forwardOnly, text(rules.named(candidates, wanted, Right.FORWARD_ONLY)));
    assertEquals(any, text(rules.named(candidates, wanted, Right.ANY)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # channel | pin    | live  | on offer         | named      | forward only    | any
          stable    |        | 1.0.0 | 1.1.0-rc.1       | 1.1.0-rc.1 | refuse          | take 1.1.0-rc.1
          beta      |        | 1.0.0 | 1.1.0-rc.1       | 1.1.0-rc.1 | take 1.1.0-rc.1 | take 1.1.0-rc.1
          stable    | 1.*    | 1.0.0 | 1.1.0 2.0.0      | 2.0.0      | refuse          | take 2.0.0
          stable    | 1.*    | 1.0.0 | 1.1.0 2.0.0      | 1.1.0      | take 1.1.0      | take 1.1.0
          stable    | 1.*    | 2.0.0 | 2.0.0            | 2.0.0      | stay            | stay
          stable    | 1.*    | 1.0.0 |                  | 2.0.0      | unknown         | unknown
          stable    | 1.*    |       | 2.0.0            | 2.0.0      | refuse          | take 2.0.0
          """)
  void aNamedVersionOutsideTheChannelOrThePinTakesTheRightToNameAny(
      String channel,
      @Nullable String pin,
      @Nullable String live,
      @Nullable String offered,
      String named,
      String forwardOnly,
      String any) {
    VersionChoice rules = rules(channel, pin, live, null, null);
    Version wanted = new Version(named);
    List<Candidate> candidates = candidates(offered);
    assertEquals(forwardOnly, text(rules.named(candidates, wanted, Right.FORWARD_ONLY)));
    assertEquals(any, text(rules.named(candidates, wanted, Right.ANY)));
  }

  @Test
  void anotherBuildOfWhatIsLiveIsNotNewer() {
    VersionChoice rules = rules("stable", null, "1.0.0+a", "1.0.0+a", null);
    assertEquals("stay", text(rules.newest(candidates("1.0.0+a 1.0.0+b"))));
    List<Candidate> candidates = candidates("1.0.0+b");
    Version other = new Version("1.0.0+b");
    assertEquals("refuse", text(rules.named(candidates, other, Right.FORWARD_ONLY)));
    assertEquals("take 1.0.0+b", text(rules.named(candidates, other, Right.ANY)));
  }

  @Test
  void whateverComesOutSaysWhy() {
    VersionChoice rules = rules("stable", "1.*", "1.0.0", "1.2.0", "1.2.0");
    assertWhy(
        "1.3.0 is the newest on channel stable within 1.*", rules.newest(candidates("1.3.0")));
    assertWhy("1.0.0 is live, and 1.2.0 was gone back from", rules.newest(candidates("1.2.0")));
    assertWhy(
        "1.0.0 is live, and 1.1.0 is older than 1.2.0, which ran here",
        rules.newest(candidates("1.0.0 1.1.0")));
    assertWhy("1.0.0 is live and is the newest on offer", rules.newest(candidates("1.0.0")));
    assertWhy(
        "2.0.0 is outside `source.pin`, which is 1.*",
        rules.named(candidates("2.0.0"), new Version("2.0.0"), Right.FORWARD_ONLY));
    assertWhy(
        "1.0.0-rc.1 is not newer than the live 1.0.0",
        rules("beta", null, "1.0.0", null, null)
            .named(candidates("1.0.0-rc.1"), new Version("1.0.0-rc.1"), Right.FORWARD_ONLY));
  }

  @Test
  void whatIsTakenKeepsItsTagAndObject() {
    Candidate candidate = candidates("1.1.0").get(0);
    Choice choice = rules("stable", null, null, null, null).newest(List.of(candidate));
    assertTrue(choice instanceof Choice.Take take && take.candidate().equals(candidate));
  }

  private static void assertWhy(String expected, Choice choice) {
    if (choice instanceof Choice.Take take) {
      assertEquals(expected, take.why());
    } else if (choice instanceof Choice.Stay stay) {
      assertEquals(expected, stay.why());
    } else {
      assertTrue(choice instanceof Choice.Refuse refuse && refuse.why().equals(expected));
    }
  }

  private static Candidate offered(String version, Offer offer) {
    return new Candidate(new Version(version), "v" + version, "object-" + version, offer);
  }

  private static Candidate to(int hosts, String version) {
    return offered(version, new Offer(null, hosts, null));
  }

  @Test
  void whatItsMakersTookBackIsNotTaken() {
    VersionChoice rules = rules("stable", null, "1.0.0", "1.0.0", null);
    List<Candidate> candidates =
        List.of(to(100, "1.1.0"), offered("1.2.0", new Offer(null, 100, "it loses notes")));

    assertEquals(
        new Choice.Take(
            candidates.get(0),
            "1.1.0 is the newest on channel stable; 1.2.0 was taken back by its makers: it loses"
                + " notes"),
        rules.newest(candidates));
    assertEquals(
        new Choice.Refuse(
            Problem.VERSION_NOT_OFFERED, "1.2.0 was taken back by its makers: it loses notes"),
        rules.named(candidates, new Version("1.2.0"), Right.FORWARD_ONLY));
    assertEquals(
        new Choice.Take(candidates.get(1), "the request names it"),
        rules.named(candidates, new Version("1.2.0"), Right.ANY));
  }

  /** Some releases can only be come to over another one. */
  @Test
  void theWayLeadsOverTheReleaseBetween() {
    List<Candidate> candidates =
        List.of(to(100, "1.1.0"), offered("2.0.0", new Offer(new Version("1.1.0"), 100, null)));

    assertEquals("take 1.1.0", text(rules("stable", null, "1.0.0", null, null).newest(candidates)));
    assertEquals("take 2.0.0", text(rules("stable", null, "1.1.0", null, null).newest(candidates)));
    assertEquals("take 2.0.0", text(rules("stable", null, null, null, null).newest(candidates)));
  }

  @Test
  void whereNothingIsLiveWhatIsWithheldIsRefused() {
    assertEquals(
        new Choice.Refuse(
            Problem.VERSION_NOT_OFFERED,
            "1.1.0 is for 0 of 100 hosts so far, and this one comes later"),
        rules("stable", null, null, null, null).newest(List.of(to(0, "1.1.0"))));
  }

  @Test
  void whoRunsWhatWasTakenBackIsTold() {
    assertEquals(
        new Choice.Stay(
            "1.2.0 is live, though its makers have taken it back: it loses notes and is the newest"
                + " on offer"),
        rules("stable", null, "1.2.0", null, null)
            .newest(List.of(offered("1.2.0", new Offer(null, 100, "it loses notes")))));
  }

  @Test
  void aRingHoldsSomeHostsOnly() {
    VersionChoice rules = rules("stable", null, "1.0.0", null, null);

    assertEquals(
        new Choice.Stay(
            "1.0.0 is live, and 1.1.0 is for 0 of 100 hosts so far, and this one comes later"),
        rules.newest(List.of(to(0, "1.1.0"))));
    assertEquals("take 1.1.0", text(rules.newest(List.of(to(100, "1.1.0")))));
  }

  private static String text(Choice choice) {
    return choice instanceof Choice.Take take
        ? "take " + take.candidate().version()
        : choice.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static VersionChoice rules(
      String channel,
      @Nullable String pin,
      @Nullable String live,
      @Nullable String highest,
      @Nullable String goneBack) {
    Set<Version> gone = words(goneBack).map(Version::new).collect(Collectors.toSet());
    return new VersionChoice(
        Channel.valueOf(channel.toUpperCase(Locale.ROOT)),
        pin,
        Optional.ofNullable(live).map(Version::new),
        Optional.ofNullable(highest).map(Version::new),
        gone,
        "a host",
        Level.ALL,
        List.of());
  }

  private static List<Candidate> candidates(@Nullable String offered) {
    return words(offered).map(v -> new Candidate(new Version(v), "v" + v, "object-" + v)).toList();
  }

  private static Stream<String> words(@Nullable String text) {
    return text == null ? Stream.empty() : Arrays.stream(text.split(" ", -1));
  }
}
