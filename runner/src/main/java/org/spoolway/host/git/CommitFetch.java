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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.Mirror.MirrorDamage;

/**
 * Receives the commit that a submodule is at. Not every server hands out a commit that none of its
 * names leads to directly; from those all branches and tags are fetched instead.
 */
final class CommitFetch implements Part.Fetch {

  private static final Logger LOG = LoggerFactory.getLogger(CommitFetch.class);

  /** Names in the mirror are ids, so that no two of them can be in each other's way. */
  private static final String NAMES = "refs/spoolway/";

  private final Part part;
  private final Duration timeout;
  private final TransferMonitor monitor;

  CommitFetch(Part part, Duration timeout, TransferMonitor monitor) {
    this.part = part;
    this.timeout = timeout;
    this.monitor = monitor;
  }

  @Override
  public CompleteTree receive(Repository mirror)
      throws RemoteFailure, MirrorDamage, UnusableTreeException, IOException {
    monitor.transferring("submodule " + part.path(), part.mirror().objects());
    Optional<CompleteTree> tree = CompleteTree.find(part, mirror, monitor);
    if (tree.isEmpty()) {
      fetch(mirror);
      tree = CompleteTree.find(part, mirror, monitor);
    }
    CompleteTree whole = tree.orElseThrow(() -> part.mirror().damage("objects are missing", null));
    keep(mirror, part.object());
    return whole;
  }

  private void fetch(Repository mirror) throws RemoteFailure, MirrorDamage, IOException {
    try (Connection source = Connection.open(part.url(), mirror, timeout)) {
      try {
        source.fetch(List.of(commit()), monitor);
        return;
      } catch (RemoteFailure refused) {
        monitor.beat();
        LOG.debug("{} does not hand out a commit alone: {}", part.url(), refused.reason());
      }
    }
    fetchAll(mirror);
    if (!mirror.getObjectDatabase().has(part.object())) {
      throw new RemoteFailure("it has no commit " + part.object().name(), null);
    }
  }

  private void fetchAll(Repository mirror) throws RemoteFailure, MirrorDamage, IOException {
    try (Connection source = Connection.open(part.url(), mirror, timeout)) {
      Collection<Ref> all = source.refs().stream().filter(CommitFetch::isBranchOrTag).toList();
      if (!all.isEmpty()) {
        source.fetch(all, monitor);
      }
      for (Ref ref : all) {
        keep(mirror, ref.getObjectId());
      }
    }
  }

  private Ref commit() {
    ObjectId id = part.object();
    return new ObjectIdRef.Unpeeled(Ref.Storage.NETWORK, id.name(), id);
  }

  private static boolean isBranchOrTag(Ref ref) {
    String name = ref.getName();
    return name.startsWith(Constants.R_HEADS) || name.startsWith(Constants.R_TAGS);
  }

  private void keep(Repository mirror, ObjectId id) throws MirrorDamage, IOException {
    part.mirror().point(mirror, NAMES + id.name(), id);
  }
}
