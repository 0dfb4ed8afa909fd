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
      requireKnown(take.candidate(), work.facts());
      newest = take.candidate().version();
      changes = changes(candidates, live, newest);
    }
    String why = describe(choice) + refused();
    Status.Available available =
        new Status.Available(
            newest, changes, site.clock().instant(), why, unasked(rules, candidates, work.facts()));
    if (!work.facts().request().dryRun()) {
      DurableFiles.publish(site.state().available(), SchemaJson.pretty(available), "rw-------");
    }
    return Evidence.detail(why).with(Evidence.TO, newest);
  }

  /** What an update would go to that nobody asks for; null where there is none such. */
  private Status.@Nullable Found unasked(
      VersionChoice rules, List<Candidate> candidates, Facts facts) throws IOException {
    Level level = site.deployment().updates().auto();
    if (level == Level.NONE) {
      return null;
    }
    Choice choice = rules.within(level).newest(candidates);
    if (!(choice instanceof Choice.Take take)) {
      return new Status.Found(null, describe(choice));
    }
    try {
      requireKnown(take.candidate(), facts);
      return new Status.Found(take.candidate().version(), take.why());
    } catch (ProblemException refused) {
      return new Status.Found(null, String.valueOf(refused.getMessage()));
    }
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
    return choice instanceof Choice.Stay stay ? stay.why() : "there is no release yet";
  }
}
