package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.source.ArchiveFormat;

/** Small archives that would take the runner's memory, or its time for days. */
class EndlessWorkTest {

  private static final ArchiveLimits LIMITS = new ArchiveLimits(64 << 20, 1000);

  @TempDir Path directory;

  /** A library keeps the name, however long it is, before anything comes out. */
  @Test
  void aNameWithoutEndInTheHeadOfGzipIsRefused() throws IOException {
    Path archive = directory.resolve("notes.tar.gz");
    try (OutputStream out = Files.newOutputStream(archive)) {
      out.write(new byte[] {0x1f, (byte) 0x8b, 8, 8, 0, 0, 0, 0, 0, 3});
      byte[] name = "n".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 20; i++) {
        out.write(name);
      }
    }

    assertRefused("it holds megabytes of which nothing comes out", archive, LIMITS);
  }

  @Test
  void aPathOfHundredsOfDirectoriesIsRefused() throws IOException {
    Path archive = tar(tar -> put(tar, "d/".repeat(201) + "file", TarConstants.LF_NORMAL, ""));

    assertTrue(refusal(archive, LIMITS).endsWith("lies more than 200 directories deep"));
  }

  @Test
  void linksThatTakeTooLongToFollowAreRefused() throws IOException {
    Path archive =
        tar(
            tar -> {
              String way = "a/../".repeat(600) + "a";
              put(tar, "a/", TarConstants.LF_DIR, "");
              put(tar, "l0", TarConstants.LF_SYMLINK, way);
              for (int i = 1; i < 30; i++) {
                put(tar, "l" + i, TarConstants.LF_SYMLINK, "a/../".repeat(600) + "l" + (i - 1));
              }
              for (int i = 0; i < 900; i++) {
                put(tar, "z" + i, TarConstants.LF_SYMLINK, "l29");
              }
            });

    assertTrue(refusal(archive, LIMITS).endsWith("is one of links that take too long to follow"));
  }

  @Test
  void aDirectoryThatIsNamedAgainAndAgainIsRefused() throws IOException {
    Path archive =
        tar(
            tar -> {
              for (int i = 0; i <= 2000; i++) {
                put(tar, "a/", TarConstants.LF_DIR, "");
              }
            });

    assertRefused("it names its directories again and again", archive, LIMITS);
  }

  @Test
  void linksThatWouldTakeTheHeapAreRefused() throws IOException {
    Path archive =
        tar(
            tar -> {
              String deep = "d/".repeat(199);
              for (int i = 0; i < 3000; i++) {
                put(tar, deep + i, TarConstants.LF_SYMLINK, "x");
              }
            });

    assertRefused(
        "it has too many links for how deep they lie",
        archive,
        new ArchiveLimits(64 << 20, 100_000));
  }

  @Test
  void whatTakesLongerThanItMayIsRefused() throws IOException {
    Path archive = tar(tar -> put(tar, "a/", TarConstants.LF_DIR, ""));

    assertRefused(
        "it takes longer than 0 s to unpack", archive, new ArchiveLimits(64 << 20, Duration.ZERO));
  }

  private interface Content {
    void write(TarArchiveOutputStream tar) throws IOException;
  }

  private Path tar(Content content) throws IOException {
    Path archive = directory.resolve("notes.tar.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      content.write(tar);
    }
    return archive;
  }

  private static void put(TarArchiveOutputStream tar, String name, byte kind, String target)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name, kind);
    entry.setLinkName(target);
    tar.putArchiveEntry(entry);
    tar.closeArchiveEntry();
  }

  private void assertRefused(String reason, Path archive, ArchiveLimits limits) {
    assertEquals(reason, refusal(archive, limits));
  }

  private String refusal(Path archive, ArchiveLimits limits) {
    ArchiveTree tree = new ArchiveTree(archive, ArchiveFormat.TAR_GZIP, Set.of(), limits);
    Path into = directory.resolve("out");
    return assertThrows(
            UnusableArchiveException.class,
            () -> tree.write(into, Progress.NONE, new Interruption()))
        .reason();
  }
}
