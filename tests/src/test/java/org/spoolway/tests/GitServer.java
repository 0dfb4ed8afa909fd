package org.spoolway.tests;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A git server over HTTP on the loopback address, which can stop in the middle of a pack. */
final class GitServer implements AutoCloseable {

  /** More than any answer but a pack with a large file has. */
  private static final int MIDDLE = 100_000;

  private final Repository repository;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch stalled = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  GitServer(Repository repository) {
    this.repository = repository;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  /** Where the repository is reached. */
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/.git";
  }

  /** Waits until half a pack is sent. */
  void awaitStall() {
    Until.isTrue("the pack being half sent", () -> stalled.getCount() == 0);
  }

  /** From now on everything is sent to the end. */
  void release() {
    released.countDown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    Process backend = backend(exchange);
    try (exchange;
        InputStream in = new BufferedInputStream(backend.getInputStream())) {
      try (OutputStream to = backend.getOutputStream()) {
        exchange.getRequestBody().transferTo(to);
      }
      int status = 200;
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        String[] header = line.split(": ", 2);
        if (header[0].equals("Status")) {
          status = Integer.parseInt(header[1].substring(0, 3));
        } else {
          exchange.getResponseHeaders().add(header[0], header[1]);
        }
      }
      exchange.sendResponseHeaders(status, 0);
      send(in, exchange.getResponseBody());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      backend.destroyForcibly();
    }
  }

  private Process backend(HttpExchange exchange) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
    Map<String, String> environment = builder.environment();
    environment.put("GIT_PROJECT_ROOT", repository.gitDirectory().getParent().toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    String query = exchange.getRequestURI().getQuery();
    environment.put("QUERY_STRING", query == null ? "" : query);
    Map.of(
            "Content-Type",
            "CONTENT_TYPE",
            "Content-Encoding",
            "HTTP_CONTENT_ENCODING",
            "Git-Protocol",
            "GIT_PROTOCOL")
        .forEach(
            (header, variable) -> {
              String value = exchange.getRequestHeaders().getFirst(header);
              environment.put(variable, value == null ? "" : value);
            });
    return builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.write(c);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  private void send(InputStream in, OutputStream out) throws IOException, InterruptedException {
    byte[] buffer = new byte[8192];
    int sent = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      out.write(buffer, 0, n);
      sent += n;
      if (sent > MIDDLE) {
        out.flush();
        stalled.countDown();
        released.await();
      }
    }
  }

  @Override
  public void close() {
    release();
    server.stop(0);
    threads.shutdownNow();
  }
}
