package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A host that is no good: a root nobody may write, a full disk, a clock that jumps. */
class BadHostTest {

  private static final boolean PRIVILEGED = System.getProperty("user.name").equals("root");
  private static final String NOBODY = "65534";

  @RegisterExtension final Home home = new Home();
  private SampleApplication application;

  @BeforeEach
  void publish() {
    application = new SampleApplication(home, "app");
  }

  @Test
  void rootThatCannotBeWrittenIsFoundBeforeAnythingIsDone() throws IOException {
    application.file().without("service").without("health").without("build");
    application.release("1.0.0", new Release()).write();
    Files.createDirectories(application.root());
    List<String> runner = unprivilegedRunner();
    Files.setPosixFilePermissions(application.root(), PosixFilePermissions.fromString("r-xr-xr-x"));
    home.awaitServing(home.start(Map.of("HOME", home.path().toString()), runner));
    Spool spool = home.spool("app");

    JsonNode result = askAsRunner(spool, "refused");

    Results.assertError("failed", "ROOT_NOT_WRITABLE", "preflight", result);
    assertTrue(
        Results.text(result.path("error"), "message").contains(application.root().toString()));
    Files.setPosixFilePermissions(application.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
    assertEquals("succeeded", Results.text(askAsRunner(spool, "good"), "state"));
    assertEquals(Optional.of("1.0.0"), application.live());
  }

  /** The command of a runner that is not root, with the home in its hands. */
  private List<String> unprivilegedRunner() {
    List<String> command = new ArrayList<>();
    Path image = Image.program().getParent().getParent();
    if (PRIVILEGED) {
      Path copy = home.path().resolve("image");
      Program.output(home.path(), "cp", "-r", image.toString(), copy.toString());
      Program.output(home.path(), "chown", "-R", NOBODY + ":" + NOBODY, home.path().toString());
      command.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
      image = copy;
    }
    command.addAll(
        List.of(image.resolve("bin/spoolway").toString(), "--home", home.path().toString(), "run"));
    return command;
  }

  /** Drops a request that belongs to whom the runner runs as. */
  private JsonNode askAsRunner(Spool spool, String id) throws IOException {
    Path written =
        Files.writeString(
            home.path().resolve(id), "{\"id\": \"" + id + "\", \"action\": \"update\"}");
    if (PRIVILEGED) {
      Program.output(home.path(), "chown", NOBODY + ":" + NOBODY, written.toString());
    }
    Files.move(written, spool.inbox().resolve("1700000000-" + id + ".json"));
    return spool.await(id);
  }

  @Test
  void diskThatIsFullWhileAReleaseIsUnpackedLosesNothing() throws IOException {
    assertDiskFullIsSurvived(application.root());
  }

  @Test
  void diskThatIsFullWhileAPackIsFetchedLosesNothing() throws IOException {
    assertDiskFullIsSurvived(home.state("app"));
  }

  private void assertDiskFullIsSurvived(Path mountPoint) throws IOException {
    mountSmallDisk(mountPoint);
    try {
      Spool spool = application.installed();
      World before = application.world();
      Release large = new Release().schema(2).with("large", randomText(64_000_000));
      application.release("1.1.0", large);

      JsonNode result = spool.ask("update@1.1.0");

      Results.assertError("failed", "DISK_FULL", "fetch", result);
      assertEquals(before, application.world());
      application.repository().git("reset", "--quiet", "--hard", "v1.0.0");
      application.release("1.1.1", new Release().schema(2));
      JsonNode good = spool.ask("update@1.1.1");
      assertEquals("succeeded", Results.text(good, "state"), good.toPrettyString());
    } finally {
      home.stopRunners();
      home.stopServices();
      Program.output(home.path(), "umount", "--lazy", mountPoint.toString());
    }
  }

  private void mountSmallDisk(Path mountPoint) throws IOException {
    Files.createDirectories(mountPoint);
    Program.Ended mount =
        Program.run(
            home.path(),
            Map.of(),
            List.of(
                "mount", "-t", "tmpfs", "-o", "size=48m,mode=0700", "none", mountPoint.toString()));
    if (mount.exit() != 0) {
      System.out.println("skipped: a small disk cannot be mounted here: " + mount.err().strip());
    }
    Assumptions.assumeTrue(
        mount.exit() == 0, "a small disk cannot be mounted here: " + mount.err());
  }

  private static String randomText(int length) {
    Random random = new Random(7);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append((char) (' ' + random.nextInt(95)));
    }
    return text.toString();
  }

  @Test
  void clockThatIsSetBackLosesNothing() throws IOException {
    Path offset = Files.writeString(home.path().resolve("clock"), "0");
    application.release("1.0.0", new Release()).write();
    startBy(offset);
    Spool spool = home.spool("app");
    JsonNode first = spool.ask("update");
    application.release("1.1.0", new Release().schema(2));

    Files.writeString(offset, "-86400");
    JsonNode second = spool.ask("update.a-day-before");
    home.killRunners();
    startBy(offset);
    JsonNode third = spool.ask("rollback");

    for (JsonNode result : List.of(first, second, third)) {
      assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
      assertTrue(result.path("downtimeMillis").asLong() >= 0);
    }
    assertTrue(finished(second).isBefore(finished(first)), "the clock was set back");
    assertTrue(first.path("sequence").asLong() < second.path("sequence").asLong());
    assertTrue(second.path("sequence").asLong() < third.path("sequence").asLong());
    assertEquals(Optional.of("1.0.0"), application.serving());
  }

  @Test
  void jobWhoseClockIsSetBackMeanwhileEndsAllTheSame() throws IOException {
    Path offset = Files.writeString(home.path().resolve("clock"), "0");
    String goesOn = "touch %s; while [ ! -e %s ]; do sleep 0.02; done; echo built >built";
    String build = goesOn.formatted(home.marker("build"), home.marker("go"));
    application.release("1.0.0", new Release().build(build)).write();
    startBy(offset);
    Spool spool = home.spool("app");
    spool.drop("1700000000-update.json", "{\"id\": \"update\", \"action\": \"update\"}");
    Until.isTrue("the build having begun", () -> Files.exists(home.marker("build")));
    spool.drop("1700000000-held.json", held("held", Instant.now().plusSeconds(2)));
    spool.await("held", "queued");

    Files.writeString(offset, "-3600");
    Files.createFile(home.marker("go"));

    JsonNode result = spool.await("update");
    assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    result
        .path("steps")
        .forEach(step -> assertTrue(step.path("millis").asLong() >= 0, step.toString()));
    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
    assertEquals("queued", Results.text(spool.await("held", "queued"), "state"));
    Files.writeString(offset, "60");
    assertEquals("succeeded", Results.text(spool.await("held"), "state"));
  }

  private static String held(String id, Instant due) {
    return "{\"id\": \"" + id + "\", \"action\": \"check\", \"notBefore\": \"" + due + "\"}";
  }

  private static Instant finished(JsonNode result) {
    return Instant.parse(Results.text(result, "finishedAt"));
  }

  private void startBy(Path clock) {
    List<String> options = List.of("-Dspoolway.clock=" + clock);
    List<String> arguments = List.of("--home", home.path().toString(), "run");
    home.awaitServing(
        home.start(Map.of(), Launch.through(SteppedClockRunner.class, options, arguments)));
  }
}
