package org.spoolway.host.git;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.schema.Version;

/** The versions that a repository has tags for. */
final class TagList {

  private static final String PREFIX = "v";

  private TagList() {}

  /** Asks a repository for its tags, without fetching anything. */
  static List<Candidate> ask(GitUrl url, Duration timeout) throws RemoteFailure {
    try (Connection source = Connection.open(url, null, timeout, Constants.R_TAGS + "*")) {
      return candidates(source.refs());
    }
  }

  /** The candidates among names; of {@code v1.2.3} and {@code 1.2.3} the former. */
  static List<Candidate> candidates(Collection<Ref> refs) {
    Map<Version, Candidate> candidates = new LinkedHashMap<>();
    for (Ref ref : refs) {
      candidate(ref)
          .ifPresent(found -> candidates.merge(found.version(), found, TagList::preferred));
    }
    return List.copyOf(candidates.values());
  }

  private static Optional<Candidate> candidate(Ref ref) {
    if (!ref.getName().startsWith(Constants.R_TAGS) || ref.getObjectId() == null) {
      return Optional.empty();
    }
    String tag = ref.getName().substring(Constants.R_TAGS.length());
    return Version.ofTag(tag)
        .filter(version -> !isTakenForPartial(version))
        .map(version -> new Candidate(version, tag, ref.getObjectId().name()));
  }

  /** Its directory would pass for another release's that is not complete, and be removed. */
  private static boolean isTakenForPartial(Version version) {
    return ApplicationDir.isPartial(version.text());
  }

  private static Candidate preferred(Candidate one, Candidate other) {
    return one.tag().startsWith(PREFIX) ? one : other;
  }
}
