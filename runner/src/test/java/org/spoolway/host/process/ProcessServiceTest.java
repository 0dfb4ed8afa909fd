package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

final class ProcessServiceTest extends ServiceTest {

  @Test
  void itRunsInTheReleaseWithWhatTheContractPromises() throws Exception {
    install(
        "pwd; echo $SPOOLWAY_DEPLOYMENT $SPOOLWAY_VERSION $PORT; echo $SPOOLWAY_RELEASE;",
        "echo $SPOOLWAY_SHARED; echo ${SPOOLWAY_STATE_DIRECTORY:-no job}; exec sleep 1000");
    service().start(ONE, output);
    String release = home().application().release("1.0.0").toRealPath().toString();
    until(() -> service().lastLines().lines().count() == 5);
    assertEquals(
        List.of(
            release,
            "notes 1.0.0 8080",
            release,
            home().application().shared().toString(),
            "no job"),
        service().lastLines().lines().toList());
  }

  @Test
  void itsRecordIsTheRunnersAlone() throws Exception {
    install("exec sleep 1000");
    service().start(ONE, output);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    assertTrue(output.text().contains("pid " + record().pid()));
    service().stop();
    assertFalse(Files.exists(file()));
  }

  @Test
  void oneThatEndsAtOnceIsReportedWithItsLastLinesAndStatus() throws Exception {
    install("sleep 1000 & echo 'no module named notes'; exit 3");
    ProblemException problem = startFails(service());
    assertEquals(Problem.SERVICE_START_FAILED, problem.problem());
    assertEquals(
        "cannot start notes 1.0.0: ./serve ended at once with exit status 3; its last lines:\n"
            + "no module named notes",
        problem.getMessage());
    assertEquals("no module named notes\n", output.text());
    assertEquals("no module named notes", service().lastLines());
    assertEquals(List.of(), processes().living());
  }

  @Test
  void oneThatBecomesADaemonIsToldToStayInTheForeground() throws Exception {
    install("setsid sleep 1000 & exit 0");
    ProblemException problem = startFails(service());
    assertTrue(problem.fix().contains("foreground"), problem.fix());
    assertEquals(List.of(), processes().living());
  }

  @Test
  void aMissingProgramOrReleaseIsSaidAndLeavesNoRecord() throws Exception {
    install("exec sleep 1000");
    Files.delete(home().application().release("1.0.0").resolve("serve"));
    assertTrue(startFails(service()).getMessage().contains("no executable file ./serve"));
    Files.delete(home().application().current());
    assertTrue(startFails(service()).getMessage().contains("current leads to no release"));
    assertFalse(Files.exists(file()));
  }

  @Test
  void startReturnsAsSoonAsTheAddressAccepts() throws Exception {
    InetSocketAddress address = freeAddress();
    install("exec " + listener(address));
    service(address).start(ONE, output);
    try (Socket socket = new Socket()) {
      socket.connect(address);
    }
    service(address).stop();
    assertFalse(service().state().running());
  }

  @Test
  void aPortThatAnotherProcessHoldsDoesNotPassForTheService() throws Exception {
    try (ServerSocket stranger = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) stranger.getLocalSocketAddress();
      install("sleep 0.5; echo 'Address already in use'; exit 1");
      ProblemException problem = startFails(service(address));
      assertTrue(problem.getMessage().contains("Address already in use"), problem.getMessage());
      assertFalse(service().state().running());
    }
  }

  @Test
  void stopKillsWorkersThatTheMainProcessLeavesBehind() throws Exception {
    install(
        "sleep 1000 &",
        "setsid sleep 1000 &",
        "env -i setsid sleep 1000 & echo $!",
        "trap 'echo bye; exit 0' TERM",
        "wait");
    service().start(ONE, output);
    Marked processes = processes();
    until(() -> processes.living().size() == 3 && service().lastLines().matches("\\d+"));
    long cleared = Long.parseLong(service().lastLines());
    ProcessService service = service();
    service.stop();
    assertEquals(List.of(), processes.living());
    assertFalse(Marked.isAlive(cleared));
    assertTrue(service.lastLines().endsWith("bye"), service.lastLines());
  }

  @ParameterizedTest
  @ValueSource(strings = {"< /dev/null", "> /dev/null 2>&1", "< /dev/null > /dev/null"})
  void stopEndsADaemonThatClearedItsEnvironmentByItsInputOrOutput(String redirections)
      throws Exception {
    install(
        "env -i setsid -f sh -c 'echo $$ > daemon; exec sleep 1000' " + redirections,
        "exec sleep 1000");
    service().start(ONE, output);
    Path daemon = home().application().release("1.0.0").resolve("daemon");
    until(() -> Files.exists(daemon) && Files.size(daemon) > 0);
    long pid = Long.parseLong(Files.readString(daemon).strip());
    service().stop();
    assertFalse(Marked.isAlive(pid));
  }

  @Test
  void whoeverFollowsTheLogOutlivesTheService() throws Exception {
    install("exec sleep 1000");
    service().start(ONE, output);
    File log = home().state().serviceLog().toFile();
    Process named = new ProcessBuilder("tail", "-f", log.toString()).start();
    Process redirected = new ProcessBuilder("tail", "-f").redirectInput(log).start();
    try {
      service().stop();
      assertTrue(named.isAlive());
      assertTrue(redirected.isAlive());
    } finally {
      named.destroyForcibly();
      redirected.destroyForcibly();
    }
  }

  @Test
  void aLogThatLeadsToWhereOthersPrintNamesNobody() throws Exception {
    install("exec sleep 1000");
    Files.createSymbolicLink(home().state().serviceLog(), Path.of("/dev/null"));
    Process stranger =
        new ProcessBuilder("sleep", "1000").redirectOutput(new File("/dev/null")).start();
    try {
      service().start(ONE, output);
      service().stop();
      assertTrue(stranger.isAlive());
    } finally {
      stranger.destroyForcibly();
    }
  }

  @Test
  void oneThatDoesNotListenIsKilledAfterItsTimeout() throws Exception {
    install("trap '' TERM; while :; do sleep 1000; done");
    service().start(ONE, output);
    Marked processes = processes();
    service().stop();
    assertEquals(List.of(), processes.living());
  }

  @Test
  void onlyWhatThisStartPrintedIsShown() throws Exception {
    install("echo first; exec sleep 1000");
    service().start(ONE, output);
    until(() -> service().lastLines().equals("first"));
    service().stop();
    assertEquals("", service().lastLines());
    install("exec sleep 1000");
    service().start(ONE, output);
    assertEquals("", service().lastLines());
  }

  private static String listener(InetSocketAddress address) {
    return String.join(" ", Starter.arguments("listen", "" + address.getPort()));
  }

  private static InetSocketAddress freeAddress() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }
  }
}
