package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Work;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.hostfile.HostConfiguration;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;
import org.spoolway.step.Site;
import org.spoolway.step.Steps;

/** What is done once, with the first release; and what it takes of the host. */
class InitialiseTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);

  @TempDir private Path directory;
  private Stage stage;

  @BeforeEach
  void prepare() throws IOException {
    stage = Stage.empty(directory);
    stage.configure(
        d ->
            Deployments.needing(
                d, d.host(), new Deployment.Install(List.of(List.of("seed")), null, ".env")));
    stage
        .outside()
        .commands
        .on(
            "seed",
            (command, output, interruption) -> {
              stage.outside().database.write("seeded");
              return new Exit.Status(0);
            });
  }

  private long seeded() {
    return stage.outside().log().stream().filter(call -> call.startsWith("seed ")).count();
  }

  private static String state(Result result) {
    return result.steps().stream()
        .filter(step -> step.name().equals("initialise"))
        .findFirst()
        .orElseThrow()
        .state();
  }

  @Test
  void theFirstReleaseMakesItsDataAndNoLaterOneDoes() throws IOException {
    assertEquals("done", state(stage.result(UPDATE)));
    assertEquals(1, seeded());
    stage.offer(Stage.NEW);
    assertEquals("skipped", state(stage.result(UPDATE)));
    assertEquals(1, seeded());
  }

  @Test
  void aFirstReleaseThatCannotMakeThemLeavesNothingAndMayBeTriedAgain() throws IOException {
    stage.outside().commands.on("seed", new Exit.Status(1));
    Result result = stage.result(UPDATE);
    assertTrue(result.state().isTerminal());
    assertEquals("MIGRATION_FAILED", result.error().code());
    assertEquals("initialise", result.error().step());
    assertTrue(stage.site().current().version().isEmpty());
    stage.outside().commands.on("seed", new Exit.Status(0));
    assertEquals(Outcome.SUCCEEDED, stage.result(UPDATE).state());
  }

  @Test
  void aReleaseThatNeedsTheHostIsNotBegunByARunnerOfOneUser() throws Exception {
    stage.configure(d -> Deployments.onAHost(d, "notes.service"));
    Site site = stage.site();
    new Steps(site).preflight().apply(work());
    Site.Ports p = site.ports();
    Site.Ports homely =
        new Site.Ports(
            p.sources(),
            p.commands(),
            p.services(),
            p.database(),
            p.sql(),
            p.trial(),
            p.freePort(),
            p.probe(),
            HostConfiguration.none(),
            p.freeInodes(),
            p.accounts(),
            p.handover(),
            p.rest());
    Site own = new Site(site.deployment(), site.spool(), site.state(), homely, site.clock());
    ProblemException e =
        assertThrows(ProblemException.class, () -> new Steps(own).preflight().apply(work()));
    assertEquals(Problem.CONFIGURATION, e.problem());
    assertEquals(
        "cannot change the host's units: this runner works for one user only", e.getMessage());
    assertFalse(e.fix().isEmpty());
  }

  private static Work work() {
    Facts facts = new Facts(UPDATE, "operator", new RequestId("first"), 1, Map.of());
    return new Work(facts, new Interruption(), (bytes, offset, length) -> {}, Progress.NONE);
  }
}
