package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.host.Interruption;
import org.spoolway.source.ArchiveFormat;

/** A few texts of a release, read without writing it anywhere. */
class ArchiveTextsTest extends ArchiveFixture {

  private Map<String, String> texts(Path archive, ArchiveFormat format, String directory)
      throws IOException {
    Map<String, String> texts = tree(archive, format).texts(directory, new Interruption());
    assertFalse(Files.exists(into));
    return texts;
  }

  @ParameterizedTest
  @EnumSource
  void textsAreThoseRightInTheDirectory(ArchiveFormat format) throws Exception {
    Path archive =
        made(
            format,
            a ->
                a.directory("notes-1.2.0/")
                    .file("notes-1.2.0/deploy/a.service", "[Unit]\n")
                    .file("notes-1.2.0/deploy/more/b", "b")
                    .file("notes-1.2.0/deployed/c", "c")
                    .file("notes-1.2.0/d", "Zoë")
                    .link("notes-1.2.0/deploy/link", "a.service"));

    assertEquals(Map.of("a.service", "[Unit]\n"), texts(archive, format, "deploy"));
    assertEquals(Map.of("b", "b"), texts(archive, format, "deploy/more"));
    assertEquals(Map.of("d", "Zoë"), texts(archive, format, "."));
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryThatIsNoneHasNoTexts(ArchiveFormat format) throws Exception {
    Path archive = made(format, a -> a.file("a/b", "b").file("README", "r").link("l", "a"));

    assertEquals(Map.of(), texts(archive, format, "deploy"));
    assertEquals(Map.of(), texts(archive, format, "README"));
    assertEquals(Map.of(), texts(archive, format, "l"));
  }

  @ParameterizedTest
  @EnumSource
  void aTextThatIsTooLongIsRefused(ArchiveFormat format) throws Exception {
    Path archive =
        made(
            format,
            a -> a.file("whole/a", new byte[65536], 0644).file("long/a", new byte[65537], 0644));

    assertEquals(65536, texts(archive, format, "whole").get("a").length());
    UnusableArchiveException e =
        assertThrows(UnusableArchiveException.class, () -> texts(archive, format, "long"));
    assertEquals("long/a is longer than 65536 bytes", e.reason());
  }

  @Test
  void manyTextsThatAreTooLongTogetherAreRefused() throws Exception {
    Path archive =
        made(
            ArchiveFormat.TAR_ZSTD,
            a -> {
              for (int i = 0; i < 300; i++) {
                a.file("many/" + i, new byte[60_000], 0644);
              }
            });

    UnusableArchiveException e =
        assertThrows(
            UnusableArchiveException.class, () -> texts(archive, ArchiveFormat.TAR_ZSTD, "many"));
    assertEquals("the files in many are longer than 16 MiB together", e.reason());
  }

  @Test
  void aTextMayBeAHardLinkToAFileElsewhere() throws Exception {
    Path archive =
        madeTar(
            ArchiveFormat.TAR_GZIP,
            a ->
                a.file("a/first", "same")
                    .special("b/second", (byte) '1', "a/first")
                    .special("deploy/third", (byte) '1', "b/second")
                    .special("deploy/fourth", (byte) '1', "deploy/third"));

    assertEquals(
        Map.of("third", "same", "fourth", "same"),
        texts(archive, ArchiveFormat.TAR_GZIP, "deploy"));
  }

  @ParameterizedTest
  @EnumSource
  void anUnsafeArchiveHasNoTexts(ArchiveFormat format) throws Exception {
    Path archive = made(format, a -> a.file("deploy/a", "a").file("../outside/planted", "b"));

    assertThrows(UnusableArchiveException.class, () -> texts(archive, format, "deploy"));
  }

  @Test
  void whatIsNotUtf8InATextIsReplaced() throws Exception {
    byte[] latin = {'Z', 'o', (byte) 0xeb};
    Path archive = made(ArchiveFormat.ZIP, a -> a.file("deploy/a", latin, 0644));

    assertEquals(Map.of("a", "Zo\ufffd"), texts(archive, ArchiveFormat.ZIP, "deploy"));
  }
}
