package org.spoolway.host.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.host.git.GitUrl.RefusedUrlException;

class GitUrlTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.org/app.git",
        "https://token@example.org/app.git",
        "https://[2001:db8::1]:8443/app.git",
        "ssh://git@example.org/app.git",
        "ssh://git@example.org:2222/~/app.git",
        "git@example.org:team/app.git",
        "example.org:/srv/app.git",
        "deploy-app:app.git",
        "file:///srv/app.git",
        "/srv/with space/app.git",
        "http://127.0.0.1:8080/app.git",
        "http://localhost/app.git",
        "http://[::1]:8080/app.git"
      })
  void whatIsSafeIsAccepted(String url) throws Exception {
    assertFalse(GitUrl.parse(url).address().getPath().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "app.git",
        "./app.git",
        "../app.git",
        "~/app.git",
        "http://example.org/app.git",
        "http://127.0.0.1.example.org/app.git",
        "http://localhost@example.org/app.git",
        "http://10.0.0.1/app.git",
        "git://example.org/app.git",
        "ftp://example.org/app.git",
        "ext::sh -c id",
        "-oProxyCommand=id:x",
        "https:///app.git",
        "file://host/app.git",
        "file://relative",
        "https://example.org/app.git\nx"
      })
  void whatIsNotSafeIsRefused(String url) {
    assertThrows(RefusedUrlException.class, () -> GitUrl.parse(url));
  }

  @Test
  void aFileAddressIsDecodedAndAPathIsNot() throws Exception {
    assertEquals("/srv/a b", GitUrl.parse("file:///srv/a%20b").localPath());
    assertEquals("/srv/a%20b", GitUrl.parse("/srv/a%20b").localPath());
    assertNull(GitUrl.parse("https://example.org/app.git").localPath());
  }

  @ParameterizedTest
  @CsvSource({
    "https://user:secret@example.org/app.git, https://example.org/app.git",
    "https://secret@example.org/app.git, https://example.org/app.git",
    "git@example.org:app.git, git@example.org:app.git",
    "https://example.org/a@b.git, https://example.org/a@b.git"
  })
  void secretsAreNotShown(String url, String shown) throws Exception {
    assertEquals(shown, GitUrl.parse(url).toString());
    assertFalse(GitUrl.parse(url).withoutSecrets("from " + url + ": no").contains("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/team/app.git, ../lib.git, https://example.org/team/lib.git",
    "https://example.org/team/app.git/, ../lib.git, https://example.org/team/lib.git",
    "https://example.org/team/app.git, ../../other/lib.git, https://example.org/other/lib.git",
    "https://example.org/team/app.git, ./lib.git, https://example.org/team/app.git/lib.git",
    "https://u:p@example.org/app.git, ../lib.git, https://u:p@example.org/lib.git",
    "git@example.org:team/app.git, ../lib.git, git@example.org:team/lib.git",
    "git@example.org:app.git, ../lib.git, git@example.org:lib.git",
    "git@example.org:/app.git, ../lib.git, git@example.org:/lib.git",
    "/srv/git/app.git, ../lib.git, /srv/git/lib.git",
    "file:///srv/app.git, ../lib.git, file:///srv/lib.git"
  })
  void aRelativeAddressIsResolvedAsGitDoes(String parent, String written, String resolved)
      throws Exception {
    assertEquals(resolved, GitUrl.parse(parent).submodule(written).text());
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.org/app.git, ../../lib.git",
    "git@example.org:app.git, ../../lib.git",
    "/app.git, ../../lib.git"
  })
  void aRelativeAddressCannotLeaveItsHost(String parent, String written) throws Exception {
    GitUrl url = GitUrl.parse(parent);

    assertThrows(RefusedUrlException.class, () -> url.submodule(written));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/etc/secret.git", "file:///etc/secret.git", "http://127.0.0.1:8080/admin.git"})
  void aRepositoryFromElsewhereMayNotNameOneOnThisHost(String local) throws Exception {
    GitUrl remote = GitUrl.parse("https://example.org/app.git");

    assertThrows(RefusedUrlException.class, () -> remote.submodule(local));
    assertEquals(local, GitUrl.parse("/srv/app.git").submodule(local).text());
  }
}
