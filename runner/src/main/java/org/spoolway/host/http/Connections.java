package org.spoolway.host.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The connections to servers of releases: those of one kind have one client and its one thread. */
final class Connections {

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Map<Kind, HttpClient> CLIENTS = new ConcurrentHashMap<>();

  private record Kind(@Nullable URI proxy, @Nullable SSLContext tls) {}

  private Connections() {}

  /**
   * The client of a kind, made when it is first asked for.
   *
   * @param proxy for all servers but those of this host, or null for what Java's properties name
   * @param tls whose certificates are trusted, or null for those that Java trusts
   */
  static HttpClient of(@Nullable URI proxy, @Nullable SSLContext tls) {
    return CLIENTS.computeIfAbsent(new Kind(proxy, tls), Connections::make);
  }

  private static HttpClient make(Kind kind) {
    OneShotClient.prepare();
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_LIMIT)
            .executor(OneShotClient.daemons());
    if (kind.tls() != null) {
      client.sslContext(kind.tls());
    }
    if (kind.proxy() != null) {
      client.proxy(new OutwardProxy(kind.proxy()));
    }
    return client.build();
  }

  /** A proxy for what is not on this host. */
  private static final class OutwardProxy extends ProxySelector {

    private final List<Proxy> proxy;

    OutwardProxy(URI proxy) {
      this.proxy =
          List.of(
              new Proxy(
                  Proxy.Type.HTTP,
                  InetSocketAddress.createUnresolved(proxy.getHost(), proxy.getPort())));
    }

    @Override
    public List<Proxy> select(URI address) {
      return WebAddress.isLoopback(address) ? List.of(Proxy.NO_PROXY) : proxy;
    }

    @Override
    public void connectFailed(URI address, SocketAddress at, IOException failure) {
      // The request fails of it too, and says so.
    }
  }
}
