package org.spoolway.host.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.spoolway.wording.Printable;

/**
 * Which addresses are asked: {@code https}, where nobody on the way can change what comes, and
 * {@code http} on this host, to which there is no way.
 */
final class WebAddress {

  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]+){3}|\\[::1\\]");
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private WebAddress() {}

  /** The same without user, password and fragment, none of which a request line may carry. */
  static URI bare(URI address) {
    if (address.getRawAuthority() == null) {
      return address;
    }
    String authority = address.getRawAuthority();
    String server = authority.substring(authority.lastIndexOf('@') + 1);
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    return URI.create(address.getScheme() + "://" + server + path + query);
  }

  /** The user and password of an address, as a header says them. */
  static Optional<String> authorization(URI address) {
    return Optional.ofNullable(address.getUserInfo())
        .map(user -> Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8)))
        .map(encoded -> "Basic " + encoded);
  }

  /** An address for people: on one line, not too long, and without a password. */
  static String shown(URI address) {
    return shown(bare(address).toString());
  }

  private static String shown(String text) {
    return OneLine.of(Printable.line(text));
  }

  /** Whether it leads to this host. */
  static boolean isLoopback(URI address) {
    String host = address.getHost();
    return host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  /** Whether both are of one server, which may hear the other's password. */
  static boolean isSameServer(URI one, URI other) {
    return one.getHost().equalsIgnoreCase(other.getHost())
        && one.getScheme().equalsIgnoreCase(other.getScheme())
        && port(one) == port(other);
  }

  /** Refuses what is not asked. */
  static void requireAskable(URI address) throws WebFailure {
    boolean hasHost = address.getHost() != null;
    boolean isSafe = "https".equalsIgnoreCase(address.getScheme());
    boolean isLocal = "http".equalsIgnoreCase(address.getScheme()) && isLoopback(address);
    if (!hasHost || !(isSafe || isLocal)) {
      throw WebFailure.unreachable(
          shown(address) + " is not asked: only https is, and http on this host");
    }
  }

  /**
   * Where a redirect leads.
   *
   * @throws WebFailure when it leads to what is not asked, or from https to http
   */
  static URI redirected(URI from, String location) throws WebFailure {
    URI to;
    try {
      to = bare(from.resolve(location));
    } catch (IllegalArgumentException e) {
      throw WebFailure.unreachable("it redirects to " + shown(location) + ", no address", e);
    }
    if ("https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(to.getScheme())) {
      throw WebFailure.unreachable(
          "it redirects from https to " + shown(to) + ", which is not followed");
    }
    requireAskable(to);
    return to;
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return "https".equalsIgnoreCase(address.getScheme()) ? HTTPS_PORT : HTTP_PORT;
  }
}
