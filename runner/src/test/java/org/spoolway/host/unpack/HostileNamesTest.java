package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.source.ArchiveFormat;

/** Archives whose entries have names that would do harm. */
class HostileNamesTest extends ArchiveFixture {

  private void assertNameRefused(String name, String because) throws Exception {
    for (ArchiveFormat format : ArchiveFormat.values()) {
      assertRefused(because, format, a -> a.file("fine", "1").file(name, "2"));
      Files.delete(into.resolve("fine"));
      Files.delete(into);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../outside/planted", "..", "a/../../outside/planted", "a/..", "a/../b", "./.."})
  void aNameThatLeadsUpIsRefused(String name) throws Exception {
    assertNameRefused(name, name + " leads out of a directory by \"..\"");
  }

  @Test
  void anAbsoluteNameIsRefused() throws Exception {
    String name = outside.resolve("planted").toString();

    assertNameRefused(name, name + " is an absolute name");
    assertNameRefused("//double", "//double is an absolute name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\tb", "a\nb", "\u0007bell", "a\u0085b", "a\u007f"})
  void controlCharactersAreRefused(String name) throws Exception {
    assertNameRefused(name, Names.shown(name) + " has control characters in its name");
  }

  @Test
  void aTerminalIsNotToldWhatToDoByAName() throws Exception {
    assertNameRefused("\u001b[2Jx", "\\u001b[2Jx has control characters in its name");
  }

  @ParameterizedTest
  @ValueSource(strings = {".git/config", "a/.git", ".GIT/hooks/post-checkout"})
  void theNamesOfGitAreRefused(String name) throws Exception {
    assertNameRefused(name, name + " would be taken for a part of git's own");
  }

  @ParameterizedTest
  @ValueSource(strings = {"._notes", "a/._b", "__MACOSX/a"})
  void theNotesOfMacosAreRefused(String name) throws Exception {
    assertNameRefused(
        name,
        name
            + " is a note that macOS makes for itself; make the archive with COPYFILE_DISABLE=1 in"
            + " the environment, or by git archive");
  }

  @Test
  void aNameLongerThanFileSystemsTakeIsRefused() throws Exception {
    String longest = "ä".repeat(127);

    assertNameRefused(
        longest + "bb", longest.concat("bb") + " has a part of more than 255 bytes in its name");
  }

  @Test
  void aPathLongerThanTheKernelTakesIsRefused() throws Exception {
    String name = "d/".repeat(1600) + "file";

    assertNameRefused(name, name.substring(0, 200) + "… is a name of more than 3000 bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "./", "./."})
  void aFileInPlaceOfTheTopIsRefused(String name) throws Exception {
    Path archive = made(ArchiveFormat.TAR_GZIP, a -> a.link(name, "fine"));

    assertEquals(
        name + " would take the place of the whole release",
        refusal(archive, ArchiveFormat.TAR_GZIP));
  }

  @Test
  void anEntryWithoutANameIsRefused() throws Exception {
    assertEquals(
        "an entry of it has no name", refusal(tarWithName(new byte[0]), ArchiveFormat.TAR_GZIP));
  }

  @Test
  void aNameThatIsNotUtf8IsRefusedInTar() throws Exception {
    Path archive = tarWithName(new byte[] {'n', (byte) 0xff, 'x'});

    assertEquals("the name n\ufffdx in it is not UTF-8", refusal(archive, ArchiveFormat.TAR_GZIP));
  }

  @Test
  void aNameThatIsNotUtf8IsRefusedInZip() throws Exception {
    Path archive = made(ArchiveFormat.ZIP, a -> a.file("n?x", "1"));
    replaceAll(archive, "n?x", new byte[] {'n', (byte) 0xff, 'x'});

    assertEquals("the name n\ufffdx in it is not UTF-8", refusal(archive, ArchiveFormat.ZIP));
  }

  @Test
  void aNulInANoteOnANameIsRefused() throws Exception {
    Path archive = made(ArchiveFormat.TAR_GZIP, a -> a.file("ä".repeat(60) + "|", "1"));
    byte[] tar = RawTar.unpacked(archive);
    RawTar.replace(tar, "\u00a4|", new byte[] {(byte) 0xa4, 0});
    RawTar.pack(archive, tar);

    assertEquals(
        "ä".repeat(60) + "\\u0000 has control characters in its name",
        refusal(archive, ArchiveFormat.TAR_GZIP));
  }

  @Test
  void aBackslashInAZipIsRefused() throws Exception {
    Path archive = made(ArchiveFormat.ZIP, a -> a.file("..\\outside/planted", "1"));

    assertEquals(
        "..\\outside/planted has a backslash in its name; zip files separate names by slashes",
        refusal(archive, ArchiveFormat.ZIP));
  }

  @Test
  void aBackslashInATarIsACharacter() throws Exception {
    Path archive = made(ArchiveFormat.TAR_XZ, a -> a.file("a\\b", "1"));

    write(archive, ArchiveFormat.TAR_XZ);

    assertEquals("1", Files.readString(into.resolve("a\\b")));
  }

  @ParameterizedTest
  @EnumSource
  void whatLiesBesideTheTopDirectoryIsRefused(ArchiveFormat format) throws Exception {
    assertRefused(
        "other/file lies beside notes-1.2.0, where all before it are",
        format,
        a -> a.file("notes-1.2.0/file", "1").file("other/file", "2"));
  }

  @ParameterizedTest
  @EnumSource
  void theSameFileTwiceIsRefused(ArchiveFormat format) throws Exception {
    assertRefused("a/b is in it twice", format, a -> a.file("a/b", "1").file("./a//b", "2"));
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryInPlaceOfAFileIsRefused(ArchiveFormat format) throws Exception {
    assertRefused("a is in it twice", format, a -> a.file("a", "1").directory("a/"));
  }

  @ParameterizedTest
  @EnumSource
  void aFileInPlaceOfADirectoryIsRefused(ArchiveFormat format) throws Exception {
    assertRefused("a is in it twice", format, a -> a.file("a/b", "1").file("a", "1"));
  }

  @ParameterizedTest
  @EnumSource
  void anEntryBelowAFileIsRefused(ArchiveFormat format) throws Exception {
    assertRefused(
        "a/b/c lies below a, which is a file", format, a -> a.file("a", "1").file("a/b/c", "1"));
  }

  @ParameterizedTest
  @EnumSource
  void anEntryBelowALinkIsRefused(ArchiveFormat format) throws Exception {
    assertRefused(
        "a/planted lies below a, which is a link",
        format,
        a -> a.directory("b/").link("a", "b").file("a/planted", "1"));
    assertFalse(Files.exists(into.resolve("a"), LinkOption.NOFOLLOW_LINKS));
  }

  @ParameterizedTest
  @EnumSource
  void aLinkInPlaceOfADirectoryIsRefused(ArchiveFormat format) throws Exception {
    assertRefused(
        "a is in it twice", format, a -> a.file("a/b", "1").link("a", "c").file("a/planted", "1"));
  }

  @ParameterizedTest
  @CsvSource({
    "Readme,README",
    "straße,STRASSE",
    "e\u0301t\u00e9,\u00e9te\u0301",
    "dir/File,Dir/other",
    "ΣΑΣ,σας"
  })
  void namesThatSomeFileSystemTakesForOneAreRefused(String one, String other) throws Exception {
    for (ArchiveFormat format : ArchiveFormat.values()) {
      String reason = refusal(made(format, a -> a.file(one, "1").file(other, "2")), format);

      assertContains("beside it where case and the form of accents do not count", reason);
      run(into.getParent(), "rm", "-r", "into");
    }
  }

  private Path tarWithName(byte[] name) throws Exception {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(RawTar.header(name, '0', 0));
    tar.write(RawTar.end());
    return RawTar.pack(archive(ArchiveFormat.TAR_GZIP), tar.toByteArray());
  }

  private static void replaceAll(Path file, String text, byte[] by) throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    RawTar.replace(bytes, text, by);
    Files.write(file, bytes);
    assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains(text));
  }
}
