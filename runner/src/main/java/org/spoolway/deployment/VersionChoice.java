package org.spoolway.deployment;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Version;
import org.spoolway.source.Channel;

/**
 * Which version an update goes to: a pure decision.
 *
 * @param channel which versions are taken
 * @param pin a pattern that narrows them, or null
 * @param current the live release, or empty
 * @param floor the highest version that ran here, or empty
 * @param goneBackFrom versions that somebody went back from
 */
public record VersionChoice(
    Channel channel,
    @Nullable String pin,
    Optional<Version> current,
    Optional<Version> floor,
    Set<Version> goneBackFrom) {

  /** What came out. */
  public sealed interface Choice {
    /** This one, for the reason given. */
    record Take(Candidate candidate, String why) implements Choice {}

    /** Nothing to do, for the reason given. */
    record Stay(String why) implements Choice {}

    /** The named version is not on offer. */
    record Unknown() implements Choice {}

    /** The named version may not be taken on this origin's word. */
    record Refuse(Problem problem, String why) implements Choice {}

    /** Nothing at all is on offer. */
    record Empty() implements Choice {}
  }

  /** The newest version that may be taken without being named. */
  public Choice newest(List<Candidate> candidates) {
    List<Candidate> offered =
        candidates.stream().filter(c -> notOffered(c.version()).isEmpty()).toList();
    if (candidates.isEmpty() || (offered.isEmpty() && current.isEmpty())) {
      return new Choice.Empty();
    }
    Optional<Candidate> best =
        offered.stream()
            .filter(c -> refusal(c.version()).isEmpty())
            .max(Comparator.comparing(Candidate::version));
    return best.<Choice>map(c -> new Choice.Take(c, newestReason(c.version())))
        .orElseGet(() -> stay(offered));
  }

  /**
   * A named version. Channel and pin bind an origin that may only go forward; one that may roll
   * back acts for the administrator and is taken at its word.
   *
   * @param mayGoBack whether the origin may also roll back, and so name any version
   */
  public Choice named(List<Candidate> candidates, Version wanted, Right mayGoBack) {
    if (current.equals(Optional.of(wanted))) {
      return new Choice.Stay(wanted + " is live already");
    }
    Optional<Candidate> found =
        candidates.stream().filter(c -> c.version().equals(wanted)).findFirst();
    if (found.isEmpty()) {
      return new Choice.Unknown();
    }
    return notOffered(wanted)
        .map(why -> refuse(Problem.VERSION_NOT_OFFERED, why))
        .or(() -> refusal(wanted).map(why -> refuse(Problem.DOWNGRADE_REFUSED, why)))
        .filter(refused -> mayGoBack == Right.FORWARD_ONLY)
        .orElseGet(() -> new Choice.Take(found.get(), "the request names it"));
  }

  private static Choice refuse(Problem problem, String why) {
    return new Choice.Refuse(problem, why);
  }

  /** How far an origin's word goes. */
  public enum Right {
    /** Only to newer versions of the channel, within the pin. */
    FORWARD_ONLY,
    /** To any version that it names. */
    ANY
  }

  private Optional<String> notOffered(Version version) {
    if (channel == Channel.STABLE && version.isPreRelease()) {
      return Optional.of("it is a pre-release, and `source.channel` is stable");
    }
    return pinned(version)
        ? Optional.empty()
        : Optional.of("it is outside `source.pin`, which is " + pin);
  }

  private boolean pinned(Version version) {
    if (pin == null) {
      return true;
    }
    return pin.endsWith("*")
        ? version.text().startsWith(pin.substring(0, pin.length() - 1))
        : version.text().equals(pin);
  }

  private Optional<String> refusal(Version version) {
    if (goneBackFrom.contains(version)) {
      return Optional.of(version + " was gone back from");
    }
    if (current.isPresent() && !version.isNewerThan(current.get())) {
      return Optional.of(version + " is not newer than the live " + current.get());
    }
    return floor
        .filter(highest -> highest.isNewerThan(version))
        .map(highest -> version + " is older than " + highest + ", which ran here");
  }

  private String newestReason(Version version) {
    String narrowed = pin == null ? "" : " within " + pin;
    return version
        + " is the newest on channel "
        + channel.name().toLowerCase(java.util.Locale.ROOT)
        + narrowed;
  }

  private Choice stay(List<Candidate> offered) {
    Optional<Version> best =
        offered.stream().map(Candidate::version).max(Comparator.naturalOrder());
    String live = current.map(v -> v + " is live").orElse("nothing is live");
    return new Choice.Stay(
        best.filter(v -> !current.equals(Optional.of(v)))
            .flatMap(this::refusal)
            .map(reason -> live + ", and " + reason)
            .orElse(live + " and is the newest on offer"));
  }
}
