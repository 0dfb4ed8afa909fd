package org.spoolway.host.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What a runner finds that was started after another one died. */
final class ServiceAfterCrashTest extends ServiceTest {

  @Test
  void theServiceSurvivesTheRunnerAndIsStoppedByTheNext() throws Exception {
    install("exec sleep 1000");
    Process runner = Starter.fork("service", root.toString());
    assertEquals('s', runner.getInputStream().read());
    runner.destroyForcibly();
    await().until(() -> !runner.isAlive());

    ProcessService next = service();
    assertTrue(next.state().running());
    assertEquals(ONE, next.state().version());
    Marked processes = processes();
    ServiceRecord before = record();
    next.start(ONE, output);
    assertEquals(before, record());
    next.stop();
    assertEquals(List.of(), processes.living());
    assertFalse(next.state().running());
  }

  @Test
  void aReusedPidIsNotTakenForTheService() throws Exception {
    install("exec sleep 1000");
    service().start(ONE, output);
    ServiceRecord truth = record();
    edit(truth.pid(), truth.startTicks() - 1, truth.bootId());
    assertFalse(service().state().running());
  }

  @Test
  void aStrangerWithTheRecordedPidIsNotStopped() throws Exception {
    install("exec sleep 1000");
    Process stranger = new ProcessBuilder("setsid", "sleep", "1000").start();
    try {
      ServiceRecord.intended(ONE, Instant.EPOCH, 0).save(file());
      long ticks = new ProcessTable().find(stranger.pid()).orElseThrow().startTicks();
      edit(stranger.pid(), ticks - 1, ProcessTable.bootId());
      service().stop();
      assertTrue(stranger.isAlive());
      assertFalse(Files.exists(file()));
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void aRecordOfAnotherBootNamesNobody() throws Exception {
    install("exec sleep 1000");
    service().start(ONE, output);
    ServiceRecord truth = record();
    edit(truth.pid(), truth.startTicks(), "another boot");
    assertFalse(service().state().running());
  }

  @Test
  void aProcessWhoseStarterDiedBeforeRecordingItIsFoundByItsToken() throws Exception {
    install("setsid sleep 1000 & exec sleep 1000");
    service().start(ONE, output);
    ServiceRecord truth = record();
    edit(null, null, null);

    ProcessService next = service();
    assertTrue(next.state().running());
    assertTrue(next.state().detail().startsWith("pid " + truth.pid() + " "));
    next.start(ONE, output);
    assertEquals(truth, record());
    edit(null, null, null);
    Marked processes = processes();
    service().stop();
    assertEquals(List.of(), processes.living());
  }

  @Test
  void anIntentionThatNeverBecameAProcessIsNothing() throws Exception {
    install("exec sleep 1000");
    ServiceRecord intended = ServiceRecord.intended(ONE, Instant.EPOCH, 0);
    intended.save(file());
    assertFalse(service().state().running());
    service().start(ONE, output);
    assertTrue(service().state().running());
    assertNotEquals(intended.token(), record().token());
  }

  @Test
  void workersOfADeadServiceAreEndedBeforeItIsStartedAnew() throws Exception {
    install("(setsid sleep 1000 &); exec sleep 1000");
    service().start(ONE, output);
    Marked former = processes();
    until(() -> former.living().size() == 2);
    ProcessTable table = new ProcessTable();
    table.kill(table.find(record().pid()).orElseThrow());
    until(() -> !service().state().running());
    assertEquals(1, former.living().size());
    service().start(ONE, output);
    assertEquals(List.of(), former.living());
    assertTrue(service().state().running());
  }

  @Test
  void aDamagedRecordIsSaidAndNothingIsStartedBesideIt() throws Exception {
    install("exec sleep 1000");
    Files.writeString(file(), "{");
    assertFalse(service().state().running());
    assertTrue(service().state().detail().contains("cannot read"));
    ProblemException problem = startFails(service());
    assertEquals(Problem.SERVICE_START_FAILED, problem.problem());
    Files.delete(file());
  }

  private void edit(@Nullable Long pid, @Nullable Long ticks, @Nullable String boot)
      throws IOException {
    ServiceRecord r = record();
    new ServiceRecord(r.token(), r.version(), pid, ticks, boot, r.startedAt(), r.logOffset())
        .save(file());
  }
}
