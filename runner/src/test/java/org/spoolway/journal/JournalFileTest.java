package org.spoolway.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.spoolway.journal.SampleEntries.accepted;
import static org.spoolway.journal.SampleEntries.applying;
import static org.spoolway.journal.SampleEntries.oneOfEach;
import static org.spoolway.journal.SampleEntries.started;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.SchemaJson;

/** What is written is read back, by its writer and by others. */
class JournalFileTest {

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("journal");
  }

  @Test
  void everyKindOfEntryIsReadBackAsItWasWritten() throws IOException {
    write(oneOfEach());
    assertEquals(kinds(oneOfEach()), Set.of(JournalEntry.class.getPermittedSubclasses()));
    assertEquals(lines(oneOfEach()), lines(JournalFile.read(file)));
    try (JournalFile journal = JournalFile.open(file)) {
      assertEquals(lines(oneOfEach()), lines(journal.entries()));
    }
  }

  @Test
  void theRequestsBytesAreKeptWhateverTheyAre() throws IOException {
    byte[] content = new byte[256];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) i;
    }
    write(List.of(accepted(content)));
    assertArrayEquals(content, ((JournalEntry.Accepted) JournalFile.read(file).get(0)).content());
  }

  @Test
  void anOpenedJournalGoesOnWhereItEnded() throws IOException {
    write(List.of(accepted(), started(1)));
    try (JournalFile journal = JournalFile.open(file)) {
      journal.append(applying("prepare"));
    }
    assertEquals(
        lines(List.of(accepted(), started(1), applying("prepare"))), lines(JournalFile.read(file)));
  }

  /** What the kernel could not write once it may have lost, whatever it shows since. */
  @Test
  void aJournalThatWasCutShortGoesOnInANewFile() throws IOException {
    write(List.of(accepted(), started(1)));
    Files.writeString(file, "0123abcd {\"entry\":\"appl", StandardOpenOption.APPEND);
    Object before = Files.getAttribute(file, "unix:ino");
    try (JournalFile journal = JournalFile.resume(file)) {
      assertNotEquals(before, Files.getAttribute(file, "unix:ino"));
      journal.append(applying("prepare"));
    }
    assertEquals(
        lines(List.of(accepted(), started(1), applying("prepare"))), lines(JournalFile.read(file)));
  }

  @Test
  void aJournalIsNeverStartedOverAnother() throws IOException {
    write(List.of(accepted(), started(1)));
    assertThrows(FileAlreadyExistsException.class, () -> JournalFile.create(file, accepted()));
    assertEquals(2, JournalFile.read(file).size());
  }

  @Test
  void readingLeavesTheWritersUnfinishedLineAlone() throws IOException {
    write(List.of(accepted(), started(1)));
    Files.writeString(file, "0123abcd {\"entry\":\"appl", StandardOpenOption.APPEND);
    long size = Files.size(file);
    assertEquals(2, JournalFile.read(file).size());
    assertEquals(size, Files.size(file));
  }

  @Test
  void aJournalThatWasClosedTakesNothingMore() throws IOException {
    JournalFile journal = JournalFile.create(file, accepted());
    journal.close();
    assertThrows(IOException.class, () -> journal.append(started(1)));
    assertEquals(1, journal.entries().size());
  }

  @Test
  void whatIsAnnouncedIsForcedAndWhatCanBeObservedAnewIsNot() {
    Set<String> riding =
        oneOfEach().stream()
            .filter(entry -> !entry.forced())
            .map(entry -> entry.getClass().getSimpleName())
            .collect(Collectors.toSet());
    assertEquals(Set.of("Started", "Applied", "Skipped", "Foreseen", "Noted", "Undone"), riding);
  }

  @Test
  void everyLineIsLedByTheChecksumOfTheRest() throws IOException {
    write(List.of(accepted(), started(1)));
    for (String line : Files.readAllLines(file)) {
      java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
      crc.update(line.substring(9).getBytes(java.nio.charset.StandardCharsets.UTF_8));
      assertEquals(String.format("%08x", crc.getValue()), line.substring(0, 8));
    }
  }

  private void write(List<JournalEntry> entries) throws IOException {
    JournalEntry.Accepted first = (JournalEntry.Accepted) entries.get(0);
    try (JournalFile journal = JournalFile.create(file, first)) {
      for (JournalEntry entry : entries.subList(1, entries.size())) {
        journal.append(entry);
      }
    }
  }

  private static Set<Class<?>> kinds(List<JournalEntry> entries) {
    return entries.stream().map(Object::getClass).collect(Collectors.toSet());
  }

  private static List<String> lines(List<? extends JournalEntry> entries) {
    return Arrays.asList(entries.stream().map(SchemaJson::line).toArray(String[]::new));
  }
}
