package org.spoolway.host.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.CapturedOutput;
import org.spoolway.host.Services;
import org.spoolway.host.ServicesContract;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

class SystemdServicesTest extends ServicesContract {

  private static final String SOCKET = "notes.socket";
  private static final String WEB = "notes.service";
  private static final String WORKER = "notes-worker.service";
  private static final Version ONE = new Version("1.0.0");
  private static final Version TWO = new Version("1.1.0");

  @TempDir private Path state;
  private final FakeSystemd systemd = new FakeSystemd();
  private SystemdServices services;

  @BeforeEach
  void nameUnits() {
    Duration second = Duration.ofSeconds(1);
    services =
        new SystemdServices(
            systemd,
            new UnitSettings(
                "notes",
                List.of(SOCKET, WEB, WORKER),
                second,
                second,
                new StateDir(state),
                state.resolve("hold")));
  }

  @Override
  protected Services services() {
    return services;
  }

  @Override
  protected void breakStart() {
    systemd.failOnStart(WEB);
  }

  @Test
  void aUnitThatSystemdStartedAgainIsNotTheOneThatWasStartedHere() throws ProblemException {
    services.start(ONE, new CapturedOutput());
    systemd.startAgain(WORKER);
    assertTrue(services.state().running());
    assertNull(services.state().version());
  }

  @Test
  void whatOthersStartedIsReplaced() throws ProblemException {
    systemd.startAgain(SOCKET);
    systemd.startAgain(WEB);
    systemd.startAgain(WORKER);
    services.start(ONE, new CapturedOutput());
    assertEquals(ONE, services.state().version());
    assertEquals(
        List.of("start notes.socket", "start notes.service notes-worker.service"), systemd.calls());
  }

  @Test
  void aServiceThatHasThePortItselfMakesRoomForItsSocket() throws ProblemException {
    systemd.startAgain(WEB);
    systemd.startAgain(WORKER);
    services.start(ONE, new CapturedOutput());
    assertEquals(
        List.of(
            "stop notes.service notes-worker.service",
            "start notes.socket",
            "start notes.service notes-worker.service"),
        systemd.calls());
  }

  @Test
  void startingLiftsTheHoldThatRecoveryHasPutOnTheUnits() throws Exception {
    Files.writeString(state.resolve("hold"), "");
    services.start(ONE, new CapturedOutput());
    assertFalse(Files.exists(state.resolve("hold")));
  }

  @Test
  void whatIsNotUpIsNotStoppedSinceThatWouldCancelItsStartWithTheHost() throws Exception {
    services.stop();
    assertEquals(List.of(), systemd.calls());
  }

  @Test
  void theSocketGoesOnWhileTheServicesAreReplaced() throws ProblemException {
    services.start(ONE, new CapturedOutput());
    services.replace(TWO, new CapturedOutput());
    assertEquals(TWO, services.state().version());
    assertFalse(systemd.calls().stream().anyMatch(call -> call.startsWith("stop")));
  }

  @Test
  void aUnitThatDoesNotStartIsToldWithItsLastLinesAndTakesTheOthersDown() {
    systemd.failOnStart(WORKER);
    CapturedOutput log = new CapturedOutput();
    ProblemException problem = assertThrows(ProblemException.class, () -> services.start(ONE, log));
    assertEquals(Problem.SERVICE_START_FAILED, problem.problem());
    assertEquals(
        "cannot start notes 1.0.0: notes-worker.service is failed (dead, exit-code): Job for"
            + " notes-worker.service failed.; the last lines:\nTraceback: no such table",
        problem.getMessage());
    assertTrue(log.text().contains("no such table"), log::text);
    assertFalse(services.state().running());
    assertEquals("stop notes.socket notes.service notes-worker.service", systemd.calls().get(2));
  }

  @Test
  void aUnitThatDoesNotEndInTimeIsKilled() throws ProblemException {
    services.start(ONE, new CapturedOutput());
    systemd.clingToLife(WORKER);
    services.stop();
    assertFalse(services.state().running());
    assertTrue(systemd.calls().contains("kill notes.service notes-worker.service"));
  }
}
