package org.spoolway.host.git;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.problem.ProblemException;

/** Brings a release, and the submodules in it, into the mirrors. */
final class ReleaseFetch {

  private static final Logger LOG = LoggerFactory.getLogger(ReleaseFetch.class);

  private final Submodules submodules;
  private final Part release;
  private final Candidate candidate;
  private final Duration timeout;
  private final TransferMonitor monitor;

  ReleaseFetch(
      Submodules submodules,
      Part release,
      Candidate candidate,
      Duration timeout,
      TransferMonitor monitor) {
    this.submodules = submodules;
    this.release = release;
    this.candidate = candidate;
    this.timeout = timeout;
    this.monitor = monitor;
  }

  /** Fetches the tag and, as deep as they go, the submodules in its tree. */
  void whole() throws ProblemException, IOException {
    Deque<Part> open = new ArrayDeque<>(tag());
    while (!open.isEmpty()) {
      open.addAll(reported(open.remove()));
    }
  }

  /**
   * Fetches the tag and the tree it names.
   *
   * @return the submodules, not fetched
   */
  List<Part> tag() throws ProblemException, IOException {
    return reported(release);
  }

  private List<Part> reported(Part part) throws ProblemException, IOException {
    try {
      return mended(part);
    } catch (RemoteFailure e) {
      throw Problems.undelivered(action(part), e, monitor);
    } catch (UnusableTreeException e) {
      throw Problems.unusable(action(part), e);
    }
  }

  private String action(Part part) {
    String version = candidate.version().text();
    String what =
        part.isRelease() ? "release " + version : "submodule " + part.path() + " of " + version;
    return "fetch " + what + " from " + part.url();
  }

  private List<Part> mended(Part part)
      throws RemoteFailure, UnusableTreeException, ProblemException, IOException {
    try {
      return once(part);
    } catch (MirrorDamage damage) {
      monitor.beat();
      LOG.warn("{} is made anew, for it is damaged: {}", damage.mirror(), damage.observed());
      damage.mirror().discard();
    }
    try {
      return once(part);
    } catch (MirrorDamage again) {
      throw new RemoteFailure("what it sends is not whole: " + again.observed(), again);
    }
  }

  private List<Part> once(Part part)
      throws RemoteFailure, MirrorDamage, UnusableTreeException, ProblemException, IOException {
    try (Repository mirror = part.mirror().open()) {
      PartFetch fetch = new PartFetch(part, mirror, timeout, monitor);
      CompleteTree tree =
          part.isRelease() ? fetch.tag(candidate.tag(), action(part)) : fetch.commit();
      return submodules.of(part, mirror, tree);
    }
  }
}
