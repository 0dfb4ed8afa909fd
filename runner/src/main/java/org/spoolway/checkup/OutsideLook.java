package org.spoolway.checkup;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;
import org.spoolway.step.Site;

/** Looks at what a deployment depends on, through the ports that its jobs use. */
final class OutsideLook {

  private final Site site;

  private OutsideLook(Site site) {
    this.site = site;
  }

  static void at(Findings findings, Site site) {
    OutsideLook look = new OutsideLook(site);
    findings.look("source", look::source);
    findings.look("health", look::health);
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
