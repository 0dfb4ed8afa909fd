package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.spoolway.deployment.VersionChoice;
import org.spoolway.deployment.VersionChoice.Choice;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schedule.Level;
import org.spoolway.schema.Version;
import org.spoolway.source.Ring;
import org.spoolway.source.Source;
import org.spoolway.step.Site;

/** Looks at what a deployment depends on, through the ports that its jobs use. */
final class OutsideLook {

  private final Site site;
  private final Path file;

  private OutsideLook(Site site, Path file) {
    this.site = site;
    this.file = file;
  }

  static void at(Findings findings, Site site, Path file) {
    OutsideLook look = new OutsideLook(site, file);
    findings.look("source", look::source);
    List<String> refused = site.ports().sources().refused();
    if (!refused.isEmpty()) {
      findings.wrong(
          "candidates",
          "cannot take " + String.join(", ", refused),
          "Mend them, have their makers sign them, or remove them from " + url(site) + ".");
    }
    findings.look("health", look::health);
  }

  private static String url(Site site) {
    return site.deployment().source().url();
  }

  /** What channel and pin leave, whatever is live and has run: a check tells the rest. */
  private String source() throws ProblemException, IOException {
    List<Candidate> candidates = site.ports().sources().candidates();
    Source source = site.deployment().source();
    VersionChoice rules =
        new VersionChoice(
            source.channel(),
            source.pin(),
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            Ring.thisHost(),
            Level.ALL,
            List.of());
    Choice choice = rules.newest(candidates);
    if (choice instanceof Choice.Take take) {
      return source.url() + " offers " + candidates.size() + ", and " + take.why();
    } else if (choice instanceof Choice.Refuse refuse) {
      return source.url() + " offers " + candidates.size() + ", and " + refuse.why();
    }
    String message = "cannot find a release in " + source.url() + ": ";
    if (candidates.isEmpty()) {
      throw new ProblemException(
          Problem.SOURCE_EMPTY,
          message + source.place().noneFound(),
          source.place().remedy(),
          null);
    }
    throw new ProblemException(
        Problem.SOURCE_EMPTY,
        message + "none of its " + candidates.size() + " versions is on " + narrowed(source),
        "Correct `source.channel` or `source.pin` in "
            + file
            + ", or publish a release that they take.",
        null);
  }

  private static String narrowed(Source source) {
    return "channel "
        + source.channel().name().toLowerCase(Locale.ROOT)
        + (source.pin() == null ? "" : " within " + source.pin());
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
