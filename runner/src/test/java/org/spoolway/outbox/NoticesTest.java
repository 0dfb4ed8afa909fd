package org.spoolway.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Deployment.Event;
import org.spoolway.host.Commands.Exit;
import org.spoolway.host.FakeCommands;
import org.spoolway.layout.StateDir;
import org.spoolway.plan.Deployments;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Status;

/** Messages on a real disk; each {@link Notices} is a life of a runner. */
class NoticesTest {

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofDays(3);

  @TempDir Path directory;
  private final FakeCommands commands = new FakeCommands();
  private final FakePost post = new FakePost();
  private final FakeMailSystem mail = new FakeMailSystem();
  private StateDir state;
  private Deployment deployment;
  private Courier.Patience patience = new Courier.Patience(SHORT, SHORT, LONG);
  private Clock clock = Clock.fixed(Told.NOON.plusSeconds(60), ZoneOffset.UTC);

  @BeforeEach
  void makeDirectories() throws IOException {
    state = new StateDir(directory.resolve("state"));
    Files.createDirectories(state.givenUp());
    telling(
        new Deployment.Notification(
            Event.USUAL,
            List.of(List.of("notify")),
            null,
            Duration.ofMinutes(1),
            new Deployment.Webhook(URI.create("https://example.org/hooks/secret"), null),
            new Deployment.Mail(
                List.of("admin@example.org"), null, Path.of("/usr/sbin/sendmail"))));
  }

  private void telling(Deployment.Notification notification) {
    Deployment notes = Deployments.notes(directory.resolve("notes"));
    deployment = Deployments.telling(notes, notification);
  }

  private Notices life() throws IOException {
    return new Notices(deployment, state, new Notices.Ports(commands, post, mail), clock, patience);
  }

  private void deliverAll() throws IOException {
    try (Notices notices = life()) {
      notices.start(() -> {});
      notices.awaitRest(() -> false);
    }
  }

