package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Inboxes that are fuller, and fill faster, than anybody would mean to. */
class ScaleTest {

  private static final int JUNK = 50_000;
  private static final int REQUESTS = 100;
  private static final double SECONDS = 3;

  @RegisterExtension final Home home = new Home();
  private Spool spool;

  @BeforeEach
  void start() {
    SampleApplication application = new SampleApplication(home, "app");
    application.release("1.0.0", new Release()).write();
    home.run();
    spool = home.spool("app");
  }

  @Test
  void requestsAmongFiftyThousandNamesOfJunkRunInTheirOrder() {
    double seconds = Crowd.in(spool.inbox(), JUNK, REQUESTS, 0);
    if (seconds > SECONDS) {
      System.out.printf(
          "slow machine: %,d names took %.1f s to make, not %.0f%n",
          JUNK + REQUESTS, seconds, SECONDS);
    }

    Crowd.assertRanInOrder(REQUESTS, spool);
    Until.isTrue(
        "the junk being counted",
        () -> spool.status().path("ignored").path("operator").asInt() == JUNK);
    assertJunkIsUntouched();
  }

  private void assertJunkIsUntouched() {
    try (Stream<Path> names = Files.list(spool.inbox())) {
      List<String> left = names.map(path -> path.getFileName().toString()).sorted().toList();
      assertEquals(IntStream.range(0, JUNK).mapToObj("junk-%06d.txt"::formatted).toList(), left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertTrue(spool.list("rejected/operator").isEmpty());
    assertTrue(spool.list("processing").isEmpty());
  }
}
