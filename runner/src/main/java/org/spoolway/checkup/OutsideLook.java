package org.spoolway.checkup;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Work;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;
import org.spoolway.step.Steps;

/** Looks at what a deployment depends on, through the ports that its jobs use. */
final class OutsideLook {

  private final Site site;

  private OutsideLook(Site site) {
    this.site = site;
  }

  static void at(Findings findings, Site site) {
    OutsideLook look = new OutsideLook(site);
    findings.look("root and data", look::preflight);
    findings.look("source", look::source);
    findings.look("health", look::health);
  }

  /** What the first step of each job looks at: the root, free space, the database, shared files. */
  private String preflight() throws ProblemException, IOException {
    Request request = Request.of(Action.BACKUP, null);
    Facts facts = new Facts(request, "operator", new RequestId("doctor"), 0, Map.of());
    Work work = new Work(facts, new Interruption(), (bytes, offset, length) -> {}, Progress.NONE);
    Evidence evidence = new Steps(site).preflight().apply(work);
    return site.deployment().root() + " can be written, " + evidence.detail();
  }

  private String source() throws ProblemException {
    List<Candidate> candidates = site.ports().sources().candidates();
    String url = site.deployment().source().url();
    Optional<Version> newest = candidates.stream().map(Candidate::version).max(Version::compareTo);
    return newest
        .map(version -> url + " offers " + candidates.size() + ", the newest is " + version)
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.SOURCE_EMPTY,
                    "cannot find a release in " + url + ": no tag is a semantic version"));
  }

  private String health() throws ProblemException, IOException {
    Optional<Version> live = site.current().version();
    if (live.isEmpty()) {
      return "no release is live yet";
    }
    if (site.deployment().health().url() == null) {
      return "no `health.url` is configured";
    }
    HealthProbe.Answer answer = site.ports().probe().ask(live.get(), new Interruption());
    if (!answer.passes()) {
      throw new ProblemException(
          Problem.GATE_FAILED, "cannot call " + live.get() + " healthy: " + answer.observed());
    }
    return answer.observed();
  }
}
