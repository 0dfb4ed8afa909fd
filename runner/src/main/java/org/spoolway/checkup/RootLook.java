package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.spoolway.deployment.Deployment;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Work;
import org.spoolway.host.Database;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.journal.Evidence;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.step.Site;
import org.spoolway.step.Steps;

/**
 * Looks at what the first step of each job looks at, which ends at the first fault; here one fault
 * hides no other.
 */
final class RootLook {

  private final Site site;

  private RootLook(Site site) {
    this.site = site;
  }

  static void at(Findings findings, Site site) {
    RootLook look = new RootLook(site);
    boolean copyable =
        findings
            .get("data", site.ports().database()::requireReady, Database.Readiness::method)
            .isPresent();
    findings.look("root", () -> look.preflight(copyable));
    findings.look("shared", look::shared);
  }

  private String preflight(boolean copyable) throws ProblemException, IOException {
    Request request = Request.of(Action.BACKUP, null);
    Facts facts = new Facts(request, "operator", new RequestId("doctor"), 0, Map.of());
    Work work = new Work(facts, new Interruption(), (bytes, offset, length) -> {}, Progress.NONE);
    Site bare =
        new Site(withoutLinks(copyable), site.spool(), site.state(), site.ports(), site.clock());
    Evidence evidence = new Steps(bare).preflight().apply(work);
    return site.deployment().root() + " can be written, " + evidence.detail();
  }

  /** The deployment without that of which its own look tells. */
  private Deployment withoutLinks(boolean copyable) {
    Deployment all = site.deployment();
    return new Deployment(
        all.name(),
        all.root(),
        all.source(),
        all.updates(),
        all.build(),
        new Deployment.Shared(List.of(), List.of()),
        copyable ? all.database() : Deployment.Data.NONE,
        all.migrate(),
        all.service(),
        all.health(),
        all.keep(),
        all.notification(),
        all.metrics(),
        all.origins(),
        all.settle(),
        all.floor(),
        all.host(),
        all.deploy(),
        all.install());
  }

  private String shared() throws ProblemException {
    Deployment.Shared shared = site.deployment().shared();
    List<String> missing = new ArrayList<>();
    for (String link : shared.link()) {
      Path target = site.application().shared().resolve(link);
      if (!shared.create().contains(link) && !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        missing.add(link);
      }
    }
    if (!missing.isEmpty()) {
      throw new ProblemException(
          Problem.SHARED_MISSING,
          "cannot link "
              + String.join(", ", missing)
              + " into a release: not in "
              + site.application().shared());
    }
    return shared.link().isEmpty() ? "nothing is linked" : "all that is linked is there";
  }
}
