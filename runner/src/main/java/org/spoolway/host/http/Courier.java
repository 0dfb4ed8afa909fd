package org.spoolway.host.http;

import com.github.mizosoft.methanol.Methanol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks one address after the other until one of them answers with something else than a redirect.
 * The user and password of the first address are told to its own server only.
 */
final class Courier {

  private static final int MOST_REDIRECTS = 5;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Duration silence;
  private final WebSettings.@Nullable Token token;
  private final HttpClient client;

  /**
   * Shares its connections with all that have the same proxy and trust the same.
   *
   * @param tls whose certificates are trusted, or null for those that Java trusts
   */
  Courier(WebSettings settings, @Nullable SSLContext tls) {
    this.silence = settings.silence();
    this.token = settings.token();
    this.client =
        Methanol.newBuilder(Connections.of(settings.proxy(), tls))
            .userAgent("spoolway")
            .autoAcceptEncoding(false)
            .headersTimeout(silence)
            .readTimeout(silence)
            .build();
  }

  /**
   * Asks with a GET.
   *
   * @param headers for each server that is asked
   * @throws WebFailure when no answer comes, or only redirects
   */
  Answer get(URI address, Map<String, String> headers, Patience patience) throws WebFailure {
    URI asked = WebAddress.bare(address);
    WebAddress.requireAskable(asked);
    Optional<String> authorization = WebAddress.authorization(address);
    Set<URI> seen = new HashSet<>(Set.of(asked));
    URI at = asked;
    while (true) {
      Optional<String> told =
          WebAddress.isSameServer(asked, at) && authorization.isPresent()
              ? authorization
              : bearer(at);
      Answer answer = new Answer(asked, at, response(request(at, headers, told), patience));
      Optional<String> location = answer.header("Location");
      if (!REDIRECTS.contains(answer.status()) || location.isEmpty()) {
        return answer;
      }
      answer.close();
      at = WebAddress.redirected(at, location.get());
      if (!seen.add(at)) {
        throw WebFailure.unreachable("its redirects lead back to " + WebAddress.shown(at));
      }
      if (seen.size() > 1 + MOST_REDIRECTS) {
        throw WebFailure.unreachable("it redirects more than " + MOST_REDIRECTS + " times");
      }
    }
  }

  private Optional<String> bearer(URI at) throws WebFailure {
    return token == null || !WebAddress.isSameServer(token.server(), at)
        ? Optional.empty()
        : Optional.of("Bearer " + TokenFile.read(token.file()));
  }

  /** Says why a body did not come whole. */
  WebFailure failure(ExecutionException e) {
    return e.getCause() instanceof WebFailure known
        ? known
        : WebFailure.unreachable(Failures.describe(e, silence), e);
  }

  private static HttpRequest request(
      URI at, Map<String, String> headers, Optional<String> authorization) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(at).GET().header("Accept-Encoding", "identity");
    headers.forEach(request::header);
    authorization.ifPresent(secret -> request.header("Authorization", secret));
    return request.build();
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> response(
      HttpRequest request, Patience patience) throws WebFailure {
    CompletableFuture<HttpResponse<Flow.Publisher<List<ByteBuffer>>>> response =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofPublisher());
    boolean isAwaited = false;
    try {
      HttpResponse<Flow.Publisher<List<ByteBuffer>>> head = patience.await(response, () -> {});
      isAwaited = true;
      return head;
    } catch (ExecutionException e) {
      throw failure(e);
    } finally {
      if (!isAwaited && !response.cancel(true) && !response.isCompletedExceptionally()) {
        new Answer(request.uri(), request.uri(), response.join()).close();
      }
    }
  }
}
