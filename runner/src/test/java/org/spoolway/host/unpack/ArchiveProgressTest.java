package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.source.ArchiveFormat;

/** What is told while an archive is unpacked, and how that is ended. */
class ArchiveProgressTest extends ArchiveFixture {

  private static final int NOISE = 100_000;
  private static final int LARGE = 10_000_000;

  private final List<Double> fractions = new ArrayList<>();
  private final List<String> details = new ArrayList<>();

  private Path large(ArchiveFormat format) throws Exception {
    byte[] content = new byte[LARGE];
    byte[] noise = new byte[NOISE];
    new Random(6).nextBytes(noise);
    System.arraycopy(noise, 0, content, 0, NOISE);
    return made(
        format,
        a -> {
          for (int i = 0; i < 4; i++) {
            a.file("large" + i, content, 0644);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  void progressEndsWhole(ArchiveFormat format) throws Exception {
    Path archive = made(format, a -> a.file("a", "1").directory("b/").file("b/c", "2"));

    tree(archive, format).write(into, this::tell, new Interruption());

    assertEquals(List.of(1.0), fractions);
    assertEquals(List.of("1 kB, 2 files"), details);
  }

  @ParameterizedTest
  @EnumSource
  void progressGoesByWhatWasRead(ArchiveFormat format) throws Exception {
    new ArchiveTree(large(format), format, Set.of(), LIMITS)
        .write(into, this::tell, new Interruption());

    assertEquals(fractions.stream().sorted().toList(), fractions);
    assertTrue(fractions.stream().allMatch(fraction -> fraction > 0 && fraction <= 1));
    assertEquals("40.0 MB, 4 files", details.get(details.size() - 1));
  }

  @Test
  void aLongFileIsToldOfWhileItIsWritten() throws Exception {
    double[] read = {0.0};
    UnpackMeter meter =
        new UnpackMeter(
            Long.MAX_VALUE, () -> read[0] += 0.25, this::tell, deadline(new Interruption()));

    while (fractions.size() < 3) {
      meter.bytes(0);
    }

    assertEquals(List.of(0.25, 0.5, 0.75), fractions);
    assertEquals(List.of("0 kB, 0 files", "0 kB, 0 files", "0 kB, 0 files"), details);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsWrittenOnceTheEndWasAskedFor(ArchiveFormat format) throws Exception {
    Path archive = made(format, a -> a.file("a", "1"));
    Interruption interruption = new Interruption();
    interruption.request(Interruption.Cause.CANCEL);

    assertThrows(
        AbandonedException.class,
        () -> tree(archive, format).write(into, Progress.NONE, interruption));
    assertThrows(
        AbandonedException.class, () -> tree(archive, format).texts("deploy", interruption));

    assertFalse(Files.exists(into));
  }

  @Test
  void aFileThatIsBeingWrittenIsLeftWhenTheEndIsAskedFor() throws Exception {
    Interruption interruption = new Interruption();
    UnpackMeter meter = new UnpackMeter(LARGE, () -> 0.0, Progress.NONE, deadline(interruption));
    InputStream content =
        new FilterInputStream(new ByteArrayInputStream(new byte[LARGE])) {
          @Override
          public int read(byte[] buffer, int offset, int length) throws IOException {
            interruption.request(Interruption.Cause.SHUTDOWN);
            return super.read(buffer, offset, length);
          }
        };
    TreeWriter writer = new TreeWriter(into, meter);

    assertThrows(
        AbandonedException.class, () -> writer.file(TreePath.parse("large"), false, content));

    assertEquals(0, bytesIn(into));
  }

  @Test
  void anArchiveThatIsBeingReadIsLeftWhenTheEndIsAskedFor() throws Exception {
    Path archive = made(ArchiveFormat.TAR_GZIP, a -> a.file("a", "1"));
    Interruption interruption = new Interruption();
    try (ArchiveFile file = ArchiveFile.open(archive, deadline(interruption))) {
      assertEquals(10, file.read(ByteBuffer.allocate(10)));

      interruption.request(Interruption.Cause.CANCEL);

      assertThrows(AbandonedException.class, () -> file.read(ByteBuffer.allocate(10)));
      assertThrows(
          AbandonedException.class, () -> PackedEntries.open(file, ArchiveFormat.TAR_GZIP));
      assertThrows(AbandonedException.class, () -> PackedEntries.open(file, ArchiveFormat.ZIP));
    }
  }

  @Test
  void aDirectoryThatExistsIsNotWrittenInto() throws Exception {
    Path archive = made(ArchiveFormat.ZIP, a -> a.file("a", "1"));
    Files.createDirectory(into);

    assertThrows(FileAlreadyExistsException.class, () -> write(archive, ArchiveFormat.ZIP));

    assertFalse(Files.exists(into.resolve("a")));
  }

  private void tell(Double fraction, String detail) {
    fractions.add(fraction);
    details.add(detail);
  }

  private static Deadline deadline(Interruption interruption) {
    return new Deadline(Duration.ofHours(1), interruption);
  }
}
