package org.spoolway.host.http;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.spoolway.host.Interruption;
import org.spoolway.outbox.HttpPost;

/**
 * Posts messages. Connecting may take 5 s, all of it 15 s; no redirect is followed, and of an
 * answer nothing is read but its status.
 */
public final class WebhookClient implements HttpPost {

  private static final Duration LIMIT = Duration.ofSeconds(15);

  private final Duration limit;

  /** One with the usual limits. */
  public WebhookClient() {
    this(LIMIT);
  }

  WebhookClient(Duration limit) {
    this.limit = limit;
  }

  @Override
  public Reply send(URI url, Map<String, String> headers, byte[] body, Interruption interruption) {
    CompletableFuture<HttpResponse<byte[]>> response =
        OneShotClient.ofPosts().post(url, headers, body);
    try {
      CompletableFuture.anyOf(response, interruption.signal())
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return response.isDone()
          ? reply(response.get().statusCode())
          : new Reply(0, "given up, because the runner was asked to end");
    } catch (ExecutionException e) {
      return new Reply(0, Failures.describe(e));
    } catch (TimeoutException e) {
      return new Reply(0, "no answer within " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Reply(0, "given up, because its thread was interrupted");
    } finally {
      response.cancel(true);
    }
  }

  private static Reply reply(int status) {
    boolean redirect = status >= 300 && status < 400;
    return new Reply(status, "it answered " + status + (redirect ? ", which is not followed" : ""));
  }
}
