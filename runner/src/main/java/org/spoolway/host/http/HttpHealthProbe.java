package org.spoolway.host.http;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.spoolway.host.HealthProbe;
import org.spoolway.host.Interruption;
import org.spoolway.schema.Version;

/**
 * Asks a URL with one GET. It passes when the status is 2xx and, if a JSON pointer was given, the
 * text there is the expected version, exactly.
 *
 * <p>Connecting may take 1 s, all of it 5 s; an answer may have 1 MiB. Redirects are an answer like
 * any other, so nobody but the named URL can pass for the release. Every question gets a connection
 * of its own: one that is kept would lead to the process that was asked before, whoever listens by
 * now. Proxies, cookies and caches are not used.
 *
 * <p>All probes of a process share one client and its one daemon thread, made by the first question
 * or by {@link #warmUp}.
 */
public final class HttpHealthProbe implements HealthProbe {

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final URI url;
  private final Verdict verdict;
  private final Duration limit;

  /**
   * A probe of one deployment.
   *
   * @param url {@code http} or {@code https}, with a host
   * @param versionPointer RFC 6901 pointer to the version in the answer, or null when any 2xx
   *     passes
   * @throws IllegalArgumentException when either is not of its form
   */
  public HttpHealthProbe(URI url, @Nullable String versionPointer) {
    this(url, versionPointer, LIMIT);
  }

  HttpHealthProbe(URI url, @Nullable String versionPointer, Duration limit) {
    this(url, new Verdict(versionPointer), limit);
  }

  private HttpHealthProbe(URI url, Verdict verdict, Duration limit) {
    OneShotClient.requireAskable(url);
    this.url = url;
    this.verdict = verdict;
    this.limit = limit;
  }

  @Override
  public HealthProbe at(URI other) {
    return new HttpHealthProbe(other, verdict, limit);
  }

  /**
   * Does now, once, what the first question would otherwise wait for: loading the HTTP client and
   * the JSON reader, some tenths of a second on a busy host. Nobody is asked: the connection that
   * is tried, to port 0, can lead to no one.
   */
  public static void warmUp() {
    Version any = new Version("0.0.0");
    new HttpHealthProbe(URI.create("http://127.0.0.1:0/"), null).ask(any, new Interruption());
    byte[] body = "{\"version\":\"0.0.0\"}".getBytes(StandardCharsets.UTF_8);
    new Verdict("/version").on(200, body, any);
  }

  @Override
  public Answer ask(Version expected, Interruption interruption) {
    CompletableFuture<HttpResponse<byte[]>> response = OneShotClient.ofProbes().ask(url);
    try {
      CompletableFuture.anyOf(response, interruption.signal())
          .get(limit.toNanos(), TimeUnit.NANOSECONDS);
      return response.isDone()
          ? verdict.on(response.get().statusCode(), response.get().body(), expected)
          : new Answer(false, "given up, because the job was asked to end");
    } catch (ExecutionException e) {
      return new Answer(false, Failures.describe(e));
    } catch (TimeoutException e) {
      return new Answer(false, "no answer within " + limit.toSeconds() + " s");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(false, "given up, because its thread was interrupted");
    } finally {
      response.cancel(true);
    }
  }
}