  private List<String> posted() {
    return post.posted().stream()
        .map(it -> it.body().replaceAll(".*\"subject\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  private List<String> waiting() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(state.outbox(), "*.json")) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    }
    names.sort(null);
    return names;
  }

  private static void eventually(ThrowingRunnable assertion) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
  }

  private static Status.Notifications status(Notices notices) throws IOException {
    return assertNotNullStatus(notices.status());
  }

  private static Status.Notifications assertNotNullStatus(Status.Notifications status) {
    assertNotNull(status);
    return status;
  }

  @Test
  void everyChannelDeliversInOrder() throws IOException {
    try (Notices notices = life()) {
      notices.ended(Told.update("a", Outcome.ROLLED_BACK));
      notices.ended(Told.update("b", Outcome.SUCCEEDED));
    }
    assertEquals(List.of("000000000001.json", "000000000002.json"), waiting());
    deliverAll();
    List<String> subjects =
        List.of(
            "[spoolway] notes: update to 1.1.0 rolled back",
            "[spoolway] notes: update to 1.1.0 succeeded");
    assertEquals(subjects, posted());
    assertEquals(
        subjects,
        commands.ran().stream().map(c -> c.environment().get("SPOOLWAY_SUBJECT")).toList());
    assertEquals(2, mail.mails().size());
    assertTrue(mail.mails().get(0).contains("Subject: " + subjects.get(0) + "\n"));
    assertEquals(List.of(), waiting());
  }

  @Test
  void commandsLearnOfTheOutcomeThroughTheirEnvironment() throws IOException {
    try (Notices notices = life()) {
      notices.ended(Told.update("a", Outcome.ROLLED_BACK));
    }
    deliverAll();
    Map<String, String> told = commands.ran().get(0).environment();
    assertEquals("notes", told.get("SPOOLWAY_DEPLOYMENT"));
    assertEquals("a", told.get("SPOOLWAY_ID"));
    assertEquals("update", told.get("SPOOLWAY_ACTION"));
    assertEquals("rolled_back", told.get("SPOOLWAY_STATE"));
    assertEquals("1.0.0", told.get("SPOOLWAY_FROM"));
    assertEquals("1.1.0", told.get("SPOOLWAY_TO"));
    assertEquals("cannot pass the gate: 503", told.get("SPOOLWAY_MESSAGE"));
    assertEquals(deployment.root(), commands.ran().get(0).directory());
  }

  /** A crash between the message and the result has the job's end told again. */
  @Test
  void anOutcomeThatIsToldAgainAfterACrashIsOneMessage() throws IOException {
    try (Notices notices = life()) {
      notices.ended(Told.update("a", Outcome.SUCCEEDED));
    }
    try (Notices notices = life()) {
      notices.ended(Told.update("a", Outcome.SUCCEEDED));
      assertEquals(1, status(notices).undelivered());
    }
    deliverAll();
    assertEquals(1, post.posted().size());
  }

  /** A crash between the delivery and the removal: twice, and whoever gets it can tell. */
  @Test
  void aMessageThatIsDeliveredTwiceHasTheSameId() throws IOException {
    try (Notices notices = life()) {
      notices.ended(Told.update("a", Outcome.SUCCEEDED));
    }
    Path file = state.outbox().resolve(waiting().get(0));
    byte[] before = Files.readAllBytes(file);
    deliverAll();
    Files.write(file, before);
    deliverAll();
    assertEquals(2, post.posted().size());
    assertEquals(
        post.posted().get(0).headers().get("webhook-id"),
        post.posted().get(1).headers().get("webhook-id"));
  }

  @Test
  void aDeadWebhookHoldsUpNeitherMailNorCommandAndLosesNothing() throws IOException {
    post.answer(0);
    try (Notices notices = life()) {
      notices.start(() -> {});
      notices.ended(Told.update("a", Outcome.FAILED));
      notices.ended(Told.update("b", Outcome.SUCCEEDED));
      eventually(() -> assertEquals(2, mail.mails().size()));
      eventually(() -> assertEquals(2, commands.ran().size()));
      eventually(() -> assertTrue(post.posted().size() > 3, "it is tried again"));
      eventually(() -> assertEquals(1, status(notices).troubles().size()));
      assertEquals(2, status(notices).undelivered());
      assertEquals(Told.NOON.plusSeconds(3), status(notices).since());
      Status.Trouble trouble = status(notices).troubles().get(0);
      assertEquals("webhook", trouble.channel());
      assertEquals("cannot post to example.org: connection refused", trouble.message());
    }
    List<String> failed = posted();
    assertEquals(1, failed.stream().distinct().count(), "one holds back those after it");
    post.answer(200);
    deliverAll();
    assertEquals(
        List.of(failed.get(0), "[spoolway] notes: update to 1.1.0 succeeded"),
        posted().subList(failed.size(), posted().size()));
    assertEquals(2, mail.mails().size(), "nobody else gets it twice");
    assertEquals(List.of(), waiting());
  }

  @Test
  void whatAReceiverTurnsDownIsGivenUpAndKept() throws IOException {
    post.answer(404);
    try (Notices notices = life()) {
      notices.start(() -> {});
      notices.ended(Told.update("a", Outcome.FAILED));
      eventually(() -> assertEquals(0, status(notices).undelivered()));
      assertEquals(1, status(notices).givenUp());
      assertEquals("webhook", status(notices).troubles().get(0).channel());
    }
    assertEquals(1, post.posted().size());
    assertEquals(1, Leftovers.of(state).givenUp());
    Path kept = state.givenUp().resolve("000000000001-webhook.json");
    Files.move(kept, state.outbox().resolve(kept.getFileName()));
    post.answer(204);
    deliverAll();
    assertEquals(2, post.posted().size());
    assertEquals(1, mail.mails().size());
    assertEquals(new Leftovers(0, 0, 0), Leftovers.of(state));
  }

  @Test
  void whatFailsForDaysIsGivenUpAndTheNextIsTried() throws IOException {
    post.answer(503);
    clock = Clock.fixed(Told.NOON.plus(Duration.ofDays(4)), ZoneOffset.UTC);
    try (Notices notices = life()) {
      notices.start(() -> {});
      notices.ended(Told.update("a", Outcome.FAILED));
      notices.ended(Told.update("b", Outcome.SUCCEEDED));
      eventually(() -> assertEquals(2, status(notices).givenUp()));
      assertEquals(0, status(notices).undelivered());
    }
    assertEquals(2, post.posted().size());
  }

  @Test
  void ofTooManyTheOldestIsGivenUp() throws IOException {
    try (Notices notices = life()) {
      for (int i = 0; i <= Outbox.MOST; i++) {
        notices.ended(Told.update("m" + i, Outcome.FAILED));
      }
      assertEquals(Outbox.MOST, status(notices).undelivered());
      assertEquals(1, status(notices).givenUp());
    }
    assertEquals("000000000002.json", waiting().get(0));
  }

  @Test
  void aReleaseIsNewsOnce() throws IOException {
    try (Notices notices = life()) {
      notices.ended(Told.check("none", null));
      notices.ended(Told.check("same", "1.0.0"));
      notices.ended(Told.check("first", "1.1.0"));
      notices.ended(Told.check("again", "1.1.0"));
    }
    try (Notices notices = life()) {
      notices.ended(Told.check("after-a-restart", "1.1.0"));
      notices.ended(Told.check("newer", "1.2.0"));
    }
    deliverAll();
    assertEquals(
        List.of("[spoolway] notes: 1.1.0 is available", "[spoolway] notes: 1.2.0 is available"),
        posted());
  }

  @Test
  void whatTheFileDoesNotNameIsNotTold() throws IOException {
    try (Notices notices = life()) {
      notices.ended(Told.update("a", Outcome.UNCHANGED));
      notices.ended(Told.update("b", Outcome.CANCELLED));
      notices.ended(Told.update("c", Outcome.PLANNED));
      assertEquals(0, status(notices).undelivered());
    }
  }

  @Test
  void withoutAChannelNothingIsWritten() throws IOException {
    telling(Deployments.notification(List.of()));
    try (Notices notices = life()) {
      notices.start(() -> {});
      notices.ended(Told.update("a", Outcome.FAILED));
      notices.awaitRest(() -> false);
      assertNull(notices.status());
    }
    assertEquals(List.of(), waiting());
  }

  @Test
  void aChannelThatIsNoLongerNamedIsNotWaitedFor() throws IOException {
    post.answer(0);
    mail.exit(new Exit.Status(75));
    try (Notices notices = life()) {
      notices.ended(Told.update("a", Outcome.FAILED));
    }
    telling(Deployments.notification(List.of(List.of("notify"))));
    deliverAll();
    assertEquals(List.of(), waiting());
  }

  @Test
  void aDamagedMessageIsKeptAsideAndHoldsNobodyBack() throws IOException {
    Files.writeString(state.outbox().resolve("000000000004.json"), "{\"message\":");
    try (Notices notices = life()) {
      notices.ended(Told.update("a", Outcome.FAILED));
    }
    deliverAll();
    assertEquals(1, post.posted().size());
    assertEquals(1, Leftovers.of(state).damaged());
    assertTrue(Files.exists(state.outbox().resolve("damaged.000000000004.json")));
  }

  @Test
  void aCommandThatHangsIsNotWaitedForAtTheEnd() throws IOException {
    commands.on("notify", FakeCommands.hanging());
    try (Notices notices = life()) {
      notices.ended(Told.update("a", Outcome.FAILED));
      notices.start(() -> {});
      eventually(() -> assertEquals(1, commands.ran().size()));
    }
    commands.on("notify", new Exit.Status(0));
    deliverAll();
    assertEquals(2, commands.ran().size());
    assertEquals(List.of(), waiting());
  }

  @Test
  void aFailedCommandSaysWhatItPrintedLast() throws IOException {
    commands.on("notify", FakeCommands.printing("trying\nno \u001b[31mroute\n\n", 3));
    try (Notices notices = life()) {
      notices.start(() -> {});
      notices.ended(Told.update("a", Outcome.FAILED));
      eventually(() -> assertEquals(1, status(notices).troubles().size()));
      assertEquals(
          "cannot notify with `notify`: it exited with status 3: no \\u001b[31mroute",
          status(notices).troubles().get(0).message());
    }
  }
}
