package org.spoolway.host.command;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Trees;
import org.spoolway.host.Accounts;

/**
 * A directory of the runner's that another account fills, and reads afterwards; where the commands
 * run as the runner's own user, nothing changes hands.
 *
 * <p>It is taken back from the outside in: whenever root looks up a name, the directory that holds
 * it is root's already, and nobody can exchange the name for a link any more.
 *
 * @param user the account's name or number; null for the runner's own
 */
record Loan(@Nullable String user, Accounts accounts) {

  private static final String ROOT = "0";

  /** The data, the snapshot and {@code snapshots/}; what lies above is the administrator's. */
  private static final int OWN_LEVELS = 3;

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /** Lets the account write an empty directory, and pass those above it, which it cannot list. */
  void give(Path directory) throws IOException {
    if (isAnothers()) {
      letThrough(directory);
      Trees.giveTo(directory, account());
    }
  }

  private void letThrough(Path directory) throws IOException {
    Path above = directory.getParent();
    for (int level = 0; level < OWN_LEVELS && above != null; level++) {
      Trees.giveTo(above, ROOT, group());
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(above);
      if (mode.add(PosixFilePermission.GROUP_EXECUTE)) {
        Files.setPosixFilePermissions(above, mode);
      }
      above = above.getParent();
    }
  }

  /**
   * Takes a directory back with all that is in it. What the account's mode let itself read it can
   * still read, as its group can; nobody but the runner can write any of it.
   *
   * @throws IOException when something lies there that is no directory and no plain file of its own
   */
  void takeBack(Path directory) throws IOException {
    if (!isAnothers()) {
      return;
    }
    claim(directory);
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path path : names) {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          takeBack(path);
        } else {
          requirePlain(path);
          claim(path);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Sees that a file can be reached by no other name, so that it stays what it is. */
  static void requirePlain(Path path) throws IOException {
    Map<String, Object> attributes =
        Files.readAttributes(path, "unix:nlink,isRegularFile", LinkOption.NOFOLLOW_LINKS);
    if (!Boolean.TRUE.equals(attributes.get("isRegularFile"))
        || !Integer.valueOf(1).equals(attributes.get("nlink"))) {
      throw new IOException(path + " is neither a directory nor a plain file of its own");
    }
  }

  private void claim(Path path) throws IOException {
    Trees.giveTo(path, ROOT, group());
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    mode.retainAll(OWNERS);
    if (mode.contains(PosixFilePermission.OWNER_READ)) {
      mode.add(PosixFilePermission.GROUP_READ);
    }
    if (mode.contains(PosixFilePermission.OWNER_EXECUTE)) {
      mode.add(PosixFilePermission.GROUP_EXECUTE);
    }
    Files.setPosixFilePermissions(path, mode);
  }

  private boolean isAnothers() throws IOException {
    return user != null && accounts.ownUid() == 0 && !principal(user).equals(principal(ROOT));
  }

  private static UserPrincipal principal(String user) throws IOException {
    try {
      return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(user);
    } catch (UserPrincipalNotFoundException e) {
      throw unknown(user);
    }
  }

  private static IOException unknown(String user) {
    return new IOException("there is no user " + user + " on this host");
  }

  private String account() {
    return Objects.requireNonNull(user, "nothing is lent to the runner's own user");
  }

  private GroupPrincipal group() throws IOException {
    Optional<String> group = accounts.primaryGroup(account());
    return FileSystems.getDefault()
        .getUserPrincipalLookupService()
        .lookupPrincipalByGroupName(group.orElseThrow(() -> unknown(account())));
  }
}
