package org.spoolway.adoption;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.adoption.Adoption.Stage;
import org.spoolway.deployment.CurrentLink;
import org.spoolway.deployment.Manifest;
import org.spoolway.deployment.Trees;
import org.spoolway.host.Interruption;
import org.spoolway.journal.Death;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** A flat checkout becomes a release with its data beside it, and a checkout again. */
class AdoptionTest {

  @TempDir Path directory;
  private Checkout checkout;
  private Path root;

  @BeforeEach
  void run() throws IOException {
    checkout = Checkout.running(directory);
    root = checkout.root;
  }

  @Test
  void becomesTheFirstRelease() throws ProblemException, IOException {
    checkout.adopt();
    Path release = root.resolve("releases/3.1.0");
    assertEquals(Path.of("releases/3.1.0"), Files.readSymbolicLink(root.resolve("current")));
    assertEquals(List.of(), Manifest.differences(release, new Interruption()));
    assertEquals("serve()", Files.readString(release.resolve("app.py")));
    assertEquals("SECRET=1", Files.readString(root.resolve("shared/.env")));
    assertEquals("purr", Files.readString(root.resolve("shared/media/cat.jpg")));
    assertEquals("notes", Files.readString(root.resolve("shared/notes.db")));
    assertEquals(Path.of("../../shared/media"), Files.readSymbolicLink(release.resolve("media")));
    assertTrue(Files.isRegularFile(root.resolve("flat.git/HEAD")));
    assertEquals(List.of("stop", "start 3.1.0"), checkout.services.calls());
    assertEquals(Stage.ADOPTED, checkout.adoption().stage());
  }

  /** Looking again would take as long again, and could decide otherwise than was told. */
  @Test
  void whatIsCarriedOutIsWhatWasPlanned() throws ProblemException, IOException {
    Adoption adoption = checkout.adoption();
    AdoptionPlan plan = adoption.plan(Checkout.NONE);
    checkout.git("tag", "--delete", "v3.1.0");
    adoption.carryOut(plan);
    assertEquals(Path.of("releases/3.1.0"), Files.readSymbolicLink(root.resolve("current")));
  }

  /** Units, cron lines and the interpreter's paths name what was there. */
  @Test
  void oldPathsLeadToTheLiveRelease() throws ProblemException, IOException {
    checkout.adopt();
    assertEquals(Path.of("current/app.py"), Files.readSymbolicLink(root.resolve("app.py")));
    assertEquals("#!", Files.readString(root.resolve(".venv/bin/python")));
    assertEquals("notes", Files.readString(root.resolve("notes.db")));
    assertEquals("<p>", Files.readString(root.resolve("start")));
    assertFalse(Files.exists(root.resolve(".git")));
  }

  @Test
  void goesBackToWhatItWasWithTheDataAsTheyAre() throws ProblemException, IOException {
    Map<String, String> before = checkout.picture();
    checkout.adopt();
    assertEquals(Optional.empty(), checkout.takeBack());
    assertEquals(before, checkout.picture());
    checkout.adopt();
    Files.writeString(root.resolve("current/notes.db"), "more notes");
    checkout.takeBack();
    assertEquals("more notes", Files.readString(root.resolve("notes.db")));
    assertEquals(Checkout.VERSION, checkout.services.running());
    assertEquals(Stage.FLAT, checkout.adoption().stage());
  }

  @Test
  void finishesWhereverItWasCutShort() throws ProblemException, IOException {
    checkout.adopt();
    Map<String, String> adopted = checkout.picture();
    int changes = checkout.told.size();
    checkout.takeBack();
    for (int n = 1; n <= changes; n++) {
      die(n, checkout::adopt);
      checkout.adopt();
      assertEquals(adopted, checkout.picture(), "cut short before change " + n);
      checkout.takeBack();
    }
  }

  @Test
  void goesBackFromWhereverItWasCutShort() throws ProblemException, IOException {
    Map<String, String> flat = checkout.picture();
    checkout.adopt();
    int changes = checkout.told.size();
    checkout.takeBack();
    for (int n = 1; n <= changes; n++) {
      die(n, checkout::adopt);
      checkout.takeBack();
      assertEquals(flat, checkout.picture(), "cut short before change " + n);
    }
  }

  @Test
  void goesBackAlsoWhenThatIsCutShort() throws ProblemException, IOException {
    Map<String, String> flat = checkout.picture();
    checkout.adopt();
    checkout.told.clear();
    checkout.takeBack();
    int changes = checkout.told.size();
    for (int n = 1; n <= changes; n++) {
      checkout.adopt();
      die(n, listener -> checkout.adoption(listener).takeBack());
      checkout.takeBack();
      assertEquals(flat, checkout.picture(), "cut short before change " + n + " back");
    }
  }

