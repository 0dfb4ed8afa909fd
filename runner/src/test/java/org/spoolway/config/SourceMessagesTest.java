package org.spoolway.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.config.DeploymentFile.Runner;
import org.spoolway.problem.ProblemException;
import org.spoolway.source.Place;

/** What is said of a wrong [source]. */
class SourceMessagesTest {

  private static final String ARCHIVE =
      """
      name = "notes"
      root = "/opt/notes"
      [source]
      type = "archive"
      url = "https://example.org/notes/"
      """;

  private static final String DIRECTORY =
      """
      name = "notes"
      root = "/opt/notes"
      [source]
      type = "directory"
      """;

  @TempDir Path path;
  private DeploymentFolder folder;

  @BeforeEach
  void openFolder() {
    folder = new DeploymentFolder(path);
  }

  @Test
  void whatIsNoKeyToTrustIsRefusedWithTheReason() {
    folder.assertRefused(
        "line 6: \"source.trust\" has \"alice@example.org\", which is neither a line such as"
            + " \"ssh-ed25519 AAAA… name\", nor an armored OpenPGP key, nor a line \"RW…\" of"
            + " minisign",
        "trust = [\"alice@example.org\"]\n");
    folder.assertRefused(
        "line 6: \"source.trust\" has \"ssh-dss AAAA\", which is of the type ssh-dss, which cannot be"
            + " checked",
        "trust = [\"ssh-dss AAAA\"]\n");
  }

  @Test
  void aKeyThatCouldNotHaveSignedAReleaseIsRefused() {
    folder.assertRefused(
        "line 6: \"source.trust\" has \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1C…\", which is a key"
            + " of minisign; tags of git are signed by SSH or OpenPGP keys",
        "trust = [\"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"]\n");
    folder.assertRefusedWhole(
        "line 6: \"source.trust\" has \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDg+…\", which is no key"
            + " of minisign, which archives are signed by",
        ARCHIVE
            + "trust = [\"ssh-ed25519"
            + " AAAAC3NzaC1lZDI1NTE5AAAAIDg+vrtoutW6clyasiVK3DZZ+qa2FrucKCuk+l32Uunc\"]\n");
  }

  @Test
  void whatIsNoDirectoryOfArchivesIsRefused() {
    for (String url :
        List.of(
            "git@example.org:notes",
            "http://example.org/notes/",
            "https://example.org/notes/?list",
            "https://name:password@example.org/notes/",
            "/srv/notes")) {
      folder.assertRefusedWhole(
          "line 5: \"source.url\" must be https://… or file:///…, a directory of archives (http://"
              + " only to this host itself, since anybody on the way could change it), not \""
              + url
              + "\"",
          ARCHIVE.replace("https://example.org/notes/", url));
    }
  }

  @Test
  void keysOfArchivesAreChecked() {
    folder.assertRefusedWhole(
        "line 6: \"source.file\" must be the name of an archive with {version} in it, such as"
            + " \"notes-{version}.tar.gz\", not \"notes.zip\"",
        ARCHIVE + "file = \"notes.zip\"\n");
    folder.assertRefusedWhole(
        "line 6: \"source.maxSize\" must be a size such as \"2 GiB\", not \"big\"",
        ARCHIVE + "maxSize = \"big\"\n");
    folder.assertRefusedWhole(
        "line 6: \"source.timeout\" must be a duration such as \"1h\", not \"soon\"",
        ARCHIVE + "timeout = \"soon\"\n");
    folder.assertRefusedWhole(
        "line 6: \"source.proxy\" must be such as \"http://proxy.example.org:3128\", not"
            + " \"proxy.example.org\"",
        ARCHIVE + "proxy = \"proxy.example.org\"\n");
    for (String key : List.of("file = \"notes-{version}\"", "maxSize = \"1 GiB\"")) {
      folder.assertRefused(
          "line 6: \"source."
              + key.substring(0, key.indexOf(' '))
              + "\" is for another `type` of source",
          key + "\n");
    }
  }

