package org.spoolway.host.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.Commands;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.host.Output;
import org.spoolway.journal.Death;
import org.spoolway.layout.HostDir;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

class RunnerHandoverTest {

  private static final Version ONE = new Version("1.0.0");
  private static final Version TWO = new Version("1.1.0");
  private static final long PID = 4711;

  @TempDir private Path directory;
  private final Systemd systemd = new Systemd();
  private RunnerSettings settings;
  private RunnerHandover handover;

  /** Tells who is the unit's main process, and remembers what it was asked. */
  private static final class Systemd implements Commands {
    private final List<String> asked = new ArrayList<>();
    private long pid = PID;
    private String state = "active";
    private int exit;
    private boolean isAskedByTheDying;

    @Override
    public Exit run(Command command, Output output, Interruption interruption) {
      String line = String.join(" ", command.arguments());
      if (line.startsWith("systemctl show")) {
        byte[] told =
            ("ActiveState=" + state + "\nMainPID=" + pid + "\n").getBytes(StandardCharsets.UTF_8);
        output.write(told, 0, told.length);
        return new Exit.Status(0);
      }
      if (isAskedByTheDying) {
        throw new Death("when it asked for: " + line);
      }
      asked.add(line);
      return new Exit.Status(exit);
    }

    @Override
    public int endAll(String mark) {
      return 0;
    }

    @Override
    public void requireAllEnded(String mark) {}
  }

