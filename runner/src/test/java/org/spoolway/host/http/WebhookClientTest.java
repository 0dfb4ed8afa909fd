package org.spoolway.host.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.spoolway.host.Interruption;
import org.spoolway.outbox.HttpPost.Reply;

class WebhookClientTest {

  private static final Duration SHORT = Duration.ofSeconds(1);

  private Peer peer;

  @AfterEach
  void closePeer() throws IOException, InterruptedException {
    if (peer != null) {
      peer.close();
    }
  }

  private Reply post(Peer to) {
    peer = to;
    return post(to.url());
  }

  private static Reply post(URI url) {
    return new WebhookClient(SHORT)
        .send(
            url,
            Map.of("Content-Type", "application/json", "webhook-id", "m1"),
            "{\"a\":\"ü\"}".getBytes(StandardCharsets.UTF_8),
            new Interruption());
  }

  @Test
  void theDocumentIsPostedWithItsHeaders() throws Exception {
    assertEquals(new Reply(204, "it answered 204"), post(Peer.answering("204 No Content", "")));
    String question = peer.awaitQuestion();
    assertTrue(question.startsWith("POST /health HTTP/1.1\r\n"), question);
    String head = question.toLowerCase(Locale.ROOT);
    assertTrue(head.contains("\r\ncontent-type: application/json\r\n"), question);
    assertTrue(head.contains("\r\nwebhook-id: m1\r\n"), question);
    assertTrue(head.contains("\r\ncontent-length: 10\r\n"), question);
  }

  @Test
  void noRedirectIsFollowed() throws Exception {
    Reply reply =
        post(Peer.sending("HTTP/1.1 307 Elsewhere\r\nLocation: http://127.0.0.1:1/\r\n\r\n"));
    assertEquals(new Reply(307, "it answered 307, which is not followed"), reply);
    assertEquals(1, peer.connections());
  }

  @Test
  void anAnswerWithoutAnEndIsJudgedByItsHead() throws Exception {
    assertEquals(200, post(Peer.sending("HTTP/1.1 200 OK\r\n\r\nand so on")).status());
    peer.awaitQuestion();
    peer.awaitHangUp();
  }

  @Test
  void whoeverDoesNotAnswerIsGivenUp() throws Exception {
    assertEquals(new Reply(0, "no answer within 1 s"), post(Peer.of(output -> {})));
  }

  @Test
  void nobodyThereIsToldOf() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Reply reply = post(URI.create("http://127.0.0.1:" + port + "/"));
    assertEquals(new Reply(0, "connection refused"), reply);
  }

  @Test
  void anEndThatIsAskedForIsNotWaitedFor() throws Exception {
    peer = Peer.of(output -> {});
    Interruption interruption = new Interruption();
    interruption.request(Interruption.Cause.SHUTDOWN);
    Reply reply =
        new WebhookClient(Duration.ofMinutes(1))
            .send(peer.url(), Map.of(), new byte[0], interruption);
    assertEquals(0, reply.status());
  }
}
