package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

class GitSubmoduleTest extends GitFixture {

  private TestRepository library;

  @BeforeEach
  void makeLibrary() throws IOException {
    library = TestRepository.create(scratch.resolve("library"));
    library.write("code", "library 1").executable("run", "x").commit("first");
  }

  @Test
  void aSubmoduleIsExportedInPlace() throws Exception {
    repository.submodule("vendor/lib", library, library.url()).release("v1.0.0");

    Path release = fetchAndExport("1.0.0");

    assertEquals("library 1", Files.readString(release.resolve("vendor/lib/code")));
    assertTrue(Files.isExecutable(release.resolve("vendor/lib/run")));
    assertFalse(Files.exists(release.resolve("vendor/lib/.git")));
  }

  @Test
  void aRelativeAddressIsBesideTheParents() throws Exception {
    repository.submodule("lib", library, "../library").release("v1.0.0");

    assertEquals("library 1", Files.readString(fetchAndExport("1.0.0").resolve("lib/code")));
  }

  @Test
  void submodulesOfSubmodulesAreExportedToo() throws Exception {
    TestRepository deep = TestRepository.create(scratch.resolve("deep"));
    deep.write("depth", "2").commit("deep");
    library.submodule("below", deep, "../deep").commit("with another below");
    repository.submodule("lib", library, "../library").release("v1.0.0");

    assertEquals("2", Files.readString(fetchAndExport("1.0.0").resolve("lib/below/depth")));
  }

  @Test
  void theExactCommitIsExportedAlsoWhenNoNameLeadsToIt() throws Exception {
    repository.submodule("lib", library, library.url()).release("v1.0.0");
    library.write("code", "library 2").commit("second");

    assertEquals("library 1", Files.readString(fetchAndExport("1.0.0").resolve("lib/code")));
  }

  @Test
  void theExactCommitComesOverHttpToo() throws Exception {
    repository.submodule("lib", library, "../../library/.git").release("v1.0.0");
    library.write("code", "library 2").commit("second");
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));

      assertEquals("library 1", Files.readString(fetchAndExport("1.0.0").resolve("lib/code")));
    }
  }

  @Test
  void theNextReleaseReceivesOnlyWhatIsNewInASubmodule() throws Exception {
    for (int i = 0; i < 30; i++) {
      library.write("file" + i, "content " + i);
    }
    library.commit("many");
    repository.submodule("lib", library, library.url()).release("v1.0.0");
    fetch(candidate("1.0.0"));
    long before = objectsIn(submoduleMirror());
    library.write("file7", "changed").commit("one");
    repository.git("-C", "lib", "-c", "protocol.file.allow=always", "pull", "-q");
    repository.release("v1.1.0");

    Path release = fetchAndExport("1.1.0");

    assertEquals("changed", Files.readString(release.resolve("lib/file7")));
    assertTrue(objectsIn(submoduleMirror()) - before <= 5);
  }

  @Test
  void aFetchedReleaseIsExportedWithoutTheSubmodulesRepository() throws Exception {
    repository.submodule("lib", library, library.url()).release("v1.0.0");
    Candidate candidate = candidate("1.0.0");
    fetch(candidate);

    Files.move(library.directory(), scratch.resolve("gone"), StandardCopyOption.ATOMIC_MOVE);

    assertEquals("library 1", Files.readString(export(candidate).resolve("lib/code")));
  }

  @Test
  void aSubmoduleThatCannotBeReachedIsNamed() throws Exception {
    String nowhere = "file://" + scratch.resolve("nowhere");
    repository.submodule("vendor/lib", library, nowhere).release("v1.0.0");

    ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, () -> fetch(candidate("1.0.0")));

    assertEquals(
        "cannot fetch submodule vendor/lib of 1.0.0 from "
            + nowhere
            + ": there is no such directory",
        e.getMessage());
  }

  @Test
  void aCommitThatTheSubmodulesRepositoryLacksIsNamed() throws Exception {
    repository.submodule("lib", library, library.url()).commit("with it");
    String unknown = "1234567890123456789012345678901234567890";
    repository.git("update-index", "--cacheinfo", "160000," + unknown + ",lib");
    repository.git("commit", "-q", "-m", "wrong");
    repository.git("tag", "v1.0.0");

    ProblemException e = assertProblem(Problem.SOURCE_UNREACHABLE, () -> fetch(candidate("1.0.0")));

    assertTrue(e.getMessage().endsWith(": it has no commit " + unknown), e.getMessage());
  }

  @Test
  void aSubmoduleWithoutAnAddressIsNoRelease() throws Exception {
    repository.submodule("lib", library, library.url());
    repository.git("rm", "-q", "--cached", ".gitmodules");
    Files.delete(repository.path(".gitmodules"));
    repository.release("v1.0.0");

    ProblemException e = assertProblem(Problem.SOURCE_UNUSABLE, () -> fetch(candidate("1.0.0")));

    assertTrue(e.getMessage().endsWith("submodule lib has no url in .gitmodules"), e.getMessage());
  }

  @Test
  void anAddressThatIsNotAcceptedIsNoRelease() throws Exception {
    repository.submodule("lib", library, "ext::sh -c id").release("v1.0.0");

    ProblemException e = assertProblem(Problem.SOURCE_UNUSABLE, () -> fetch(candidate("1.0.0")));

    assertTrue(e.getMessage().contains("submodule lib has an address"), e.getMessage());
  }

  private Path submoduleMirror() throws IOException {
    try (Stream<Path> mirrors = Files.list(state.submoduleMirrors())) {
      return mirrors.findAny().orElseThrow();
    }
  }
}
