package org.spoolway.host.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.HealthProbe.Answer;
import org.spoolway.host.HealthProbeContract;
import org.spoolway.host.Interruption;
import org.spoolway.schema.Version;

class HttpHealthProbeTest extends HealthProbeContract {

  private static final Version WANTED = new Version("1.1.0");
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final List<Peer> peers = new ArrayList<>();

  @AfterEach
  void closePeers() throws IOException, InterruptedException {
    for (Peer peer : peers) {
      peer.close();
    }
  }

  @Override
  protected HealthProbe probe(World world) throws IOException {
    Peer peer =
        switch (world) {
          case SERVES_1_1_0 -> Peer.answering("200 OK", "{\"version\": \"1.1.0\"}");
          case IS_ILL -> Peer.answering("503 Service Unavailable", "{\"version\": \"1.1.0\"}");
          case HANGS -> Peer.of(output -> {});
        };
    return new HttpHealthProbe(keep(peer).url(), "/version");
  }

  @Override
  protected void awaitQuestion() throws InterruptedException {
    peers.get(0).awaitQuestion();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 OK     | {\"version\": \"1.0.0\"}      | 200 with version 1.0.0 instead of 1.1.0",
        "201 Created| {\"version\": \"1.1.0\"}      | 201 with version 1.1.0",
        "200 OK     | {\"version\": \"v1.1.0\"}     | 200 with version v1.1.0 instead of 1.1.0",
        "200 OK     | {\"version\": \" 1.1.0\"}     | 200 with version  1.1.0 instead of 1.1.0",
        "200 OK     | {\"version\": 1.1}            | 200 with version 1.1 instead of 1.1.0",
        "200 OK     | {\"version\": [\"1.1.0\"]}    | 200 with version [\"1.1.0\"] instead of 1.1.0",
        "200 OK     | {\"version\": null}           | 200 but nothing at /version",
        "200 OK     | {\"ok\": true}                | 200 but nothing at /version",
        "200 OK     | [1]                           | 200 but nothing at /version",
        "200 OK     | \"1.1.0\"                     | 200 but nothing at /version",
        "200 OK     | <html>1.1.0</html>            | 200 but the answer is not JSON",
        "200 OK     | {\"version\": \"1.1.0\"       | 200 but the answer is not JSON",
        "200 OK     | {\"version\": \"1.1.0\"} {}   | 200 but the answer is not JSON",
        "404 None   | {\"version\": \"1.1.0\"}      | 404",
        "302 Found  | {\"version\": \"1.1.0\"}      | 302",
        "500 Broken | {\"version\": \"1.1.0\"}      | 500"
      })
  void answerIsJudgedByStatusAndVersion(String status, String body, String observed)
      throws IOException {
    Answer answer = ask(Peer.answering(status.strip(), body.strip()), "/version");
    assertEquals(observed.strip(), answer.observed());
    assertEquals(observed.strip().endsWith("with version 1.1.0"), answer.passes());
  }

  @Test
  void emptyAnswerIsNoJson() throws IOException {
    assertEquals(
        "200 but the answer is not JSON", ask(Peer.answering("200 OK", ""), "/version").observed());
  }

  @Test
  void statusAloneIsEnoughWithoutAPointer() throws IOException {
    assertEquals(new Answer(true, "200"), ask(Peer.answering("200 OK", "fine"), null));
    assertEquals(new Answer(false, "404"), ask(Peer.answering("404 None", "fine"), null));
  }

  @Test
  void pointerMayLeadDeep() throws IOException {
    String body = "{\"app\": {\"a/b\": [\"1.0.0\", \"1.1.0\"]}}";
    assertTrue(ask(Peer.answering("200 OK", body), "/app/a~1b/1").passes());
  }

