package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.source.ArchiveFormat;

/** Small archives that would fill the disk or the memory. */
class BombTest extends ArchiveFixture {

  private static final long BOMB = 600L << 20;
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final ArchiveLimits SMALL = new ArchiveLimits(5_000_000, 100);

  private ArchiveTree small(ArchiveFormat format) {
    return new ArchiveTree(archive(format), format, Set.of(), SMALL);
  }

  /** Packs zeros, by the programs: they are quick at that. */
  private void makeBomb(ArchiveFormat format) throws Exception {
    Path zeros = scratch.resolve("zeros");
    run(scratch, "truncate", "-s", String.valueOf(BOMB), zeros.toString());
    String archive = archive(format).toString();
    switch (format) {
      case TAR_GZIP -> run(scratch, "tar", "-I", "gzip -1", "-cf", archive, "zeros");
      case TAR_XZ -> run(scratch, "tar", "-I", "xz -0", "-cf", archive, "zeros");
      case TAR_ZSTD -> run(scratch, "tar", "-I", "zstd -1", "-cf", archive, "zeros");
      case ZIP -> run(scratch, "zip", "-q1", archive, "zeros");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aHugeFileOfZerosEndsAtTheLimit(ArchiveFormat format) throws Exception {
    makeBomb(format);

    String reason = assertTimeout(SOON, () -> refusal(small(format)));

    assertEquals("it unpacks to more than 5.0 MB", reason);
    assertTrue(bytesIn(into) <= SMALL.bytes());
    UnusableArchiveException e =
        assertThrows(
            UnusableArchiveException.class,
            () -> small(format).texts("deploy", new Interruption()));
    assertEquals("it unpacks to more than 5.0 MB", e.reason());
  }

  @ParameterizedTest
  @EnumSource
  void manyFilesEndAtTheLimitTogether(ArchiveFormat format) throws Exception {
    byte[] large = new byte[1_000_001];
    made(
        format,
        a -> {
          for (int i = 0; i < 10; i++) {
            a.file("file" + i, large, 0644);
          }
        });

    assertEquals("it unpacks to more than 5.0 MB", refusal(small(format)));
    assertEquals(4_000_004, bytesIn(into) / 1_000_001 * 1_000_001);
    assertTrue(bytesIn(into) <= SMALL.bytes());
  }

  @Test
  void copiesCountAsTheFilesThatTheyBecome() throws Exception {
    byte[] large = new byte[1_000_001];
    madeTar(
        ArchiveFormat.TAR_GZIP,
        a -> {
          a.file("file", large, 0644);
          for (int i = 0; i < 90; i++) {
            a.special("copy" + i, (byte) '1', "file");
          }
        });

    assertEquals("it unpacks to more than 5.0 MB", refusal(small(ArchiveFormat.TAR_GZIP)));
    assertTrue(bytesIn(into) <= SMALL.bytes());
  }

  @ParameterizedTest
  @EnumSource
  void tooManyEntriesAreRefused(ArchiveFormat format) throws Exception {
    made(
        format,
        a -> {
          for (int i = 0; i <= 100; i++) {
            a.file("file" + i, "");
          }
        });

    assertEquals("it has more than 100 files, directories and links", refusal(small(format)));
    assertEquals(100, into.toFile().list().length);
  }

  @ParameterizedTest
  @EnumSource
  void directoriesThatOnlyNamesTellOfAreCounted(ArchiveFormat format) throws Exception {
    made(format, a -> a.file("d/".repeat(101) + "file", ""));

    assertEquals("it has more than 100 files, directories and links", refusal(small(format)));
  }

  @Test
  void aZipWhoseEntriesShareTheirContentEndsAtTheLimit() throws Exception {
    Path archive = archive(ArchiveFormat.ZIP);
    made(
        ArchiveFormat.ZIP,
        a -> {
          for (int i = 0; i < 60; i++) {
            a.file("file" + i, new byte[1_000_000], 0644);
          }
        });

    assertTrue(Files.size(archive) < 100_000);
    assertEquals("it unpacks to more than 5.0 MB", refusal(small(ArchiveFormat.ZIP)));
  }

  @Test
  void aZipWithADirectoryThatWouldTakeTheHeapIsRefused() throws Exception {
    Path archive = archive(ArchiveFormat.ZIP);
    String padding = "x".repeat(60_000);
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(Files.newOutputStream(archive))) {
      for (int i = 0; i < 300; i++) {
        zip.putArchiveEntry(new ZipArchiveEntry(padding + i));
        zip.closeArchiveEntry();
      }
    }

    assertEquals(
        "its directory is longer than 16 MiB; a tar archive may have more entries",
        refusal(archive, ArchiveFormat.ZIP));
  }

  @Test
  void zerosAfterTheEndOfATarDoNotGoOnForEver() throws Exception {
    Path archive = archive(ArchiveFormat.TAR_ZSTD);
    run(scratch, "sh", "-ec", "head -c " + BOMB + " /dev/zero | zstd -q -1 -o " + archive);

    assertEquals(
        "there are more than 512 MiB in it beside its entries",
        assertTimeout(SOON, () -> refusal(archive, ArchiveFormat.TAR_ZSTD)));
  }

  @Test
  void notesWithoutEndAreRefused() throws Exception {
    Path archive = archive(ArchiveFormat.TAR_ZSTD);
    byte[] note = RawTar.header("note".getBytes(StandardCharsets.UTF_8), 'L', 1 << 20);
    byte[] both = Arrays.copyOf(note, note.length + (1 << 20));
    try (OutputStream out =
        MadeArchive.packing(Files.newOutputStream(archive), ArchiveFormat.TAR_ZSTD)) {
      for (int i = 0; i < 600; i++) {
        out.write(both);
      }
    }

    assertEquals(
        "there are more than 512 MiB in it beside its entries",
        refusal(archive, ArchiveFormat.TAR_ZSTD));
  }

  /** An archive with one file in it, by a program that packs what it reads. */
  private Path packedBy(String packer, ArchiveFormat format) throws IOException {
    Files.writeString(scratch.resolve("file"), "1");
    Path archive = archive(format);
    run(scratch, "sh", "-ec", "tar -c file | " + packer + " >" + archive);
    return archive;
  }

  @Test
  void anXzThatTakesMuchMemoryIsRefused() throws Exception {
    Path archive = packedBy("xz --lzma2=preset=0,dict=96MiB", ArchiveFormat.TAR_XZ);

    assertEquals(
        "it takes more than 80 MiB of memory to unpack; pack it with xz -9 or less",
        refusal(archive, ArchiveFormat.TAR_XZ));
  }

  @Test
  void aZstdThatTakesMuchMemoryIsRefused() throws Exception {
    Path archive = packedBy("zstd -q --ultra --long=30", ArchiveFormat.TAR_ZSTD);

    assertContains("memory", refusal(archive, ArchiveFormat.TAR_ZSTD));
  }

  @ParameterizedTest
  @CsvSource({"xz -9e, TAR_XZ", "zstd -q --ultra -22, TAR_ZSTD"})
  void theBestOfItsPackerIsNotTooMuch(String packer, ArchiveFormat format) throws Exception {
    write(packedBy(packer, format), format);

    assertEquals("1", Files.readString(into.resolve("file")));
  }

  @Test
  void aTreeAtTheLimitIsFine() throws Exception {
    made(ArchiveFormat.TAR_ZSTD, a -> a.file("file", new byte[5_000_000], 0644));

    small(ArchiveFormat.TAR_ZSTD).write(into, Progress.NONE, new Interruption());

    assertEquals(SMALL.bytes(), bytesIn(into));
  }
}
