package org.spoolway.host.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.spoolway.problem.Problem;
import org.spoolway.trust.Minisign;
import org.spoolway.trust.Signed;

/** Nothing is run or installed that nobody has signed whose word counts. */
class SignedCandidatesTest extends CandidateFixture {

  @Test
  void aSignedProgramIsACandidateAndItsSignerIsKnown() throws Exception {
    sign(program("notes-1.0.0", "1.0.0"));
    DirectorySource source = source(trust);

    var candidate = only(source);
    Signed signed = new Signed(alice.key().name(), candidate.object());
    assertEquals(signed, source.signer(candidate, trust));
    fetch(source, candidate);
    assertEquals(signed, source.signer(candidate, trust));
    assertEquals(signed, source(trust).signer(candidate, trust));

    assertEquals(1, marks());
  }

  @Test
  void aLeadingVIsAsGood() throws Exception {
    sign(program("notes-v1.0.0", "1.0.0"));

    assertEquals("1.0.0", only(source(trust)).version().text());
  }

  @Test
  void whatIsNotSignedIsNeverRun() throws Exception {
    program("notes-1.0.0", "1.0.0");
    script(candidates.resolve("notes-1.1.0").resolve("notes"), telling("1.1.0"));

    assertRefused(
        source(trust),
        "notes-1.0.0 (it is not signed: there is no notes-1.0.0.minisig)",
        "notes-1.1.0 (it is not signed: there is no notes-1.1.0/SHA256SUMS.minisig)");
    assertEquals(0, marks());
  }

  @Test
  void whatSomebodyElseHasSignedIsNeverRun() throws Exception {
    Minisign mallory = Minisign.makeKey(directory.resolve("keys"), "mallory");
    mallory.sign(program("notes-1.0.0", "1.0.0"));

    assertRefused(
        source(trust),
        "notes-1.0.0 (it is signed by the minisign key "
            + mallory.key().id()
            + ", which `source.trust` does not name)");
    assertEquals(0, marks());
  }

  @Test
  void whatWasChangedAfterwardsIsNeverRun() throws Exception {
    sign(program("notes-1.0.0", "1.0.0"));
    program("notes-1.0.0", "1.0.0 ; echo evil");

    assertRefused(source(trust), "notes-1.0.0 (" + noGood("it is not of this content") + ")");
    assertEquals(0, marks());
  }

  @Test
  void anOlderOneDoesNotPassForALaterOne() throws Exception {
    sign(program("notes-1.0.0", "1.0.0"));
    for (String ending : new String[] {"", ".minisig"}) {
      Files.move(
          candidates.resolve("notes-1.0.0" + ending), candidates.resolve("notes-2.0.0" + ending));
    }

    assertRefused(source(trust), "notes-2.0.0 (" + noGood("it is of \"notes-1.0.0\"") + ")");
    assertEquals(0, marks());
  }

  @Test
  void theVersionThatItTellsIsTheOneThatWasSigned() throws Exception {
    sign(program("notes-1.0.0", "2.0.0"));

    assertRefused(source(trust), "notes-1.0.0 (it is signed as 1.0.0 and tells 2.0.0)");
  }

  @Test
  void anotherProgramOfTheSameMakerIsNeverRun() throws Exception {
    sign(program("wiki-1.0.0", "1.0.0"));
    sign(program("notes", "1.1.0"));

    assertRefused(
        source(trust),
        "notes (it is not called notes-VERSION, so that its signature names a version)",
        "wiki-1.0.0 (it is not called notes-VERSION, so that its signature names a version)");
    assertEquals(0, marks());
  }

  @Test
  void aSignedTreeIsACandidate() throws Exception {
    Path tree = tree();
    signTree(tree);
    DirectorySource source = source(trust);

    var candidate = only(source);
    assertEquals(
        new Signed(alice.key().name(), candidate.object()), source.signer(candidate, trust));
    assertEquals(
        "{SHA256SUMS=rw-r--r--, SHA256SUMS.minisig=rw-r--r--, data=rwxr-xr-x,"
            + " data/a=rw-r--r--, link=-> data/a, notes=rwxr-xr-x}",
        exported(source, candidate).toString());
  }

