package org.spoolway.step;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.VersionChoice;
import org.spoolway.deployment.VersionChoice.Choice;
import org.spoolway.durable.DurableFiles;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.ProblemException;
import org.spoolway.schedule.Level;
import org.spoolway.schema.Result.Change;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;
import org.spoolway.trust.Signed;

/** What {@code check} does: writes down which release an update would go to, and what it brings. */
final class LookForReleases extends Resolve {

  /** A page shows no more. */
  private static final int MOST_CHANGES = 20;

  /** Each may have to be asked for. */
  private static final int MOST_TRIES = 20;

  private final Provenance provenance;

  LookForReleases(Site site) {
    super(site);
    this.provenance = new Provenance(site);
  }

  @Override
  public Decision decide(Facts facts) {
    return Decision.run("the source knows which releases there are");
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Optional<Version> live = site.current().version();
    List<Candidate> candidates = site.ports().sources().candidates();
    VersionChoice rules = site.versionRules();
    Choice choice = rules.newest(candidates);
    Version newest = null;
    List<Change> changes = List.of();
    if (choice instanceof Choice.Take take) {
      requireKnown(take.candidate(), rules, candidates, work.facts());
      newest = take.candidate().version();
      changes = changes(candidates, live, newest);
    }
    String why = describe(choice) + refused();
    publish(newest, changes, why, unasked(rules, candidates, work.facts()), work.facts());
    return Evidence.detail(why).with(Evidence.TO, newest);
  }

  /** What people must not be told of keeps nobody from what they need not be asked about. */
  private void requireKnown(
      Candidate newest, VersionChoice rules, List<Candidate> candidates, Facts facts)
      throws ProblemException, IOException {
    try {
      requireKnown(newest, facts);
    } catch (ProblemException refused) {
      Provenance.requireRefusal(refused);
      Status.Found found = unasked(rules, candidates, facts);
      if (found != null) {
        publish(null, List.of(), String.valueOf(refused.getMessage()), found, facts);
      }
      throw refused;
    }
  }

  private void publish(
      @Nullable Version newest,
      List<Change> changes,
      String why,
      Status.@Nullable Found found,
      Facts facts)
      throws IOException {
    if (!facts.request().dryRun()) {
      Status.Available available =
          new Status.Available(newest, changes, site.clock().instant(), why, found);
      DurableFiles.publish(site.state().available(), SchemaJson.pretty(available), "rw-------");
    }
  }

  /**
   * What an update would go to that nobody asks for: the newest within the level that is signed as
   * it has to be. Null where there is none such.
   */
  private Status.@Nullable Found unasked(
      VersionChoice rules, List<Candidate> candidates, Facts facts)
      throws ProblemException, IOException {
    Level level = site.deployment().updates().auto();
    if (level == Level.NONE) {
      return null;
    }
    List<Candidate> left = new ArrayList<>(candidates);
    String refusal = null;
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Choice choice = rules.within(level).newest(left);
      if (!(choice instanceof Choice.Take take)) {
        return new Status.Found(null, refusal == null ? describe(choice) : refusal);
      }
      try {
        requireKnown(take.candidate(), facts);
        String but = refusal == null ? "" : "; " + refusal;
        return new Status.Found(take.candidate().version(), take.why() + but);
      } catch (ProblemException refused) {
        Provenance.requireRefusal(refused);
        refusal = refusal == null ? String.valueOf(refused.getMessage()) : refusal;
        left.remove(take.candidate());
      }
    }
    return new Status.Found(null, String.valueOf(refusal));
  }

  /** Nobody is told of a release, in words that its maker chose, that could not be installed. */
  private void requireKnown(Candidate newest, Facts facts) throws ProblemException, IOException {
    if (provenance.isAsked()) {
      Signed signed = provenance.of(newest);
      // A list that a thief has signed must leave nothing behind that the makers' next root cannot
      // mend.
      if (!facts.request().dryRun() && site.deployment().source().trustRoot() == null) {
        provenance.note(newest.version(), signed);
      }
    }
  }

  private List<Change> changes(List<Candidate> candidates, Optional<Version> live, Version newest)
      throws ProblemException, IOException {
    List<Change> changes = new ArrayList<>();
    List<Candidate> between =
        candidates.stream()
            .filter(c -> !c.version().isNewerThan(newest))
            .filter(
                c ->
                    live.isEmpty()
                        ? c.version().equals(newest)
                        : c.version().isNewerThan(live.get()))
            .filter(c -> newest.isPreRelease() || !c.version().isPreRelease())
            .sorted(Comparator.comparing(Candidate::version).reversed())
            .limit(MOST_CHANGES)
            .toList();
    for (Candidate candidate : between) {
      if (!provenance.isAsked() || provenance.isKnown(candidate)) {
        changes.add(new Change(candidate.version(), site.ports().sources().notes(candidate)));
      }
    }
    return changes;
  }

  private static String describe(Choice choice) {
    if (choice instanceof Choice.Take take) {
      return take.why();
    }
    if (choice instanceof Choice.Refuse refuse) {
      return refuse.why();
    }
    return choice instanceof Choice.Stay stay ? stay.why() : "no release is on offer";
  }
}
