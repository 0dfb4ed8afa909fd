package org.spoolway.deployment;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * Whose a release is while it is made by a runner that is root: the builder's for as long as it is
 * built, root's before and afterwards.
 *
 * <p>Names are given from the inside out and taken from the outside in. So whenever root looks up a
 * name, all directories that lead to it are root's, none else can write them, and what was seen
 * there is what is changed; the parent of all releases is root's too. Links are never followed.
 *
 * <p>What an access list grants beyond the mode ends with the taking, since the group's permissions
 * bound it; other extended attributes stay as they are and mean nothing to the runner. Whoever held
 * a file open for writing, outside of the build, could still write it: no process of the builder's
 * may be left.
 */
final class Custody {

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  /** Some times more than the largest applications have; the seal names them all in memory. */
  private static final int MOST_NAMES = 200_000;

  private final Path release;
  private final UserPrincipal builder;
  private final UserPrincipal root;
  private final int most;
  private int names;

  /**
   * The custody of a release that was just fetched.
   *
   * @param builder a user's name or number
   */
  Custody(Path release, String builder) throws IOException {
    this(release, builder, MOST_NAMES);
  }

  /**
   * The same with another limit.
   *
   * @param most how many names it may hold
   */
  Custody(Path release, String builder, int most) throws IOException {
    this.most = most;
    var accounts = release.getFileSystem().getUserPrincipalLookupService();
    this.release = release;
    this.builder = accounts.lookupPrincipalByName(builder);
    this.root = accounts.lookupPrincipalByName("0");
  }

  /**
   * Gives the builder all of it.
   *
   * @throws ProblemException {@code BUILD_FAILED} when it holds too many names
   */
  void give() throws ProblemException, IOException {
    give(release);
  }

  private void give(Path path) throws ProblemException, IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      for (Path inner : names(path)) {
        give(inner);
      }
    }
    setOwner(path, builder);
  }

  /**
   * Takes back all of it, once nothing of the builder's runs any more. What it lacks are set-uid
   * bits, and write permission for others.
   *
   * @throws ProblemException {@code BUILD_FAILED} when something in it is not the builder's own, or
   *     is neither a file nor a directory nor a link, and when it holds too many names
   */
  void takeBack() throws ProblemException, IOException {
    take(release);
  }

  private void take(Path path) throws ProblemException, IOException {
    Look look = Look.at(path);
    if (!look.owner().equals(builder)) {
      throw refused(path, "it belongs to " + look.owner().getName() + ", not to whoever built");
    } else if (look.is("isSymbolicLink")) {
      setOwner(path, root);
    } else if (look.is("isDirectory")) {
      close(path);
      for (Path inner : names(path)) {
        take(inner);
      }
    } else if (look.is("isRegularFile")) {
      if (look.links() > 1) {
        // Its other names may lie anywhere, such as in a cache whose files stay the builder's.
        Trees.cutOff(path, ApplicationDir.partial(release));
      }
      close(path);
    } else {
      throw refused(path, "it is neither a file nor a directory nor a link");
    }
  }

  /**
   * Makes it root's, who alone can write it then; permissions are set anew without further bits.
   */
  private void close(Path path) throws IOException {
    setOwner(path, root);
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
    mode.removeAll(OTHERS_WRITE);
    mode.add(PosixFilePermission.OWNER_READ);
    mode.add(PosixFilePermission.OWNER_WRITE);
    Files.setPosixFilePermissions(path, mode);
  }

  private ProblemException refused(Path path, String observed) {
    return new ProblemException(
        Problem.BUILD_FAILED,
        "cannot use what was built: "
            + RawName.printable(RawName.of(release.resolveSibling(""), path))
            + ": "
            + observed,
        "Have `build.run` leave nothing but files, directories and links of its own in the release.",
        null);
  }

  private static void setOwner(Path path, UserPrincipal owner) throws IOException {
    Trees.attributes(path).setOwner(owner);
  }

  private List<Path> names(Path directory) throws ProblemException, IOException {
    List<Path> inner = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      for (Path name : stream) {
        if (++names > most) {
          throw refused(release, "it holds more than " + most + " names");
        }
        inner.add(name);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return inner;
  }

  private record Look(Map<String, Object> unix) {

    static Look at(Path path) throws IOException {
      return new Look(
          Files.readAttributes(
              path,
              "unix:owner,nlink,isSymbolicLink,isDirectory,isRegularFile",
              LinkOption.NOFOLLOW_LINKS));
    }

    UserPrincipal owner() {
      return (UserPrincipal) value("owner");
    }

    int links() {
      return (Integer) value("nlink");
    }

    boolean is(String type) {
      return (Boolean) value(type);
    }

    private Object value(String name) {
      return Objects.requireNonNull(unix.get(name), name);
    }
  }
}
