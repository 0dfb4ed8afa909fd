package org.spoolway.host.http;

import com.github.mizosoft.methanol.Methanol;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one client of the process. */
final class ProbeClient {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
  private static final Duration THREAD_IDLE = Duration.ofSeconds(5);

  /** Which headers a request may set itself; read by the JDK once, when its client is loaded. */
  private static final String ALLOWED_HEADERS = "jdk.httpclient.allowRestrictedHeaders";

  private static final int LAST_PORT = 65_535;
  private static final String CONNECTION = "Connection";

  private final boolean mayAskToClose;
  private final Methanol client;

  private ProbeClient() {
    allowConnectionHeader();
    this.mayAskToClose = mayAskToClose();
    HttpClient plain =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT_LIMIT)
            .executor(daemons())
            .build();
    this.client =
        Methanol.newBuilder(plain)
            .userAgent("spoolway")
            .defaultHeader("Accept", "application/json")
            .autoAcceptEncoding(false)
            .build();
  }

  private static final class Holder {
    static final ProbeClient SHARED = new ProbeClient();
  }

  /** Made when first asked for. */
  static ProbeClient shared() {
    return Holder.SHARED;
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
    return client.sendAsync(request(url), LimitedBody::of);
  }

  HttpRequest request(URI url) {
    HttpRequest.Builder request = HttpRequest.newBuilder(url).GET();
    if (mayAskToClose) {
      request.header(CONNECTION, "close");
    }
    return request.build();
  }

  private static void allowConnectionHeader() {
    String allowed = System.getProperty(ALLOWED_HEADERS);
    System.setProperty(ALLOWED_HEADERS, allowed == null ? CONNECTION : allowed + "," + CONNECTION);
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

  private static ExecutorService daemons() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        THREAD_IDLE.toSeconds(),
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "health-probe");
          thread.setDaemon(true);
          return thread;
        });
  }
}