  /** Whoever starts the application in between finds all of its data, or nothing to start. */
  @Test
  void atItsPlaceIsOneOrTheOtherOrNothing() throws ProblemException, IOException {
    Set<String> seen = new java.util.TreeSet<>();
    checkout.adopt(
        change -> {
          boolean whole = Files.exists(root.resolve("app.py"));
          seen.add(Files.exists(root) ? "there, whole: " + whole : "nothing");
          assertEquals(whole, Files.exists(root.resolve("notes.db")));
          assertEquals(whole, Files.exists(root.resolve("media/cat.jpg")));
        });
    assertEquals(Set.of("nothing", "there, whole: true"), seen);
  }

  private interface Way {
    void go(Consumer<String> listener) throws ProblemException, IOException;
  }

  private static void die(int change, Way way) {
    AtomicInteger left = new AtomicInteger(change);
    assertThrows(
        Death.class,
        () ->
            way.go(
                what -> {
                  if (left.decrementAndGet() == 0) {
                    throw new Death("before: " + what);
                  }
                }));
  }

  @Test
  void isTakenBackWhenItIsNotHealthyAfterwards() throws IOException {
    Map<String, String> flat = checkout.picture();
    checkout.health = Checkout.Health.SICK_AFTERWARDS;
    ProblemException problem = assertThrows(ProblemException.class, checkout::adopt);
    assertEquals(Problem.GATE_FAILED, problem.problem());
    assertEquals(flat, checkout.picture());
    assertEquals(List.of("stop", "start 3.1.0", "stop", "start 3.1.0"), checkout.services.calls());
    assertEquals(Stage.FLAT, checkout.adoption().stage());
  }

  @Test
  void startsWhatWasLeftStopped() throws ProblemException, IOException {
    checkout.adopt();
    checkout.services.setRunning(null);
    checkout.adoption().finish();
    assertEquals(Checkout.VERSION, checkout.services.running());
    new CurrentLink(checkout.site().application()).pointTo(new Version("3.2.0"));
    checkout.services.setRunning(null);
    checkout.adoption().finish();
    assertNull(checkout.services.running(), "another release is live by now");
  }

  @Test
  void doesNotStartWhatDidNotRun() throws ProblemException, IOException {
    checkout.services.setRunning(null);
    AdoptionPlan plan = checkout.adoption().plan(Checkout.NONE);
    assertEquals(
        List.of("the application does not run by Spoolway now; it will not be started"),
        plan.notes());
    checkout.adopt();
    assertEquals(List.of("stop"), checkout.services.calls());
  }

  @Test
  void keepsWhatWasMadeSince() throws ProblemException, IOException {
    checkout.adopt();
    Files.createDirectories(root.resolve("snapshots/1"));
    Path kept = checkout.takeBack().orElseThrow();
    assertTrue(Files.isDirectory(kept.resolve("snapshots/1")));
    assertEquals("serve()", Files.readString(root.resolve("app.py")));
  }

  @Test
  void doesNotGoBackUnderAnotherRelease() throws ProblemException, IOException {
    checkout.adopt();
    new CurrentLink(checkout.site().application()).pointTo(new Version("3.2.0"));
    assertRefused("3.2.0 is live by now", checkout::takeBack);
    new CurrentLink(checkout.site().application()).pointTo(Checkout.VERSION);
    checkout.takeBack();
  }

  @Test
  void wantsToKnowWhatIsData() throws ProblemException, IOException {
    checkout.write("uploads/dog.jpg", "wow");
    checkout.write("cache/x", "x");
    assertRefused("git does not know what is in uploads/, cache/", this::plan);
    Choices choices = new Choices(null, Map.of("uploads", "files/up"), Set.of("cache"));
    checkout.adopt(choices);
    assertEquals("wow", Files.readString(root.resolve("shared/files/up/dog.jpg")));
    assertEquals("wow", Files.readString(root.resolve("uploads/dog.jpg")));
    assertEquals("x", Files.readString(root.resolve("current/cache/x")));
  }

  @Test
  void tellsWhatTheNextReleaseWillNotHave() throws ProblemException, IOException {
    checkout.write("app.py", "serve(better)");
    assertEquals(
        List.of("the next release will not have what was changed here in app.py"), plan().notes());
  }

