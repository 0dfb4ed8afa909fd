package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** People learn of every outcome, in order, whatever dies meanwhile; and so does Prometheus. */
class NotificationTest {

  private static final String INSTALLED = "[spoolway] app: update to 1.0.0 succeeded";
  private static final String BROKEN = "[spoolway] app: update to 1.1.0 rolled back";
  private static final String CURED = "[spoolway] app: update to 1.2.0 succeeded";
  private static final byte[] SECRET =
      "thirty-two bytes that nobody has".getBytes(StandardCharsets.UTF_8);

  @RegisterExtension final Home home = new Home();
  private final Receiver receiver = new Receiver();
  private SampleApplication application;
  private Path mails;
  private Path told;
  private Path metrics;

  @BeforeEach
  void writeDeployment() throws IOException {
    mails = home.marker("mails");
    told = home.marker("told");
    metrics = Files.createDirectory(home.path().resolve("collected")).resolve("spoolway-app.prom");
    String each = "echo \"$SPOOLWAY_STATE $SPOOLWAY_TO $SPOOLWAY_MESSAGE_ID\" >>" + told;
    Path secret = home.path().resolve("secret");
    Files.writeString(secret, "whsec_" + Base64.getEncoder().encodeToString(SECRET) + "\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    application = new SampleApplication(home, "app");
    application
        .file()
        .set("health", "timeout", "\"5s\"")
        .set("notify", "run", "[[\"sh\", \"-c\", " + Json.quote(each) + "]]")
        .set("notify", "webhook", Json.quote(receiver.url()))
        .set("notify", "secretFile", Json.quote(secret.toString()))
        .set("notify", "mail", "[\"admin@example.org\", \"root\"]")
        .set("notify", "from", "\"app@example.org\"")
        .set("notify", "sendmail", Json.quote(sendmail().toString()))
        .set("metrics", "textfile", Json.quote(metrics.toString()));
  }

  /** A mail system that keeps what it is handed. */
  private Path sendmail() throws IOException {
    String script = "#!/bin/sh\n(echo \"ARGUMENTS: $*\"; cat; echo END) >>" + mails + "\n";
    Path program = Files.writeString(home.path().resolve("sendmail"), script);
    return Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
  }

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  private void awaitSubjects(String... subjects) {
    Until.isTrue(
        "the receiver having had " + List.of(subjects),
        () -> receiver.subjects().stream().distinct().toList().equals(List.of(subjects)));
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  private List<String> outbox() {
    return Spool.entries(home.state("app").resolve("outbox")).stream()
        .map(path -> path.getFileName().toString())
        .filter(name -> name.endsWith(".json"))
        .toList();
  }

  @Test
  void everyChannelTellsOfEachOutcomeOnce() throws Exception {
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2).health("unavailable"));
    assertEquals("rolled_back", Results.text(spool.ask("update@1.1.0"), "state"));
    application.release("1.2.0", new Release().schema(2));
    JsonNode check = spool.ask("check");
    assertEquals("succeeded", Results.text(check, "state"));
    spool.ask("check.again");
    JsonNode updated = spool.ask("update@1.2.0");
    String found = "[spoolway] app: 1.2.0 is available";

    awaitSubjects(INSTALLED, BROKEN, found, CURED);
    Until.isTrue("nothing waiting", () -> outbox().isEmpty());

    assertEquals(4, receiver.received().size());
    Receiver.Received last = receiver.received().get(3);
    assertEquals("spoolway/notification/v1", Results.text(last.json(), "schema"));
    assertEquals(Results.text(updated, "id"), Results.text(last.json().path("result"), "id"));
    assertEquals(last.header("webhook-id"), Results.text(last.json(), "id"));
    assertEquals(signature(last), last.header("webhook-signature"));
    assertEquals(
        List.of("succeeded 1.0.0", "rolled_back 1.1.0", "succeeded 1.2.0", "succeeded 1.2.0"),
        lines(told).stream().map(line -> line.replaceFirst(" [^ ]*$", "")).toList());
    String mail = Files.readString(mails);
    assertEquals(4, mail.split("ARGUMENTS: -i -t\n", -1).length - 1, mail);
    assertTrue(mail.contains("To: admin@example.org,\n root\nSubject: " + BROKEN + "\n"), mail);
  }

