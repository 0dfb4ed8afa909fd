package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Many names made in an inbox by one quick program, as a script that runs wild would. */
final class Crowd {

  private static final String PROGRAM =
      """
      import os, sys, time
      os.chdir(sys.argv[1])
      junk, requests, ahead = map(int, sys.argv[2:])
      names = [f"junk-{i:06}.txt" for i in range(junk)]
      every = max(1, (junk - ahead) // max(1, requests))
      for i in range(requests):
          names.insert(ahead + i * (every + 1), f"{1700000000 + i}-check.{i:04}")
      begun = time.monotonic()
      for name in names:
          os.close(os.open(name, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o640))
      print(time.monotonic() - begun)
      """;

  private Crowd() {}

  /**
   * Makes junk, and checks in the order of their times, spread evenly over what junk comes after
   * the first.
   *
   * @param ahead how much of the junk comes before the first check
   * @return the seconds that this took
   */
  static double in(Path inbox, int junk, int requests, int ahead) {
    List<String> command =
        List.of(
            "python3",
            "-c",
            PROGRAM,
            inbox.toString(),
            Integer.toString(junk),
            Integer.toString(requests),
            Integer.toString(ahead));
    String seconds = Program.run(inbox, Map.of(), command).outOfSuccess();
    return Double.parseDouble(seconds.strip());
  }

  /** Waits until so many checks have ended, and sees that each ran once, in order and well. */
  static void assertRanInOrder(int requests, Spool spool) {
    List<String> expected = IntStream.range(0, requests).mapToObj(Crowd::check).toList();
    for (String name : expected) {
      assertEquals("succeeded", Results.text(spool.await(name), "state"), name);
    }
    assertEquals(expected, spool.executed());
  }

  private static String check(int i) {
    return "%d-check.%04d".formatted(1_700_000_000 + i, i);
  }
}