  @Test
  void aListThatNamesNoTreeIsOfNone() throws Exception {
    Path tree = tree();
    list(tree);
    signList(tree, "file:SHA256SUMS");

    assertRefused(source(trust), "notes-1.0.0 (" + noGood("it is of \"SHA256SUMS\"") + ")");
    assertEquals(0, marks());
  }

  @Test
  void everyFileOfATreeIsListedAndMatches() throws Exception {
    Path tree = tree();
    signTree(tree);

    Files.writeString(tree.resolve("data").resolve("more"), "more");
    assertRefusedTree("data/more in it is not listed in SHA256SUMS");
    Files.delete(tree.resolve("data").resolve("more"));

    Files.writeString(tree.resolve("data").resolve("a"), "other");
    assertRefusedTree("data/a in it is not what SHA256SUMS says");
    Files.writeString(tree.resolve("data").resolve("a"), "a");

    Files.createSymbolicLink(tree.resolve("another"), Path.of("data/a"));
    assertRefusedTree("another in it is not listed in SHA256SUMS");
    Files.delete(tree.resolve("another"));

    Files.delete(tree.resolve("link"));
    assertRefusedTree("link is listed in SHA256SUMS and not there");

    Files.createDirectory(tree.resolve("link"));
    assertRefusedTree("link is listed in SHA256SUMS and not there");
    Files.delete(tree.resolve("link"));

    Files.createSymbolicLink(tree.resolve("link"), Path.of("notes"));
    assertRefusedTree("link in it is not what SHA256SUMS says");
    assertEquals(0, marks());
  }

  @Test
  void aListThatWasChangedIsNobodys() throws Exception {
    Path tree = tree();
    signTree(tree);
    Files.writeString(tree.resolve("SHA256SUMS"), "\n", java.nio.file.StandardOpenOption.APPEND);

    assertRefusedTree(noGood("it is not of this content"));
    assertEquals(0, marks());
  }

  @Test
  void whatIsFetchedIsSignedToo() throws Exception {
    sign(program("notes-1.0.0", "1.0.0"));
    DirectorySource source = source(trust);
    var candidate = only(source);
    Path signature = candidates.resolve("notes-1.0.0.minisig");
    Files.delete(signature);

    assertProblem(
        Problem.SIGNATURE_REFUSED,
        "cannot trust the candidate notes-1.0.0: it is not signed: there is no notes-1.0.0.minisig",
        () -> fetch(source, candidate));
    assertProblem(
        Problem.SIGNATURE_REFUSED,
        "cannot trust the candidate notes-1.0.0: it is not signed: there is no notes-1.0.0.minisig",
        () -> source.signer(candidate, trust));
  }

  @Test
  void whatWasFetchedWithoutKeysIsNotTakenForSigned() throws Exception {
    Path program = program("notes-1.0.0", "1.0.0");
    DirectorySource anybodys = source();
    var candidate = only(anybodys);
    fetch(anybodys, candidate);
    Files.copy(program, directory.resolve("aside"), StandardCopyOption.COPY_ATTRIBUTES);

    assertProblem(
        Problem.SIGNATURE_REFUSED,
        "cannot trust the candidate notes-1.0.0: it is not signed: there is no notes-1.0.0.minisig",
        () -> fetch(source(trust), candidate));
  }

  @Test
  void notesAreShownOnlyWhenTheyAreSignedAsWell() throws Exception {
    sign(program("notes-1.0.0", "1.0.0"));
    Path notes = Files.writeString(candidates.resolve("notes-1.0.0.md"), "What is new\n");
    DirectorySource source = source(trust);
    var candidate = only(source);

    assertEquals("", source.notes(candidate));
    assertEquals("What is new", source().notes(candidate));
    sign(notes);
    assertEquals("What is new", source.notes(candidate));
  }

  private Path tree() throws Exception {
    Path tree = candidates.resolve("notes-1.0.0");
    script(tree.resolve("notes"), telling("1.0.0"));
    Files.writeString(Files.createDirectory(tree.resolve("data")).resolve("a"), "a");
    Files.createSymbolicLink(tree.resolve("link"), Path.of("data/a"));
    return tree;
  }

  private void assertRefusedTree(String reason) throws Exception {
    assertRefused(source(trust), "notes-1.0.0 (" + reason + ")");
  }

  private String noGood(String observed) {
    return "its signature by the " + alice.key().name() + " is no good: " + observed;
  }
}
