package org.spoolway.host.git;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.problem.ProblemException;

/** Brings one part of a release into its mirror: all that the mirror lacks of it. */
final class PartFetch {

  private static final Logger LOG = LoggerFactory.getLogger(PartFetch.class);

  /** Names of commits in the mirror are ids, so that no two can be in each other's way. */
  private static final String NAMES = "refs/spoolway/";

  private static final int SHOWN_DIGITS = 10;

  private final Part part;
  private final Repository mirror;
  private final Duration timeout;
  private final TransferMonitor monitor;

  /** Prepares it; the mirror is the part's own, opened. */
  PartFetch(Part part, Repository mirror, Duration timeout, TransferMonitor monitor) {
    this.part = part;
    this.mirror = mirror;
    this.timeout = timeout;
    this.monitor = monitor;
  }

  /**
   * Receives a tag, provided that it still names what it named when it was chosen.
   *
   * @param action what it is for, as people would say it
   * @return the tag's tree, of which everything is there now
   * @throws RemoteFailure when it cannot be had
   * @throws MirrorDamage when the mirror stands in the way
   * @throws UnusableTreeException when it cannot be a release
   * @throws ProblemException when the tag was moved
   * @throws IOException when the mirror cannot be written, or nobody waits any more
   */
  CompleteTree tag(String tag, String action)
      throws RemoteFailure, MirrorDamage, UnusableTreeException, ProblemException, IOException {
    monitor.transferring("", part.mirror().objects());
    String name = Constants.R_TAGS + tag;
    try (Connection source = Connection.open(part.url(), mirror, timeout, name)) {
      Ref offered = unmoved(tag, source.ref(name), action);
      Optional<CompleteTree> tree = tree();
      if (tree.isEmpty()) {
        source.fetch(List.of(offered), monitor);
        tree = tree();
      }
      CompleteTree whole = tree.orElseThrow(this::missing);
      keep(name, part.object());
      return whole;
    }
  }

  private Ref unmoved(String tag, @Nullable Ref offered, String action) throws ProblemException {
    if (offered == null) {
      throw Problems.changed(action, "the tag " + tag + " is gone");
    }
    if (!part.object().equals(offered.getObjectId())) {
      throw Problems.changed(
          action,
          "the tag "
              + tag
              + " names "
              + offered.getObjectId().abbreviate(SHOWN_DIGITS).name()
              + " by now, not "
              + part.object().abbreviate(SHOWN_DIGITS).name());
    }
    return offered;
  }

  /**
   * Receives the commit that a submodule is at. Not every server hands out a commit that none of
   * its names leads to directly; from those all branches and tags are fetched instead.
   *
   * @return the commit's tree, of which everything is there now
   * @throws RemoteFailure when it cannot be had
   * @throws MirrorDamage when the mirror stands in the way
   * @throws UnusableTreeException when it cannot be part of a release
   * @throws IOException when the mirror cannot be written, or nobody waits any more
   */
  CompleteTree commit() throws RemoteFailure, MirrorDamage, UnusableTreeException, IOException {
    monitor.transferring("submodule " + part.path(), part.mirror().objects());
    Optional<CompleteTree> tree = tree();
    if (tree.isEmpty()) {
      fetchCommit();
      tree = tree();
    }
    CompleteTree whole = tree.orElseThrow(this::missing);
    keep(NAMES + part.object().name(), part.object());
    return whole;
  }

  private void fetchCommit() throws RemoteFailure, MirrorDamage, IOException {
    ObjectId id = part.object();
    try (Connection source = Connection.open(part.url(), mirror, timeout)) {
      try {
        Ref alone = new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id);
        source.fetch(List.of(alone), monitor);
        return;
      } catch (RemoteFailure refused) {
        monitor.beat();
        LOG.debug("{} does not hand out a commit alone: {}", part.url(), refused.reason());
      }
    }
    fetchAll();
    if (!mirror.getObjectDatabase().has(id)) {
      throw new RemoteFailure("it has no commit " + id.name(), null);
    }
  }

  private void fetchAll() throws RemoteFailure, MirrorDamage, IOException {
    try (Connection source = Connection.open(part.url(), mirror, timeout)) {
      Collection<Ref> all = source.refs().stream().filter(PartFetch::isBranchOrTag).toList();
      if (!all.isEmpty()) {
        source.fetch(all, monitor);
      }
      for (Ref ref : all) {
        keep(NAMES + ref.getObjectId().name(), ref.getObjectId());
      }
    }
  }

  private static boolean isBranchOrTag(Ref ref) {
    String name = ref.getName();
    return name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS);
  }

  private Optional<CompleteTree> tree() throws UnusableTreeException, MirrorDamage, IOException {
    return CompleteTree.find(part, mirror, monitor);
  }

  private MirrorDamage missing() {
    return part.mirror().damage("objects are missing", null);
  }

  private void keep(String name, ObjectId id) throws MirrorDamage, IOException {
    part.mirror().point(mirror, name, id);
  }
}
