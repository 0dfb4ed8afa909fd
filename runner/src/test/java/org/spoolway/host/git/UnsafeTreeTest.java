package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Arrays;
import java.util.HexFormat;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Trees that no git would check out, as somebody with the keys to the repository could make them.
 */
class UnsafeTreeTest extends GitFixture {

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", ".git", ".GIT", "../escaped", "/tmp/escaped", "a/b", ""})
  void aFileWithAnUnsafeNameIsRefused(String name) throws Exception {
    repository.releaseTree("v1.0.0", tree("100644", name, repository.blob("x")));

    assertRefused("is not safe to write");
    assertFalse(Files.exists(scratch.resolve("escaped"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aDirectoryWithAnUnsafeNameIsRefused() throws Exception {
    String inner = tree("100644", "escaped", repository.blob("x"));
    repository.releaseTree("v1.0.0", tree("40000", "..", inner));

    assertRefused("is not safe to write");
    assertFalse(Files.exists(scratch.resolve("escaped"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void aDirectoryUnderTheNameOfALinkIsNotWrittenThroughIt() throws Exception {
    Files.createDirectory(scratch.resolve("victim"));
    String link = repository.blob(scratch.resolve("victim").toString());
    String inner = tree("100644", "planted", repository.blob("x"));
    repository.releaseTree(
        "v1.0.0",
        repository.rawObject(
            "tree", joined(entry("120000", "a", link), entry("40000", "a", inner))));

    assertRefused("a is in the tree twice");
    assertFalse(Files.exists(scratch.resolve("victim/planted")));
  }

  @Test
  void anEmptyLinkIsRefused() throws Exception {
    repository.releaseTree("v1.0.0", tree("120000", "link", repository.blob("")));

    assertRefused("link is a link of 0 bytes");
  }

  @Test
  void aLinkWithANulIsRefused() throws Exception {
    repository.releaseTree("v1.0.0", tree("120000", "link", repository.blob("a\0b")));

    assertRefused("link is a link with a NUL in it");
  }

  @Test
  void anUnknownModeIsRefused() throws Exception {
    repository.releaseTree("v1.0.0", tree("10644", "pipe", repository.blob("x")));
    try (GitHttpServer server = new GitHttpServer(scratch)) {
      source = sourceAt(server.url("repository/.git"));

      ProblemException e = assertProblem(Problem.SOURCE_UNUSABLE, () -> fetch(candidate("1.0.0")));
      assertTrue(e.getMessage().endsWith("pipe has the unknown mode 10644"), e.getMessage());
    }
  }

  @Test
  void aMalformedTreeIsRefused() throws Exception {
    byte[] whole = entry("100644", "file", repository.blob("x"));
    String tree = repository.rawObject("tree", Arrays.copyOf(whole, whole.length - 7));
    String commit = repository.git("commit-tree", "-m", "malformed", tree);
    Mirror mirror = new Mirror(repository.path(".git"));
    Part part =
        new Part("", 0, GitUrl.parse(repository.url()), mirror, ObjectId.fromString(commit));

    try (Repository opened = mirror.open()) {
      UnusableTreeException e =
          assertThrows(
              UnusableTreeException.class, () -> CompleteTree.find(part, opened, () -> {}));
      assertEquals("a directory in it is malformed", e.reason());
    }
  }

  private void assertRefused(String because) throws ProblemException {
    Candidate candidate = candidate("1.0.0");
    fetch(candidate);
    ProblemException e = assertProblem(Problem.SOURCE_UNUSABLE, () -> export(candidate));
    assertTrue(e.getMessage().endsWith(because), e.getMessage());
  }

  private String tree(String mode, String name, String object) throws IOException {
    return repository.rawObject("tree", entry(mode, name, object));
  }

  private static byte[] entry(String mode, String name, String object) {
    byte[] head = (mode + " " + name + "\0").getBytes(StandardCharsets.UTF_8);
    return joined(head, HexFormat.of().parseHex(object));
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
