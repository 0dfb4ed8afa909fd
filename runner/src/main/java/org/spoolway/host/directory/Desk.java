package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Trees;
import org.spoolway.host.Accounts;
import org.spoolway.host.archive.Ownership;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.layout.StateDir;

/**
 * Where candidates are copied to be asked. The state directory is hidden from other accounts, and
 * all the more from confined commands; so what another account asks lies beside the releases, where
 * that account alone may look at it, and change nothing.
 */
final class Desk {

  private static final int ROOT = 0;

  private final Path path;
  private final Accounts accounts;
  private final @Nullable String asker;

  private Desk(Path path, Accounts accounts, @Nullable String asker) {
    this.path = path;
    this.accounts = accounts;
    this.asker = asker;
  }

  /**
   * A desk for an account.
   *
   * @param user whom programs run as that are asked, or null for the runner's own user
   */
  static Desk of(
      @Nullable String user, StateDir state, ApplicationDir application, Accounts accounts) {
    boolean isOthers = user != null && accounts.ownUid() == ROOT;
    return isOthers
        ? new Desk(application.candidate(), accounts, user)
        : new Desk(state.candidates().resolve("asked"), accounts, null);
  }

  /** Whether a runner that was killed has left something there. */
  boolean isLeft() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Makes it, with nothing on it.
   *
   * @return where a candidate may be copied to
   * @throws UnsettledException when there is no such account, or somebody else could exchange what
   *     lies there
   */
  Path prepare() throws UnsettledException, IOException {
    Path above = path.resolveSibling("");
    Files.createDirectories(above);
    if (!Ownership.isOwn(above)) {
      throw new UnsettledException(
          "it cannot be asked in " + above + ", since " + Ownership.others() + " can write there");
    }
    clear();
    Files.createDirectory(path);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
    if (asker != null) {
      Files.getFileAttributeView(path, PosixFileAttributeView.class).setGroup(group(asker));
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-x---"));
    }
    return path.resolve("copy");
  }

  private GroupPrincipal group(String user) throws UnsettledException, IOException {
    String group =
        accounts
            .primaryGroup(user)
            .orElseThrow(
                () -> new UnsettledException("there is no user " + user + " on this host"));
    return FileSystems.getDefault()
        .getUserPrincipalLookupService()
        .lookupPrincipalByGroupName(group);
  }

  /** Takes away all that is there; where others could exchange it nothing ever was. */
  void clear() throws IOException {
    if (isLeft() && Ownership.isOwn(path.resolveSibling(""))) {
      Trees.delete(path);
    }
  }
}
