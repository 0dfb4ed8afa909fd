package org.spoolway.host.unpack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.source.ArchiveFormat;

/** A place to unpack archives in, with something beside it that must stay as it is. */
abstract class ArchiveFixture {

  static final ArchiveLimits LIMITS = new ArchiveLimits(64 << 20);
  static final String SENTINEL = "stays as it is";

  @TempDir Path scratch;

  /** Where trees are written. */
  Path into;

  /** Beside that, with a file in it; what leads out of a tree could lead here. */
  Path outside;

  @BeforeEach
  void makePlaces() throws IOException {
    Path place = Files.createDirectory(scratch.resolve("place"));
    into = place.resolve("into");
    outside = Files.createDirectory(place.resolve("outside"));
    Files.writeString(outside.resolve("sentinel"), SENTINEL);
  }

  @AfterEach
  void nothingIsTouchedOutside() throws IOException {
    assertEquals(List.of("sentinel"), List.of(outside.toFile().list()));
    assertEquals(SENTINEL, Files.readString(outside.resolve("sentinel")));
    Set<String> beside = new TreeSet<>(List.of(into.getParent().toFile().list()));
    beside.remove("into");
    assertEquals(Set.of("outside"), beside);
  }

  /** Where an archive of some format is to be made. */
  Path archive(ArchiveFormat format) {
    return scratch.resolve("release" + format.ending());
  }

  /** Fills an archive. */
  interface Filling {
    void fill(MadeArchive archive) throws IOException;
  }

  Path made(ArchiveFormat format, Filling filling) throws IOException {
    Path archive = archive(format);
    try (MadeArchive made = MadeArchive.in(archive, format)) {
      filling.fill(made);
    }
    return archive;
  }

  /** Fills one with entries that only tar knows. */
  interface TarFilling {
    void fill(MadeArchive.Tar archive) throws IOException;
  }

  Path madeTar(ArchiveFormat format, TarFilling filling) throws IOException {
    Path archive = archive(format);
    try (MadeArchive.Tar made = MadeArchive.tar(archive, format)) {
      filling.fill(made);
    }
    return archive;
  }

  ArchiveTree tree(Path archive, ArchiveFormat format) {
    return new ArchiveTree(archive, format, Set.of("notes-1.2.0", "notes-v1.2.0"), LIMITS);
  }

  void write(Path archive, ArchiveFormat format) throws IOException {
    tree(archive, format).write(into, Progress.NONE, new Interruption());
  }

  /** Why an archive is refused. */
  String refusal(Path archive, ArchiveFormat format) {
    return refusal(tree(archive, format));
  }

  String refusal(ArchiveTree tree) {
    UnusableArchiveException e =
        assertThrows(
            UnusableArchiveException.class,
            () -> tree.write(into, Progress.NONE, new Interruption()));
    return e.reason();
  }

  void assertRefused(String because, ArchiveFormat format, Filling filling) throws IOException {
    assertEquals(because, refusal(made(format, filling), format));
  }

  void assertTarRefused(String because, ArchiveFormat format, TarFilling filling)
      throws IOException {
    assertEquals(because, refusal(madeTar(format, filling), format));
  }

  static void assertContains(String part, String whole) {
    assertTrue(whole.contains(part), whole);
  }

  static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS));
  }

  /** How many bytes lie below a directory. */
  static long bytesIn(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /** Runs a program, which must be there and succeed; gives what it prints. */
  static String run(Path directory, String... line) throws IOException {
    Process process =
        new ProcessBuilder(line).directory(directory.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      assertEquals(0, process.waitFor(), () -> String.join(" ", line) + "\n" + output);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return output;
  }
}
