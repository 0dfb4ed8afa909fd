package org.spoolway.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.spoolway.cli.text.Screen;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Result;

class LiveProgressTest {

  private static final String AGAIN = "\r\u001b[K";

  /** The steps of {@link Home#step} began a second and a half before. */
  private static final Clock CLOCK =
      Clock.offset(Home.AT_NOON, Duration.ofMinutes(-10).plusMillis(1500));

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LiveProgress progress =
      new LiveProgress(
          new Screen(
              new PrintStream(bytes, true, StandardCharsets.UTF_8), Screen.Kind.MONOCHROME, 60),
          CLOCK);

  private String shown() {
    String text = bytes.toString(StandardCharsets.UTF_8);
    bytes.reset();
    return text;
  }

  private static Result.Step fetching(double fraction, String detail) {
    Result.Step step = Home.step("fetch", "running", detail);
    return new Result.Step(
        step.name(), step.state(), step.why(), step.startedAt(), null, fraction, detail);
  }

  @Test
  void beforeTheJobBeginsTheWaitIsShown() {
    progress.tick();
    assertEquals(AGAIN + "  waits for a runner  0.0 s", shown());
    progress.show(Home.update("first", Outcome.QUEUED, null));
    assertEquals(AGAIN + "  waits for its turn  0.0 s", shown());
  }

  @Test
  void fetchShowsPercentAndBytesAndElapsedTimeInPlace() {
    progress.show(
        Home.update(
            "first", Outcome.RUNNING, null, fetching(0.421, "3.1 MB, 420 of 1000 objects")));
    assertEquals(AGAIN + "  ▸ fetch  1.5 s     42 %  3.1 MB, 420 of 1000 objects", shown());
    progress.show(Home.update("first", Outcome.RUNNING, null, fetching(1.0, "7.4 MB")));
    assertEquals(AGAIN + "  ▸ fetch  1.5 s     100 %  7.4 MB", shown());
    progress.show(
        Home.update("first", Outcome.RUNNING, null, Home.step("fetch", "done", "v1.1.0 at abc")));
    assertEquals(AGAIN + "  ✓ fetch  1.5 s     v1.1.0 at abc\n", shown());
  }

  @Test
  void goingBackIsShownStepByStep() {
    progress.show(
        Home.update(
            "first",
            Outcome.RUNNING,
            null,
            Home.step("stop", "undoing", null),
            Home.step("swap", "undone", null),
            Home.step("gate", "failed", "cannot pass the gate")));
    assertEquals(
        "  ✗ gate  1.5 s     cannot pass the gate\n"
            + "  ↶ swap  1.5 s\n"
            + AGAIN
            + "  ↶ stop  1.5 s",
        shown());
  }

  @Test
  void othersMayWriteInBetween() {
    progress.tick();
    bytes.reset();
    progress.aside(() -> bytes.writeBytes("note\n".getBytes(StandardCharsets.UTF_8)));
    progress.tick();
    assertEquals(AGAIN + "note\n" + AGAIN + "  waits for a runner  0.0 s", shown());
    progress.end();
    assertEquals(AGAIN, shown());
  }
}
