package org.spoolway.host.git;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** The real {@code git http-backend} on loopback, with faults on demand. */
final class GitHttpServer implements AutoCloseable {

  private final HttpServer server;
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final Path root;
  private final AtomicLong packBytes = new AtomicLong();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile Fault fault = Fault.NONE;
  private volatile int faultAfter;

  /** What goes wrong with an answer that carries a pack. */
  enum Fault {
    NONE,
    /** It stops coming, and the connection stays. */
    STALL,
    /** The connection ends in the middle. */
    CUT
  }

  /** Serves the repositories below a directory. */
  GitHttpServer(Path root) throws IOException {
    this.root = root;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(workers);
    server.createContext("/", this::handle);
    server.start();
  }

  String url(String repository) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
  }

  /** Answers every request with a status alone. */
  void refuse(int status, Map<String, String> headers) {
    server.removeContext("/");
    server.createContext(
        "/",
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
  }

  /** Lets answers with a pack fail after so many bytes. */
  void fail(Fault kind, int afterBytes) {
    faultAfter = afterBytes;
    fault = kind;
  }

  /** How many bytes of packs went out. */
  long packBytes() {
    return packBytes.get();
  }

  /** Waits until an answer stalls. */
  void awaitStall() throws InterruptedException {
    stalled.await();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Process process = backend(exchange).start();
      try (OutputStream in = process.getOutputStream()) {
        exchange.getRequestBody().transferTo(in);
      }
      byte[] answer = process.getInputStream().readAllBytes();
      answer(exchange, answer);
    }
  }

  private ProcessBuilder backend(HttpExchange exchange) {
    ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
    Map<String, String> environment = builder.environment();
    environment.put("GIT_PROJECT_ROOT", root.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put("QUERY_STRING", orEmpty(exchange.getRequestURI().getRawQuery()));
    environment.put("CONTENT_TYPE", header(exchange, "Content-Type"));
    environment.put("HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"));
    environment.put("GIT_PROTOCOL", header(exchange, "Git-Protocol"));
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD);
  }

  private static String header(HttpExchange exchange, String name) {
    return orEmpty(exchange.getRequestHeaders().getFirst(name));
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private void answer(HttpExchange exchange, byte[] cgi) throws IOException {
    int end = endOfHeaders(cgi);
    int status = 200;
    for (String line : new String(cgi, 0, end, StandardCharsets.ISO_8859_1).lines().toList()) {
      int colon = line.indexOf(':');
      if (line.startsWith("Status:")) {
        status = Integer.parseInt(line.substring(colon + 2, colon + 5));
      } else if (colon > 0) {
        exchange.getResponseHeaders().add(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    byte[] body = Arrays.copyOfRange(cgi, end, cgi.length);
    exchange.sendResponseHeaders(status, 0);
    if (exchange.getRequestMethod().equals("POST") && contains(body, "PACK")) {
      sendPack(exchange, body);
    } else {
      exchange.getResponseBody().write(body);
    }
  }

  private void sendPack(HttpExchange exchange, byte[] body) throws IOException {
    OutputStream out = exchange.getResponseBody();
    int whole = fault == Fault.NONE ? body.length : Math.min(faultAfter, body.length);
    out.write(body, 0, whole);
    out.flush();
    packBytes.addAndGet(whole);
    if (fault == Fault.STALL) {
      stalled.countDown();
      awaitEnd();
    }
    if (fault != Fault.NONE) {
      throw new IOException("a fault on demand");
    }
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static int endOfHeaders(byte[] cgi) {
    String text = new String(cgi, StandardCharsets.ISO_8859_1);
    return text.indexOf("\r\n\r\n") + 4;
  }

  private static boolean contains(byte[] body, String word) {
    return new String(body, StandardCharsets.ISO_8859_1).contains(word);
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    workers.shutdownNow();
  }
}
