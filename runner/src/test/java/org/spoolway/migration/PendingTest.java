package org.spoolway.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.spoolway.migration.MigrationFile.Transaction;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Names stand for files whose contents are the name, unless something else is behind an equals. */
class PendingTest {

  @Test
  void everythingIsPendingInANewDatabaseInTheOrderOfTheNames() throws ProblemException {
    assertEquals(List.of("0001", "0002", "0010"), pending(files("0002", "0010", "0001")));
  }

  @Test
  void theOrderIsThatOfTheBytes() throws ProblemException {
    assertEquals(List.of("10", "9", "A", "_", "a"), pending(files("a", "9", "_", "A", "10")));
  }

  @Test
  void whatWasAppliedIsNotPending() throws ProblemException {
    assertEquals(List.of("0003"), pending(files("0001", "0002", "0003"), "0001", "0002"));
    assertEquals(List.of(), pending(files("0001", "0002"), "0001", "0002"));
  }

  @Test
  void whatIsGoneFromTheReleaseIsNamed() throws ProblemException {
    Pending pending = Pending.of(files("0003"), history("0002", "0001"));
    assertEquals(List.of("0001", "0002"), pending.gone());
    assertEquals(List.of("0003"), names(pending));
  }

  @Test
  void aFileThatWasAppliedAndHasChangedIsRefused() {
    assertRefused(
        "cannot use the migration 0001: it was applied with other contents"
            + " (SHA-256 6f6c64000000…, now 6e6577000000…)",
        "Put it back as it was, bring the change in a new file, and tag a new release.",
        files("0001=new", "0002"),
        "0001=old");
  }

  @Test
  void aFileThatSortsBeforeTheLastAppliedOneIsRefused() {
    assertRefused(
        "cannot use the migration 10: it sorts before 9, which was applied already",
        "Give it a name whose bytes sort after that (0010 does after 0009, 10 not after 9), and tag"
            + " a new release.",
        files("9", "10"),
        "9");
  }

  @Test
  void itIsRefusedAlsoWhenTheLastAppliedOneIsGone() {
    assertRefused(
        "cannot use the migration 0002: it sorts before 0003, which was applied already",
        null,
        files("0001", "0002"),
        "0001",
        "0003");
  }

  @Test
  void aFileThatWasAppliedUnderAnotherNameIsRefused() {
    assertRefused(
        "cannot use the migration 2_tags: it was applied as 02",
        "Give it that name again, and tag a new release.",
        files("01", "2_tags=02"),
        "01",
        "02");
  }

  @Test
  void twoFilesMayHaveTheSameContents() throws ProblemException {
    assertEquals(List.of("2"), pending(files("1", "2=1"), "1"));
  }

  private static void assertRefused(
      String message, String fix, List<MigrationFile> files, String... applied) {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> Pending.of(files, history(applied)));
    assertEquals(Problem.MIGRATION_REFUSED, refused.problem());
    assertEquals(message, refused.getMessage());
    if (fix != null) {
      assertEquals(fix, refused.fix());
    }
  }

  private static List<String> pending(List<MigrationFile> files, String... applied)
      throws ProblemException {
    return names(Pending.of(files, history(applied)));
  }

  private static List<String> names(Pending pending) {
    return pending.files().stream().map(MigrationFile::name).toList();
  }

  private static List<MigrationFile> files(String... texts) {
    return Stream.of(texts)
        .map(text -> text.split("=", 2))
        .map(
            words ->
                new MigrationFile(
                    words[0],
                    Path.of(words[0]),
                    checksum(words[words.length - 1]),
                    Transaction.OWN))
        .toList();
  }

  private static List<AppliedFile> history(String... texts) {
    return files(texts).stream().map(file -> new AppliedFile(file.name(), file.sha256())).toList();
  }

  private static String checksum(String text) {
    StringBuilder hex = new StringBuilder();
    text.chars().forEach(c -> hex.append(Integer.toHexString(c)));
    return (hex + "0".repeat(64)).substring(0, 64);
  }
}
