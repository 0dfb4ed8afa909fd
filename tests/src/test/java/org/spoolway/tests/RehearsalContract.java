package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a rehearsal finds, whatever the data are in: users notice nothing of it. */
abstract class RehearsalContract {

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;

  /** A sample application whose data are where the test wants them. */
  abstract SampleApplication application(Home home);

  @BeforeEach
  void describe() {
    application = application(home);
    application
        .file()
        .set("rehearse", "env", "{ DATABASE = \"@DATABASE@\", PORT = \"@PORT@\" }")
        .set("health", "timeout", "\"5s\"");
  }

  private Spool install() {
    Spool spool = application.installed();
    application.addNote();
    return spool;
  }

  private Release good() {
    return application.data().release().schema(2);
  }

  private static JsonNode step(JsonNode result, String name) {
    return result
        .path("steps")
        .valueStream()
        .filter(step -> Results.text(step, "name").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no step " + name + " in " + result));
  }

  private void assertUnnoticed(Release release, String code) {
    Spool spool = install();
    World before = application.world();
    application.release("1.1.0", release);

    JsonNode result = spool.ask("update@1.1.0");

    Results.assertError("failed", code, "rehearse", result);
    assertTrue(result.path("downtimeMillis").isNull(), result.toPrettyString());
    assertEquals(before.data(), application.dump());
    assertEquals(Optional.of("1.0.0"), application.serving());
    application.release("1.2.0", good());
    JsonNode next = spool.ask("update@1.2.0");
    assertEquals("succeeded", Results.text(next, "state"), next.toPrettyString());
  }

  @AfterEach
  void assertNothingLeft() {
    home.stopRunners();
    Leftovers.assertNone(home, application);
  }

  @Test
  void aMigrationThatFailsHalfwayIsFoundBeforeAnythingStops() {
    assertUnnoticed(
        good().migrate("echo \"UPDATE notes SET text = 'lost'\" | ./sql\nexit 4"),
        "MIGRATION_FAILED");
  }

  @Test
  void aReleaseThatIsNotHealthyOnItsDataIsFoundBeforeAnythingStops() {
    assertUnnoticed(good().with("READY", "SELECT nothing FROM notes"), "GATE_FAILED");
  }

  @Test
  void aGoodReleaseGoesOnAndTheTimeOfItsMigrationIsTold() {
    Spool spool = install();
    application.release("1.1.0", good());
    JsonNode result = spool.ask("update@1.1.0");
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    String detail = Results.text(step(result, "rehearse"), "detail");
    assertTrue(detail.startsWith("migrated a copy in "), detail);
    assertTrue(detail.contains("1.1.0 answers on it: 200"), detail);
    String why = Results.text(step(result, "migrate"), "why");
    assertTrue(why.contains("on a copy it took"), why);
    System.out.println("rehearsed: " + detail);
    assertEquals(Optional.of("1.1.0"), application.serving());
  }

  @Test
  void aRunnerThatIsKilledInARehearsalLeavesNothingOfIt() {
    Spool spool = install();
    application.release("1.1.0", good().health("blocks"));
    spool.drop("1700000000-tried.json", "{\"id\": \"tried\", \"action\": \"update\"}");
    Until.isTrue("the new release being asked", () -> Files.exists(home.marker("gate")));
    assertEquals(Optional.of("1.0.0"), application.serving());

    home.killRunners();
    home.run();

    JsonNode result = spool.await("tried");
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
  }
}
