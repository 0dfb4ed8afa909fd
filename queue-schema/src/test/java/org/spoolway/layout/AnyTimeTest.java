package org.spoolway.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.instancio.Random;
import org.instancio.junit.Given;
import org.instancio.junit.GivenProvider;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.spoolway.foreign.ForeignText;

/** What holds of every spelling of every moment. */
@ExtendWith(InstancioExtension.class)
class AnyTimeTest {

  private static final int SAMPLES = 2_000;
  private static final Set<Integer> COUNTS = Set.of(10, 13, 16, 19);
  private static final int MANY_DIGITS = 300;

  /** A time in which one digit is of another script. */
  static final class OtherDigits implements GivenProvider {
    @Override
    public String provide(ElementContext context) {
      Random random = context.random();
      StringBuilder text = new StringBuilder(Spelled.any(random).text());
      int zero = random.oneOf(0x660, 0x6f0, 0x966, 0xff10, 0x1d7ce);
      int at = random.intRange(0, text.length() - 1);
      while (!Character.isDigit(text.charAt(at))) {
        at = (at + 1) % text.length();
      }
      int digit = Character.digit(text.charAt(at), 10);
      return text.replace(at, at + 1, Character.toString(zero + digit)).toString();
    }
  }

  @Test
  void everySpellingOfAMomentIsThatMomentAsFarAsItGoes(
      @Given(Moments.class) Stream<Instant> moments) {
    moments
        .limit(SAMPLES)
        .flatMap(Spelled::all)
        .forEach(
            it -> assertEquals(Optional.of(it.instant()), EntryTime.parse(it.text()), it.text()));
  }

  @Test
  void onlyFourCountsOfDigitsAreTimes(@Given Stream<Long> numbers) {
    String digits =
        numbers
            .limit(MANY_DIGITS)
            .map(it -> Long.toString(it & Long.MAX_VALUE))
            .reduce("", String::concat);
    for (int count = 0; count <= MANY_DIGITS; count++) {
      String text = digits.substring(0, count);
      assertEquals(COUNTS.contains(count), EntryTime.parse(text).isPresent(), text);
      assertEquals(COUNTS.contains(count), EntryName.parse(text + ".json").isPresent(), text);
      assertEquals(COUNTS.contains(count), EntryName.parse(text + "-update").isPresent(), text);
    }
  }

  @Test
  void digitsOfOtherScriptsAreNone(@Given(OtherDigits.class) Stream<String> texts) {
    texts
        .limit(SAMPLES)
        .forEach(
            text -> {
              assertTrue(EntryTime.parse(text).isEmpty(), text);
              assertTrue(EntryName.parse(text + ".json").isEmpty(), text);
              assertTrue(EntryName.parse(text + "-update").isEmpty(), text);
            });
  }

  @Test
  void anyOtherTextIsNoTimeOrAMomentOfTheYearsZeroTo9999(
      @Given(ForeignText.class) Stream<String> far, @Given(NearNames.class) Stream<String> near) {
    Stream.concat(far.limit(SAMPLES), near.limit(SAMPLES))
        .forEach(
            text ->
                EntryTime.parse(text)
                    .ifPresent(
                        time ->
                            assertTrue(
                                !time.isBefore(Instant.parse("0000-01-01T00:00:00Z"))
                                    && time.isBefore(Instant.parse("+10000-01-01T00:00:00Z")),
                                text)));
  }
}
