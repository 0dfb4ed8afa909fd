package org.spoolway.tests.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.spoolway.tests.Until;

/**
 * Two hundred requests a second, whatever becomes of them: each is due at a time of its own, on a
 * connection of its own, waits for nobody else's answer, and is never tried again. One in twenty
 * writes; the others read what costs the same however much was written.
 */
final class Load implements AutoCloseable {

  private static final long PERIOD_NANOS = 5_000_000;
  private static final int PORT = 80;
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int WRITES = 20;
  private static final String FORM = "text=under+load";

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final ExecutorService clients = Executors.newCachedThreadPool();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final ScheduledFuture<?> sending;
  private final String address;
  private final long began = System.nanoTime();
  private final AtomicInteger sent = new AtomicInteger();

  /**
   * What came of one request.
   *
   * @param due when it was to be sent, in nanoseconds of no particular origin
   * @param asked when it was sent
   * @param answered when all of the answer was there
   * @param status of HTTP, or 0 when there was no whole answer
   * @param text its first line, or why there was none
   */
  record Answer(long due, long asked, long answered, int status, String text) {

    /** How long somebody waited who came when it was due. */
    long millis() {
      return (answered - due) / 1_000_000;
    }

    /** How late it was sent. */
    long lateMillis() {
      return (asked - due) / 1_000_000;
    }

    boolean isWell() {
      return status == 200 || status == 303;
    }
  }

  /** Begins at once, through the proxy at an address. */
  Load(String address) {
    this.address = address;
    sending = clock.scheduleAtFixedRate(this::send, 0, PERIOD_NANOS, TimeUnit.NANOSECONDS);
  }

  private void send() {
    int number = sent.getAndIncrement();
    long due = began + number * PERIOD_NANOS;
    clients.execute(() -> answers.add(ask(due, number % WRITES == 0 ? write() : read())));
  }

  private static String read() {
    return "GET /health HTTP/1.1\r\nHost: notes\r\nConnection: close\r\n\r\n";
  }

  private static String write() {
    return "POST / HTTP/1.1\r\nHost: notes\r\nConnection: close\r\n"
        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
        + FORM.length()
        + "\r\n\r\n"
        + FORM;
  }

  private Answer ask(long due, String request) {
    long asked = System.nanoTime();
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(new InetSocketAddress(address, PORT), PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String line = all.lines().findFirst().orElse("an empty answer");
      boolean whole = line.startsWith("HTTP/1.1 ") && isWhole(all);
      int status = whole ? Integer.parseInt(line.substring(9, 12)) : 0;
      return new Answer(due, asked, System.nanoTime(), status, line);
    } catch (IOException e) {
      return new Answer(due, asked, System.nanoTime(), 0, request.substring(0, 4) + e);
    }
  }

  private static boolean isWhole(String answer) {
    return !answer.contains(" 200 ") || answer.stripTrailing().endsWith("}");
  }

  /** Waits until this many more are answered. */
  void more(int count) {
    int then = answers.size();
    Until.isTrue(count + " more answers", () -> answers.size() >= then + count);
  }

  /** Sends no more, waits for what is under way, and tells what became of all. */
  List<Answer> end() throws InterruptedException {
    sending.cancel(false);
    clock.shutdown();
    if (!clock.awaitTermination(1, TimeUnit.SECONDS)) {
      throw new AssertionError("the clock goes on");
    }
    int all = sent.get();
    Until.isTrue("all " + all + " answers", () -> answers.size() == all);
    return List.copyOf(answers);
  }

  /** Whether what was asked in one second was asked in that second. */
  static Duration lateness(List<Answer> answers) {
    return Duration.ofMillis(answers.stream().mapToLong(Answer::lateMillis).max().orElse(0));
  }

  @Override
  public void close() {
    clock.shutdownNow();
    clients.shutdownNow();
  }
}
