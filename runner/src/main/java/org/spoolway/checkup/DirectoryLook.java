package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.spoolway.host.Accounts;
import org.spoolway.layout.SpoolDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.spool.SafePaths;
import org.spoolway.spool.SpoolDirectories;
import org.spoolway.spool.SpoolDirectories.Place;
import org.spoolway.step.Site;

/** Looks whether the queue directories are there with the modes that the border rests on. */
final class DirectoryLook {

  private static final int PERMISSIONS = 07777;

  /** Holds for one user and on a host; `enqueue` could do it only where it may write here. */
  private static final String MAKE_MISSING =
      "Start `spoolway run`, or restart it; it makes what is missing.";

  private DirectoryLook() {}

  static void at(Findings findings, Site site, SpoolDir spool, Path file, Accounts accounts) {
    findings.look("directories", () -> look(site, spool, file, accounts));
  }

  /** What {@code run} refuses to work with comes first. */
  private static String look(Site site, SpoolDir spool, Path file, Accounts accounts)
      throws ProblemException, IOException {
    StateDir state = site.state();
    SpoolDirectories.requireAbove(spool, state, accounts);
    new SafePaths(accounts).requireAbove(file);
    // The state directory itself comes with the first look at candidates, such as this checkup's.
    return Files.notExists(spool.path()) && Files.notExists(state.journals())
        ? "the first `spoolway run` makes them"
        : look(
            SpoolDirectories.places(site.deployment(), spool, state, accounts),
            spool.path(),
            accounts);
  }

  private static String look(List<Place> places, Path spool, Accounts accounts)
      throws ProblemException, IOException {
    List<String> wrong = new ArrayList<>();
    List<String> cures = new ArrayList<>();
    Set<Path> missing = new HashSet<>();
    for (Place place : places) {
      if (!Files.notExists(place.path(), LinkOption.NOFOLLOW_LINKS)) {
        look(place, accounts, wrong, cures);
      } else if (missing.add(place.path()) && !missing.contains(place.path().getParent())) {
        wrong.add(place.path() + " is missing");
      }
    }
    if (!wrong.isEmpty()) {
      throw new ProblemException(
          Problem.STORAGE_FAILED,
          "cannot rely on the directories: " + String.join("; ", wrong),
          fix(cures, missing),
          null);
    }
    return "as they should be, below " + spool;
  }

  private static String fix(List<String> cures, Set<Path> missing) {
    List<String> sentences = new ArrayList<>();
    if (!cures.isEmpty()) {
      sentences.add("Run " + String.join(" and ", cures) + ".");
    }
    if (!missing.isEmpty()) {
      sentences.add(MAKE_MISSING);
    }
    return String.join(" ", sentences);
  }

  private static void look(Place place, Accounts accounts, List<String> wrong, List<String> cures)
      throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(place.path(), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    int mode =
        (int) Files.getAttribute(place.path(), "unix:mode", LinkOption.NOFOLLOW_LINKS)
            & PERMISSIONS;
    if (!attributes.isDirectory()) {
      wrong.add(place.path() + " is no directory");
      cures.add("`mv " + place.path() + " " + place.path() + ".old`");
    } else if (mode != place.mode()) {
      wrong.add(place.path() + " has mode " + octal(mode) + ", not " + octal(place.mode()));
      cures.add("`chmod " + octal(place.mode()) + " " + place.path() + "`");
    } else if (place.group() != null && !SafePaths.isOf(place.group(), place.path())) {
      wrong.add(place.path() + " has group " + attributes.group() + ", not " + place.group());
      cures.add("`chgrp " + place.group() + " " + place.path() + "`");
    } else {
      Optional<SafePaths.Fault> fault = new SafePaths(accounts).look(place);
      fault.ifPresent(unsafe -> wrong.add(place.path() + " " + unsafe.observed()));
      fault.ifPresent(unsafe -> cures.add(unsafe.cure()));
    }
  }

  private static String octal(int mode) {
    return Integer.toOctalString(mode);
  }
}