  @Test
  void keysOfForgesAreChecked() {
    String forge = ARCHIVE.replace("archive", "github");
    folder.assertRefusedWhole(
        "line 5: \"source.url\" must be such as \"https://github.com/OWNER/REPOSITORY\", not"
            + " \"https://example.org/notes/\"",
        forge);
    String gitea = forge.replace("notes/", "ada/notes");
    folder.assertRefusedWhole(
        "line 5: \"source.api\" is missing, such as \"https://git.example.org/api/v1\" for Gitea and"
            + " Forgejo",
        gitea);
    folder.assertRefusedWhole(
        "line 6: \"source.api\" is for another `type` of source",
        ARCHIVE + "api = \"https://example.org/api/v1\"\n");
  }

  @Test
  void keysOfDirectoriesAreChecked() {
    String directory = DIRECTORY + "url = \"/srv/notes\"\n";
    folder.assertRefusedWhole(
        "line 5: \"source.url\" must be an absolute path such as \"/srv/notes/candidates\", not"
            + " \"https://example.org/notes/\"",
        DIRECTORY + "url = \"https://example.org/notes/\"\n");
    folder.assertRefusedWhole(
        "line 6: \"source.executable\" must be the path of a program in a release, such as"
            + " \"bin/notes\", not \"../notes\"",
        directory + "executable = \"../notes\"\n");
    folder.assertRefusedWhole(
        "line 6: \"source.user\" is root; name an account without any privilege, such as"
            + " \"nobody\"",
        directory + "user = \"0\"\n");
    folder.assertRefusedWhole(
        "line 6: \"source.timeout\" must be a duration such as \"10s\", not \"soon\"",
        directory + "timeout = \"soon\"\n");
    for (String key : List.of("file = \"notes-{version}\"", "trustRoot = \"/etc/root.json\"")) {
      folder.assertRefusedWhole(
          "line 6: \"source."
              + key.substring(0, key.indexOf(' '))
              + "\" is for another `type` of source",
          directory + key + "\n");
    }
    folder.assertRefusedWhole(
        "line 6: \"source.executable\" is for another `type` of source",
        ARCHIVE + "executable = \"notes\"\n");
  }

  @Test
  void candidatesOfADirectoryAreSignedByMinisign() {
    folder.assertRefusedWhole(
        "line 6: \"source.trust\" has \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDg+…\", which is no key"
            + " of minisign, which candidates are signed by",
        DIRECTORY
            + "url = \"/srv/notes\"\n"
            + "trust = [\"ssh-ed25519"
            + " AAAAC3NzaC1lZDI1NTE5AAAAIDg+vrtoutW6clyasiVK3DZZ+qa2FrucKCuk+l32Uunc\"]\n");
  }

  @Test
  void aPrivilegedRunnerAsksCandidatesAsAUserThatIsNamed() throws Exception {
    String directory = DIRECTORY + "url = \"/srv/notes\"\n";
    ProblemException refused =
        assertThrows(
            ProblemException.class, () -> folder.read(directory, Runner.PRIVILEGED_ON_HOST));

    assertEquals(
        "cannot read "
            + folder.file()
            + ": line 3: \"source.user\" is missing; a privileged runner asks candidates for their"
            + " version only as a user that is named",
        refused.getMessage());
    folder.read(directory + "user = \"nobody\"\n", Runner.PRIVILEGED_ON_HOST);
    folder.read(directory, Runner.OWN_USER);
  }

  @Test
  void aDirectoryIsNamedByItsPathOrAsAFile() throws Exception {
    for (String url : List.of("/srv/the notes", "file:///srv/the%20notes")) {
      Place place =
          folder.read(DIRECTORY + "url = \"" + url + "\"\n", Runner.OWN_USER).source().place();

      assertEquals(
          new Place.Directory(
              url, Path.of("/srv/the notes"), "notes", null, Duration.ofSeconds(10), 2L << 30),
          place);
    }
  }
}
