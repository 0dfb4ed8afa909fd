package org.spoolway.schedule;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.spoolway.schedule.Window.Opening;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;

/**
 * What a runner is to ask for by itself: a pure decision. It remembers nothing. Whatever is due has
 * an id that says what and from when on, so that after a crash, or with a clock that jumps, the
 * same question is the same request.
 */
public final class Schedule {

  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int STAMP_LENGTH = 16;

  private final Updates updates;
  private final Rounds rounds;
  private final DateTimeFormatter local;

  /**
   * @param updates with something to ask for
   * @param phase what tells this host and deployment from others; its checks come later by that
   *     many seconds, so that not all ask at once
   */
  public Schedule(Updates updates, long phase) {
    this.updates = updates;
    this.rounds =
        new Rounds(Objects.requireNonNull(updates.check(), "nothing is asked for"), phase);
    this.local =
        DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH)
            .withZone(updates.windows().zone());
  }

  /**
   * How things stand.
   *
   * @param live the live release, or null before the first
   * @param lookedAt when a check last found something out, or null
   * @param found what it found for updates that nobody asks for, as far as it still may be taken;
   *     null when it did not look for that
   * @param failures when updates to that version failed; a clock may have been set back since
   */
  public record Situation(
      @Nullable Version live,
      @Nullable Instant lookedAt,
      Status.@Nullable Found found,
      List<Instant> failures) {}

  /**
   * What comes next.
   *
   * @param due what is to be asked for now, or null
   * @param version where the next update goes, or null
   * @param at when that may begin, or null when that cannot be told
   * @param nextCheck when the next check is due
   * @param why it is that version and that time, or none
   */
  public record Plan(
      @Nullable Request due,
      @Nullable Version version,
      @Nullable Instant at,
      Instant nextCheck,
      String why) {}

  /** The part of a plan that is about an update. */
  private record Next(
      @Nullable Request due, @Nullable Version version, @Nullable Instant at, String why) {

    static Next none(String why) {
      return new Next(null, null, null, why);
    }
  }

  /**
   * Decides.
   *
   * @param asked whether a request of that id was made already, whatever became of it
   */
  public Plan plan(Instant now, Situation situation, Predicate<RequestId> asked) {
    Instant since = later(rounds.startOf(now), updates.lastEndOfHold(now));
    Request check = check(since, rounds.endOf(now));
    boolean checked = hasLooked(situation, since, now) || asked.test(id(check));
    Next next = next(now, situation, asked);
    return new Plan(
        checked ? next.due() : check,
        next.version(),
        next.at(),
        checked ? earlier(rounds.endOf(now), updates.nextEndOfHold(now)) : since,
        next.why());
  }

  /** What lies ahead was seen by a clock that has been set back since, and proves nothing. */
  private static boolean hasLooked(Situation situation, Instant since, Instant now) {
    Instant at = situation.lookedAt();
    return at != null && !at.isBefore(since) && !at.isAfter(now);
  }

  private Next next(Instant now, Situation situation, Predicate<RequestId> asked) {
    Status.Found found = situation.found();
    Instant lookedAt = situation.lookedAt();
    if (updates.auto() == Level.NONE) {
      return Next.none("`updates.auto` is none, and updates wait for people");
    } else if (situation.live() == null) {
      return Next.none("no release is live, and the first one waits for people");
    } else if (found == null || lookedAt == null || lookedAt.isAfter(now)) {
      return Next.none("nobody has looked yet");
    }
    Version version = found.version();
    if (version == null) {
      return Next.none(found.why());
    }
    Optional<Instant> failed = lastFailure(situation, now);
    Instant rested = failed.map(at -> at.plus(updates.cooldown())).orElse(Instant.MIN);
    Opening opening = opening(lookedAt, later(now, rested));
    Instant allowed = later(opening.start(), rested);
    if (allowed.isAfter(now)) {
      return new Next(
          null, version, allowed, found.why() + "; " + wait(failed, rested, now, allowed));
    }
    Request update = update(version, allowed, opening);
    if (asked.test(id(update))) {
      Instant again = updates.windows().after(now).map(Opening::start).orElse(null);
      return new Next(null, version, again, found.why() + "; " + id(update) + " has asked for it");
    }
    return new Next(update, version, allowed, found.why());
  }

  /**
   * One that lies ahead was seen by a clock that has been set back since. It rests until that clock
   * would have let it, unless that clock was wrong by more than a cool-down.
   */
  private Optional<Instant> lastFailure(Situation situation, Instant now) {
    Instant latest = now.plus(updates.cooldown());
    return situation.failures().stream()
        .filter(at -> !at.isAfter(latest))
        .max(Comparator.naturalOrder());
  }

  /** The stretch in which an update may begin, or the next one; without windows it has no end. */
  private Opening opening(Instant lookedAt, Instant from) {
    return updates.windows().isAlways()
        ? new Opening(lookedAt, Instant.MAX)
        : updates.windows().atOrAfter(from).orElseThrow();
  }

  private String wait(Optional<Instant> failed, Instant rested, Instant now, Instant allowed) {
    String again =
        rested.isAfter(now)
            ? "an update to it failed "
                + local.format(failed.orElseThrow())
                + ", and it is tried again "
            : "the window opens ";
    return again + local.format(allowed) + " (" + local.getZone() + ")";
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Request check(Instant since, Instant end) {
    return request("check-" + STAMP.format(since), Action.CHECK, null, end);
  }

  private static Request update(Version version, Instant allowed, Opening opening) {
    String name = RequestId.nearestTo("update-" + version, STAMP_LENGTH + 1).value();
    Instant end = opening.end();
    return request(
        name + "-" + STAMP.format(allowed),
        Action.UPDATE,
        Request.Params.version(version),
        end.equals(Instant.MAX) ? null : end);
  }

  private static Request request(
      String id, Action action, Request.@Nullable Params params, @Nullable Instant expires) {
    return new Request(
        Request.SCHEMA,
        new RequestId(id),
        action,
        params,
        "[updates] in the deployment file",
        null,
        false,
        null,
        null,
        expires);
  }

  private static RequestId id(Request request) {
    return Objects.requireNonNull(request.id(), "it was given one");
  }
}
