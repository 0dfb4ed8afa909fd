package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;

class GitNotesTest extends GitFixture {

  @Test
  void theMessageOfAnAnnotatedTagIsTheNote() throws Exception {
    repository.commit("work");
    repository.git("tag", "-a", "-m", "Version 1\n\n* faster\n* smaller", "v1.0.0");

    assertEquals("Version 1\n\n* faster\n* smaller", source.notes(candidate("1.0.0")));
  }

  @Test
  void theMessageOfTheCommitIsTheNoteOfALightweightTag() throws Exception {
    repository.commit("Make it faster");
    repository.git("tag", "v1.0.0");

    assertEquals("Make it faster", source.notes(candidate("1.0.0")));
  }

  @Test
  void aSignatureIsNoPartOfTheNote() throws Exception {
    repository.commit("work");
    String commit = repository.git("rev-parse", "HEAD");
    String signed =
        "object "
            + commit
            + "\ntype commit\ntag v1.0.0\ntagger maker <maker@example.org> 1 +0000\n\nSigned\n"
            + "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n";
    repository.git(
        "tag", "v1.0.0", repository.rawObject("tag", signed.getBytes(StandardCharsets.UTF_8)));

    assertEquals("Signed", source.notes(candidate("1.0.0")));
  }

  @Test
  void aSignatureThatIsOnlyMentionedStays() {
    String message = "Explain -----BEGIN PGP SIGNATURE----- in the manual";

    assertEquals(message, Tags.presentable(message));
  }

  @Test
  void aLongNoteIsCutBetweenCharacters() {
    String message = "x".repeat(3999) + "\uD83D\uDE00" + "y".repeat(100);

    assertEquals("x".repeat(3999), Tags.presentable(message));
  }

  @Test
  void aTagWithoutAMessageHasAnEmptyNote() throws Exception {
    repository.commit("work");
    String commit = repository.git("rev-parse", "HEAD");
    String bare =
        "object " + commit + "\ntype commit\ntag v1.0.0\ntagger m <m@example.org> 1 +0000\n\n";
    repository.git(
        "tag", "v1.0.0", repository.rawObject("tag", bare.getBytes(StandardCharsets.UTF_8)));

    assertEquals("", source.notes(candidate("1.0.0")));
  }

  @Test
  void theNotesOfAFetchedReleaseNeedNoConnection() throws Exception {
    repository.commit("Make it faster");
    repository.git("tag", "v1.0.0");
    Candidate candidate = candidate("1.0.0");
    fetch(candidate);

    Files.move(repository.directory(), scratch.resolve("gone"), StandardCopyOption.ATOMIC_MOVE);

    assertEquals("Make it faster", source.notes(candidate));
  }

  @Test
  void whatTheNotesNeededIsNotFetchedAgain() throws Exception {
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));
      repository.write("file", "1").release("v1.0.0");
      source.notes(candidate("1.0.0"));
      long first = server.packBytes();

      assertEquals("1", Files.readString(fetchAndExport("1.0.0").resolve("file")));

      assertTrue(first > 0);
      assertEquals(first, server.packBytes());
    }
  }

  @Test
  void theNotesOfATagThatIsGoneAreNotToBeHad() throws Exception {
    repository.release("v1.0.0");
    Candidate candidate = candidate("1.0.0");

    repository.git("tag", "-d", "v1.0.0");

    assertProblem(Problem.SOURCE_CHANGED, () -> source.notes(candidate));
  }
}