  @Test
  void nobodyListeningIsConnectionRefused() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    URI url = URI.create("http://127.0.0.1:" + port + "/health");
    assertEquals(
        new Answer(false, "connection refused"),
        new HttpHealthProbe(url, "/version").ask(WANTED, new Interruption()));
  }

  @Test
  void unknownHostIsSaid() {
    HealthProbe probe = new HttpHealthProbe(URI.create("http://nobody.invalid/"), null);
    assertEquals("unknown host", probe.ask(WANTED, new Interruption()).observed());
  }

  @Test
  void serverThatNeverAnswersIsGivenUpAndHungUpOn() throws Exception {
    Peer silent = keep(Peer.of(output -> {}));
    HealthProbe probe = new HttpHealthProbe(silent.url(), "/version", SHORT);
    Answer answer =
        assertTimeout(Duration.ofSeconds(3), () -> probe.ask(WANTED, new Interruption()));
    assertEquals(new Answer(false, "no answer within 1 s"), answer);
    silent.awaitHangUp();
  }

  @Test
  void limitHoldsForTheBodyToo() throws Exception {
    Peer stuck = keep(Peer.sending("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"version\":"));
    HealthProbe probe = new HttpHealthProbe(stuck.url(), "/version", SHORT);
    assertEquals("no answer within 1 s", probe.ask(WANTED, new Interruption()).observed());
    stuck.awaitHangUp();
  }

  @Test
  void serverThatTricklesIsGivenUpAfterFiveSeconds() throws Exception {
    Peer slow = keep(Peer.of(HttpHealthProbeTest::trickle));
    long start = System.nanoTime();
    Answer answer = new HttpHealthProbe(slow.url(), null).ask(WANTED, new Interruption());
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    assertEquals(new Answer(false, "no answer within 5 s"), answer);
    assertTrue(taken.compareTo(Duration.ofSeconds(7)) < 0, () -> "it took " + taken);
    slow.awaitHangUp();
  }

  @Test
  void interruptionClosesTheConnection() throws Exception {
    Peer silent = keep(Peer.of(output -> {}));
    Interruption later = new Interruption();
    Thread cancel =
        new Thread(
            () -> {
              try {
                silent.awaitQuestion();
                later.request(Interruption.Cause.CANCEL);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    cancel.start();
    assertFalse(new HttpHealthProbe(silent.url(), null).ask(WANTED, later).passes());
    silent.awaitHangUp();
    cancel.join();
  }

  @ParameterizedTest
  @CsvSource({"/version", ","})
  void hugeAnswerIsRefusedWithoutReadingIt(@Nullable String pointer) throws Exception {
    Peer huge = keep(Peer.of(output -> sendBytes(output, "Content-Length: 20971520", 20 << 20)));
    Answer answer =
        assertTimeout(
            Duration.ofSeconds(3),
            () -> new HttpHealthProbe(huge.url(), pointer).ask(WANTED, new Interruption()));
    assertEquals(new Answer(false, "more than 1 MiB"), answer);
    huge.awaitHangUp();
  }

  @Test
  void endlessAnswerIsRefused() throws Exception {
    Peer endless = keep(Peer.of(output -> sendBytes(output, "Connection: close", Long.MAX_VALUE)));
    assertEquals("more than 1 MiB", ask(endless, "/version").observed());
    endless.awaitHangUp();
  }

  @Test
  void answerOfExactlyTheLimitIsRead() throws Exception {
    String version = "{\"version\":\"1.1.0\"}";
    assertTrue(
        ask(
                Peer.answering("200 OK", version + " ".repeat((1 << 20) - version.length())),
                "/version")
            .passes());
    assertFalse(
        ask(
                Peer.answering("200 OK", version + " ".repeat((1 << 20) - version.length() + 1)),
                "/version")
            .passes());
  }

  @Test
  void bodyOfAFailureIsNotRead() throws Exception {
    Peer ill =
        keep(
            Peer.of(
                output -> {
                  write(output, "HTTP/1.1 500 Broken\r\nContent-Length: 20971520\r\n\r\n");
                  fill(output, 20 << 20);
                }));
    assertEquals("500", ask(ill, "/version").observed());
    ill.awaitHangUp();
  }

  @Test
  void redirectIsAnAnswerAndNotFollowed() throws Exception {
    Peer target = keep(Peer.answering("200 OK", "{\"version\": \"1.1.0\"}"));
    Peer redirecting =
        Peer.sending(
            "HTTP/1.1 301 Moved\r\nConnection: close\r\nContent-Length: 0\r\nLocation: "
                + target.url()
                + "\r\n\r\n");
    assertEquals(new Answer(false, "301"), ask(redirecting, "/version"));
    assertEquals(0, target.connections());
  }

  @ParameterizedTest
  @CsvSource({
    "'', no whole answer: HTTP/1.1 header parser received no bytes",
    "'SSH-2.0-OpenSSH\r\n\r\n', the answer is not HTTP"
  })
  void brokenAnswerIsSaid(String sent, String observed) throws IOException {
    Peer broken =
        Peer.of(
            output -> {
              write(output, sent);
              output.close();
            });
    assertEquals(new Answer(false, observed), ask(broken, "/version"));
  }

  @Test
  void plainServerBehindAnHttpsUrlIsSaid() throws IOException {
    Peer plain = keep(Peer.answering("200 OK", "{}"));
    URI url = URI.create(plain.url().toString().replace("http:", "https:"));
    String observed = new HttpHealthProbe(url, null).ask(WANTED, new Interruption()).observed();
    assertTrue(observed.startsWith("no secure connection: "), observed);
  }

  @Test
  void questionIsOneGetThatSaysWhoAsksAndWhatFor() throws Exception {
    Peer peer = keep(Peer.answering("200 OK", "{\"version\": \"1.1.0\"}"));
    ask(peer, "/version");
    List<String> lines = peer.awaitQuestion().lines().toList();
    assertEquals("GET /health HTTP/1.1", lines.get(0));
    assertTrue(lines.contains("Accept: application/json"), lines.toString());
    assertTrue(lines.contains("User-Agent: spoolway"), lines.toString());
    assertTrue(lines.contains("Connection: close"), lines.toString());
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("Cookie")), lines.toString());
    assertTrue(lines.stream().noneMatch(line -> line.startsWith("Upgrade")), lines.toString());
  }

  @Test
  void everyQuestionHasAConnectionOfItsOwn() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    List<Integer> ports = new ArrayList<>();
    server.createContext(
        "/health",
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          byte[] body = "{\"version\": \"1.1.0\"}".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Set-Cookie", "seen=1");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream output = exchange.getResponseBody()) {
            output.write(body);
          }
        });
    server.start();
    try {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/health");
      HealthProbe probe = new HttpHealthProbe(url, "/version");
      for (int time = 1; time <= 3; time++) {
        assertTrue(probe.ask(WANTED, new Interruption()).passes());
      }
    } finally {
      server.stop(0);
    }
    assertEquals(3, ports.stream().distinct().count(), "the server closes what it is asked to");
  }

  @Test
  void whatIsQuotedIsOneShortLine() throws IOException {
    String hostile = "1.1.0\\n\\u001b[2J" + "x".repeat(1000);
    String observed =
        ask(Peer.answering("200 OK", "{\"version\":\"" + hostile + "\"}"), "/version").observed();
    assertTrue(observed.startsWith("200 with version 1.1.0??[2Jxxx"), observed);
    assertTrue(observed.length() < 150, observed);
  }

  @Test
  void askedThreadsAreDaemonsAndFew() throws IOException {
    for (int time = 1; time <= 20; time++) {
      ask(Peer.answering("200 OK", "{\"version\": \"1.1.0\"}"), "/version");
    }
    List<Thread> threads =
        Thread.getAllStackTraces().keySet().stream()
            .filter(t -> t.getName().matches("health-probe|HttpClient.*"))
            .toList();
    assertTrue(threads.stream().allMatch(Thread::isDaemon), threads.toString());
    assertTrue(threads.size() <= 6, threads.toString());
  }

  @Test
  void warmingUpMayBeRepeatedAndLeavesTheProbeUsable() throws IOException {
    HttpHealthProbe.warmUp();
    HttpHealthProbe.warmUp();
    assertTrue(ask(Peer.answering("200 OK", "{\"version\": \"1.1.0\"}"), "/version").passes());
  }

  @Test
  void urlThatNobodyCanAskIsRefusedAtOnce() {
    for (String url :
        List.of(
            "ftp://127.0.0.1/",
            "/health",
            "http:/health",
            "file:///x",
            "http://127.0.0.1:65536/")) {
      assertThrows(
          IllegalArgumentException.class, () -> new HttpHealthProbe(URI.create(url), null), url);
    }
    URI fine = URI.create("http://127.0.0.1/");
    assertThrows(IllegalArgumentException.class, () -> new HttpHealthProbe(fine, "version"));
  }

  private Answer ask(Peer peer, @Nullable String pointer) {
    return new HttpHealthProbe(keep(peer).url(), pointer).ask(WANTED, new Interruption());
  }

  private Peer keep(Peer peer) {
    if (!peers.contains(peer)) {
      peers.add(peer);
    }
    return peer;
  }

  /** One byte of a header at a time, for as long as somebody listens. */
  private static void trickle(OutputStream output) throws IOException {
    write(output, "HTTP/1.1 200 OK\r\nX-Slow: ");
    Interruption never = new Interruption();
    while (!never.await(Duration.ofMillis(50))) {
      write(output, "x");
    }
  }

  private static void sendBytes(OutputStream output, String header, long count) throws IOException {
    write(output, "HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n");
    fill(output, count);
  }

  private static void fill(OutputStream output, long count) throws IOException {
    byte[] blanks = new byte[8192];
    Arrays.fill(blanks, (byte) ' ');
    for (long sent = 0; sent < count; sent += blanks.length) {
      output.write(blanks);
    }
  }

  private static void write(OutputStream output, String text) throws IOException {
    output.write(text.getBytes(StandardCharsets.UTF_8));
    output.flush();
  }
}
