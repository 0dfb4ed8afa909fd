package org.spoolway.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.spoolway.journal.SampleEntries.accepted;
import static org.spoolway.journal.SampleEntries.applied;
import static org.spoolway.journal.SampleEntries.applying;
import static org.spoolway.journal.SampleEntries.oneOfEach;
import static org.spoolway.journal.SampleEntries.skipped;
import static org.spoolway.journal.SampleEntries.started;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.schema.SchemaJson;

/** A torn tail is cut off and gone on from; anything else that cannot be read is damage. */
class JournalDamageTest {

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = directory.resolve("journal");
  }

  @Test
  void aJournalTornAtAnyByteHoldsTheEntriesThatAreWhole() throws IOException {
    byte[] whole = write(oneOfEach());
    for (int length = endOfLine(whole, 0); length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertEquals(newlines(whole, length), JournalFile.read(file).size(), "torn at " + length);
    }
  }

  @Test
  void aJournalTornAtAnyByteOfItsLastLineIsGoneOnFrom() throws IOException {
    byte[] whole = write(List.of(accepted(), started(1), applying("prepare")));
    for (int length = endOfLine(whole, 1); length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (JournalFile journal = JournalFile.open(file)) {
        journal.append(applying("cutover"));
      }
      assertEquals(
          lines(List.of(accepted(), started(1), applying("cutover"))),
          lines(JournalFile.read(file)),
          "torn at " + length);
    }
  }

  @Test
  void aJournalTornWithinItsFirstLineIsDamaged() throws IOException {
    byte[] whole = write(List.of(accepted()));
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertDamaged("torn at byte " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\0\0\0\0\0\0", "\n", "\n\n\n", "garbage\nmore\n", "\0\0\n\0", "00000000 {}\n"})
  void aTailOfAnythingButEntriesIsCutOff(String tail) throws IOException {
    byte[] whole = write(List.of(accepted(), started(1)));
    Files.write(file, joined(whole, tail.getBytes(StandardCharsets.UTF_8)));
    try (JournalFile journal = JournalFile.open(file)) {
      assertEquals(2, journal.entries().size());
    }
    assertEquals(whole.length, Files.size(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x01, 0x20, 0x80, 0xff})
  void damageOfAnyByteBeforeAForcedEntryIsReported(int flip) throws IOException {
    byte[] whole =
        write(
            List.of(
                accepted(),
                started(1),
                applying("prepare"),
                applied("prepare"),
                applying("cutover")));
    int last = endOfLine(whole, 3);
    for (int position = 0; position < last; position++) {
      byte[] damaged = whole.clone();
      damaged[position] ^= (byte) flip;
      Files.write(file, damaged);
      assertDamaged("flipped byte " + position);
    }
  }

  @Test
  void aLineEndThatCameOrWentIsDamageToo() throws IOException {
    byte[] whole = write(List.of(accepted(), started(1), applying("prepare")));
    int last = endOfLine(whole, 1);
    for (int position = 0; position < last; position++) {
      byte[] damaged = whole.clone();
      damaged[position] = damaged[position] == '\n' ? (byte) ' ' : (byte) '\n';
      Files.write(file, damaged);
      assertDamaged("line end at byte " + position);
    }
  }

  @Test
  void aHoleBeforeAForcedEntryIsDamage() throws IOException {
    byte[] whole = write(List.of(accepted(), started(1), applied("prepare"), applying("cutover")));
    int from = endOfLine(whole, 1);
    Arrays.fill(whole, from, endOfLine(whole, 2) - 1, (byte) 0);
    Files.write(file, whole);
    assertDamaged("a hole before a forced entry");
  }

  @Test
  void entriesThatWereNeverForcedMayBeLostInAnyOrder() throws IOException {
    List<JournalEntry> entries =
        List.of(accepted(), started(1), applied("prepare"), skipped("cutover"), skipped("proof"));
    byte[] whole = write(entries);
    for (int lost = 2; lost < entries.size(); lost++) {
      byte[] holed = whole.clone();
      Arrays.fill(holed, endOfLine(whole, lost - 1), endOfLine(whole, lost), (byte) 0);
      Files.write(file, holed);
      assertEquals(lines(entries.subList(0, lost)), lines(JournalFile.read(file)));
    }
  }

  @Test
  void aJournalThatDoesNotBeginWithAnAcceptanceIsDamaged() throws IOException {
    byte[] whole = write(List.of(accepted(), started(1)));
    Files.write(file, Arrays.copyOfRange(whole, endOfLine(whole, 0), whole.length));
    assertDamaged("no acceptance");
  }

  @Test
  void anEntryOfAnotherKindIsNotTakenForAnEntry() throws IOException {
    byte[] whole = write(List.of(accepted(), started(1), SampleEntries.failed("prepare")));
    String foreign = "{\"entry\":\"invented\",\"at\":\"2026-11-21T00:00:00Z\"}";
    java.util.zip.CRC32C crc = new java.util.zip.CRC32C();
    crc.update(foreign.getBytes(StandardCharsets.UTF_8));
    String line = String.format("%08x %s%n", crc.getValue(), foreign);
    byte[] strange = joined(whole, line.getBytes(StandardCharsets.UTF_8));
    Files.write(
        file, joined(strange, Arrays.copyOfRange(whole, endOfLine(whole, 0), whole.length)));
    assertDamaged("an unknown entry before a forced one");
  }

  private void assertDamaged(String what) {
    JournalFile.Damaged damaged =
        assertThrows(JournalFile.Damaged.class, () -> JournalFile.read(file), what);
    assertEquals("cannot read journal " + file, damaged.getMessage().split(":", 2)[0]);
    assertThrows(JournalFile.Damaged.class, () -> JournalFile.open(file), what);
  }

  private byte[] write(List<JournalEntry> entries) throws IOException {
    JournalEntry.Accepted first = (JournalEntry.Accepted) entries.get(0);
    try (JournalFile journal = JournalFile.create(file, first)) {
      for (JournalEntry entry : entries.subList(1, entries.size())) {
        journal.append(entry);
      }
    }
    return Files.readAllBytes(file);
  }

  private static List<String> lines(List<JournalEntry> entries) {
    List<String> lines = new ArrayList<>();
    entries.forEach(entry -> lines.add(SchemaJson.line(entry)));
    return lines;
  }

  /** Where the line after the given one begins. */
  private static int endOfLine(byte[] bytes, int line) {
    int seen = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n' && seen++ == line) {
        return i + 1;
      }
    }
    throw new IllegalArgumentException("no line " + line);
  }

  private static int newlines(byte[] bytes, int length) {
    int seen = 0;
    for (int i = 0; i < length; i++) {
      seen += bytes[i] == '\n' ? 1 : 0;
    }
    return seen;
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
