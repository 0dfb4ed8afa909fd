package org.spoolway.host.http;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A server on the loopback address that sends what a test wants, HTTP or not. */
final class Peer {

  /** What it does with a connection once the question has come. */
  interface Behaviour {
    void answer(OutputStream output) throws IOException;
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Socket> connections = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> questions = new LinkedBlockingQueue<>();
  private final BlockingQueue<Socket> hangUps = new LinkedBlockingQueue<>();

  private Peer(Behaviour behaviour) throws IOException {
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(() -> accept(behaviour));
  }

  static Peer of(Behaviour behaviour) throws IOException {
    return new Peer(behaviour);
  }

  /** Sends this text, and then keeps the connection open. */
  static Peer sending(String text) throws IOException {
    return new Peer(output -> output.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Answers every question with this status and body. */
  static Peer answering(String status, String body) throws IOException {
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    return sending(
        "HTTP/1.1 "
            + status
            + "\r\nConnection: close\r\nContent-Length: "
            + length
            + "\r\n\r\n"
            + body);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + "/health");
  }

  int connections() {
    return connections.size();
  }

  /** The next question, whole. */
  String awaitQuestion() throws InterruptedException {
    String question = questions.poll(10, TimeUnit.SECONDS);
    if (question == null) {
      throw new IllegalStateException("nobody asked");
    }
    return question;
  }

  /** Waits until the other side has closed a connection. */
  void awaitHangUp() throws InterruptedException {
    if (hangUps.poll(10, TimeUnit.SECONDS) == null) {
      throw new IllegalStateException("nobody hung up");
    }
  }

  /** Ends it and all its connections. */
  void close() throws IOException, InterruptedException {
    listener.close();
    for (Socket connection : connections) {
      connection.close();
    }
    threads.shutdown();
    if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
      throw new IllegalStateException("a connection does not end");
    }
  }

  private void accept(Behaviour behaviour) {
    try {
      while (true) {
        Socket connection = listener.accept();
        connections.add(connection);
        threads.execute(() -> serve(connection, behaviour));
      }
    } catch (IOException e) {
      if (!listener.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void serve(Socket connection, Behaviour behaviour) {
    try {
      byte[] buffer = new byte[8192];
      int length = connection.getInputStream().read(buffer);
      questions.add(new String(buffer, 0, Math.max(0, length), StandardCharsets.UTF_8));
      behaviour.answer(connection.getOutputStream());
      while (connection.getInputStream().read(buffer) >= 0) {
        questions.add("another question on the same connection");
      }
      hangUps.add(connection);
    } catch (IOException e) {
      hangUps.add(connection);
    }
  }
}
