package org.spoolway.tests;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Clients that ask an application one thing after the other, each time by a new connection. */
final class Callers implements AutoCloseable {

  private final URI address;
  private final List<CompletableFuture<List<String>>> callers;
  private volatile boolean closing;

  /** Begins to ask. */
  Callers(int port, int many) {
    address = URI.create("http://127.0.0.1:" + port + "/health");
    callers =
        IntStream.range(0, many)
            .mapToObj(caller -> CompletableFuture.supplyAsync(this::call, Callers::start))
            .toList();
  }

  private static void start(Runnable caller) {
    new Thread(caller, "caller").start();
  }

  private List<String> call() {
    List<String> answers = new ArrayList<>();
    while (!closing) {
      answers.add(answer());
    }
    return answers;
  }

  private String answer() {
    try {
      HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
      connection.setRequestProperty("Connection", "close");
      connection.setConnectTimeout(10_000);
      connection.setReadTimeout(10_000);
      try (var body = connection.getInputStream()) {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException lost) {
      return lost.toString();
    }
  }

  /** Ends, and tells all that was answered, and what came in place of an answer. */
  List<String> end() {
    closing = true;
    return callers.stream().flatMap(answers -> answers.join().stream()).toList();
  }

  @Override
  public void close() {
    closing = true;
  }
}
