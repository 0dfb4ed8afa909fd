package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** When not even the old release answers any more, people are told, and there is a way out. */
class InterventionTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;
  private Spool spool;
  private World before;

  @BeforeEach
  void failToGoBack() throws IOException {
    application = new SampleApplication(home, "app");
    application.file().set("health", "timeout", "\"1s\"");
    application.release("1.0.0", new Release().health("unless broken"));
    spool = application.installed("1.0.0");
    before = application.world();
    application.release("1.1.0", new Release().schema(2).health("unavailable"));
    Files.createFile(home.marker("broken"));

    JsonNode result = spool.ask("update");

    Results.assertError("needs_intervention", "UNDO_FAILED", result);
  }

  @Test
  void nothingElseIsStartedBeforeItIsPutRight() {
    Results.assertError("failed", "UNDO_PENDING", spool.ask("restart"));
    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
  }

  @Test
  void nextRequestFinishesTheUndoOnceTheCauseIsGone() throws IOException {
    Files.delete(home.marker("broken"));

    assertEquals("succeeded", Results.text(spool.ask("restart"), "state"));

    assertEquals(before, application.world());
  }

  @Test
  void recoverFinishesTheUndoOnceTheCauseIsGone() throws IOException {
    assertEquals(0, home.stopRunners());
    assertEquals(3, home.spoolway("recover", "app").exit());
    Files.delete(home.marker("broken"));

    Program.Ended ended = home.spoolway("recover", "app");

    assertEquals(0, ended.exit(), ended.all());
    assertEquals(before.live(), application.live());
    assertEquals(before.data(), application.dump());
    assertTrue(!application.maintenance());
    home.run();
    Until.isTrue("the old release serving", () -> application.world().equals(before));
  }

  /** The old release is ill for good: somebody vouches for it, and the cure can be installed. */
  @Test
  void whatIsPutRightByHandOpensTheWayForTheNextRelease() throws IOException {
    assertEquals(0, home.stopRunners());

    Program.Ended ended = home.spoolway("recover", "app", "--by-hand");

    assertEquals(0, ended.exit(), ended.all());
    assertTrue(!application.maintenance());
    application.release("1.2.0", new Release().schema(2));
    home.run();
    assertEquals("succeeded", Results.text(spool.ask("update.cure"), "state"));
  }
}
