package org.spoolway.host.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/** A server on the loopback address, each of whose answers is written byte by byte by a test. */
final class ScriptedServer implements AutoCloseable {

  private static final int FIRST_OF_TLS = 22;

  private final ServerSocket listener;
  private final String scheme;
  private final Script script;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final List<Question> questions = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Question> hangUps = new LinkedBlockingQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);

  /** What is answered; the connection ends afterwards. */
  interface Script {
    void answer(Question question, OutputStream output) throws IOException;
  }

  /**
   * What was asked.
   *
   * @param rest what comes after the head, for whom a proxy passes it on to
   */
  record Question(String line, Map<String, String> headers, InputStream rest) {

    Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    String path() {
      return line.split(" ", -1)[1];
    }
  }

  private ScriptedServer(ServerSocket listener, String scheme, Script script) {
    this.listener = listener;
    this.scheme = scheme;
    this.script = script;
    threads.execute(this::accept);
  }

  static ScriptedServer of(Script script) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    return new ScriptedServer(listener, "http", script);
  }

  static ScriptedServer overTls(SSLContext tls, Script script) throws IOException {
    ServerSocket listener =
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    return new ScriptedServer(listener, "https", script);
  }

  /** One answer as text. */
  static void write(OutputStream output, String... lines) throws IOException {
    output.write((String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
  }

  int port() {
    return listener.getLocalPort();
  }

  URI url(String path) {
    return URI.create(scheme + "://127.0.0.1:" + port() + path);
  }

  List<Question> questions() {
    return questions;
  }

  Question lastQuestion() {
    return questions.get(questions.size() - 1);
  }

  /** For a script that says nothing more: until the server is closed. */
  void hold() {
    hold(Long.MAX_VALUE);
  }

  /** For a script that says no more for some time; whether the server was closed meanwhile. */
  boolean hold(long millis) {
    try {
      return end.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** For a script: until the client has closed the connection. */
  void awaitHangUp() throws InterruptedException {
    if (hangUps.poll(10, TimeUnit.SECONDS) == null) {
      throw new IllegalStateException("nobody hung up");
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket connection = listener.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    } catch (RejectedExecutionException closed) {
      // The connection ends with the server.
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      InputStream input = new BufferedInputStream(connection.getInputStream());
      if (!isText(input)) {
        write(connection.getOutputStream(), "HTTP/1.1 400 Bad Request");
        return;
      }
      Question question = read(input);
      if (question.line().isEmpty()) {
        return;
      }
      questions.add(question);
      if (!question.line().startsWith("CONNECT ")) {
        threads.execute(() -> watch(input, question));
      }
      script.answer(question, connection.getOutputStream());
      connection.getOutputStream().flush();
    } catch (IOException e) {
      // The client has hung up, or has refused the certificate, and says why itself.
    }
  }

  private void watch(InputStream input, Question question) {
    try {
      while (input.read() >= 0) {
        throw new IllegalStateException("a second question on one connection");
      }
    } catch (IOException reset) {
      // Hung up as well.
    }
    hangUps.add(question);
  }

  private static boolean isText(InputStream input) throws IOException {
    input.mark(1);
    int first = input.read();
    input.reset();
    return first != FIRST_OF_TLS;
  }

  private static Question read(InputStream input) throws IOException {
    String line = readLine(input);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String header = readLine(input); !header.isEmpty(); header = readLine(input)) {
      int colon = Math.max(0, header.indexOf(':'));
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    return new Question(line, headers, input);
  }

  private static String readLine(InputStream input) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = input.read(); b >= 0 && b != '\n'; b = input.read()) {
      line.write(b);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  @Override
  public void close() throws IOException {
    end.countDown();
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
    threads.shutdownNow();
  }
}
