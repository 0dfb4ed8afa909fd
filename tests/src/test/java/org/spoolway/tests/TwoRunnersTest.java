package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One runner per deployment: a kernel lock says so, and dies with its holder. */
class TwoRunnersTest {

  @RegisterExtension final Home home = new Home();
  private Runner first;

  @BeforeEach
  void start() {
    new SampleApplication(home, "app").release("1.0.0", new Release()).write();
    first = home.run();
  }

  @Test
  void secondRunnerIsRefusedWhileTheFirstHoldsTheLock() {
    Program.Ended second = home.spoolway("run", "--drain");

    assertEquals(75, second.exit(), second.all());
    assertTrue(second.err().contains("cannot work deployment app"), second.err());
    assertTrue(second.err().contains("pid " + first.pid()), second.err());
    assertTrue(second.err().contains(System.getProperty("user.name")), second.err());
    assertTrue(second.err().matches("(?s).*since \\d{4}-\\d\\d-\\d\\dT.*"), second.err());
    assertTrue(second.err().contains("Fix: "), second.err());
    assertEquals("succeeded", Results.text(home.spool("app").ask("check"), "state"));
  }

  @Test
  void lockOfAKilledRunnerIsFreeAtOnce() {
    first.kill();

    assertEquals(0, home.drain());
  }

  @Test
  void ofManyRunnersThatStartAtOnceOneWorks() {
    first.stop();
    String program = Image.program().toString();
    List<String> command = List.of(program, "--home", home.path().toString(), "run");

    List<Runner> runners =
        List.of(
            home.start(Map.of(), command),
            home.start(Map.of(), command),
            home.start(Map.of(), command));

    Until.isTrue(
        "all but one having ended", () -> runners.stream().filter(Runner::isAlive).count() == 1);
    for (Runner runner : runners) {
      assertEquals(
          runner.isAlive() ? 0 : 75, runner.isAlive() ? 0 : runner.awaitEnd(), runner::log);
    }
    assertEquals("succeeded", Results.text(home.spool("app").ask("check"), "state"));
  }
}
