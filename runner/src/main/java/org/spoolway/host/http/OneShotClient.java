package org.spoolway.host.http;

import com.github.mizosoft.methanol.Methanol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A client that has a connection of its own for each request. */
final class OneShotClient {

  private static final Duration PROBE_CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final Duration POST_CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration THREAD_IDLE = Duration.ofSeconds(5);

  /** Which headers a request may set itself; read by the JDK once, when its client is loaded. */
  private static final String ALLOWED_HEADERS = "jdk.httpclient.allowRestrictedHeaders";

  /** How many bytes are read at once; by its own choice it would take 16 KiB, at half the speed. */
  private static final String READ_SIZE = "jdk.httpclient.bufsize";

  private static final String READ_BYTES = "262144";

  private static final int LAST_PORT = 65_535;
  private static final String CONNECTION = "Connection";

  private final boolean mayAskToClose;
  private final Methanol client;

  private OneShotClient(Duration connectLimit) {
    prepare();
    this.mayAskToClose = mayAskToClose();
    HttpClient plain =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(connectLimit)
            .executor(daemons())
            .build();
    this.client =
        Methanol.newBuilder(plain).userAgent("spoolway").autoAcceptEncoding(false).build();
  }

  private static final class ProbeHolder {
    static final OneShotClient SHARED = new OneShotClient(PROBE_CONNECT_LIMIT);
  }

  private static final class PostHolder {
    static final OneShotClient SHARED = new OneShotClient(POST_CONNECT_LIMIT);
  }

  /** The one for all probes of the process, made when first asked for. */
  static OneShotClient ofProbes() {
    return ProbeHolder.SHARED;
  }

  /** The one for all messages of the process, made when first asked for. */
  static OneShotClient ofPosts() {
    return PostHolder.SHARED;
  }

  /** Refuses what no request could be made for. */
  static void requireAskable(URI url) {
    boolean web =
        "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
    if (!web || url.getHost() == null || url.getPort() > LAST_PORT) {
      throw new IllegalArgumentException(url + " is no http or https URL with a host");
    }
  }

  /** Asks; cancelling what is returned ends the request and closes its connection. */
  CompletableFuture<HttpResponse<byte[]>> ask(URI url) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).GET();
    return client.sendAsync(once(request.header("Accept", "application/json")), LimitedBody::of);
  }

  /** Posts, as {@link #ask} asks; of the answer only the head is read. */
  CompletableFuture<HttpResponse<byte[]>> post(URI url, Map<String, String> headers, byte[] body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    return client.sendAsync(once(request), LimitedBody::none);
  }

  private HttpRequest once(HttpRequest.Builder request) {
    if (mayAskToClose) {
      request.header(CONNECTION, "close");
    }
    return request.build();
  }

  /**
   * Sets what the JDK's client reads once, when it is loaded, for all clients of the process: so it
   * comes before the first of them, whichever that is.
   */
  static synchronized void prepare() {
    String allowed = System.getProperty(ALLOWED_HEADERS, "");
    if (!List.of(allowed.split(",", -1)).contains(CONNECTION)) {
      System.setProperty(
          ALLOWED_HEADERS, allowed.isEmpty() ? CONNECTION : allowed + "," + CONNECTION);
    }
    if (System.getProperty(READ_SIZE) == null) {
      System.setProperty(READ_SIZE, READ_BYTES);
    }
  }

  /** Not if somebody else had the JDK's client loaded before; then connections may be kept. */
  private static boolean mayAskToClose() {
    try {
      HttpRequest.newBuilder().header(CONNECTION, "close");
      return true;
    } catch (IllegalArgumentException restricted) {
      return false;
    }
  }

  /** Threads that do not keep the process alive, and end when they have nothing to do. */
  static ExecutorService daemons() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        THREAD_IDLE.toSeconds(),
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "http");
          thread.setDaemon(true);
          return thread;
        });
  }
}
