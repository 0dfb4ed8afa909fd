package org.spoolway.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.client.RequestSubmitter;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.VersionChoice;
import org.spoolway.deployment.VersionChoice.Choice;
import org.spoolway.deployment.VersionChoice.Right;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.layout.SpoolDir;
import org.spoolway.schedule.Level;
import org.spoolway.schedule.Schedule;
import org.spoolway.schedule.Schedule.Plan;
import org.spoolway.schedule.Schedule.Situation;
import org.spoolway.schedule.Updates;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;
import org.spoolway.source.Ring;
import org.spoolway.spool.ResultStore;
import org.spoolway.step.Site;

/**
 * What a runner asks for by itself: it drops files into an inbox of its own, as everybody else
 * does, so that the same holds for them. What is due is decided by {@link Schedule}. Used by the
 * worker's thread alone.
 */
final class OwnRequests {

  private static final Logger LOG = LoggerFactory.getLogger(OwnRequests.class);

  /** After the disk failed. */
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(30);

  private final Site site;
  private final ResultStore results;
  private final BiPredicate<String, String> isOpen;
  private final StatusBoard board;
  private final Updates updates;
  private final Path inbox;
  private final boolean asks;
  private final Map<Action, RequestId> dropped = new EnumMap<>(Action.class);
  private @Nullable Path lastDropped;
  private @Nullable Known known;
  private @Nullable String trouble;
  private long nextTryNanos = System.nanoTime();

  /**
   * @param isOpen whether a request, by its origin and id, was taken in and has not ended
   * @param mode one that ends once nothing is left asks for nothing more
   */
  OwnRequests(
      Site site,
      SpoolDir spool,
      BiPredicate<String, String> isOpen,
      StatusBoard board,
      Worker.Mode mode) {
    this.site = site;
    this.results = new ResultStore(spool);
    this.isOpen = isOpen;
    this.board = board;
    this.updates = site.deployment().updates();
    this.inbox = spool.inbox(Deployment.AUTO);
    this.asks = updates.areAskedFor() && mode == Worker.Mode.SERVE;
  }

  /** What only a job can change. */
  private record Known(
      Schedule schedule,
      VersionChoice rules,
      Status.@Nullable Available available,
      List<Instant> failures) {}

  /** A job may have changed what is live, what was found and what failed. */
  void lookAgain() {
    known = null;
  }

  /**
   * Asks for what is due, and tells what comes next. To be called while there is nothing to do; a
   * disk that fails delays it.
   */
  void tend() {
    if (!asks || System.nanoTime() - nextTryNanos < 0) {
      return;
    }
    try {
      Plan plan = plan();
      String obstacle = obstacle();
      board.plans(told(plan, obstacle));
      if (obstacle == null && plan.due() != null) {
        drop(plan.due());
      }
      trouble = null;
    } catch (IOException | UncheckedIOException e) {
      nextTryNanos = System.nanoTime() + BETWEEN_TRIES.toNanos();
      if (!e.toString().equals(trouble)) {
        trouble = e.toString();
        LOG.error(
            "cannot ask for checks and updates of {}: {}; trying again every {} s",
            site.deployment().name(),
            trouble,
            BETWEEN_TRIES.toSeconds());
      }
    }
  }

  /** Why nothing may be asked for now, or null. */
  private @Nullable String obstacle() {
    if (Files.exists(site.state().paused())) {
      return "nothing is asked for while the queue is held";
    }
    return BrokenUndo.isIn(site.state())
        ? "nothing is asked for before the undo is complete"
        : null;
  }

  private Plan plan() throws IOException {
    Known now = known == null ? look() : known;
    known = now;
    Instant instant = site.clock().instant();
    VersionChoice rules = now.rules().under(updates.holdsAt(instant));
    Status.Available available = now.available();
    Status.Found found = available == null ? null : available.auto();
    Situation situation =
        new Situation(
            rules.current().orElse(null),
            available == null || isOther(available) ? null : available.checkedAt(),
            found == null ? null : found(found, rules),
            now.failures());
    return now.schedule().plan(instant, situation, this::isAsked);
  }

  /** Whoever looked before the file let updates go anywhere did not look for that. */
  private boolean isOther(Status.Available available) {
    return updates.auto() != Level.NONE && available.auto() == null;
  }

  private Known look() throws IOException {
    VersionChoice rules = site.versionRules().within(updates.auto());
    Status.Available available = available();
    Version version =
        available == null || available.auto() == null ? null : available.auto().version();
    Duration interval = Objects.requireNonNull(updates.check(), "it asks for something");
    long phase = Ring.place(rules.host(), site.deployment().name(), interval.toSeconds());
    return new Known(
        new Schedule(updates, phase),
        rules,
        available,
        version == null ? List.of() : site.history().failuresOf(version));
  }

  private Status.@Nullable Available available() throws IOException {
    try {
      return SchemaJson.state(Files.readAllBytes(site.state().available()), Status.Available.class);
    } catch (NoSuchFileException | SchemaJson.Malformed nobodyHasLooked) {
      return null;
    }
  }

  /** What was found may be live by now, gone back from or held, or the file may say otherwise. */
  private static Status.Found found(Status.Found found, VersionChoice rules) {
    Version version = found.version();
    if (version == null) {
      return found;
    }
    Choice choice =
        rules.named(List.of(new Candidate(version, "", "")), version, Right.FORWARD_ONLY);
    if (choice instanceof Choice.Stay stay) {
      return new Status.Found(null, stay.why());
    }
    return choice instanceof Choice.Refuse refuse ? new Status.Found(null, refuse.why()) : found;
  }

  private boolean isAsked(RequestId id) {
    try {
      return dropped.containsValue(id)
          || isOpen.test(Deployment.AUTO, id.value())
          || results.find(Deployment.AUTO, id).isPresent();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Status.Auto told(Plan plan, @Nullable String obstacle) {
    return new Status.Auto(
        updates.auto().word(),
        plan.version(),
        plan.at(),
        plan.nextCheck(),
        plan.why() + (obstacle == null ? "" : "; " + obstacle));
  }

  /** One that nobody has taken yet waits for what keeps its inbox from being served. */
  private void drop(Request request) throws IOException {
    if (lastDropped != null && Files.exists(lastDropped)) {
      return;
    }
    lastDropped = new RequestSubmitter(inbox, site.clock()).submit(request).file();
    dropped.put(request.action(), Objects.requireNonNull(request.id(), "it was given one"));
    LOG.info("asked for {} of {} by itself", request.id(), site.deployment().name());
  }
}
