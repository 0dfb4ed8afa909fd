package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A runner that slept through a thousand requests, with and without the kernel's events. */
class LostEventsTest {

  private static final int REQUESTS = 1000;
  private static final int LARGEST_BURST = 100_000;
  private static final Path QUEUED_EVENTS = Path.of("/proc/sys/fs/inotify/max_queued_events");

  @RegisterExtension final Home home = new Home();
  private Spool spool;

  @BeforeEach
  void publish() {
    SampleApplication application = new SampleApplication(home, "app");
    application.release("1.0.0", new Release()).write();
    spool = home.spool("app");
  }

  @Test
  void runnerThatWasStoppedMeanwhileRunsAllInOrder() {
    Runner runner = home.run();
    awaitWatch("events", "the kernel reports new files");

    dropWhileStopped(runner, 0);
  }

  @Test
  void runnerThatDoesNotWatchRunsAllInOrder() {
    Runner runner = serve(List.of(), "--watch=off");
    awaitWatch("polling", "switched off by --watch=off");

    dropWhileStopped(runner, 0);
  }

  @Test
  void runnerThatMayNotWatchSaysSoAndRunsAllInOrder() {
    // In a user namespace of its own the limit is the runner's alone, and nothing is to be
    // restored.
    String noEvents = "echo 0 >/proc/sys/user/max_inotify_instances && exec \"$@\"";
    List<String> confined =
        List.of("unshare", "--user", "--map-root-user", "sh", "-c", noEvents, "sh");
    requireItRuns(confined);

    Runner runner = serve(confined);

    awaitWatch("polling", "User limit of inotify instances reached");
    dropWhileStopped(runner, 0);
  }

  @Test
  void runnerWhoseEventsOverflowedRunsAllInOrder() throws IOException {
    int burst = Integer.parseInt(Files.readString(QUEUED_EVENTS).strip()) + 1000;
    skipUnless(burst <= LARGEST_BURST, "the kernel keeps " + burst + " events here");
    Runner runner = home.run();
    awaitWatch("events", "the kernel reports new files");

    dropWhileStopped(runner, burst);

    assertEquals(burst, spool.status().path("ignored").path("operator").asInt());
    awaitWatch("events", "the kernel reports new files");
    assertEquals("succeeded", Results.text(spool.ask("check.afterwards"), "state"));
  }

  private void dropWhileStopped(Runner runner, int junk) {
    runner.suspend();
    try {
      Crowd.in(spool.inbox(), junk, REQUESTS, junk);
      assertTrue(spool.results().isEmpty());
    } finally {
      runner.resume();
    }
    Crowd.assertRanInOrder(REQUESTS, spool);
  }

  private Runner serve(List<String> within, String... options) {
    List<String> command = new ArrayList<>(within);
    command.addAll(List.of(Image.program().toString(), "--home", home.path().toString(), "run"));
    command.addAll(List.of(options));
    Runner runner = home.start(Map.of(), command);
    home.awaitServing(runner);
    return runner;
  }

  private void awaitWatch(String mode, String why) {
    Until.isTrue(
        mode + " because " + why,
        () ->
            Results.text(spool.status().path("watch"), "mode").equals(mode)
                && Results.text(spool.status().path("watch"), "why").contains(why));
  }

  private void requireItRuns(List<String> within) {
    List<String> command = new ArrayList<>(within);
    command.add("true");
    Program.Ended ended = Program.run(home.path(), Map.of(), command);
    skipUnless(ended.exit() == 0, "no limit on events can be set here: " + ended.all().strip());
  }

  private static void skipUnless(boolean possible, String otherwise) {
    if (!possible) {
      System.out.println("skipped: " + otherwise);
    }
    Assumptions.assumeTrue(possible, otherwise);
  }
}
