package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.source.ArchiveFormat;

/** Archives with links that would do harm, and with what is neither file nor directory nor link. */
class HostileLinksTest extends ArchiveFixture {

  private static final byte HARD = '1';

  @ParameterizedTest
  @EnumSource
  void anAbsoluteLinkIsRefused(ArchiveFormat format) throws Exception {
    assertRefused(
        "link is a link to the absolute name /etc/passwd",
        format,
        a -> a.link("link", "/etc/passwd"));
  }

  @ParameterizedTest
  @EnumSource
  void aLinkThatLeadsOutIsRefused(ArchiveFormat format) throws Exception {
    assertRefused(
        "a/link is a link that leads out of the release, to ../../outside",
        format,
        a -> a.link("a/link", "../../outside"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "a/../..", "./../into/a", "nowhere/../../outside", "../into"})
  void aLinkThatLeadsOutForAWhileIsRefused(String target) throws Exception {
    assertRefused(
        "link is a link that leads out of the release, to " + target,
        ArchiveFormat.TAR_ZSTD,
        a -> a.directory("a").link("link", target));
  }

  @ParameterizedTest
  @EnumSource
  void aLinkThroughALinkDoesNotLeadOut(ArchiveFormat format) throws Exception {
    assertRefused(
        "out is a link that leads out of the release by way of another, to a/top/../outside",
        format,
        a -> a.link("out", "a/top/../outside").link("a/top", ".."));
    assertFalse(Files.exists(into.resolve("a/top"), LinkOption.NOFOLLOW_LINKS));
  }

  @ParameterizedTest
  @EnumSource
  void aLinkThroughSeveralLinksDoesNotLeadOut(ArchiveFormat format) throws Exception {
    assertRefused(
        "c/d/e/out is a link that leads out of the release by way of another, to up/../..",
        format,
        a ->
            a.link("c/d/e/up", "../up")
                .link("c/d/up", "../b")
                .link("c/b", "..")
                .link("c/d/e/out", "up/../.."));
  }

  @Test
  void aLinkThatLeadsWithinByWayOfOthersIsFine() throws Exception {
    Path archive =
        made(
            ArchiveFormat.TAR_GZIP,
            a -> a.link("a/top", "..").link("same", "a/top/a/../b").file("b", "1"));

    write(archive, ArchiveFormat.TAR_GZIP);

    assertEquals("1", Files.readString(into.resolve("same")));
  }

  @Test
  void linksThatLeadInACircleAreRefused() throws Exception {
    assertRefused(
        "a is a link that leads through more than 40 links, or in a circle",
        ArchiveFormat.ZIP,
        x -> x.link("a", "b").link("b", "c").link("c", "./a"));
  }

  @ParameterizedTest
  @EnumSource
  void aLinkToNothingIsRefused(ArchiveFormat format) throws Exception {
    assertRefused("link is a link that leads to nothing", format, a -> a.link("link", ""));
  }

  @ParameterizedTest
  @EnumSource
  void aLinkWithControlCharactersIsRefused(ArchiveFormat format) throws Exception {
    assertRefused(
        "link is a link with control characters in it", format, a -> a.link("link", "a\nb"));
  }

  @Test
  void aLinkLongerThanTheKernelTakesIsRefused() throws Exception {
    String target = "a/".repeat(3000);

    assertRefused(
        "link is a link of more than 4095 bytes", ArchiveFormat.ZIP, a -> a.link("link", target));
    run(into.getParent(), "rm", "-r", "into");
    Path archive = archive(ArchiveFormat.TAR_GZIP);
    run(scratch, "sh", "-c", "mkdir s && ln -s $(printf 'a/%.0s' $(seq 2000)) s/link");
    run(scratch, "tar", "--format=gnu", "-czf", archive.toString(), "-C", "s", ".");
    write(archive, ArchiveFormat.TAR_GZIP);
    assertEquals("a/".repeat(2000), Files.readSymbolicLink(into.resolve("link")) + "/");
  }

  @Test
  void aHardLinkToWhatIsOutsideIsRefused() throws Exception {
    String target = outside.resolve("sentinel").toString();
    assertTarRefused(
        target + " is an absolute name",
        ArchiveFormat.TAR_GZIP,
        a -> a.special("same", HARD, target));
  }

  @Test
  void aHardLinkThatLeadsUpIsRefused() throws Exception {
    assertTarRefused(
        "../outside/sentinel leads out of a directory by \"..\"",
        ArchiveFormat.TAR_GZIP,
        a -> a.special("same", HARD, "../outside/sentinel"));
  }

  @Test
  void aHardLinkToALaterFileIsRefused() throws Exception {
    assertTarRefused(
        "same is a hard link to file, which is no file that comes before it",
        ArchiveFormat.TAR_GZIP,
        a -> a.special("same", HARD, "file").file("file", "1"));
  }

  @Test
  void aHardLinkToALinkIsRefused() throws Exception {
    assertTarRefused(
        "same is a hard link to link, which is no file that comes before it",
        ArchiveFormat.TAR_GZIP,
        a -> a.file("file", "1").link("link", "file").special("same", HARD, "link"));
  }

  @Test
  void aHardLinkToADirectoryIsRefused() throws Exception {
    assertTarRefused(
        "same is a hard link to dir, which is no file that comes before it",
        ArchiveFormat.TAR_GZIP,
        a -> a.directory("dir/").special("same", HARD, "dir"));
  }

  @Test
  void aHardLinkIsFoundBelowTheTopDirectory() throws Exception {
    Path archive =
        madeTar(
            ArchiveFormat.TAR_GZIP,
            a ->
                a.file("notes-1.2.0/file", "1")
                    .special("notes-1.2.0/same", HARD, "notes-1.2.0/file"));

    write(archive, ArchiveFormat.TAR_GZIP);

    assertEquals("1", Files.readString(into.resolve("same")));
  }

  @ParameterizedTest
  @ValueSource(chars = {'3', '4'})
  void aDeviceIsRefused(char kind) throws Exception {
    assertTarRefused(
        "zero is a device", ArchiveFormat.TAR_XZ, a -> a.special("zero", (byte) kind, ""));
  }

  @Test
  void aFifoIsRefused() throws Exception {
    assertTarRefused(
        "pipe is a FIFO", ArchiveFormat.TAR_XZ, a -> a.special("pipe", (byte) '6', ""));
  }

  @ParameterizedTest
  @ValueSource(ints = {0010644, 0020644, 0060644, 0140644})
  void whatIsNeitherFileNorDirectoryNorLinkIsRefusedInZip(int mode) throws Exception {
    assertRefused(
        "odd is neither a file nor a directory nor a link",
        ArchiveFormat.ZIP,
        a -> a.file("odd", new byte[0], mode));
  }

  @Test
  void anUnknownKindIsRefused() throws Exception {
    assertTarRefused(
        "odd is an entry of the unknown kind Z",
        ArchiveFormat.TAR_GZIP,
        a -> a.special("odd", (byte) 'Z', ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--format=gnu", "--format=posix", "--sparse-version=0.0"})
  void aSparseFileIsRefused(String dialect) throws Exception {
    Path archive = archive(ArchiveFormat.TAR_GZIP);
    run(scratch, "truncate", "-s", "10M", "holes");
    run(scratch, "sh", "-c", "echo end >>holes");
    run(scratch, "tar", "--sparse", dialect, "-czf", archive.toString(), "holes");

    assertContains(
        " is packed as a sparse file; make the archive without --sparse",
        refusal(archive, ArchiveFormat.TAR_GZIP));
  }
}
