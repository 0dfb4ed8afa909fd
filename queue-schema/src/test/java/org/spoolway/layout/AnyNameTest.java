package org.spoolway.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.instancio.junit.Given;
import org.instancio.junit.GivenProvider;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.spoolway.foreign.ForeignText;
import org.spoolway.layout.EntryName.Form;
import org.spoolway.schema.Action;
import org.spoolway.schema.Version;

/** What holds of every name, generated from the grammar, near it and far from it. */
@ExtendWith(InstancioExtension.class)
class AnyNameTest {

  private static final int SAMPLES = 3_000;
  private static final int LONGEST_NAME = 255;

  /** A name and the meaning that it was made with. */
  record Meant(String name, EntryName meaning) {}

  /** Names of the JSON form. */
  static final class JsonNames implements GivenProvider {
    @Override
    public Meant provide(ElementContext context) {
      Spelled time = Spelled.any(context.random());
      String anything =
          context.random().oneOf("", "-", "-" + ForeignText.of(context.random()), "-x.tmp", "-~");
      String name = time.text() + anything + ".json";
      return new Meant(name, new EntryName(Form.JSON, time.instant(), null, null));
    }
  }

  /** Names of the touched form, with a version that nothing behind it can lengthen. */
  static final class TouchNames implements GivenProvider {
    @Override
    public Meant provide(ElementContext context) {
      Spelled time = context.random().diceRoll(true) ? null : Spelled.any(context.random());
      Action action = context.random().oneOf(Action.values());
      String version = context.random().oneOf(null, "3.2.0", "0.0.0", "10.20.30", "1.0.0+build.5");
      String suffix =
          context.random().oneOf("", ".", ".cr_on", "._" + ForeignText.of(context.random()));
      String name =
          (time == null ? "" : time.text() + "-")
              + action.wireName()
              + (version == null ? "" : "@" + version)
              + suffix
              + (isExcludedOrJson(suffix) ? "_" : "");
      EntryName meaning =
          new EntryName(
              Form.TOUCH,
              time == null ? null : time.instant(),
              action,
              version == null ? null : new Version(version));
      return new Meant(name, meaning);
    }

    private static boolean isExcludedOrJson(String suffix) {
      return suffix.matches("(?s).*(~|\\.tmp|\\.swp|\\.partial|\\.json)");
    }
  }

  /** What follows an at sign, or nearly so. */
  static final class Targets implements GivenProvider {
    @Override
    public String provide(ElementContext context) {
      return NearNames.target(context.random());
    }
  }

  @Test
  void whatTheGrammarMakesIsReadBackAsItsParts(
      @Given(JsonNames.class) Stream<Meant> documents,
      @Given(TouchNames.class) Stream<Meant> touched) {
    Stream.concat(documents.limit(SAMPLES), touched.limit(SAMPLES))
        .forEach(it -> assertEquals(Optional.of(it.meaning()), parse(it.name()), it.name()));
  }

  @Test
  void namesOfUnfinishedFilesWinWhateverElseTheyAre(
      @Given(JsonNames.class) Stream<Meant> documents,
      @Given(TouchNames.class) Stream<Meant> touched,
      @Given(NearNames.class) Stream<String> others) {
    Stream<String> names =
        Stream.concat(documents.limit(SAMPLES), touched.limit(SAMPLES)).map(Meant::name);
    Stream.concat(names, others.limit(SAMPLES))
        .flatMap(it -> Stream.of("." + it, it + "~", it + ".tmp", it + ".swp", it + ".partial"))
        .forEach(it -> assertEquals(Optional.empty(), parse(it), it));
  }

  @Test
  void everyNameIsOutsideTheGrammarOrOneWholeForm(
      @Given(NearNames.class) Stream<String> near, @Given(ForeignText.class) Stream<String> far) {
    List<String> names = Stream.concat(near.limit(4 * SAMPLES), far.limit(SAMPLES)).toList();
    for (String name : names) {
      parse(name).ifPresent(meaning -> assertWhole(name, meaning));
    }
    long within = names.stream().filter(name -> parse(name).isPresent()).count();
    assertTrue(within > SAMPLES / 50, within + " of them are inside");
  }

  private static void assertWhole(String name, EntryName meaning) {
    assertEquals(name.endsWith(".json") ? Form.JSON : Form.TOUCH, meaning.form(), name);
    if (meaning.form() == Form.JSON) {
      assertNotNull(meaning.time(), name);
      assertNull(meaning.action(), name);
      assertNull(meaning.version(), name);
    } else {
      assertNotNull(meaning.action(), name);
    }
  }

  /** Tried at every place where the version could end, not only at dots. */
  @Test
  void theVersionIsTheLongestThatADotOrNothingFollows(@Given(Targets.class) Stream<String> all) {
    all.limit(4 * SAMPLES)
        .filter(target -> !target.endsWith(".json"))
        .forEach(
            target -> {
              Optional<Version> longest = Optional.empty();
              for (int end = 1; end <= target.length(); end++) {
                boolean mayEnd = end == target.length() || target.charAt(end) == '.';
                Optional<Version> version = Version.parse(target.substring(0, end));
                longest = mayEnd && version.isPresent() ? version : longest;
              }
              Optional<Version> expected =
                  longest.filter(it -> it.text().equals(target) || !it.isPreRelease());
              assertEquals(expected, parse("update@" + target).map(EntryName::version), target);
            });
  }

  /**
   * By the processor's time: how long it takes by the clock is for others on the machine to say.
   */
  @Test
  void theLongestNamesAreJudgedAtOnce(@Given(NearNames.class) Stream<String> starts) {
    List<String> parts =
        List.of("1.", "0", "a-", "-", ".", "1.0.0-a.", "1-", "9a.", "@", "update@", "\n", "~");
    Duration spent =
        assertTimeoutPreemptively(
            Duration.ofMinutes(2),
            () -> {
              Duration before = processorTime();
              starts
                  .limit(200)
                  .flatMap(start -> parts.stream().map(part -> start + part.repeat(LONGEST_NAME)))
                  .flatMap(name -> Stream.of(name, "update@1.0.0-" + name, "1795224895-" + name))
                  .map(name -> name.substring(0, LONGEST_NAME - 5))
                  .flatMap(name -> Stream.of(name, name + ".json", name + "_"))
                  .forEach(AnyNameTest::parse);
              return processorTime().minus(before);
            });
    assertTrue(spent.compareTo(Duration.ofSeconds(2)) < 0, spent::toString);
  }

  private static Duration processorTime() {
    return Duration.ofNanos(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  private static Optional<EntryName> parse(String name) {
    return EntryName.parse(name);
  }
}
