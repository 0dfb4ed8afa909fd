package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Origin;
import org.spoolway.host.Accounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;

/** Makes a deployment's queue directories, with the modes that the border rests on. */
public final class SpoolDirectories {

  /**
   * Members of the group can drop and take back; only the owner of a file can remove it; nobody can
   * list.
   */
  private static final int INBOX = 01730;

  private static final int PRIVATE = 0700;
  private static final int PUBLIC = 0755;

  /** New files take the directory's group. */
  private static final int GROUP_READABLE = 02750;

  private static final FileAttribute<?> UNUSABLE = PosixFilePermissions.asFileAttribute(Set.of());

  private SpoolDirectories() {}

  /**
   * One directory as it is made.
   *
   * @param path where
   * @param mode the permission bits, the sticky and the set-group bit included
   * @param group who may use what the mode gives to the group, or null for the runner's own
   */
  public record Place(Path path, int mode, @Nullable String group) {

    /** Whether nobody but the runner has any business there. */
    boolean isPrivate() {
      return mode == PRIVATE;
    }
  }

  /**
   * All directories of a deployment, each after its parent. Groups are named for a privileged
   * runner only: for any other, everything belongs to its one user.
   */
  public static List<Place> places(
      Deployment deployment, SpoolDir spool, StateDir state, Accounts accounts) {
    List<Place> places = new ArrayList<>();
    places.add(new Place(state.path(), PRIVATE, null));
    places.add(new Place(state.journals(), PRIVATE, null));
    if (!deployment.notification().isSilent()) {
      places.add(new Place(state.outbox(), PRIVATE, null));
      places.add(new Place(state.givenUp(), PRIVATE, null));
    }
    places.add(new Place(spool.path(), PUBLIC, null));
    places.add(new Place(spool.inboxes(), PUBLIC, null));
    places.add(new Place(spool.processing(), PRIVATE, null));
    places.add(new Place(spool.rejected(), PRIVATE, null));
    places.add(new Place(spool.rooms(), PRIVATE, null));
    places.add(new Place(spool.results(), PUBLIC, null));
    places.add(new Place(spool.logs(), PUBLIC, null));
    for (String origin : deployment.origins().keySet()) {
      Place inbox = inbox(deployment, spool, origin, accounts);
      String group = inbox.group();
      places.add(new Place(spool.rejected(origin), PRIVATE, null));
      places.add(inbox);
      places.add(new Place(spool.results(origin), GROUP_READABLE, group));
      places.add(new Place(spool.logs(origin), GROUP_READABLE, group));
    }
    return places;
  }

  /** The inbox of an origin. Nobody else has any business in the runner's own. */
  static Place inbox(Deployment deployment, SpoolDir spool, String origin, Accounts accounts) {
    Origin settings = deployment.origin(origin);
    if (deployment.isOwn(origin)) {
      return new Place(spool.inbox(origin), PRIVATE, null);
    }
    return new Place(
        spool.inbox(origin), INBOX, accounts.ownUid() == 0 ? group(settings, accounts) : null);
  }

  /**
   * Makes what is missing; what is there keeps its owner and mode.
   *
   * @throws ProblemException {@code UNSAFE_PATH} when somebody else could change or exchange one of
   *     them, or what lies above: it names the first, and what mends it
   */
  public static void prepare(
      Deployment deployment, SpoolDir spool, StateDir state, Accounts accounts)
      throws ProblemException, IOException {
    SafePaths safe = new SafePaths(accounts);
    requireAbove(spool, state, accounts);
    List<Place> places = places(deployment, spool, state, accounts);
    for (Place place : places) {
      make(place.path(), place.mode(), place.group());
    }
    safe.require(places);
  }

  /**
   * Sees that nobody else can exchange what lies above the directories.
   *
   * @throws ProblemException {@code UNSAFE_PATH}
   */
  public static void requireAbove(SpoolDir spool, StateDir state, Accounts accounts)
      throws ProblemException, IOException {
    SafePaths safe = new SafePaths(accounts);
    safe.requireAbove(parent(spool.path()));
    safe.requireAbove(parent(state.path()));
  }

  private static Path parent(Path directory) {
    return Objects.requireNonNull(directory.toAbsolutePath().getParent());
  }

  /** The group that may drop and read: the one that is named, or else the first owner's. */
  private static @Nullable String group(Origin origin, Accounts accounts) {
    if (origin.group() != null || origin.owners().isEmpty()) {
      return origin.group();
    }
    String first = origin.owners().get(0);
    return first.startsWith("@") ? first.substring(1) : accounts.primaryGroup(first).orElse(null);
  }

  /**
   * Nobody may do anything in it before it has its group and mode, and that nobody may is the sign
   * that a crash came in between. Several processes may make it at once.
   */
  private static void make(Path directory, int mode, @Nullable String group) throws IOException {
    Files.createDirectories(parent(directory));
    try {
      Files.createDirectory(directory, UNUSABLE);
    } catch (FileAlreadyExistsException there) {
      if (permissions(directory) != 0) {
        return;
      }
    }
    if (group != null) {
      GroupPrincipal principal =
          directory
              .getFileSystem()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName(group);
      Files.getFileAttributeView(directory, PosixFileAttributeView.class).setGroup(principal);
    }
    Files.setAttribute(directory, "unix:mode", mode);
  }

  private static int permissions(Path directory) throws IOException {
    return (int) Files.getAttribute(directory, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0777;
  }
}