  @Test
  void asksForAVersionThatGitDoesNotTell() throws ProblemException, IOException {
    checkout.write("app.py", "serve(more)");
    checkout.commit();
    assertRefused("its commit has no tag of a version", this::plan);
    Choices named = new Choices(new Version("3.1.1-local"), Map.of(), Set.of());
    assertEquals("3.1.1-local", checkout.adoption().plan(named).version().text());
    Trees.delete(root.resolve(".git"));
    assertRefused("it has no .git to tell its version by", this::plan);
    assertEquals("3.1.1-local", checkout.adoption().plan(named).version().text());
  }

  @Test
  void findsTheDatabaseWhereItIsSaidToBe() throws ProblemException, IOException {
    Files.move(root.resolve("notes.db"), root.resolve("old.db"));
    assertRefused("the database is not there", this::plan);
    checkout.adopt(new Choices(null, Map.of("old.db", "notes.db"), Set.of()));
    assertEquals("notes", Files.readString(root.resolve("shared/notes.db")));
    assertEquals("notes", Files.readString(root.resolve("old.db")));
  }

  @Test
  void takesWhatAnUncleanEndOfSqliteHasLeft() throws ProblemException, IOException {
    checkout.write("notes.db-wal", "more");
    checkout.adopt(new Choices(null, Map.of(), Set.of()));
    assertEquals("more", Files.readString(root.resolve("shared/notes.db-wal")));
  }

  @Test
  void refusesWhatCannotBePartOfARelease() throws Exception {
    Files.createDirectory(root.resolve("shared"));
    assertRefused("a name of Spoolway's own", this::plan);
    Files.delete(root.resolve("shared"));

    Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pages/pipe").toString()).start();
    assertTrue(mkfifo.waitFor(10, TimeUnit.SECONDS));
    assertRefused("pipe is neither a file nor a directory nor a link", this::plan);
    Files.delete(root.resolve("pages/pipe"));

    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(root.resolve("app.sock")));
      assertRefused("app.sock is a socket", this::plan);
      Choices named = new Choices(null, Map.of("app.sock", "app.sock"), Set.of());
      assertRefused("app.sock is a socket", () -> checkout.adoption().plan(named));
    }
    Files.delete(root.resolve("app.sock"));

    Files.createSymbolicLink(root.resolve("pages/out"), Path.of("../../other"));
    checkout.commit();
    checkout.git("tag", "--force", "v3.1.0");
    assertRefused("leads out of the checkout", this::plan);
    Files.delete(root.resolve("pages/out"));

    assertRefused(
        "there is no ../up in it",
        () -> checkout.adoption().plan(new Choices(null, Map.of("../up", "up"), Set.of())));
    assertRefused(
        "../media does not lie below shared/",
        () -> checkout.adoption().plan(new Choices(null, Map.of("media", "../media"), Set.of())));
  }

  @Test
  void tellsBeforehandWhatWorksInItAndWhatLaterReleasesWillLack() throws Exception {
    checkout.services.setRunning(null);
    Process worker = new ProcessBuilder("cat").directory(root.toFile()).start();
    try {
      List<String> notes =
          checkout.adoption().plan(new Choices(null, Map.of("app.py", "app.py"), Set.of())).notes();
      String processes =
          "processes work in it: " + worker.pid() + " (cat); they have to be stopped";
      assertTrue(notes.stream().anyMatch(note -> note.startsWith(processes)), notes::toString);
      assertTrue(
          notes.contains("later releases have no app.py: `shared.link` does not name it"),
          notes::toString);
    } finally {
      worker.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void refusesWhileSomethingWorksInIt() throws Exception {
    Map<String, String> flat = checkout.picture();
    Process worker = new ProcessBuilder("cat").directory(root.toFile()).start();
    try {
      assertRefused("processes work in it: " + worker.pid() + " (cat)", checkout::adopt);
    } finally {
      worker.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
    }
    assertEquals(flat, checkout.picture());
    assertEquals(List.of("stop", "stop", "start 3.1.0"), checkout.services.calls());
  }

  private AdoptionPlan plan() throws ProblemException, IOException {
    return checkout.adoption().plan(Checkout.NONE);
  }

  private interface Act {
    void run() throws ProblemException, IOException;
  }

  private static void assertRefused(String observed, Act act) {
    ProblemException problem = assertThrows(ProblemException.class, act::run);
    assertEquals(Problem.ADOPTION_REFUSED, problem.problem());
    assertTrue(String.valueOf(problem.getMessage()).contains(observed), problem.getMessage());
  }
}
