package org.spoolway.spool;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.spoolway.host.Accounts;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Status;
import org.spoolway.spool.SpoolDirectories.Place;

/**
 * Sees that nobody but the runner and root can change what the border rests on. The rules for what
 * lies above a directory are those of OpenSSH's {@code StrictModes}: each owner is root or oneself,
 * and nobody else can write, but where the sticky bit keeps names from being exchanged.
 */
public final class SafePaths {

  private static final int GROUP_WRITE = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int STICKY = 01000;
  private static final int GROUP_AND_OTHERS = 0077;

  private final int runner;

  /** The paths of whoever runs the runner. */
  public SafePaths(Accounts accounts) {
    this.runner = accounts.ownUid();
  }

  /** What is wrong with a path, and the command that mends it. */
  public record Fault(String observed, String cure) {}

  private record Look(int mode, int uid, int gid, boolean link, boolean directory) {

    static Look at(Path path) throws IOException {
      Map<String, Object> unix =
          Files.readAttributes(
              path, "unix:mode,uid,gid,isSymbolicLink,isDirectory", LinkOption.NOFOLLOW_LINKS);
      return new Look(
          (Integer) value(unix, "mode") & 07777,
          (Integer) value(unix, "uid"),
          (Integer) value(unix, "gid"),
          (Boolean) value(unix, "isSymbolicLink"),
          (Boolean) value(unix, "isDirectory"));
    }

    private static Object value(Map<String, Object> unix, String name) {
      return Objects.requireNonNull(unix.get(name), name);
    }

    boolean has(int bits) {
      return (mode & bits) != 0;
    }
  }

  /**
   * Refuses to work with a directory that others can change, or exchange.
   *
   * @throws ProblemException {@code UNSAFE_PATH}
   */
  public void require(Iterable<Place> places) throws ProblemException, IOException {
    for (Place place : places) {
      refuse(place.path(), look(place));
    }
  }

  /**
   * Refuses to work below directories that others can change, or with a file that they can.
   *
   * @param path a file or directory, or what will be one; what lies above its real place is looked
   *     at too
   * @throws ProblemException {@code UNSAFE_PATH}
   */
  public void requireAbove(Path path) throws ProblemException, IOException {
    Path there = path.toAbsolutePath();
    while (Files.notExists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    for (Path part = there.toRealPath(); part != null; part = part.getParent()) {
      refuse(part, above(part, Look.at(part)));
    }
  }

  private static void refuse(Path path, Optional<Fault> fault) throws ProblemException {
    if (fault.isPresent()) {
      throw new ProblemException(
          Problem.UNSAFE_PATH,
          "cannot rely on " + path + ": it " + fault.get().observed(),
          "Run " + fault.get().cure() + ".",
          null);
    }
  }

  /** A group of the same number as its owner is his alone, as Debian makes them. */
  private Optional<Fault> above(Path path, Look look) {
    boolean othersWrite = look.has(OTHERS_WRITE);
    boolean groupWrites = look.has(GROUP_WRITE) && look.gid() != 0 && look.gid() != look.uid();
    if (isForeign(look)) {
      return Optional.of(foreign(path, look));
    } else if ((othersWrite || groupWrites) && !(look.directory() && look.has(STICKY))) {
      String who = othersWrite ? "o-w" : "g-w";
      return Optional.of(writable(look, "`chmod " + who + " " + path + "`"));
    }
    return Optional.empty();
  }

  /** Why nothing is taken from an inbox, or empty when it is as it was made. */
  Optional<Status.Unserved> unserved(String origin, Place inbox) throws IOException {
    return look(inbox)
        .map(
            fault ->
                new Status.Unserved(
                    "cannot serve " + origin + ": " + inbox.path() + " " + fault.observed(),
                    "Run " + fault.cure() + "."));
  }

  /** What makes a directory unsafe, or empty; one that is closed more than need be is not. */
  public Optional<Fault> look(Place place) throws IOException {
    Path path = place.path();
    Look look;
    try {
      look = Look.at(path);
    } catch (NoSuchFileException missing) {
      String make = "`mkdir -m " + Integer.toOctalString(place.mode()) + " " + path + "`";
      return Optional.of(new Fault("is missing", make));
    }
    int beyond = look.mode() & ~place.mode();
    int unwanted = place.isPrivate() ? GROUP_AND_OTHERS : GROUP_WRITE | OTHERS_WRITE;
    boolean exchangeable = look.has(GROUP_WRITE) && !look.has(STICKY);
    if (look.link()) {
      return Optional.of(
          new Fault(
              "is a symbolic link, which may lead anywhere", "`rm " + path + "`, then run again"));
    } else if (!look.directory()) {
      return Optional.of(new Fault("is no directory", "`mv " + path + " " + path + ".old`"));
    } else if (isForeign(look)) {
      return Optional.of(foreign(path, look));
    } else if ((beyond & unwanted) != 0 || exchangeable) {
      String mode = Integer.toOctalString(place.mode());
      return Optional.of(writable(look, "`chmod " + mode + " " + path + "`"));
    } else if (place.group() != null && !isOf(place.group(), path)) {
      return Optional.of(
          new Fault(
              "is not of group " + place.group(), "`chgrp " + place.group() + " " + path + "`"));
    }
    return Optional.empty();
  }

  private boolean isForeign(Look look) {
    return look.uid() != 0 && look.uid() != runner;
  }

  private Fault foreign(Path path, Look look) {
    return new Fault(
        "belongs to user " + look.uid() + ", who could change it",
        "`chown " + runner + " " + path + "`");
  }

  private static Fault writable(Look look, String cure) {
    return new Fault(
        "has mode " + Integer.toOctalString(look.mode()) + ", so that others can change it", cure);
  }

  /** Both can be a name or a number; what the file system resolves them to is compared. */
  public static boolean isOf(String group, Path path) throws IOException {
    try {
      GroupPrincipal named =
          FileSystems.getDefault()
              .getUserPrincipalLookupService()
              .lookupPrincipalByGroupName(group);
      return named.equals(Files.getAttribute(path, "posix:group", LinkOption.NOFOLLOW_LINKS));
    } catch (UserPrincipalNotFoundException unknown) {
      return false;
    }
  }
}
