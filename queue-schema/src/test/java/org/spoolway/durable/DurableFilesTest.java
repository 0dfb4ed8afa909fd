package org.spoolway.durable;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurableFilesTest {

  @TempDir Path directory;

  /** The ways to write, which differ in what a power cut may undo and in what a full disk stops. */
  enum Write {
    REPLACE,
    PUBLISH,
    REPLACE_WITH_ROOM_RESERVED;

    void to(Path file, String content, String permissions) throws IOException {
      switch (this) {
        case REPLACE -> DurableFiles.replace(file, content.getBytes(UTF_8), permissions);
        case PUBLISH -> DurableFiles.publish(file, content.getBytes(UTF_8), permissions);
        case REPLACE_WITH_ROOM_RESERVED ->
            new Reservation(file.resolveSibling(".room"), permissions)
                .replace(file, content.getBytes(UTF_8));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void contentIsReplacedAsAWhole(Write write) throws Exception {
    Path file = directory.resolve("x.json");
    write.to(file, "long first content", "rw-------");
    write.to(file, "second", "rw-------");
    assertEquals("second", Files.readString(file));
    assertEquals(List.of("x.json"), names());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rw-------", "rw-r-----", "rw-r--r--", "rw-rw-rw-", "rwxrwxrwx", "r--------"})
  void modeIsTheOneAskedForWhateverTheUmask(String permissions) throws Exception {
    for (Write write : Write.values()) {
      Path file = directory.resolve(write.name());
      write.to(file, "x", permissions);
      write.to(file, "x", permissions);
      assertEquals(permissions, PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatACrashLeftBehindIsOverwritten(Write write) throws Exception {
    Files.writeString(directory.resolve(".x.json.tmp"), "half of an old cont");
    write.to(directory.resolve("x.json"), "new", "rw-------");
    assertEquals("new", Files.readString(directory.resolve("x.json")));
    assertEquals(List.of("x.json"), names());
  }

  @ParameterizedTest
  @EnumSource
  void aLinkUnderTheTemporaryNameIsRemovedAndNotFollowed(Write write) throws Exception {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "precious");
    Files.createSymbolicLink(directory.resolve(".x.tmp"), elsewhere);
    write.to(directory.resolve("x"), "new", "rw-------");
    assertEquals("precious", Files.readString(elsewhere));
    assertTrue(Files.isRegularFile(directory.resolve("x")));
  }

  @ParameterizedTest
  @EnumSource
  void aLinkUnderTheNameIsReplacedAndNotFollowed(Write write) throws Exception {
    Path elsewhere = Files.writeString(directory.resolve("elsewhere"), "precious");
    Path file = Files.createSymbolicLink(directory.resolve("x"), elsewhere);
    write.to(file, "new", "rw-------");
    assertEquals("precious", Files.readString(elsewhere));
    assertFalse(Files.isSymbolicLink(file));
  }

  @ParameterizedTest
  @EnumSource
  void failureLeavesEverythingAsItWas(Write write) throws Exception {
    Path occupied = Files.createDirectories(directory.resolve("x/occupied")).getParent();
    assertThrows(IOException.class, () -> write.to(occupied, "new", "rw-------"));
    assertEquals(List.of("x"), names());
    Path nowhere = directory.resolve("absent/x");
    assertThrows(NoSuchFileException.class, () -> write.to(nowhere, "new", "rw-------"));
  }

  @ParameterizedTest
  @EnumSource
  void interruptedWriteLeavesTheOldContent(Write write) throws Exception {
    Path file = directory.resolve("x");
    write.to(file, "old", "rw-------");
    Thread.currentThread().interrupt();
    assertThrows(ClosedByInterruptException.class, () -> write.to(file, "new", "rw-------"));
    assertTrue(Thread.interrupted());
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("x"), names());
  }

  @ParameterizedTest
  @EnumSource
  void readersSeeOneWholeContentOrTheOther(Write write) throws Exception {
    Path file = directory.resolve("x");
    String left = "a".repeat(300_000);
    String right = "b".repeat(200_000);
    write.to(file, left, "rw-------");
    CompletableFuture<Void> writer =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 50; i++) {
                try {
                  write.to(file, i % 2 == 0 ? right : left, "rw-------");
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              }
            });
    while (!writer.isDone()) {
      String seen = Files.readString(file);
      assertTrue(seen.equals(left) || seen.equals(right), "torn: " + seen.length());
    }
    writer.get(1, TimeUnit.SECONDS);
  }

  /** A directory under the temporary name stands for a disk without room for another file. */
  private Path withoutRoomForAnother() throws IOException {
    Files.createDirectories(directory.resolve(".x.tmp/occupied"));
    return directory.resolve("x");
  }

  @Test
  void reservedRoomIsWhatTheContentIsWrittenIntoWhenThereIsNoOther() throws Exception {
    Path file = withoutRoomForAnother();
    Reservation reservation = new Reservation(directory.resolve(".room"), "rw-r-----");
    reservation.make(4096, directory);
    reservation.make(1, directory);
    assertEquals(4096, Files.size(reservation.room()));
    Object inode = Files.getAttribute(reservation.room(), "unix:ino");
    reservation.replace(file, "shorter".getBytes(UTF_8));
    assertEquals("shorter", Files.readString(file));
    assertEquals(inode, Files.getAttribute(file, "unix:ino"));
    assertEquals(List.of(".x.tmp", "x"), names());
  }

  @Test
  void roomThatWasCutShortIsMadeAgain() throws Exception {
    Reservation reservation = new Reservation(directory.resolve(".room"), "rw-r-----");
    Files.createFile(reservation.room());
    reservation.make(4096, directory);
    assertEquals(4096, Files.size(reservation.room()));
    assertEquals(List.of(".room"), names());
  }

  @Test
  void roomThatIsNotNeededStays() throws Exception {
    Reservation reservation = new Reservation(directory.resolve(".room"), "rw-r-----");
    reservation.make(4096, directory);
    reservation.replace(directory.resolve("x"), "content".getBytes(UTF_8));
    assertEquals("content", Files.readString(directory.resolve("x")));
    assertEquals(List.of(".room", "x"), names());
  }

  @Test
  void withoutRoomItFailsAndLeavesEverythingAsItWas() throws Exception {
    Path file = withoutRoomForAnother();
    Reservation reservation = new Reservation(directory.resolve(".room"), "rw-r-----");
    assertThrows(IOException.class, () -> reservation.replace(file, "x".getBytes(UTF_8)));
    assertEquals(List.of(".x.tmp"), names());
  }

  @Test
  void removingIsRepeatable() throws Exception {
    Path file = Files.writeString(directory.resolve("x"), "x");
    DurableFiles.remove(file);
    assertEquals(List.of(), names());
    DurableFiles.remove(file);
  }

  @Test
  void whatACrashLeftOfAWriteGoesWithTheFile() throws Exception {
    Path file = directory.resolve("x.json");
    Files.writeString(directory.resolve(".x.json.tmp"), "torn");
    DurableFiles.remove(file);
    assertEquals(List.of(), names());
  }

  @Test
  void directoryThatIsNotThereCannotBeForced() {
    Path absent = directory.resolve("absent");
    assertThrows(NoSuchFileException.class, () -> DurableFiles.forceDirectory(absent));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
