package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
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
            List.of("mount", "-t", "tmpfs", "-o", "size=48m", "none", mountPoint.toString()));
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
    Path offset = Files.writeString(home.path().resolve("clock"), "+0");
    application.release("1.0.0", new Release()).write();
    List<String> command =
        List.of(Image.program().toString(), "--home", home.path().toString(), "run");
    Map<String, String> environment = settableClock(offset);
    home.awaitServing(home.start(environment, command));
    Spool spool = home.spool("app");
    JsonNode first = spool.ask("update");
    application.release("1.1.0", new Release().schema(2));

    Files.writeString(offset, "-86400");
    JsonNode second = spool.ask("update.a-day-before");
    home.killRunners();
    home.awaitServing(home.start(environment, command));
    JsonNode third = spool.ask("rollback");

    for (JsonNode result : List.of(first, second, third)) {
      assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    }
    assertTrue(
        Results.text(second, "finishedAt").compareTo(Results.text(first, "finishedAt")) < 0,
        "the clock was set back");
    assertTrue(first.path("sequence").asLong() < second.path("sequence").asLong());
    assertTrue(second.path("sequence").asLong() < third.path("sequence").asLong());
    assertTrue(second.path("downtimeMillis").asLong() >= 0);
    assertEquals(Optional.of("1.0.0"), application.serving());
  }

  /** The environment of a program whose clock follows the offset in a file. */
  private static Map<String, String> settableClock(Path offset) throws IOException {
    try (Stream<Path> libraries =
        Files.find(
            Path.of("/usr/lib"), 3, (path, is) -> path.endsWith("faketime/libfaketime.so.1"))) {
      Optional<Path> library = libraries.findFirst();
      if (library.isEmpty()) {
        System.out.println("skipped: setting the clock back needs the package libfaketime");
      }
      Assumptions.assumeTrue(
          library.isPresent(), "setting the clock back needs the package libfaketime");
      return Map.of(
          "LD_PRELOAD",
          library.get().toString(),
          "FAKETIME_TIMESTAMP_FILE",
          offset.toString(),
          "FAKETIME_NO_CACHE",
          "1",
          "FAKETIME_DONT_FAKE_MONOTONIC",
          "1");
    }
  }
}
