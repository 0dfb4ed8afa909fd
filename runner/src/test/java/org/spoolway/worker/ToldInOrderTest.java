package org.spoolway.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.spoolway.deployment.Deployment;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.FakeDatabase.Call;
import org.spoolway.outbox.FakePost;
import org.spoolway.plan.Deployments;
import org.spoolway.problem.Problem;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.RequestId;
import org.spoolway.spool.ResultStore;

/** A job's end is put down for people before it is told to its client, and never instead. */
class ToldInOrderTest {

  @TempDir Path directory;
  private Workplace place;

  @BeforeEach
  void install() throws IOException {
    place = new Workplace(directory);
    Deployment.Notification webhook =
        new Deployment.Notification(
            Deployment.Event.USUAL,
            List.of(),
            null,
            Duration.ofMinutes(1),
            new Deployment.Webhook(URI.create("https://example.org/"), null),
            null);
    place.deployment = Deployments.telling(place.deployment, webhook);
    place.installed();
  }

  private List<String> told() {
    return place.post.posted().stream()
        .map(FakePost.Posted::body)
        .map(body -> body.replaceAll(".*\"event\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  void aResultWaitsUntilItsMessageIsOnTheDisk() throws IOException {
    Path outbox = place.state.outbox();
    Path aside = outbox.resolveSibling("aside");
    try (Workplace.Serving serving = place.serve()) {
      assertNotNull(serving);
      Workplace.eventually(() -> assertEquals(List.of("succeeded"), told()));
      Files.move(outbox, aside);
      place.touch("update");
      Workplace.eventually(() -> assertEquals(2, historyLines()));
      assertFalse(isEndTold("update"), "it was told too soon");
      Files.move(aside, outbox);
      Workplace.eventually(() -> assertEquals(Outcome.SUCCEEDED, place.result("update").state()));
      Workplace.eventually(() -> assertEquals(List.of("succeeded", "succeeded"), told()));
    }
    assertEquals(List.of("given-up"), Workplace.names(outbox));
  }

  /** Whoever was called to help is told that it is over, whatever ends the trouble. */
  @ParameterizedTest
  @EnumSource(
      value = Worker.Repair.class,
      names = {"TRY_AGAIN", "TAKE_AS_DONE"})
  void anUndoThatIsCompleteAtLastIsTold(Worker.Repair repair) throws IOException {
    place.commands.on("migrate", new Exit.Status(1));
    place.database.fail(Call.RESTORE, Problem.RESTORE_FAILED);
    place.touch("update");
    place.drain();
    place.drain();
    assertEquals(List.of("succeeded", "needs_intervention"), told());
    if (repair == Worker.Repair.TRY_AGAIN) {
      place.database.mend(Call.RESTORE);
    }
    place.worker(Worker.Mode.DRAIN).recoverOnly(repair);
    place.drain();
    assertEquals(List.of("succeeded", "needs_intervention", "repaired"), told());
    assertEquals(
        "[spoolway] notes: the undo of update to 1.1.0 is complete",
        last().replaceAll(".*\"subject\":\"([^\"]*)\".*", "$1"));
  }

  private String last() {
    List<FakePost.Posted> posted = place.post.posted();
    return posted.get(posted.size() - 1).body();
  }

  /** A job that is as quick as this one may have told nothing at all before its end. */
  private boolean isEndTold(String id) throws IOException {
    return new ResultStore(place.spool)
        .find("operator", new RequestId(id))
        .filter(result -> result.state().isTerminal())
        .isPresent();
  }

  private int historyLines() throws IOException {
    return Files.readAllLines(place.state.history()).size();
  }

  /** The crash lies between the result and the removal of the journal, or of the message. */
  @Test
  void anEndThatIsToldIsNotToldAgainByTheNextRunner() throws IOException {
    place.commands.on("build", new Exit.Status(1));
    place.touch("update");
    place.drain();
    place.drain();
    assertEquals(List.of("succeeded", "failed"), told());
  }

  @Test
  void whatEndsBeforeItStartsIsToldWhenItFails() throws IOException {
    place.touch("update@9.9.9");
    place.touch("check");
    place.drain();
    assertEquals(1, told().stream().filter("failed"::equals).count(), told().toString());
    assertEquals(1, told().stream().filter("available"::equals).count(), told().toString());
  }
}