  @BeforeEach
  void makeHost() throws IOException {
    Path script =
        Files.createFile(
            directory.resolve("handover"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    settings =
        new RunnerSettings(
            Files.createDirectory(directory.resolve("root")),
            directory.resolve("root/releases/1.0.0"),
            PID,
            script,
            new HostDir(directory.resolve("etc"), directory.resolve("run")),
            new StateDir(directory));
    handover = new RunnerHandover(systemd, settings);
  }

  private Path record() {
    return directory.resolve("root/handover");
  }

  private void guard() throws Exception {
    handover.guard(Optional.of(ONE), TWO, Duration.ofSeconds(90));
  }

  @Test
  void whatItRunsIsToldByWhereItLies() {
    assertEquals(Optional.of(ONE), handover.own());
    RunnerSettings packaged =
        new RunnerSettings(
            settings.root(),
            Path.of("/usr/lib/spoolway"),
            PID,
            settings.script(),
            settings.host(),
            settings.state());
    assertEquals(Optional.empty(), new RunnerHandover(systemd, packaged).own());
  }

  @Test
  void theScriptFindsWhatItNeedsAndIsCalledInTime() throws Exception {
    guard();
    assertEquals("to=1.1.0\nfrom=1.0.0\nputBack=\n", Files.readString(record()));
    assertTrue(Files.exists(directory.resolve("run/spoolway/handover")));
    String last = systemd.asked.get(systemd.asked.size() - 1);
    assertTrue(last.startsWith("systemd-run "), last);
    assertTrue(last.contains(" --on-active=90s "), last);
    assertTrue(last.endsWith(settings.script() + " due"), last);
  }

  @Test
  void fromThePackageThereIsNoReleaseToGoBackTo() throws Exception {
    handover.guard(Optional.empty(), TWO, Duration.ofSeconds(90));
    assertTrue(Files.readString(record()).contains("\nfrom=\n"), Files.readString(record()));
  }

  @Test
  void whoIsNotTheUnitsMainProcessCannotBeReplaced() {
    systemd.pid = 12;
    ProblemException refused =
        assertThrows(ProblemException.class, () -> handover.requireReplaceable(TWO));
    assertEquals(Problem.SERVICE_START_FAILED, refused.problem());
    assertEquals(
        "cannot hand over to 1.1.0: this runner is process 4711 and spoolway.service is active as"
            + " process 12",
        refused.getMessage());
  }

  @Test
  void withoutThePackageNobodyWouldWatch() throws Exception {
    Files.delete(settings.script());
    ProblemException refused =
        assertThrows(ProblemException.class, () -> handover.requireReplaceable(TWO));
    assertTrue(refused.getMessage().contains("there is no program"), refused.getMessage());
  }

  @Test
  void nothingBeginsWhenSystemdCallsNobody() {
    systemd.exit = 1;
    ProblemException refused = assertThrows(ProblemException.class, this::guard);
    assertTrue(refused.getMessage().contains("nobody would put"), refused.getMessage());
  }

  @Test
  void theReasonIsToldOfTheReleaseThatItIsAbout() throws Exception {
    guard();
    assertEquals(Optional.empty(), handover.whyPutBack(TWO));
    Files.writeString(record(), "to=1.1.0\nfrom=1.0.0\nputBack=it failed\n");
    assertEquals(Optional.of("it failed"), handover.whyPutBack(TWO));
    assertEquals(Optional.empty(), handover.whyPutBack(ONE));
  }

  @Test
  void afterwardsNobodyWatches() throws Exception {
    handover.settle();
    assertEquals(List.of(), systemd.asked, "nothing to settle");
    guard();
    live("releases/1.0.0");
    systemd.asked.clear();
    handover.settle();
    assertFalse(Files.exists(record()));
    assertFalse(Files.exists(directory.resolve("run/spoolway/handover")));
    assertEquals(List.of("systemctl --quiet stop -- spoolway-handover.timer"), systemd.asked);
    assertFalse(Files.exists(directory.resolve("root/handover.back"), LinkOption.NOFOLLOW_LINKS));
  }

  /** The script and the runner may come to it at the same moment: only one of them decides. */
  @Test
  void whatIsBeingPutBackHasNotProvedItself() throws Exception {
    settings =
        new RunnerSettings(
            settings.root(),
            settings.root().resolve("releases/1.1.0"),
            PID,
            settings.script(),
            settings.host(),
            settings.state());
    RunnerHandover next = new RunnerHandover(systemd, settings);
    guard();
    live("releases/1.1.0");
    Files.writeString(record(), "to=1.1.0\nfrom=1.0.0\nputBack=it failed\n");
    ProblemException late = assertThrows(ProblemException.class, next::settle);
    assertTrue(late.getMessage().endsWith("it has just been put back"), late.getMessage());
    assertTrue(Files.exists(record()), "for the one before to tell why");
    guard();
    next.settle();
    assertFalse(Files.exists(record()));
  }

  @Test
  void whatTheScriptHasInHandIsNotSettled() throws Exception {
    guard();
    Files.move(record(), directory.resolve("root/handover.taken"));
    assertThrows(ProblemException.class, handover::settle);
    assertTrue(Files.exists(directory.resolve("root/handover.back"), LinkOption.NOFOLLOW_LINKS));
  }

  /** A runner that was killed after it had taken the record leaves the rest to the next one. */
  @Test
  void whatWasSettledHalfWayIsTidiedUp() throws Exception {
    guard();
    Files.move(record(), directory.resolve("root/handover.settled"));
    systemd.asked.clear();
    handover.settle();
    assertFalse(Files.exists(directory.resolve("root/handover.settled")));
    assertFalse(Files.exists(directory.resolve("run/spoolway/handover")));
    assertEquals(List.of("systemctl --quiet stop -- spoolway-handover.timer"), systemd.asked);
  }

  /** As long as anything is left that tells of the timer. */
  @Test
  void whoIsKilledBeforeTheTimerHasEndedLeavesItToTheNextOne() throws Exception {
    guard();
    live("releases/1.0.0");
    systemd.isAskedByTheDying = true;
    assertThrows(Death.class, handover::settle);
    systemd.isAskedByTheDying = false;
    systemd.asked.clear();
    handover.settle();
    assertEquals(List.of("systemctl --quiet stop -- spoolway-handover.timer"), systemd.asked);
    assertFalse(Files.exists(record()));
  }

  /** A power cut came between the two. */
  @Test
  void aWayBackWithoutARecordIsTidiedUp() throws Exception {
    guard();
    Files.delete(record());
    handover.settle();
    assertFalse(Files.exists(directory.resolve("root/handover.back"), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void theWayBackIsThereBeforehand() throws Exception {
    guard();
    Path back = directory.resolve("root/handover.back");
    assertEquals("releases/1.0.0", Files.readSymbolicLink(back).toString());
    handover.guard(Optional.empty(), TWO, Duration.ofSeconds(90));
    assertFalse(Files.exists(back, LinkOption.NOFOLLOW_LINKS));
  }

  /** It could not prove itself, and undid what had made it live. */
  @Test
  void whoWentBackItselfHasItselfReplaced() throws Exception {
    for (String target : new String[] {"releases/0.9.0", ""}) {
      guard();
      live(target);
      systemd.asked.clear();
      handover.settle();
      assertTrue(
          systemd.asked.contains("systemctl --quiet --no-block restart spoolway.service"),
          systemd.asked::toString);
    }
  }

  private void live(String target) throws IOException {
    Path current = directory.resolve("root/current");
    Files.deleteIfExists(current);
    if (!target.isEmpty()) {
      Files.createSymbolicLink(current, Path.of(target));
    }
  }

  @Test
  void theNextOneIsAskedForWithoutWaiting() throws Exception {
    handover.replace();
    assertEquals(List.of("systemctl --quiet --no-block restart spoolway.service"), systemd.asked);
    systemd.exit = 1;
    assertThrows(ProblemException.class, handover::replace);
  }

  @Test
  void itWorksWhenSystemdHasItForReady() {
    HealthProbe probe = new RunnerProbe(systemd, handover, settings);
    assertTrue(probe.ask(ONE, new Interruption()).passes());
    assertFalse(probe.ask(TWO, new Interruption()).passes());
    systemd.state = "activating";
    assertFalse(probe.ask(ONE, new Interruption()).passes());
    systemd.state = "active";
    systemd.pid = 12;
    HealthProbe.Answer other = probe.ask(ONE, new Interruption());
    assertFalse(other.passes());
    assertEquals("spoolway.service is active as process 12, this one is 4711", other.observed());
  }
}
