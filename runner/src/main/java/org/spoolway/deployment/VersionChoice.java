package org.spoolway.deployment;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.host.Sources.Offer;
import org.spoolway.problem.Problem;
import org.spoolway.schedule.Hold;
import org.spoolway.schedule.Level;
import org.spoolway.schema.Version;
import org.spoolway.source.Channel;
import org.spoolway.source.Ring;

/**
 * Which version an update goes to: a pure decision.
 *
 * @param channel which versions are taken
 * @param pin a pattern that narrows them, or null
 * @param current the live release, or empty
 * @param floor the highest version that ran here, or empty
 * @param goneBackFrom versions that somebody went back from
 * @param host what tells this host from others, for releases that are not for all of them yet
 * @param level how far it may go from the live release
 * @param holds what keeps versions back now
 */
public record VersionChoice(
    Channel channel,
    @Nullable String pin,
    Optional<Version> current,
    Optional<Version> floor,
    Set<Version> goneBackFrom,
    String host,
    Level level,
    List<Hold> holds) {

  /** The same rules where nobody goes further than so far. */
  public VersionChoice within(Level narrower) {
    return new VersionChoice(channel, pin, current, floor, goneBackFrom, host, narrower, holds);
  }

  /** The same rules while other holds last. */
  public VersionChoice under(List<Hold> lasting) {
    return new VersionChoice(channel, pin, current, floor, goneBackFrom, host, level, lasting);
  }

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
        candidates.stream().filter(c -> outside(c.version()).isEmpty()).toList();
    if (candidates.isEmpty() || (offered.isEmpty() && current.isEmpty())) {
      return new Choice.Empty();
    }
    List<Candidate> open =
        offered.stream()
            .filter(c -> withheld(c).isEmpty() && refusal(c.version()).isEmpty())
            .toList();
    return newestOf(open)
        .<Choice>map(c -> new Choice.Take(c, newestReason(c.version(), offered)))
        .or(() -> nothingToBeginWith(offered))
        .orElseGet(() -> stay(offered));
  }

  /**
   * A named version. Channel, pin and holds bind an origin that may only go forward; one that may
   * roll back acts for the administrator and is taken at its word.
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
    return outside(wanted)
        .or(() -> withheld(found.get()))
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
    /** Only to newer versions of the channel, within the pin, that nothing holds. */
    FORWARD_ONLY,
    /** To any version that it names. */
    ANY
  }

  /** Why the deployment does not want a version. */
  private Optional<String> outside(Version version) {
    if (channel == Channel.STABLE && version.isPreRelease()) {
      return Optional.of(version + " is a pre-release, and `source.channel` is stable");
    }
    if (!pinned(version)) {
      return Optional.of(version + " is outside `source.pin`, which is " + pin);
    }
    return current.filter(live -> !level.reaches(live, version)).isPresent()
        ? Optional.of(version + " is further than `updates.auto`, which is " + level.word())
        : Optional.empty();
  }

  /** Why a version is held here, or why its makers do not mean it for this host, or not yet. */
  private Optional<String> withheld(Candidate candidate) {
    Version version = candidate.version();
    return holds.stream()
        .flatMap(hold -> hold.against(version).stream())
        .findFirst()
        .or(() -> withheldByMakers(candidate));
  }

  private Optional<String> withheldByMakers(Candidate candidate) {
    Version version = candidate.version();
    Offer offer = candidate.offer();
    if (offer.yanked() != null) {
      return Optional.of(version + " was taken back by its makers: " + offer.yanked());
    }
    Version from = offer.from();
    if (from != null && current.filter(from::isNewerThan).isPresent()) {
      return Optional.of(
          version + " can be reached from " + from + " and later only; go there first");
    }
    return Ring.holds(host, version, offer.hosts())
        ? Optional.empty()
        : Optional.of(
            version
                + " is for "
                + offer.hosts()
                + " of 100 hosts so far, and this one comes later");
  }

  private boolean pinned(Version version) {
    if (pin == null) {
      return true;
    }
    return pin.endsWith("*")
        ? version.text().startsWith(pin.substring(0, pin.length() - 1))
        : version.text().equals(pin);
  }

  /** Why going to a version would not be going forward. */
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

  private String newestReason(Version version, List<Candidate> offered) {
    String narrowed = pin == null ? "" : " within " + pin;
    String but =
        newestOf(offered)
            .filter(c -> c.version().isNewerThan(version))
            .flatMap(this::withheld)
            .map(why -> "; " + why)
            .orElse("");
    return version
        + (" is the newest" + step() + " on channel ")
        + channel.name().toLowerCase(Locale.ROOT)
        + narrowed
        + but;
  }

  /** Where nothing is live, there is nothing to stay with. */
  private Optional<Choice> nothingToBeginWith(List<Candidate> offered) {
    return newestOf(offered)
        .filter(c -> current.isEmpty())
        .flatMap(this::withheld)
        .map(why -> refuse(Problem.VERSION_NOT_OFFERED, why));
  }

  private Choice stay(List<Candidate> offered) {
    String live =
        current.map(v -> v + " is live" + takenBack(v, offered)).orElse("nothing is live");
    return new Choice.Stay(
        newestOf(offered)
            .filter(c -> !current.equals(Optional.of(c.version())))
            .flatMap(c -> refusal(c.version()).or(() -> withheld(c)))
            .map(reason -> live + ", and " + reason)
            .orElse(live + " and is the newest" + step() + " on offer"));
  }

  private String step() {
    return level == Level.ALL ? "" : " " + level.step();
  }

  /** Whoever runs it has to know, though nothing better is there. */
  private static String takenBack(Version live, List<Candidate> offered) {
    return offered.stream()
        .filter(c -> c.version().equals(live) && c.offer().yanked() != null)
        .map(c -> ", though its makers have taken it back: " + c.offer().yanked())
        .findFirst()
        .orElse("");
  }

  private static Optional<Candidate> newestOf(List<Candidate> offered) {
    return offered.stream().max(Comparator.comparing(Candidate::version));
  }
}
