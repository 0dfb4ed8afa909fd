package org.spoolway.host.git;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.git.Mirror.MirrorDamage;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.schema.Version;

/** The tags of a repository: the versions they stand for, and what their makers wrote. */
final class Tags {

  private static final String PREFIX = "v";
  private static final int MAX_MESSAGE_LENGTH = 4000;
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "(?ms)^-----BEGIN (PGP SIGNATURE|PGP MESSAGE|SSH SIGNATURE|SIGNED MESSAGE)-----.*");

  private Tags() {}

  /** Asks a repository for the versions that it has tags for, without fetching anything. */
  static List<Candidate> candidates(GitUrl url, Duration timeout) throws RemoteFailure {
    try (Connection source = Connection.open(url, null, timeout, Constants.R_TAGS + "*")) {
      return candidates(source.refs());
    }
  }

  /** Of {@code v1.2.3} and {@code 1.2.3} the former. */
  private static List<Candidate> candidates(Collection<Ref> refs) {
    Map<Version, Candidate> candidates = new LinkedHashMap<>();
    for (Ref ref : refs) {
      candidate(ref).ifPresent(found -> candidates.merge(found.version(), found, Tags::preferred));
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

  /**
   * Reads the message of an annotated tag, or of the commit that a lightweight one names.
   *
   * @return empty when the mirror does not have it
   */
  static Optional<String> message(Part release, Repository mirror) throws MirrorDamage {
    try (RevWalk walk = new RevWalk(mirror)) {
      return Optional.of(presentable(message(walk.parseAny(release.object()))));
    } catch (MissingObjectException missing) {
      return Optional.empty();
    } catch (IOException e) {
      throw release.mirror().damage("a tag cannot be read", e);
    }
  }

  private static String message(RevObject named) {
    if (named instanceof RevTag tag) {
      return tag.getFullMessage();
    }
    return named instanceof RevCommit commit ? commit.getFullMessage() : "";
  }

  /** A message without its signature, and no longer than anybody would read. */
  static String presentable(String message) {
    String text = SIGNATURE.matcher(message).replaceFirst("").strip();
    if (text.length() <= MAX_MESSAGE_LENGTH) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(MAX_MESSAGE_LENGTH - 1))
            ? MAX_MESSAGE_LENGTH - 1
            : MAX_MESSAGE_LENGTH;
    return text.substring(0, end).strip();
  }
}
