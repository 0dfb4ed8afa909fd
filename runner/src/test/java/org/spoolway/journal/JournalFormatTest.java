package org.spoolway.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.schema.SchemaJson;

/** Runners of other releases have written journals, and will. */
class JournalFormatTest {

  private static final Path OLD = Path.of("src/test/resources/journal/format-1");

  @TempDir Path directory;

  /** What the first runners wrote, byte for byte, with one entry of each kind. */
  @Test
  void aJournalOfTheFormatBeforeIsReadWhole() throws IOException {
    List<JournalEntry> expected = new ArrayList<>(SampleEntries.oneOfEach());
    List<JournalEntry> read = JournalFile.read(OLD);
    assertEquals(lines(expected.subList(1, expected.size())), lines(read.subList(1, read.size())));
    JournalEntry.Accepted accepted = (JournalEntry.Accepted) read.get(0);
    assertEquals(null, accepted.format());
    assertEquals("r-1", accepted.id().value());
  }

  @Test
  void aJournalStaysInTheFormatThatItWasBegunIn() throws IOException {
    Path file = directory.resolve("journal");
    Files.copy(OLD, file);
    byte[] before = Files.readAllBytes(file);
    try (JournalFile journal = JournalFile.resume(file)) {
      journal.append(SampleEntries.undone("prepare"));
    }
    String after = Files.readString(file);
    assertTrue(after.startsWith(new String(before, StandardCharsets.UTF_8)), after);
    assertEquals(SampleEntries.oneOfEach().size() + 1, JournalFile.read(file).size());
  }

  @Test
  void aNewJournalSaysItsFormat() throws IOException {
    Path file = directory.resolve("journal");
    JournalFile.create(file, SampleEntries.accepted()).close();
    assertTrue(Files.readString(file).contains("\"format\":2}"), Files.readString(file));
  }

  /** It is not taken for damaged, nothing of it is lost, and who is asked can tell what to do. */
  @Test
  void aJournalOfANewerFormatIsRefusedAndLeftAlone() throws IOException {
    Path file = directory.resolve("journal");
    SampleEntries.writeNewer(file);
    byte[] newer = Files.readAllBytes(file);
    for (IOException refusal :
        List.of(
            assertThrows(NewerJournalException.class, () -> JournalFile.read(file)),
            assertThrows(NewerJournalException.class, () -> JournalFile.open(file)),
            assertThrows(NewerJournalException.class, () -> JournalFile.resume(file)))) {
      assertEquals(
          "cannot read journal "
              + file
              + ": it is in format 3, and this runner knows formats up to 2; have the newer"
              + " release of Spoolway that began it finish it",
          refusal.getMessage());
    }
    assertArrayEquals(newer, Files.readAllBytes(file));
  }

  private static List<String> lines(List<JournalEntry> entries) {
    return entries.stream().map(SchemaJson::line).toList();
  }
}
