package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.durable.Checksum;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.archive.Web.Errand;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.ArchiveNames;
import org.spoolway.source.Place;

/** Releases as GitHub and Gitea tell of them. */
class ForgeShelfTest {

  private static final String LIST =
      "https://api.example.org/repos/ada/notes/releases?per_page=100";
  private static final Errand ERRAND = new Errand("fetch it", Progress.NONE, new Interruption());

  @TempDir Path directory;
  private final Answers web = new Answers();

  /** What GitHub says, with a digest, and the same file below the API. */
  private static final String GITHUB =
      """
      [{"tag_name": "v1.1.0", "draft": false, "prerelease": false, "body": "What is new",
        "assets": [
          {"name": "notes-1.1.0.tar.gz", "id": 7, "updated_at": "2026-11-01T00:00:00Z", "size": 3,
           "digest": "sha256:%s", "url": "https://api.example.org/assets/7",
           "browser_download_url": "https://example.org/ada/notes/7"},
          {"name": "notes-1.1.0.tar.gz.minisig", "id": 8, "digest": null,
           "url": "https://api.example.org/assets/8",
           "browser_download_url": "https://example.org/ada/notes/8"}]},
       {"tag_name": "v1.0.0", "draft": false, "prerelease": false, "body": null,
        "assets": [{"name": "notes-1.0.0.tar.gz", "id": 5, "updated_at": "2026-10-01T00:00:00Z",
                    "url": "https://api.example.org/assets/5",
                    "browser_download_url": "https://example.org/ada/notes/5"}]}]
      """;

  @Test
  void theFilesOfAllReleasesAreTold() throws Exception {
    web.says(LIST, GITHUB.formatted("a".repeat(64)));

    Map<String, String> files = shelf(null).files(ERRAND);

    assertEquals(
        Set.of("notes-1.1.0.tar.gz", "notes-1.1.0.tar.gz.minisig", "notes-1.0.0.tar.gz"),
        files.keySet());
    assertEquals("a".repeat(64), files.get("notes-1.1.0.tar.gz"));
  }

  /** Gitea tells no digest, but a file that was exchanged has another number. */
  @Test
  void aFileThatWasExchangedIsAnother() throws Exception {
    String gitea =
        """
        [{"draft": false, "prerelease": false, "body": "", "assets": [
          {"id": %d, "name": "notes-1.0.0.zip", "size": 3, "uuid": "%s",
           "browser_download_url": "https://example.org/attachments/1"}]}]
        """;
    web.says(LIST, gitea.formatted(1, "aa"));
    String first = shelf(null).files(ERRAND).get("notes-1.0.0.zip");
    web.says("https://example.org/attachments/1", "abc");
    Path into = directory.resolve("archive");
    shelf(null).bring("notes-1.0.0.zip", first, into, ERRAND);
    assertEquals("abc", Files.readString(into));

    web.says(LIST, gitea.formatted(2, "bb"));

    ProblemException changed =
        assertThrows(
            ProblemException.class,
            () -> shelf(null).bring("notes-1.0.0.zip", first, into, ERRAND));
    assertEquals(Problem.SOURCE_CHANGED, changed.problem());
  }

  @Test
  void draftsAndWhatIsCalledAPreReleaseAreNotOffered() throws Exception {
    web.says(
        LIST,
        """
        [{"draft": true, "prerelease": false, "assets": [
           {"name": "notes-3.0.0.zip", "id": 3, "browser_download_url": "https://example.org/3"}]},
         {"draft": false, "prerelease": true, "assets": [
           {"name": "notes-2.0.0.zip", "id": 2, "browser_download_url": "https://example.org/2"},
           {"name": "notes-2.0.0-rc.1.zip", "id": 1,
            "browser_download_url": "https://example.org/1"}]}]
        """);

    assertEquals(Set.of("notes-2.0.0-rc.1.zip"), shelf(null).files(ERRAND).keySet());
  }

