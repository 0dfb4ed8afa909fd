package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * A queue on a disk of its own that has no room left: requests that still could be dropped are
 * served once there is room again.
 */
class SmallSpoolTest {

  private static final int REQUESTS = 5;

  @RegisterExtension final Home home = new Home();
  private Runner runner;
  private Spool spool;

  @Test
  void requestsDroppedWhileInodesAreUsedUpAreServedOnceSomeAreFree() throws IOException {
    serveOnSmallDisk("size=8m,nr_inodes=120");
    List<Path> waiting = writeRequests();
    List<Path> filling = new ArrayList<>();
    Path full = Files.createDirectory(spool.directory().resolve("full"));

    fill(() -> filling.add(Files.createFile(full.resolve("file-" + filling.size()))));

    assertServedOnceCured(waiting, filling);
  }

  @Test
  void requestsDroppedWhileNoByteIsFreeAreServedOnceSomeAre() throws IOException {
    serveOnSmallDisk("size=2m");
    List<Path> waiting = writeRequests();
    Path full = spool.directory().resolve("full");
    List<Path> filling = new ArrayList<>();

    fill(
        () -> {
          Path file = full.resolveSibling("full-" + filling.size());
          filling.add(file);
          Files.write(file, new byte[4096]);
        });

    assertServedOnceCured(waiting, filling);
  }

  /** Something that uses a disk up when it is done often enough. */
  @FunctionalInterface
  private interface Filling {
    void once() throws IOException;
  }

  private static void fill(Filling filling) throws IOException {
    try {
      while (true) {
        filling.once();
      }
    } catch (FileSystemException full) {
      assertTrue(full.getMessage().contains("No space left"), full.getMessage());
    } catch (IOException full) {
      assertEquals("No space left on device", full.getMessage());
    }
  }

  private void serveOnSmallDisk(String options) throws IOException {
    SampleApplication application = new SampleApplication(home, "app");
    application.file().without("service").without("health").without("build");
    application.file().set("floor", "bytes", "\"256 KiB\"").set("floor", "inodes", "20");
    application.release("1.0.0", new Release()).write();
    spool = home.spool("app");
    Files.createDirectories(spool.directory());
    mount(options);
    runner = home.run();
    assertEquals("succeeded", Results.text(spool.ask("check"), "state"));
  }

  private void mount(String options) {
    String target = spool.directory().toString();
    List<String> command =
        List.of("mount", "-t", "tmpfs", "-o", options + ",mode=0755", "none", target);
    Program.Ended mount = Program.run(home.path(), Map.of(), command);
    if (mount.exit() != 0) {
      spool = null;
      System.out.println("skipped: a small disk cannot be mounted here: " + mount.err().strip());
    }
    Assumptions.assumeTrue(
        mount.exit() == 0, "a small disk cannot be mounted here: " + mount.err());
  }

  /** Requests that need but a rename to be dropped, which a full disk allows. */
  private List<Path> writeRequests() throws IOException {
    List<Path> written = new ArrayList<>();
    for (int i = 1; i <= REQUESTS; i++) {
      Path file = spool.inbox().resolve(".request-" + i);
      written.add(
          Files.writeString(file, "{\"id\": \"request-" + i + "\", \"action\": \"check\"}"));
    }
    return written;
  }

  private void assertServedOnceCured(List<Path> waiting, List<Path> filling) throws IOException {
    for (Path request : waiting) {
      String name = "1700000000-" + request.getFileName().toString().substring(1) + ".json";
      Files.move(request, request.resolveSibling(name));
    }
    Until.isTrue(
        "the runner saying what it lacks",
        () -> runner.log().contains("cannot serve operator: only "));
    assertTrue(runner.isAlive(), "the runner has ended");
    for (Path file : filling) {
      Files.deleteIfExists(file);
    }

    for (int i = 1; i <= REQUESTS; i++) {
      JsonNode result = spool.await("request-" + i);
      assertEquals("succeeded", Results.text(result, "state"), result.toPrettyString());
    }
    assertEquals(
        "succeeded", Results.text(spool.request("canary", "\"action\": \"check\""), "state"));
    assertTrue(runner.isAlive(), "the runner has ended");
    Until.isTrue("no request being left", () -> !home.hasOpenRequests("app"));
    assertEquals(REQUESTS + 2, spool.results().size());
  }

  @AfterEach
  void unmount() {
    home.stopRunners();
    if (spool != null) {
      Program.output(home.path(), "umount", "--lazy", spool.directory().toString());
    }
  }
}
