package org.spoolway.tests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** A server of files, with entity tags and ranges, that can break off. */
final class ReleaseServer implements AutoCloseable {

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int UNCHANGED = 304;
  private static final int NOT_FOUND = 404;

  private final Path directory;
  private final HttpServer server;
  private final List<String> answers = new CopyOnWriteArrayList<>();
  private final List<String> ranges = new CopyOnWriteArrayList<>();
  private final AtomicBoolean cuts = new AtomicBoolean();
  private volatile int cutAt;

  /** Serves what is in a directory. */
  ReleaseServer(Path directory) throws IOException {
    this.directory = directory;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Where it is reached. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /** Breaks off in the middle of the next archive. */
  void cutNextArchive() {
    cuts.set(true);
  }

  /** Where it has broken off, in bytes. */
  int cutAt() {
    return cutAt;
  }

  /** The ranges that were asked for, such as {@code bytes=7-}. */
  List<String> ranges() {
    return List.copyOf(ranges);
  }

  /** What was asked for, each with the status of the answer. */
  List<String> answers() {
    return List.copyOf(answers);
  }

  /** Forgets what was asked for. */
  void forget() {
    answers.clear();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      Path file = directory.resolve(name);
      if (name.contains("/") || !Files.isRegularFile(file)) {
        answer(exchange, name, NOT_FOUND, new byte[0]);
        return;
      }
      byte[] content = Files.readAllBytes(file);
      String tag = "\"" + Arrays.hashCode(content) + "\"";
      exchange.getResponseHeaders().set("ETag", tag);
      String range = exchange.getRequestHeaders().getFirst("Range");
      if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        answer(exchange, name, UNCHANGED, new byte[0]);
      } else if (range != null && tag.equals(exchange.getRequestHeaders().getFirst("If-Range"))) {
        ranges.add(range);
        part(exchange, name, content, Integer.parseInt(range.replaceAll("\\D", "")));
      } else if (name.contains(".tar.") && !name.endsWith(".minisig") && cuts.getAndSet(false)) {
        cutAt = content.length / 2;
        exchange.sendResponseHeaders(OK, content.length);
        exchange.getResponseBody().write(content, 0, cutAt);
      } else {
        answer(exchange, name, OK, content);
      }
    }
  }

  private void part(HttpExchange exchange, String name, byte[] content, int from)
      throws IOException {
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
    answer(exchange, name, PARTIAL, Arrays.copyOfRange(content, from, content.length));
  }

  private void answer(HttpExchange exchange, String name, int status, byte[] content)
      throws IOException {
    answers.add(name + " " + status);
    exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
    exchange.getResponseBody().write(content);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