  @Test
  void filesComeFromWhereBrowsersFindThem() throws Exception {
    web.says(LIST, GITHUB.formatted(sha256("abc")));
    web.says("https://example.org/ada/notes/7", "abc");
    Path into = directory.resolve("archive");

    shelf(null).bring("notes-1.1.0.tar.gz", sha256("abc"), into, ERRAND);

    assertEquals("abc", Files.readString(into));
  }

  @Test
  void whoHasATokenAsksTheApi() throws Exception {
    web.says(LIST, GITHUB.formatted(sha256("abc")));
    web.says("https://api.example.org/assets/7", "abc");
    web.says("https://api.example.org/assets/8", "signature");
    ForgeShelf shelf = shelf(Path.of("/etc/token"));
    Path into = directory.resolve("archive");

    shelf.bring("notes-1.1.0.tar.gz", sha256("abc"), into, ERRAND);

    assertEquals("abc", Files.readString(into));
    assertEquals(
        "signature",
        new String(
            shelf.read("notes-1.1.0.tar.gz.minisig", ERRAND).orElseThrow(),
            StandardCharsets.UTF_8));
    assertEquals(Optional.empty(), shelf.read("notes-1.0.0.tar.gz.minisig", ERRAND));
  }

  @Test
  void whatIsNotAsItsDigestSaysIsRefused() throws Exception {
    web.says(LIST, GITHUB.formatted(sha256("abc")));
    web.says("https://example.org/ada/notes/7", "abd");
    Path into = directory.resolve("archive");

    ProblemException refused =
        assertThrows(
            ProblemException.class,
            () -> shelf(null).bring("notes-1.1.0.tar.gz", sha256("abc"), into, ERRAND));

    assertEquals(Problem.SOURCE_CHANGED, refused.problem());
    assertTrue(Files.notExists(into));
  }

  @Test
  void notesAreWhatTheReleaseSays() throws Exception {
    web.says(LIST, GITHUB.formatted("a".repeat(64)));

    assertEquals("What is new", shelf(null).notes("notes-1.1.0.tar.gz", ERRAND));
    assertEquals("", shelf(null).notes("notes-1.0.0.tar.gz", ERRAND));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>",
        "{\"message\": \"Not Found\"}",
        "[1",
        "\"text\"",
        "[{\"assets\": [{\"name\": \"x\", \"browser_download_url\": \"https://exa mple.org\"}]}]"
      })
  void whatIsNoListOfReleasesIsRefused(String answer) {
    web.says(LIST, answer);

    ProblemException refused =
        assertThrows(ProblemException.class, () -> shelf(null).files(ERRAND));

    assertEquals("cannot fetch it: its answer is no list of releases", refused.getMessage());
    assertEquals(Problem.SOURCE_UNREACHABLE, refused.problem());
  }

  @Test
  void aRepositoryThatIsNotThereIsToldOf() {
    ProblemException refused =
        assertThrows(ProblemException.class, () -> shelf(null).files(ERRAND));

    assertEquals(
        "cannot fetch it: there is no such repository, or none for all", refused.getMessage());
  }

  private ForgeShelf shelf(Path tokenFile) {
    Place.Forge forge = new Place.Forge(URI.create("https://api.example.org/"), tokenFile);
    return new ForgeShelf("https://example.org/ada/notes/", forge, ArchiveNames.of("notes"), web);
  }

  private static String sha256(String text) {
    var digest = Checksum.digest();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    return Checksum.hex(digest);
  }

  /** Servers that answer what they were told to. */
  private static final class Answers implements Web {

    private final Map<String, byte[]> answers = new HashMap<>();

    void says(String address, String text) {
      answers.put(address, text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<byte[]> document(URI address, Errand errand) {
      return Optional.ofNullable(answers.get(address.toString()));
    }

    @Override
    public Optional<byte[]> list(URI address, Errand errand) {
      return document(address, errand);
    }

    @Override
    public boolean download(URI address, Path into, Errand errand) {
      Optional<byte[]> answer = document(address, errand);
      answer.ifPresent(
          bytes -> {
            try {
              Files.write(into, bytes);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
      return answer.isPresent();
    }
  }
}
