package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.source.ArchiveFormat;

/** Archives that the usual programs make of a usual tree. */
class OrdinaryArchiveTest extends ArchiveFixture {

  private static final int LARGE = 3_000_001;
  private static final String LONG = "long-".repeat(12);

  private Path source;
  private byte[] noise;

  @BeforeEach
  void makeTree() throws IOException {
    source = Files.createDirectories(scratch.resolve("source/notes-1.2.0"));
    noise = new byte[LARGE];
    new Random(3).nextBytes(noise);
    Files.createDirectories(source.resolve("bin"));
    Files.createDirectories(source.resolve("empty"));
    Files.createDirectories(source.resolve(LONG).resolve(LONG));
    Files.writeString(source.resolve("bin/serve"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        source.resolve("bin/serve"), PosixFilePermissions.fromString("rwx------"));
    Files.write(source.resolve("large"), noise);
    Files.writeString(source.resolve("nothing"), "");
    Files.writeString(source.resolve("Zoë 日本.txt"), "even");
    Files.writeString(source.resolve(LONG).resolve(LONG).resolve("deep"), "deep");
    Files.createSymbolicLink(source.resolve("bin/start"), Path.of("serve"));
    Files.createSymbolicLink(source.resolve("nowhere"), Path.of("not/there"));
    Files.createSymbolicLink(source.resolve("back"), Path.of("bin/../bin/start"));
  }

  private void pack(ArchiveFormat format, Path directory, String... names) throws IOException {
    String archive = archive(format).toString();
    List<String> line =
        switch (format) {
          case TAR_GZIP -> List.of("tar", "-czf", archive);
          case TAR_XZ -> List.of("tar", "-cJf", archive);
          case TAR_ZSTD -> List.of("tar", "--zstd", "-cf", archive);
          case ZIP -> List.of("zip", "-qry", archive);
        };
    run(directory, Stream.concat(line.stream(), List.of(names).stream()).toArray(String[]::new));
  }

  private void assertWholeTree() throws IOException {
    assertEquals(
        Set.of("Zoë 日本.txt", "back", "bin", "empty", "large", LONG, "nothing", "nowhere"),
        new TreeSet<>(List.of(into.toFile().list())));
    assertArrayEquals(noise, Files.readAllBytes(into.resolve("large")));
    assertEquals("#!/bin/sh\n", Files.readString(into.resolve("bin/serve")));
    assertEquals("", Files.readString(into.resolve("nothing")));
    assertEquals("even", Files.readString(into.resolve("Zoë 日本.txt")));
    assertEquals("deep", Files.readString(into.resolve(LONG).resolve(LONG).resolve("deep")));
    assertEquals("serve", Files.readSymbolicLink(into.resolve("bin/start")).toString());
    assertEquals("not/there", Files.readSymbolicLink(into.resolve("nowhere")).toString());
    assertEquals("bin/../bin/start", Files.readSymbolicLink(into.resolve("back")).toString());
    assertEquals("rwxr-xr-x", mode(into));
    assertEquals("rwxr-xr-x", mode(into.resolve("bin")));
    assertEquals("rwxr-xr-x", mode(into.resolve("bin/serve")));
    assertEquals("rwxr-xr-x", mode(into.resolve("empty")));
    assertEquals("rw-r--r--", mode(into.resolve("large")));
  }

  private void assertWholeTreeOf(ArchiveFormat format, Path directory, String packed)
      throws Exception {
    pack(format, directory, packed);

    write(archive(format), format);

    assertWholeTree();
  }

  @ParameterizedTest
  @EnumSource
  void theTopDirectoryIsTakenAway(ArchiveFormat format) throws Exception {
    assertWholeTreeOf(format, source.getParent(), "notes-1.2.0");
  }

  @ParameterizedTest
  @EnumSource
  void aTreeWithoutATopDirectoryIsTakenAsItIs(ArchiveFormat format) throws Exception {
    assertWholeTreeOf(format, source, ".");
  }

  @ParameterizedTest
  @EnumSource
  void aTopDirectoryBelowADotIsTakenAway(ArchiveFormat format) throws Exception {
    assertWholeTreeOf(format, source.getParent(), "./notes-1.2.0");
  }

  @ParameterizedTest
  @EnumSource
  void aTopDirectoryOfAnotherNameStays(ArchiveFormat format) throws Exception {
    Files.move(source, source.resolveSibling("other"));
    pack(format, source.getParent(), "other");

    write(archive(format), format);

    assertArrayEquals(new String[] {"other"}, into.toFile().list());
  }

  @ParameterizedTest
  @ValueSource(strings = {"v7", "ustar", "gnu", "oldgnu", "posix"})
  void eachDialectOfTarIsRead(String dialect) throws Exception {
    boolean isShort = dialect.equals("v7");
    if (isShort) {
      run(source, "rm", "-r", LONG);
    }
    run(
        source.getParent(),
        "tar",
        "--format=" + dialect,
        "-czf",
        archive(ArchiveFormat.TAR_GZIP).toString(),
        "notes-1.2.0");

    write(archive(ArchiveFormat.TAR_GZIP), ArchiveFormat.TAR_GZIP);

    if (isShort) {
      Files.createDirectories(into.resolve(LONG).resolve(LONG));
      Files.writeString(into.resolve(LONG).resolve(LONG).resolve("deep"), "deep");
    }
    assertWholeTree();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tar.gz", "zip"})
  void whatGitArchivesIsRead(String format) throws Exception {
    Files.delete(source.resolve("empty"));
    Files.createDirectory(source.resolve("empty"));
    run(source, "git", "init", "-q");
    run(source, "git", "add", "--all");
    run(
        source,
        "git",
        "-c",
        "user.name=somebody",
        "-c",
        "user.email=somebody@example.org",
        "commit",
        "-qm",
        "first");
    Path archive = scratch.resolve("release." + format);
    run(
        source,
        "git",
        "archive",
        "--format=" + format,
        "--prefix=notes-v1.2.0/",
        "--output=" + archive,
        "HEAD");

    write(archive, ArchiveFormat.of(archive.toString()).orElseThrow());

    Files.createDirectory(into.resolve("empty"));
    assertWholeTree();
  }

  @ParameterizedTest
  @EnumSource(names = {"TAR_GZIP", "TAR_XZ", "TAR_ZSTD"})
  void severalMembersAreReadToTheEnd(ArchiveFormat format) throws Exception {
    String tar = scratch.resolve("whole.tar").toString();
    run(source.getParent(), "tar", "-cf", tar, "notes-1.2.0");
    String program =
        switch (format) {
          case TAR_GZIP -> "gzip";
          case TAR_XZ -> "xz";
          default -> "zstd";
        };
    run(scratch, "split", "-b", "500000", tar, "part.");
    run(
        scratch,
        "sh",
        "-ec",
        "for part in part.*; do " + program + " -c \"$part\"; done >" + archive(format));

    write(archive(format), format);

    assertWholeTree();
  }

  @Test
  void aHardLinkIsWrittenAsACopy() throws Exception {
    Files.createLink(source.resolve("zz-same"), source.resolve("bin/serve"));
    pack(ArchiveFormat.TAR_GZIP, source.getParent(), "notes-1.2.0");

    write(archive(ArchiveFormat.TAR_GZIP), ArchiveFormat.TAR_GZIP);

    assertEquals("#!/bin/sh\n", Files.readString(into.resolve("zz-same")));
    assertEquals("rwxr-xr-x", mode(into.resolve("zz-same")));
    assertFalse(Files.isSameFile(into.resolve("zz-same"), into.resolve("bin/serve")));
    assertEquals(1, Files.getAttribute(into.resolve("zz-same"), "unix:nlink"));
  }

  @ParameterizedTest
  @EnumSource
  void modesOtherThanExecutableAreDropped(ArchiveFormat format) throws Exception {
    Path archive =
        made(
            format,
            a ->
                a.file("setuid", new byte[1], 0106755)
                    .file("open", new byte[1], 0100666)
                    .file("others", new byte[1], 0100611)
                    .file("closed", new byte[1], 0100000));

    write(archive, format);

    assertEquals("rwxr-xr-x", mode(into.resolve("setuid")));
    assertEquals("rw-r--r--", mode(into.resolve("open")));
    assertEquals("rw-r--r--", mode(into.resolve("others")));
    assertEquals("rw-r--r--", mode(into.resolve("closed")));
    assertEquals(0755, (int) Files.getAttribute(into.resolve("setuid"), "unix:mode") & 07777);
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryMayBeRepeatedAndComeAfterWhatIsInIt(ArchiveFormat format) throws Exception {
    Path archive =
        made(format, a -> a.file("a/b/c", "1").directory("a/b/").directory("a/").directory("a/"));

    write(archive, format);

    assertEquals("1", Files.readString(into.resolve("a/b/c")));
  }

  @ParameterizedTest
  @EnumSource
  void theLinkMayComeBeforeWhatItLeadsTo(ArchiveFormat format) throws Exception {
    Path archive = made(format, a -> a.link("live", "real").file("real/file", "1"));

    write(archive, format);

    assertTrue(Files.isSymbolicLink(into.resolve("live")));
    assertEquals("1", Files.readString(into.resolve("live/file")));
  }

  @ParameterizedTest
  @EnumSource
  void anArchiveOfNothingIsAnEmptyTree(ArchiveFormat format) throws Exception {
    write(made(format, a -> {}), format);

    assertArrayEquals(new String[0], into.toFile().list());
  }

  @Test
  void aZipThatKnowsNoModesHasPlainFiles() throws Exception {
    Path archive = archive(ArchiveFormat.ZIP);
    try (var zip = new ZipOutputStream(Files.newOutputStream(archive))) {
      zip.putNextEntry(new ZipEntry("dir/file"));
      zip.write(1);
      zip.closeEntry();
    }

    write(archive, ArchiveFormat.ZIP);

    assertEquals("rw-r--r--", mode(into.resolve("dir/file")));
    assertTrue(Files.isRegularFile(into.resolve("dir/file"), LinkOption.NOFOLLOW_LINKS));
  }
}
