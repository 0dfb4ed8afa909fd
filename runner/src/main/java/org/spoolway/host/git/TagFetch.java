package org.spoolway.host.git;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.git.CompleteTree.UnusableTreeException;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.problem.ProblemException;

/** Receives a tag, provided that it still names what it named when it was chosen. */
final class TagFetch implements Part.Fetch {

  private static final int SHOWN_DIGITS = 10;

  private final Part release;
  private final String tag;
  private final String action;
  private final Duration timeout;
  private final TransferMonitor monitor;

  /** Prepares it; the action is what it is for, as people would say it. */
  TagFetch(Part release, String tag, String action, Duration timeout, TransferMonitor monitor) {
    this.release = release;
    this.tag = tag;
    this.action = action;
    this.timeout = timeout;
    this.monitor = monitor;
  }

  @Override
  public CompleteTree receive(Repository mirror)
      throws RemoteFailure, MirrorDamage, UnusableTreeException, ProblemException, IOException {
    monitor.transferring("", release.mirror().objects());
    String name = Constants.R_TAGS + tag;
    try (Connection source = Connection.open(release.url(), mirror, timeout, name)) {
      Ref offered = unmoved(source.ref(name));
      Optional<CompleteTree> tree = CompleteTree.find(release, mirror, monitor);
      if (tree.isEmpty()) {
        source.fetch(List.of(offered), monitor);
        tree = CompleteTree.find(release, mirror, monitor);
      }
      CompleteTree whole =
          tree.orElseThrow(() -> release.mirror().damage("objects are missing", null));
      release.mirror().point(mirror, name, release.object());
      return whole;
    }
  }

  private Ref unmoved(@Nullable Ref offered) throws ProblemException {
    if (offered == null) {
      throw Problems.changed(action, "the tag " + tag + " is gone");
    }
    if (!release.object().equals(offered.getObjectId())) {
      throw Problems.changed(
          action,
          "the tag "
              + tag
              + " names "
              + offered.getObjectId().abbreviate(SHOWN_DIGITS).name()
              + " by now, not "
              + release.object().abbreviate(SHOWN_DIGITS).name());
    }
    return offered;
  }
}
