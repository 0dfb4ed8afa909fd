package org.spoolway.host.http;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How files are fetched from servers.
 *
 * @param cache the directory in which documents are kept between runs; made when it is missing
 * @param mostBytes the largest file that is brought, in bytes
 * @param limit how long one call may take in all
 * @param silence how long a server may take to answer, and may then send nothing
 * @param proxy {@code http://HOST:PORT} of an HTTP proxy for all servers but those of this host;
 *     null for what the Java properties {@code https.proxyHost} and the like name, which by default
 *     is none
 * @param token by which one of them knows who asks; null for nobody
 */
public record WebSettings(
    Path cache,
    long mostBytes,
    Duration limit,
    Duration silence,
    @Nullable URI proxy,
    @Nullable Token token) {

  /**
   * By which one server knows who asks.
   *
   * @param server the only one that is told
   * @param file holds it; read anew each time, so that it can be exchanged
   */
  public record Token(URI server, Path file) {}

  /** The same for somebody whom no server knows. */
  public WebSettings(
      Path cache, long mostBytes, Duration limit, Duration silence, @Nullable URI proxy) {
    this(cache, mostBytes, limit, silence, proxy, null);
  }

  /**
   * Checks them.
   *
   * @throws IllegalArgumentException when a limit is not positive or the proxy of another form
   */
  public WebSettings {
    if (mostBytes <= 0 || !isPositive(limit) || !isPositive(silence)) {
      throw new IllegalArgumentException("a limit is not positive");
    }
    if (proxy != null && !isProxy(proxy)) {
      throw new IllegalArgumentException("the proxy is not of the form http://HOST:PORT");
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isZero() && !duration.isNegative();
  }

  private static boolean isProxy(URI proxy) {
    boolean isBare = "".equals(proxy.getPath()) || "/".equals(proxy.getPath());
    return "http".equalsIgnoreCase(proxy.getScheme())
        && proxy.getHost() != null
        && proxy.getPort() > 0
        && proxy.getRawUserInfo() == null
        && proxy.getRawQuery() == null
        && isBare;
  }
}
