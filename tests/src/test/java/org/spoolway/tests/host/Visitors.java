package org.spoolway.tests.host;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** People who look at a page fifty times a second, whatever it answers. */
final class Visitors implements AutoCloseable {

  private static final long PERIOD_MILLIS = 20;

  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledFuture<?> visits;
  private final Collection<CompletableFuture<Answer>> answers = new ConcurrentLinkedQueue<>();

  /**
   * What one of them saw.
   *
   * @param asked when, in nanoseconds of no particular origin
   * @param status of HTTP, or 0 when there was no answer
   * @param text the body, or why there was no answer
   */
  record Answer(long asked, int status, String retryAfter, String text) {}

  Visitors(String url) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Accept", "text/html")
            .timeout(Duration.ofSeconds(30))
            .build();
    visits =
        clock.scheduleAtFixedRate(() -> visit(request), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void visit(HttpRequest request) {
    long now = System.nanoTime();
    answers.add(
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .handle(
                (answer, failure) ->
                    failure != null
                        ? new Answer(now, 0, "", failure.toString())
                        : new Answer(
                            now,
                            answer.statusCode(),
                            answer.headers().firstValue("Retry-After").orElse(""),
                            answer.body())));
  }

  /** How many have looked so far. */
  int count() {
    return answers.size();
  }

  /** Sends them home, and tells what all of them saw. */
  List<Answer> goHome() {
    visits.cancel(false);
    return answers.stream().map(CompletableFuture::join).toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
