package org.spoolway.spool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.instancio.Random;
import org.instancio.junit.Given;
import org.instancio.junit.GivenProvider;
import org.instancio.junit.InstancioExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What holds of the list of any inbox. */
@ExtendWith(InstancioExtension.class)
class AnyInboxTest {

  /** Before any file of a test was made, so that all of them arrived then. */
  private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");

  private static final int FILES = 60;

  @TempDir private Path root;

  /**
   * A file of an inbox.
   *
   * @param time what its name says, or null when it says nothing
   * @param isRequest whether the name is within the grammar
   */
  record Dropped(String name, Instant time, boolean isRequest) {}

  /** Names around {@link #NOW}, in every spelling, and names that are none. */
  static final class Drops implements GivenProvider {
    private static final DateTimeFormatter COMPACT =
        DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    @Override
    public Dropped provide(ElementContext context) {
      Random random = context.random();
      Instant time = NOW.plusSeconds(random.intRange(-3, 3));
      String spelled =
          random.oneOf(
              Long.toString(time.getEpochSecond()),
              time.getEpochSecond() + "000",
              time.getEpochSecond() + "000000",
              time.getEpochSecond() + "000000000",
              COMPACT.format(time) + "Z",
              COMPACT.format(time) + ".000Z");
      String tail = random.stringOf(6, "abcXYZ019-_+@ ~\n\t\u0001\u007f".toCharArray()) + "x";
      return switch (random.intRange(0, 5)) {
        case 0 -> new Dropped("check." + tail, null, true);
        case 1 -> new Dropped(spelled + "-update." + tail, time, true);
        case 2 -> new Dropped(random.oneOf(".", "x", "upgrade.") + tail, null, false);
        case 3 -> new Dropped(spelled + tail + ".tmp", null, false);
        default -> new Dropped(spelled + "-" + tail + ".json", time, true);
      };
    }
  }

  @Test
  void theListIsInOrderAndAnyLimitCutsItsEndOnly(@Given(Drops.class) Stream<Dropped> drops)
      throws IOException {
    List<Dropped> all = drops.limit(10L * FILES).toList();
    for (int from = 0; from < all.size(); from += FILES) {
      Path directory = Files.createDirectory(root.resolve("inbox-" + from));
      TreeMap<String, Dropped> byName = new TreeMap<>();
      for (Dropped dropped : all.subList(from, from + FILES)) {
        byName.putIfAbsent(dropped.name(), dropped);
      }
      for (String name : byName.keySet()) {
        Files.createFile(directory.resolve(name));
      }
      assertListed(List.copyOf(byName.values()), new Inbox(directory));
    }
  }

  private static void assertListed(List<Dropped> dropped, Inbox inbox) throws IOException {
    List<OrderKey> expected =
        dropped.stream()
            .filter(Dropped::isRequest)
            .map(it -> new OrderKey(counted(it.time()), it.name()))
            .sorted()
            .toList();
    for (int limit : new int[] {0, 1, 7, expected.size(), FILES}) {
      Inbox.Listing listing = inbox.list(limit, Clock.fixed(NOW, ZoneOffset.UTC));
      int shown = Math.min(limit, expected.size());
      assertEquals(
          expected.subList(0, shown), listing.entries().stream().map(Inbox.Entry::order).toList());
      assertEquals(expected.size() - shown, listing.more());
      assertEquals(dropped.size() - expected.size(), listing.ignored());
    }
  }

  /** A time later than arrival counts as arrival, and so does none. */
  private static Instant counted(Instant time) {
    return time == null || time.isAfter(NOW) ? NOW : time;
  }
}
