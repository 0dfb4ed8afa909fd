package org.spoolway.host.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several candidates of one version. */
class AmbiguousCandidatesTest extends CandidateFixture {

  @Test
  void neitherOfTwoThatDifferIsTaken() throws Exception {
    program("notes-1.0.0", "1.0.0");
    program("notes-1.1.0", "1.1.0");
    program("notes-new", "this is 1.1.0");
    DirectorySource source = source();

    assertEquals(List.of("1.0.0"), versions(source));
    assertEquals(
        List.of("1.1.0 (notes-1.1.0 and notes-new tell it, and differ)"), source.refused());
  }

  @Test
  void twoNamesOfTheSameContentAreOneCandidate() throws Exception {
    Files.copy(
        program("notes-1.0.0", "1.0.0"),
        candidates.resolve("notes"),
        StandardCopyOption.COPY_ATTRIBUTES);

    assertEquals("notes", only(source()).tag());
  }
}
