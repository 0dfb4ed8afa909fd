package org.spoolway.host.process;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.host.CapturedOutput;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Two processes of one service, of which one hands over to the other. */
class OverlappingServiceTest {

  private static final Version ONE = new Version("1.0.0");
  private static final Version TWO = new Version("1.1.0");

  /** Says whom it was told of, and stays. */
  private static final String SCRIPT =
      "echo \"${SPOOLWAY_PREDECESSOR:-nobody}\" >\"$SPOOLWAY_SHARED/$SPOOLWAY_VERSION\"; exec sleep"
          + " 1000";

  @TempDir private Path root;
  private ServiceHome home;
  private OverlappingService service;

  @BeforeEach
  void startTheFirst() throws Exception {
    home = new ServiceHome(root);
    Files.createDirectories(home.application().shared());
    home.release("1.0.0", SCRIPT);
    service = again();
    service.start(ONE, new CapturedOutput());
    home.release("1.1.0", SCRIPT);
  }

  @AfterEach
  void stop() throws ProblemException {
    service.stop();
  }

  /** The same as the next runner sees it. */
  private OverlappingService again() {
    return new OverlappingService(home.settings(null), Clock.systemUTC());
  }

  private long first() throws IOException {
    return pid(home.state().service());
  }

  private long second() throws IOException {
    return pid(home.state().secondSeat().service());
  }

  private static long pid(Path record) throws IOException {
    Long pid = ServiceRecord.load(record).orElseThrow().pid();
    return pid == null ? 0 : pid;
  }

  private static boolean lives(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  /** One that has ended has still to be taken note of by its parent, which is this process. */
  private static void assertGone(long pid) {
    await().until(() -> !lives(pid));
  }

  private String toldOf(Version version) throws IOException {
    Path file = home.application().shared().resolve(version.text());
    return Files.readString(file).strip();
  }

  @Test
  void theNextOneStartsBesideTheOldOneAndIsToldOfIt() throws Exception {
    service.replace(TWO, new CapturedOutput());
    assertEquals(TWO, service.state().version());
    assertTrue(lives(first()), "the old one serves on");
    assertTrue(lives(second()));
    assertEquals("nobody", toldOf(ONE));
    assertEquals(Long.toString(first()), toldOf(TWO));
  }

  @Test
  void theOldOneEndsOnceTheNextOneHasProvedItself() throws Exception {
    service.replace(TWO, new CapturedOutput());
    long old = first();
    service.retire();
    service.retire();
    assertGone(old);
    assertTrue(lives(second()));
    assertEquals(TWO, service.state().version());
  }

  /** It has never stopped, and is the very same process. */
  @Test
  void goingBackEndsTheNextOneAndKeepsTheOldOne() throws Exception {
    service.replace(TWO, new CapturedOutput());
    long old = first();
    long next = second();
    service.replace(ONE, new CapturedOutput());
    assertEquals(ONE, service.state().version());
    assertTrue(lives(old));
    assertGone(next);
    assertEquals(old, first());
  }

  @Test
  void whatEndsAtOnceLeavesTheOldOneServing() throws Exception {
    home.release("1.1.0", "exit 3");
    long old = first();
    assertThrows(ProblemException.class, () -> service.replace(TWO, new CapturedOutput()));
    assertEquals(ONE, service.state().version());
    assertTrue(lives(old));
  }

  @Test
  void theSeatsAreTakenInTurns() throws Exception {
    service.replace(TWO, new CapturedOutput());
    service.retire();
    Version three = new Version("1.2.0");
    home.release("1.2.0", SCRIPT);
    service.replace(three, new CapturedOutput());
    assertEquals(three, service.state().version());
    assertEquals(Long.toString(second()), toldOf(three));
    long old = second();
    service.retire();
    assertTrue(lives(first()));
    assertGone(old);
  }

  @Test
  void theNextRunnerFindsBoth() throws Exception {
    service.replace(TWO, new CapturedOutput());
    long old = first();
    OverlappingService next = again();
    assertEquals(TWO, next.state().version());
    next.retire();
    assertGone(old);
    assertTrue(lives(second()));
  }

  /** A runner died between saying which seat counts and starting anything in it. */
  @Test
  void aRunnerThatDiedBeforeTheStartIsGoneOnForward() throws Exception {
    Files.writeString(home.state().seat(), "second\n");
    OverlappingService next = again();
    assertFalse(next.state().running());
    next.start(TWO, new CapturedOutput());
    assertEquals(TWO, next.state().version());
    assertEquals(Long.toString(first()), toldOf(TWO));
  }

  @Test
  void orBackward() throws Exception {
    Files.writeString(home.state().seat(), "second\n");
    long old = first();
    OverlappingService next = again();
    next.start(ONE, new CapturedOutput());
    assertEquals(ONE, next.state().version());
    assertTrue(lives(old), "the one that was there has served all the time");
  }

  @Test
  void stoppingEndsBoth() throws Exception {
    service.replace(TWO, new CapturedOutput());
    long old = first();
    long next = second();
    service.stop();
    assertGone(old);
    assertGone(next);
    assertFalse(service.state().running());
  }
}
