package org.spoolway.channel;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.spoolway.channel.ChannelFile.Release;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/**
 * Makes the next {@code channel.json} of the one before: its counter is higher by one, and it
 * counts longer.
 *
 * @param before which is there
 * @param expires of the next one
 */
public record ChannelEdit(ChannelFile before, Instant expires) {

  /** The first one of an application, which has no releases yet. */
  public static ChannelFile first(String application, Instant expires) {
    return new ChannelFile(ChannelFile.SCHEMA, application, 1, expires, List.of());
  }

  /** The same releases for longer. */
  public ChannelFile renewed() {
    return next(before.releases());
  }

  /**
   * One with more releases, or with other words about some that are there.
   *
   * @throws ProblemException when one's version is there with another content
   */
  public ChannelFile with(List<Release> added) throws ProblemException {
    Map<Version, Release> releases = new TreeMap<>(Comparator.reverseOrder());
    before.releases().forEach(release -> releases.put(release.version(), release));
    for (Release release : added) {
      Release known = releases.put(release.version(), release);
      if (known != null && !known.sha256().equals(release.sha256())) {
        throw new ProblemException(
            Problem.TAG_MOVED,
            "cannot add %s: version %s is there with another content, as %s"
                .formatted(release.file(), release.version(), known.file()),
            "Give it a version of its own: a version means the same for ever.",
            null);
      }
    }
    return next(List.copyOf(releases.values()));
  }

  /**
   * One that offers a release to so many hosts of a hundred.
   *
   * @param ring how many; whether that can be is seen when the file is written
   * @throws ProblemException when there is no such release
   */
  public ChannelFile ring(Version version, int ring) throws ProblemException {
    return changed(version, release -> release.offered(ring, release.yanked()));
  }

  /**
   * One that tells everybody not to take a release any more.
   *
   * @param reason why, which people are told
   * @throws ProblemException when there is no such release
   */
  public ChannelFile yanked(Version version, String reason) throws ProblemException {
    return changed(version, release -> release.offered(release.ring(), reason));
  }

  private ChannelFile changed(Version version, UnaryOperator<Release> change)
      throws ProblemException {
    if (before.release(version).isEmpty()) {
      String known =
          before.releases().stream()
              .map(release -> release.version().text())
              .collect(Collectors.joining(", "));
      throw new ProblemException(
          Problem.VERSION_UNKNOWN,
          "cannot change version " + version + ": " + ChannelFile.NAME + " does not have it",
          known.isEmpty()
              ? "Add a release first with `spoolway channel add`."
              : "Name one of " + known + ".",
          null);
    }
    return next(
        before.releases().stream()
            .map(release -> release.version().equals(version) ? change.apply(release) : release)
            .toList());
  }

  private ChannelFile next(List<Release> releases) {
    return new ChannelFile(
        ChannelFile.SCHEMA,
        before.application(),
        before.counter() + 1,
        expires,
        List.copyOf(releases));
  }
}
