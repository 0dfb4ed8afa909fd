package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Sources.Candidate;

/** What a runner that was killed, or a bad disk, leaves in the mirror. */
class GitMirrorDamageTest extends GitFixture {

  private Path mirror;

  @BeforeEach
  void fetchTheFirstRelease() throws Exception {
    mirror = state.mirror();
    repository.write("file", "content 1").write("other", "same").release("v1.0.0");
    fetch(candidate("1.0.0"));
    repository.write("file", "content 2").release("v1.1.0");
  }

  @Test
  void locksOfADeadRunnerAreRemoved() throws Exception {
    List<String> locks =
        List.of(
            "refs/tags/v1.0.0.lock",
            "refs/tags/v1.1.0.lock",
            "packed-refs.lock",
            "config.lock",
            "HEAD.lock",
            "shallow.lock");
    for (String lock : locks) {
      Files.writeString(mirror.resolve(lock), "");
    }

    assertBothReleasesAreWhole();

    for (String lock : locks) {
      assertFalse(Files.exists(mirror.resolve(lock)), lock);
    }
  }

  @Test
  void aHalfReceivedPackIsRemoved() throws Exception {
    Path pack = Files.writeString(mirror.resolve("objects/incoming_123.pack"), "PACK");
    Path kept = Files.writeString(mirror.resolve("objects/pack/pack-1.keep"), "fetch");

    assertBothReleasesAreWhole();

    assertFalse(Files.exists(pack));
    assertFalse(Files.exists(kept));
  }

  @Test
  void aMirrorThatIsHalfMadeIsMadeAnew() throws Exception {
    Files.delete(mirror.resolve("HEAD"));
    Files.delete(mirror.resolve("config"));
    Directories.delete(mirror.resolve("objects"));

    assertBothReleasesAreWhole();
  }

  @Test
  void anEmptyDirectoryInPlaceOfTheMirrorIsMadeAnew() throws Exception {
    Directories.delete(mirror);
    Files.createDirectory(mirror);

    assertBothReleasesAreWhole();
  }

  @Test
  void aFileInPlaceOfTheMirrorIsMadeAnew() throws Exception {
    Directories.delete(mirror);
    Files.writeString(mirror, "what?");

    assertBothReleasesAreWhole();
  }

  @Test
  void leftoversOfAHalfMadeMirrorAreRemoved() throws Exception {
    Directories.delete(mirror);
    Files.createDirectories(scratch.resolve("state/mirror.git.new/objects"));

    assertBothReleasesAreWhole();

    assertFalse(Files.exists(scratch.resolve("state/mirror.git.new")));
  }

  @Test
  void anEmptyNameAfterAPowerCutIsMended() throws Exception {
    Files.writeString(mirror.resolve("refs/tags/v1.0.0"), "");

    assertBothReleasesAreWhole();
  }

  @Test
  void aGarbledNameAfterAPowerCutIsMended() throws Exception {
    Files.write(mirror.resolve("refs/tags/v1.0.0"), new byte[41]);

    assertBothReleasesAreWhole();
  }

  @Test
  void aGarbledConfigurationIsMended() throws Exception {
    Files.write(mirror.resolve("config"), new byte[100]);

    assertBothReleasesAreWhole();
  }

  @Test
  void aMirrorWithoutItsObjectsIsMended() throws Exception {
    for (Path pack : packs()) {
      Files.delete(pack);
    }

    assertBothReleasesAreWhole();
  }

  @Test
  void aMirrorWithTruncatedPacksIsMended() throws Exception {
    for (Path pack : packs()) {
      overwrite(pack, new byte[0]);
    }

    assertBothReleasesAreWhole();
  }

  @Test
  void aMirrorWithGarbledPacksIsMended() throws Exception {
    for (Path pack : packs()) {
      byte[] content = Files.readAllBytes(pack);
      for (int i = 20; i < content.length - 20; i++) {
        content[i] ^= 0x55;
      }
      overwrite(pack, content);
    }

    assertBothReleasesAreWhole();
  }

  @Test
  void damageBetweenFetchAndExportIsMended() throws Exception {
    Candidate candidate = candidate("1.0.0");
    fetch(candidate);
    for (Path pack : packs()) {
      if (pack.toString().endsWith(".pack")) {
        byte[] content = Files.readAllBytes(pack);
        content[content.length - 25] ^= 0x55;
        overwrite(pack, content);
      }
    }

    assertEquals("content 1", Files.readString(export(candidate).resolve("file")));
  }

  private void assertBothReleasesAreWhole() throws Exception {
    Path first = fetchAndExport("1.0.0");
    Path second = fetchAndExport("1.1.0");
    assertEquals("content 1", Files.readString(first.resolve("file")));
    assertEquals("content 2", Files.readString(second.resolve("file")));
    assertEquals("same", Files.readString(second.resolve("other")));
    assertTrue(TestRepository.at(mirror).git("fsck", "--full").lines().noneMatch(this::isTrouble));
  }

  private boolean isTrouble(String line) {
    return line.contains("error") || line.contains("missing") || line.contains("corrupt");
  }

  private List<Path> packs() throws IOException {
    try (Stream<Path> files = Files.list(mirror.resolve("objects/pack"))) {
      return files.toList();
    }
  }

  private static void overwrite(Path pack, byte[] content) throws IOException {
    Files.delete(pack);
    Files.write(pack, content);
  }
}
