package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.source.ArchiveFormat;

/** Archives that are not whole, not what they say, or packed in an unusual way. */
class DamagedArchiveTest extends ArchiveFixture {

  private static final String UNPACKING_FAILS =
      "it is damaged, cut short or packed in a way that is not supported (";

  /** Made by the programs, which put checksums into it. */
  private Path ordinary(ArchiveFormat format) throws IOException {
    byte[] noise = new byte[200_000];
    new Random(4).nextBytes(noise);
    Path source = Files.createDirectories(scratch.resolve("source"));
    Files.write(source.resolve("noise"), noise);
    Files.writeString(source.resolve("text"), "words ".repeat(10_000));
    String archive = archive(format).toString();
    switch (format) {
      case TAR_GZIP -> run(source, "tar", "-czf", archive, ".");
      case TAR_XZ -> run(source, "tar", "-cJf", archive, ".");
      case TAR_ZSTD -> run(source, "tar", "--zstd", "-cf", archive, ".");
      case ZIP -> run(source, "zip", "-qr", archive, ".");
    }
    return archive(format);
  }

  @ParameterizedTest
  @EnumSource
  void anArchiveThatIsCutShortAnywhereIsRefused(ArchiveFormat format) throws Exception {
    byte[] whole = Files.readAllBytes(ordinary(format));
    for (int length :
        new int[] {0, 1, 20, 600, whole.length / 2, whole.length - 100, whole.length - 1}) {
      Files.write(archive(format), Arrays.copyOf(whole, length));

      refusal(archive(format), format);
      removeTree();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFlippedBitIsNeverTakenForContent(ArchiveFormat format) throws Exception {
    byte[] whole = Files.readAllBytes(ordinary(format));
    write(archive(format), format);
    byte[] noise = Files.readAllBytes(into.resolve("noise"));
    String text = Files.readString(into.resolve("text"));
    removeTree();
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(archive(format), flipped);
      try {
        write(archive(format), format);
        assertTrue(Arrays.equals(noise, Files.readAllBytes(into.resolve("noise"))));
        assertEquals(text, Files.readString(into.resolve("text")));
      } catch (UnusableArchiveException e) {
        assertTrue(!e.reason().isEmpty());
      }
      removeTree();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoArchiveIsRefused(ArchiveFormat format) throws Exception {
    Files.writeString(archive(format), "<html>not found</html>".repeat(100));

    assertContains(UNPACKING_FAILS, refusal(archive(format), format));
  }

  @ParameterizedTest
  @EnumSource(names = {"TAR_GZIP", "TAR_XZ", "TAR_ZSTD"})
  void whatIsPackedButNoTarIsRefused(ArchiveFormat format) throws Exception {
    try (OutputStream out = MadeArchive.packing(Files.newOutputStream(archive(format)), format)) {
      out.write("no tar".repeat(1000).getBytes(StandardCharsets.UTF_8));
    }

    assertEquals("it holds no tar archive, or a damaged one", refusal(archive(format), format));
  }

  @ParameterizedTest
  @EnumSource(names = {"TAR_GZIP", "TAR_XZ", "TAR_ZSTD"})
  void garbageAfterTheLastMemberIsRefused(ArchiveFormat format) throws Exception {
    byte[] whole = Files.readAllBytes(ordinary(format));
    byte[] longer = Arrays.copyOf(whole, whole.length + 1000);
    Arrays.fill(longer, whole.length, longer.length, (byte) 'x');
    Files.write(archive(format), longer);

    assertContains(UNPACKING_FAILS, refusal(archive(format), format));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 512})
  void aTarWithoutItsEndIsRefused(int zeros) throws Exception {
    assertEquals(
        "it is cut short",
        refusal(tar(RawTar.header(name("file"), '0', 0), new byte[zeros]), ArchiveFormat.TAR_GZIP));
  }

  @Test
  void aTarThatEndsInAFileIsRefused() throws Exception {
    assertEquals(
        "it is cut short",
        refusal(
            tar(RawTar.header(name("file"), '0', 2000), new byte[1024]), ArchiveFormat.TAR_GZIP));
  }

  @Test
  void aTarThatEndsAfterANoteIsRefused() throws Exception {
    byte[] note = RawTar.header(name("note"), 'x', 9);

    assertEquals(
        "it is cut short",
        refusal(tar(note, pax("9 path=a\n"), RawTar.end()), ArchiveFormat.TAR_GZIP));
  }

  @Test
  void whatComesAfterTheEndOfATarIsRefused() throws Exception {
    byte[] file = RawTar.header(name("file"), '0', 0);

    assertEquals(
        "there is more in it after the end of the tar archive",
        refusal(tar(file, RawTar.end(), file, RawTar.end()), ArchiveFormat.TAR_GZIP));
    removeTree();
    assertEquals(
        "there is more in it after the end of the tar archive",
        refusal(tar(file, new byte[512], file, RawTar.end()), ArchiveFormat.TAR_GZIP));
  }

  @Test
  void aHeaderWithAWrongChecksumIsRefused() throws Exception {
    byte[] header = RawTar.header(name("file"), '0', 0);
    header[0] = 'F';

    assertEquals(
        "it holds no tar archive, or a damaged one",
        refusal(tar(header, RawTar.end()), ArchiveFormat.TAR_GZIP));
  }

  @ParameterizedTest
  @ValueSource(strings = {"8", "-1", "\u00ff\u00ff\u00ff", "\u0080\u00ff\u00ff\u00ff\u00ff"})
  void aGarbledSizeIsRefused(String size) throws Exception {
    byte[] header = RawTar.header(name("file"), '0', 0);
    RawTar.put(header, 124, size);

    assertEquals(
        "the header of file in it is garbled",
        refusal(tar(RawTar.sealed(header), RawTar.end()), ArchiveFormat.TAR_GZIP));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "5 path=a\n",
        "99 path=a\n",
        "x path=a\n",
        "7 path\n",
        "8 path=a",
        "9 size=x\n",
        "10 size=-1\n",
        "-9 path=a\n",
        "0 path=a\n"
      })
  void aGarbledNoteIsRefused(String line) throws Exception {
    byte[] note = RawTar.header(name("note"), 'x', line.length());
    byte[] content = Arrays.copyOf(line.getBytes(StandardCharsets.UTF_8), 512);
    byte[] file = RawTar.header(name("file"), '0', 0);

    assertEquals(
        "a note on an entry in it is garbled",
        refusal(tar(note, content, file, RawTar.end()), ArchiveFormat.TAR_GZIP));
  }

  @ParameterizedTest
  @ValueSource(chars = {'x', 'g', 'L', 'K'})
  void aNoteThatWouldTakeTheHeapIsRefused(char kind) throws Exception {
    byte[] note = RawTar.header(name("note"), kind, 1 << 30);

    assertEquals(
        "a note on an entry in it is longer than 1048576 bytes",
        refusal(tar(note, RawTar.end()), ArchiveFormat.TAR_GZIP));
  }

  @Test
  void aNoteThatNamesAllEntriesIsRefused() throws Exception {
    byte[] note = RawTar.header(name("note"), 'g', 10);

    assertEquals(
        "it gives all its entries the same name or size",
        refusal(tar(note, pax("10 path=a\n"), RawTar.end()), ArchiveFormat.TAR_GZIP));
  }

  @ParameterizedTest
  @ValueSource(chars = {'1', '2', '5'})
  void contentOfWhatIsNoFileIsRefused(char kind) throws Exception {
    byte[] header = RawTar.header(name("odd"), kind, 512);

    assertEquals(
        "odd has content without being a file",
        refusal(
            tar(header, RawTar.header(name("x"), '0', 0), RawTar.end()), ArchiveFormat.TAR_GZIP));
  }

  @Test
  void anEncryptedZipIsRefused() throws Exception {
    Files.writeString(scratch.resolve("secret"), "secret");
    run(scratch, "zip", "-qe", "-P", "word", archive(ArchiveFormat.ZIP).toString(), "secret");

    assertEquals("secret is encrypted", refusal(archive(ArchiveFormat.ZIP), ArchiveFormat.ZIP));
  }

  @Test
  void aZipOfAnUnusualMethodIsRefused() throws Exception {
    Files.writeString(scratch.resolve("text"), "text ".repeat(1000));
    run(scratch, "zip", "-q", "-Z", "bzip2", archive(ArchiveFormat.ZIP).toString(), "text");

    assertEquals(
        "text is compressed by method 12, of which only 0 and 8 (deflate) are supported",
        refusal(archive(ArchiveFormat.ZIP), ArchiveFormat.ZIP));
  }

  @Test
  void aZipWithAnotherNameBeforeItsContentIsRefused() throws Exception {
    Path archive = made(ArchiveFormat.ZIP, a -> a.file("file", "1"));
    byte[] zip = Files.readAllBytes(archive);
    zip[30] = 'F';
    Files.write(archive, zip);

    assertEquals(
        "file is another name than the one that stands before its content",
        refusal(archive, ArchiveFormat.ZIP));
  }

  @Test
  void aZipWithAWrongChecksumIsRefused() throws Exception {
    Files.writeString(scratch.resolve("text"), "0123456789");
    Path archive = archive(ArchiveFormat.ZIP);
    run(scratch, "zip", "-q0", archive.toString(), "text");
    byte[] zip = Files.readAllBytes(archive);
    RawTar.replace(zip, "56789", name("56780"));
    Files.write(archive, zip);

    assertEquals(
        "text is damaged: its content is not what its checksum says",
        refusal(archive, ArchiveFormat.ZIP));
  }

  @Test
  void anArchiveThatIsNotThereIsNoArchivesFault() {
    IOException e =
        assertThrows(
            NoSuchFileException.class,
            () ->
                tree(scratch.resolve("absent"), ArchiveFormat.ZIP)
                    .write(into, Progress.NONE, new Interruption()));
    assertTrue(e.getMessage().endsWith("absent"));
  }

  private void removeTree() throws IOException {
    if (Files.exists(into)) {
      run(into.getParent(), "rm", "-r", "into");
    }
  }

  private Path tar(byte[]... blocks) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    for (byte[] block : blocks) {
      tar.writeBytes(block);
    }
    return RawTar.pack(archive(ArchiveFormat.TAR_GZIP), tar.toByteArray());
  }

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] pax(String line) {
    return Arrays.copyOf(name(line), 512);
  }
}
