package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/** A request that only the runner's user could read, and that nobody may have read. */
final class Secret {

  /** Older than its content, so that the kernel notes even under relatime that it was read. */
  private static final FileTime NEVER = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));

  private final Path path;
  private final String token = "token-" + UUID.randomUUID();

  /** Writes it. */
  Secret(Path path) throws IOException {
    this.path = path;
    write(path);
    Path probe = path.resolveSibling("read");
    write(probe);
    Files.readAllBytes(probe);
    if (lastRead(probe).equals(NEVER)) {
      System.out.println("skipped: the file system of " + path + " does not note what was read");
    }
  }

  private void write(Path file) throws IOException {
    Files.writeString(file, "{\"action\": \"check\", \"reason\": \"" + token + "\"}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.getFileAttributeView(file, BasicFileAttributeView.class).setTimes(null, NEVER, null);
  }

  private static FileTime lastRead(Path file) throws IOException {
    return (FileTime) Files.getAttribute(file, "lastAccessTime");
  }

  Path path() {
    return path;
  }

  /** Nobody has read it. */
  void assertUnread() throws IOException {
    assertEquals(NEVER, lastRead(path), "when " + path + " was last read");
  }

  /** Nothing of it is in a file, or in any file below a directory. */
  void assertNotIn(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertFalse(content.contains(token), "the secret is in " + file);
      }
    }
  }
}
