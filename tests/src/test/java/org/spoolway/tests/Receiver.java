package org.spoolway.tests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/** A receiver of webhooks on this host, which can go away and come back under its port. */
final class Receiver implements AutoCloseable {

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final int port;
  private HttpServer server;
  private volatile int status = 200;

  /** One message as it came. */
  record Received(Map<String, List<String>> headers, String body) {

    JsonNode json() {
      return Json.parse(body);
    }

    String header(String name) {
      return headers.entrySet().stream()
          .filter(header -> header.getKey().equalsIgnoreCase(name))
          .map(header -> header.getValue().get(0))
          .findFirst()
          .orElse("");
    }
  }

  Receiver() {
    open(0);
    port = server.getAddress().getPort();
  }

  private void open(int wanted) {
    try {
      server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
      server.createContext("/", this::receive);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + port + "/hooks/notes";
  }

  /** Answers with this status from now on. */
  void answer(int other) {
    status = other;
  }

  /** Nobody is there any more. */
  void goAway() {
    server.stop(0);
  }

  /** It is there again. */
  void comeBack() {
    open(port);
  }

  /** All that came, in order. */
  List<Received> received() {
    return List.copyOf(received);
  }

  /** The subjects of all that came, in order. */
  List<String> subjects() {
    return received().stream().map(it -> Results.text(it.json(), "subject")).toList();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
