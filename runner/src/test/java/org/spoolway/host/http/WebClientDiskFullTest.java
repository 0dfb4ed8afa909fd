package org.spoolway.host.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.spoolway.host.http.ScriptedServer.write;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spoolway.host.SmallDisk;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class WebClientDiskFullTest extends WebFixture {

  private static final byte[] BYTES = noise(6_000_000);

  private Path small;

  @BeforeEach
  void mountSmallFileSystem() throws IOException {
    small = Files.createDirectory(scratch.resolve("small"));
    assumeTrue(SmallDisk.mount(small, "size=4m"), "only root can have a file system of its own");
  }

  @AfterEach
  void unmount() throws IOException {
    SmallDisk.unmount(small);
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(small)) {
      return files.toList();
    }
  }

  private boolean downloadInto(Path directory, URI address) throws ProblemException {
    return client().download(address, directory.resolve("archive"), ERRAND);
  }

  @Test
  void aFileThatFillsTheDiskSaysSoAndGoesAway() throws Exception {
    ScriptedServer server =
        serve(
            (question, output) -> {
              write(output, "HTTP/1.1 200 OK", "ETag: \"one\"", "Connection: close");
              output.write(BYTES);
            });
    assertFails(
        Problem.DISK_FULL,
        "the file system of " + small + " is full",
        () -> downloadInto(small, server.url("/")));
    server.awaitHangUp();
    assertEquals(List.of(), files(), "nothing is left behind");
  }

  @Test
  void aFileThatHasNoRoomIsNotBegun() throws Exception {
    ScriptedServer server = serve(new ServedFile(BYTES));
    assertFails(
        Problem.DISK_FULL,
        "6.0 MB are to come, and the file system of " + small + " has room for 4.2 MB",
        () -> downloadInto(small, server.url("/")));
    assertEquals(List.of(), files());
  }

  @Test
  void whatIsThereAlreadyNeedsNoRoomAgain() throws Exception {
    byte[] bytes = noise(3_000_000);
    ScriptedServer server = serve(new ServedFile(bytes).cut(1, 2_500_000));
    Files.write(small.resolve("other"), new byte[1_000_000]);
    assertTrue(downloadInto(small, server.url("/")));
    assertArrayEquals(bytes, Files.readAllBytes(small.resolve("archive")));
    assertEquals(2, server.questions().size());
  }
}
