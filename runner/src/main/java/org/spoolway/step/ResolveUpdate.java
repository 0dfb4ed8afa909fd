package org.spoolway.step;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.VersionChoice;
import org.spoolway.deployment.VersionChoice.Choice;
import org.spoolway.deployment.VersionChoice.Right;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step.Decision;
import org.spoolway.engine.Work;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schedule.Level;
import org.spoolway.schema.Action;
import org.spoolway.schema.Version;
import org.spoolway.source.Place;

/** Finds out which release an update goes to. */
final class ResolveUpdate extends Resolve {

  private final Provenance provenance;

  ResolveUpdate(Site site) {
    super(site);
    this.provenance = new Provenance(site);
  }

  @Override
  public Decision decide(Facts facts) {
    Version wanted = facts.request().parameters().version();
    return Decision.run(
        wanted == null ? "the request names no version" : "the request names " + wanted);
  }

  @Override
  public Evidence apply(Work work) throws ProblemException, IOException {
    Version wanted = work.facts().request().parameters().version();
    List<Candidate> candidates = site.ports().sources().candidates();
    Choice choice = choose(work.facts(), candidates);
    Evidence evidence = evidence(choice, wanted, candidates);
    return choice instanceof Choice.Stay
        ? evidence.with(Evidence.TO, work.facts().from().orElse(null))
        : evidence;
  }

  /** What the runner asks for by itself goes no further than the file says now. */
  private Choice choose(Facts facts, List<Candidate> candidates) throws IOException {
    Version wanted = facts.request().parameters().version();
    Level level = isUnasked(facts) ? site.deployment().updates().auto() : Level.ALL;
    if (level == Level.NONE) {
      return new Choice.Refuse(
          Problem.VERSION_NOT_OFFERED,
          "`updates.auto` is none, and nothing is updated by itself any more");
    }
    VersionChoice rules = site.versionRules().within(level);
    return wanted == null
        ? rules.newest(candidates)
        : rules.named(candidates, wanted, right(facts));
  }

  /** Where the runner asks for nothing, people may have an origin of that name. */
  private boolean isUnasked(Facts facts) {
    Deployment deployment = site.deployment();
    return facts.origin().equals(Deployment.AUTO)
        && (deployment.updates().areAskedFor()
            || !deployment.origins().containsKey(Deployment.AUTO));
  }

  private Right right(Facts facts) {
    Deployment.Origin origin = site.deployment().origins().get(facts.origin());
    return origin != null && origin.actions().contains(Action.ROLLBACK)
        ? Right.ANY
        : Right.FORWARD_ONLY;
  }

  private Evidence evidence(Choice choice, @Nullable Version wanted, List<Candidate> candidates)
      throws ProblemException, IOException {
    Place place = site.deployment().source().place();
    String url = place.url();
    if (choice instanceof Choice.Take take) {
      Candidate candidate = take.candidate();
      return Evidence.detail(take.why() + refused())
          .with(Evidence.TO, candidate.version())
          .with(Evidence.TAG, candidate.tag())
          .with(Evidence.OBJECT, candidate.object())
          .with(Evidence.SIGNER, signer(candidate));
    } else if (choice instanceof Choice.Stay stay) {
      return Evidence.detail(stay.why() + refused()).with(Evidence.UNCHANGED, stay.why());
    } else if (choice instanceof Choice.Refuse refuse) {
      throw new ProblemException(
          refuse.problem(),
          "cannot update" + (wanted == null ? "" : " to " + wanted) + ": " + refuse.why());
    } else if (choice instanceof Choice.Empty) {
      throw new ProblemException(
          Problem.SOURCE_EMPTY,
          "cannot find a release in " + url + ": " + emptyReason(place, candidates) + refused(),
          place.remedy(),
          null);
    }
    throw new ProblemException(
        Problem.VERSION_UNKNOWN,
        "cannot find version " + wanted + " in " + url + ": no such " + place.unit() + refused());
  }

  /** Asked before anything of it is unpacked or shown; null when nobody has to sign. */
  private @Nullable String signer(Candidate candidate) throws ProblemException, IOException {
    return provenance.isAsked() ? provenance.of(candidate).by() : null;
  }

  private static String emptyReason(Place place, List<Candidate> candidates) {
    return candidates.isEmpty()
        ? place.noneFound()
        : "none of its " + candidates.size() + " versions is on the channel and pin";
  }
}
