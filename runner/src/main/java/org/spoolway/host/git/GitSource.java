package org.spoolway.host.git;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.GitUrl.RefusedUrlException;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.host.git.Pulse.AbandonedException;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;
import org.spoolway.trust.SignatureException;
import org.spoolway.trust.Signed;
import org.spoolway.trust.TrustedKeys;

/**
 * Releases are the tags of a git repository that are semantic versions. All methods may also throw
 * {@code CONFIGURATION} for an address that is not accepted.
 */
public final class GitSource implements Sources {

  private static final Logger LOG = LoggerFactory.getLogger(GitSource.class);

  /** Reads end by their own timeout first, and a failed one may wait for it once more. */
  private static final int SILENT_TIMEOUTS = 4;

  private final String address;
  private final StateDir state;
  private final Submodules submodules;
  private final Duration timeout;
  private final Clock clock;

  /**
   * A source; nothing is asked or written yet.
   *
   * @param address {@code https://}, {@code ssh://}, {@code file://}, {@code user@host:path} or an
   *     absolute path
   * @param state where mirrors are kept
   * @param timeout how long an answer from the network may take
   * @param clock what keys and signatures must not have expired by
   */
  public GitSource(String address, StateDir state, Duration timeout, Clock clock) {
    JGitSettings.install();
    this.address = address;
    this.state = state;
    this.submodules = new Submodules(state);
    this.timeout = timeout;
    this.clock = clock;
  }

  @Override
  public List<Candidate> candidates() throws ProblemException {
    GitUrl url = url();
    return transferred(
        "list the releases of " + url,
        Progress.NONE,
        new Interruption(),
        monitor -> Tags.candidates(url, timeout));
  }

  @Override
  public void fetch(Candidate candidate, Progress progress, Interruption interruption)
      throws ProblemException {
    Part release = release(candidate);
    String summary =
        transferred(
            "fetch release " + candidate.version() + " from " + release.url(),
            progress,
            interruption,
            monitor -> {
              new ReleaseFetch(submodules, release, candidate, timeout, monitor).whole();
              return monitor.summary();
            });
    progress.at(1.0, summary);
  }

  @Override
  public String notes(Candidate candidate) throws ProblemException {
    return ofTag("notes", candidate, (release, mirror) -> Tags.message(release, mirror).orElse(""));
  }

  @Override
  public Signed signer(Candidate candidate, TrustedKeys trust) throws ProblemException {
    return ofTag(
        "signature",
        candidate,
        (release, mirror) -> {
          try {
            return SignedTag.read(release, mirror, candidate.tag())
                .signer(mirror, trust, clock.instant());
          } catch (SignatureException refused) {
            throw Problems.untrusted(candidate, refused);
          }
        });
  }

  /** What is read of a tag that the mirror has. */
  private interface Reading<T> {
    T of(Part release, Repository mirror) throws ProblemException, MirrorDamage;
  }

  private <T> T ofTag(String what, Candidate candidate, Reading<T> reading)
      throws ProblemException {
    Part release = release(candidate);
    return transferred(
        "read the " + what + " of release " + candidate.version() + " from " + release.url(),
        Progress.NONE,
        new Interruption(),
        monitor -> {
          try (Repository mirror = release.mirror().open()) {
            if (mirror.getObjectDatabase().has(release.object())) {
              return reading.of(release, mirror);
            }
          } catch (MirrorDamage damage) {
            LOG.debug("the mirror {} will be mended: {}", damage.mirror(), damage.observed());
          }
          return fetched(release, candidate, monitor, reading);
        });
  }

  /** What turns out to be nobody's goes again: others could fill the disk with it. */
  private <T> T fetched(
      Part release, Candidate candidate, TransferMonitor monitor, Reading<T> reading)
      throws ProblemException, MirrorDamage, IOException {
    Set<Path> before = release.mirror().packs();
    try {
      new ReleaseFetch(submodules, release, candidate, timeout, monitor).tag();
      try (Repository mirror = release.mirror().open()) {
        return reading.of(release, mirror);
      }
    } catch (ProblemException refused) {
      release.mirror().withdraw(candidate.tag(), before);
      throw refused;
    }
  }

  @Override
  public void export(Candidate candidate, Path into, Progress progress, Interruption interruption)
      throws ProblemException {
    Part release = release(candidate);
    String action = "write release " + candidate.version() + " to " + into;
    FreeSpace space = new FreeSpace(into.toAbsolutePath().resolveSibling(""));
    try {
      mended(release, candidate, into, progress, interruption);
    } catch (MirrorDamage damage) {
      throw Problems.damaged(action, damage);
    } catch (UnusableTreeException e) {
      throw Problems.unusable(action, e);
    } catch (AbandonedException e) {
      throw interruption.ended(action);
    } catch (IOException e) {
      throw Problems.unwritten(action, e, space);
    }
  }

  private void mended(
      Part release, Candidate candidate, Path into, Progress progress, Interruption interruption)
      throws ProblemException, MirrorDamage, UnusableTreeException, IOException {
    try {
      written(release, into, progress, interruption);
      return;
    } catch (MirrorDamage damage) {
      LOG.warn("{} is fetched anew, for it is damaged: {}", damage.mirror(), damage.observed());
      damage.mirror().discard();
      Directories.delete(into);
    }
    fetch(candidate, progress, interruption);
    written(release, into, progress, interruption);
  }

  private void written(Part release, Path into, Progress progress, Interruption interruption)
      throws MirrorDamage, UnusableTreeException, IOException {
    ExportMeter meter = new ExportMeter(progress, interruption);
    meter.beat();
    new ReleaseExport(submodules, meter).write(release, into);
    meter.tell();
  }

  @Override
  public Map<String, String> files(Candidate candidate, String directory) throws ProblemException {
    Part release = release(candidate);
    String action = "read " + directory + " of release " + candidate.version();
    fetch(candidate, Progress.NONE, new Interruption());
    try {
      return ReleaseFiles.in(release, directory);
    } catch (MirrorDamage damage) {
      throw Problems.damaged(action, damage);
    } catch (UnusableTreeException e) {
      throw Problems.unusable(action, e);
    }
  }

  private Part release(Candidate candidate) throws ProblemException {
    ObjectId object = ObjectId.fromString(candidate.object());
    return new Part("", 0, url(), Mirror.ofSource(state), object);
  }

  private GitUrl url() throws ProblemException {
    try {
      return GitUrl.parse(address);
    } catch (RefusedUrlException e) {
      throw Problems.refusedUrl(address, e);
    }
  }

  private <T> T transferred(
      String action, Progress progress, Interruption interruption, Transfer.Work<T> work)
      throws ProblemException {
    Duration silence = timeout.multipliedBy(SILENT_TIMEOUTS);
    FreeSpace space = new FreeSpace(state.path());
    Transfer transfer = new Transfer(space, progress, interruption, silence);
    try {
      return transfer.run(work);
    } catch (AbandonedException e) {
      throw interruption.ended(action);
    } catch (RemoteFailure e) {
      throw Problems.undelivered(action, e, transfer.monitor());
    } catch (MirrorDamage e) {
      throw Problems.damaged(action, e);
    } catch (IOException e) {
      throw Problems.unwritten(action, e, transfer.monitor().space());
    }
  }
}
