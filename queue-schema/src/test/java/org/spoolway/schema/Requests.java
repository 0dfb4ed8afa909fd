package org.spoolway.schema;

import static org.instancio.Select.all;
import static org.instancio.Select.allStrings;
import static org.instancio.Select.field;

import java.time.Instant;
import java.util.function.Function;
import org.instancio.Instancio;
import org.instancio.Model;
import org.instancio.Random;
import org.instancio.generator.Generator;
import org.instancio.junit.GivenProvider;
import org.spoolway.foreign.ForeignText;

/** Valid requests: each field that there is, left out or holding anything that it may hold. */
final class Requests implements GivenProvider {

  private static final long FIRST = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private static final Model<Request> MODEL =
      Instancio.of(Request.class)
          .supply(allStrings(), sometimes(ForeignText::whole))
          .supply(all(RequestId.class), sometimes(Requests::id))
          .supply(all(Version.class), sometimes(Requests::version))
          .supply(all(Instant.class), sometimes(Requests::time))
          .supply(field(Request::schema), sometimes(random -> Request.SCHEMA))
          .withNullable(all(Request.Params.class))
          .toModel();

  @Override
  public Request provide(ElementContext context) {
    return of(context.random());
  }

  static Request of(Random random) {
    return Instancio.of(MODEL).withSeed(random.longRange(0, Long.MAX_VALUE)).create();
  }

  private static <T> Generator<T> sometimes(Function<Random, T> value) {
    return random -> random.diceRoll(true) ? null : value.apply(random);
  }

  private static RequestId id(Random random) {
    StringBuilder id = new StringBuilder(random.alphanumeric(1));
    for (int i = random.intRange(0, RequestId.MAX_LENGTH - 1); i > 0; i--) {
      id.append(random.oneOf('.', '_', '-', random.alphanumericCharacter()));
    }
    return new RequestId(id.toString());
  }

  private static Version version(Random random) {
    String three = number(random) + "." + number(random) + "." + number(random);
    return new Version(
        three
            + random.oneOf("", "", "-rc.1", "-0", "-" + random.alphanumeric(9) + "x.0")
            + random.oneOf("", "", "+001", "+" + random.alphanumeric(9) + ".-"));
  }

  private static long number(Random random) {
    return random.oneOf(0L, 1L, random.longRange(0, 99), random.longRange(0, (long) 1e18 - 1));
  }

  private static Instant time(Random random) {
    return Instant.ofEpochSecond(
        random.longRange(FIRST, LAST), random.oneOf(0, 1, 500_000_000, 999_999_999));
  }
}
