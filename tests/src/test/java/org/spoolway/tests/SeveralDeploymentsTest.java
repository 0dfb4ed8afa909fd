package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One process works several deployments, none of which can hold up another. */
class SeveralDeploymentsTest {

  @RegisterExtension final Home home = new Home();
  private SampleApplication wiki;
  private SampleApplication notes;

  @BeforeEach
  void publish() {
    wiki = new SampleApplication(home, "wiki");
    notes = new SampleApplication(home, "notes");
    notes.release("1.0.0", new Release()).write();
  }

  @Test
  void slowBuildOfOneDelaysNobodyElse() {
    wiki.release("1.0.0", new Release().build("touch " + home.marker("build") + "; exec sleep 600"))
        .write();
    home.run();
    home.spool("wiki").drop("1700000000-update.json", "{\"id\": \"slow\", \"action\": \"update\"}");
    Until.isTrue("the slow build having begun", () -> Files.exists(home.marker("build")));

    assertEquals("succeeded", Results.text(home.spool("notes").ask("update"), "state"));

    assertEquals(Optional.of("1.0.0"), notes.serving());
    assertEquals("running", Results.text(home.spool("wiki").await("slow", "running"), "state"));
    home.spool("wiki").request("end", "\"action\": \"cancel\", \"params\": {\"id\": \"slow\"}");
  }

  @Test
  void drainingEndsWhenAllQueuesAreEmpty() {
    wiki.release("1.0.0", new Release()).write();
    home.run();
    home.stopRunners();
    home.spool("wiki").touch("update");
    home.spool("notes").touch("update");
    home.spool("notes").touch("check");

    assertEquals(0, home.drain());

    assertEquals(Optional.of("1.0.0"), wiki.serving());
    assertEquals(Optional.of("1.0.0"), notes.serving());
    assertEquals(2, home.spool("notes").results().size());
  }

  @Test
  void fileThatCannotBeReadLeavesTheOthersServed() {
    home.deployment("wiki", "name = \"wiki\"\nroot = 7\n");
    Runner runner = home.run();

    assertEquals("succeeded", Results.text(home.spool("notes").ask("check"), "state"));

    assertTrue(runner.log().contains("root"), runner.log());
    assertEquals(0, runner.stop());
    assertEquals(2, home.drain());
  }

  @Test
  void runnersOfDifferentDeploymentsGoSideBySide() {
    wiki.release("1.0.0", new Release()).write();
    home.run("wiki");
    home.run("notes");

    assertEquals("succeeded", Results.text(home.spool("wiki").ask("check"), "state"));
    assertEquals("succeeded", Results.text(home.spool("notes").ask("check"), "state"));
  }
}