  private static String signature(Receiver.Received message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    String signed =
        message.header("webhook-id")
            + "."
            + message.header("webhook-timestamp")
            + "."
            + message.body();
    byte[] digest = mac.doFinal(signed.getBytes(StandardCharsets.UTF_8));
    return "v1," + Base64.getEncoder().encodeToString(digest);
  }

  @Test
  void whatADeadWebhookMissedComesInOrderAfterTheRunnerWasKilled() throws IOException {
    receiver.goAway();
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2).health("unavailable"));
    spool.ask("update@1.1.0");
    Until.isTrue("the command having told of both", () -> lines(told).size() == 2);
    Until.isTrue(
        "the status naming the webhook",
        () ->
            spool.status().path("notifications").path("troubles").toString().contains("webhook")
                && spool.status().path("notifications").path("undelivered").asInt() == 2);
    String status = home.spoolway("status", "app").out();
    assertTrue(status.contains("not told   2 messages, since "), status);
    home.killRunners();

    assertEquals(2, outbox().size());
    receiver.comeBack();
    home.run();

    awaitSubjects(INSTALLED, BROKEN);
    Until.isTrue("nothing waiting", () -> outbox().isEmpty());
    assertEquals(2, lines(told).size(), "the others are not told again");
    Until.isTrue(
        "the status being quiet",
        () -> spool.status().path("notifications").path("undelivered").asInt() == 0);
  }

  @Test
  void whatAReceiverTurnsDownIsGivenUpAloud() {
    receiver.answer(410);
    Spool spool = application.installed();

    Until.isTrue(
        "the status telling of it",
        () -> spool.status().path("notifications").path("givenUp").asInt() == 1);

    assertTrue(home.spoolway("status", "app").out().contains("given up   1 messages"));
    Program.Ended doctor = home.spoolway("doctor", "app");
    assertEquals(1, doctor.exit());
    assertTrue(doctor.out().contains("1 messages were given up"), doctor.out());
  }

  @Test
  void aDrainTellsBeforeItEnds() throws IOException {
    application.release("1.0.0", new Release()).write();
    home.spoolway("enqueue", "app", "update");

    assertEquals(0, home.drain());

    assertEquals(List.of(INSTALLED), receiver.subjects());
    assertEquals(1, lines(told).size());
    assertEquals(List.of(), outbox());
  }

  @Test
  void aCommandThatHangsDelaysNeitherJobsNorTheEnd() {
    application.file().set("notify", "run", "[[\"sleep\", \"600\"]]");
    Spool spool = application.installed();
    awaitSubjects(INSTALLED);

    assertEquals("succeeded", Results.text(spool.ask("restart"), "state"));

    assertEquals(0, home.stopRunners());
    assertEquals(2, outbox().size());
  }

  @Test
  void prometheusGetsTheFigures() throws IOException {
    Spool spool = application.installed();
    application.release("1.1.0", new Release().schema(2).health("unavailable"));
    spool.ask("update@1.1.0");

    Until.isTrue(
        "the metrics telling of the rollback",
        () -> Files.exists(metrics) && Files.readString(metrics).contains("state=\"rolled_back\""));

    assertEquals(
        "rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(metrics)));
    String text = Files.readString(metrics);
    for (String sample :
        List.of(
            "spoolway_last_outcome_timestamp_seconds{deployment=\"app\",action=\"update\",state=\"succeeded\"} ",
            "spoolway_last_job_downtime_seconds{deployment=\"app\",action=\"update\"} ",
            "spoolway_last_job_step_duration_seconds{deployment=\"app\",action=\"update\",step=\"gate\"} ",
            "spoolway_queue_length{deployment=\"app\"} 0\n",
            "spoolway_queue_oldest_age_seconds{deployment=\"app\"} 0\n",
            "spoolway_current_version_info{deployment=\"app\",version=\"1.0.0\"} 1\n",
            "spoolway_needs_intervention{deployment=\"app\"} 0\n")) {
      assertTrue(text.contains(sample), sample + "in\n" + text);
    }
    checkWithPromtool(text);
  }

  /** Where promtool is installed, it says whether the text is what it should be. */
  private void checkWithPromtool(String text) throws IOException {
    Path promtool = Path.of("/usr/bin/promtool");
    if (!Files.isExecutable(promtool)) {
      System.out.println("skipped: no promtool here to check the metrics with");
      return;
    }
    Path copy = Files.writeString(home.path().resolve("copy.prom"), text);
    String check = promtool + " check metrics <" + copy;
    assertEquals("", Program.output(home.path(), "sh", "-c", check));
  }
}
