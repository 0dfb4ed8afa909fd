package org.spoolway.host.process;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.spoolway.supervision.Supervisor;
import org.spoolway.supervision.Supervisor.Sign;

class ServiceNotificationsTest {

  private static final long PID = 4711;

  @Test
  void nobodyIsToldWhereNobodyListens() {
    assertSame(Supervisor.NONE, of(Map.of("WATCHDOG_USEC", "1000000")));
  }

  @Test
  void signsAreAssignmentsOfTheProtocol() {
    List<List<String>> commands = new ArrayList<>();
    Supervisor supervisor = new ServiceNotifications(null, commands::add);
    for (Sign sign : Sign.values()) {
      supervisor.tell(sign);
    }
    supervisor.describe("1 deployment; notes: update to 1.2.0");
    assertEquals(
        List.of(
            List.of("systemd-notify", "READY=1"),
            List.of("systemd-notify", "WATCHDOG=1"),
            List.of("systemd-notify", "STOPPING=1"),
            List.of("systemd-notify", "STATUS=1 deployment; notes: update to 1.2.0")),
        commands);
  }

  @Test
  void aSupervisorThatCannotBeToldStopsNothing() {
    Supervisor supervisor =
        new ServiceNotifications(
            null,
            command -> {
              throw new IOException("no such program");
            });
    assertDoesNotThrow(() -> supervisor.tell(Sign.READY));
  }

  @Test
  void theWatchdogsTimeIsReadWhenItIsMeantForThisProcess() {
    assertEquals(Optional.of(Duration.ofMinutes(3)), patience("180000000", "4711"));
    assertEquals(Optional.of(Duration.ofMinutes(3)), patience("180000000", ""));
    assertEquals(Optional.empty(), patience("180000000", "4712"));
    assertEquals(Optional.empty(), patience("soon", "4711"));
    assertEquals(Optional.empty(), patience("", "4711"));
  }

  private static Optional<Duration> patience(String micros, String pid) {
    return of(Map.of("NOTIFY_SOCKET", "@x", "WATCHDOG_USEC", micros, "WATCHDOG_PID", pid))
        .patience();
  }

  private static Supervisor of(Map<String, String> environment) {
    return ServiceNotifications.of(
        name -> Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty()), PID);
  }
}
