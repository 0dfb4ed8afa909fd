package org.spoolway.host.git;

import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/**
 * Where a repository is: {@code https://}, {@code ssh://}, {@code user@host:path}, {@code file://},
 * an absolute path, or {@code http://} to this very host.
 */
final class GitUrl {

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?", Pattern.CASE_INSENSITIVE);
  private static final Pattern SCP_LIKE =
      Pattern.compile("([^\\s/:@]+@)?(\\w[\\w.-]*|\\[[0-9A-Fa-f:.]+]):(?!:)\\S.*");

  private static final Pattern USER_INFO = Pattern.compile("^[^/:]+://([^/@]+)@");

  private final String text;
  private final URIish address;
  private final boolean onThisHost;

  private GitUrl(String text, URIish address, boolean onThisHost) {
    this.text = text;
    this.address = address;
    this.onThisHost = onThisHost;
  }

  /**
   * Reads an address.
   *
   * @throws RefusedUrlException when it is of no accepted kind
   */
  static GitUrl parse(String text) throws RefusedUrlException {
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new RefusedUrlException("it has a control character");
    }
    if (text.startsWith("/")) {
      return new GitUrl(text, new URIish().setPath(text), true);
    }
    int scheme = text.indexOf("://");
    if (scheme >= 0) {
      return withScheme(text, text.substring(0, scheme).toLowerCase(Locale.ROOT));
    }
    if (SCP_LIKE.matcher(text).matches()) {
      return new GitUrl(text, uriish(text), false);
    }
    throw new RefusedUrlException(
        "it is neither https://, ssh://, file://, user@host:path nor an absolute path");
  }

  private static GitUrl withScheme(String text, String scheme) throws RefusedUrlException {
    URIish address = uriish(text);
    return switch (scheme) {
      case "file" -> new GitUrl(text, new URIish().setPath(filePath(text, address)), true);
      case "https", "ssh" -> new GitUrl(text, withHost(address), false);
      case "http" -> new GitUrl(text, withLoopbackHost(address), true);
      default ->
          throw new RefusedUrlException(
              "its scheme \"" + scheme + "\" is none of https, ssh and file");
    };
  }

  private static String filePath(String text, URIish address) throws RefusedUrlException {
    if (!text.startsWith("/", "file://".length())) {
      throw new RefusedUrlException("a file:// address has three slashes and no host");
    }
    return address.getPath();
  }

  private static URIish withHost(URIish address) throws RefusedUrlException {
    if (host(address).isEmpty()) {
      throw new RefusedUrlException("it names no host");
    }
    return address;
  }

  private static URIish withLoopbackHost(URIish address) throws RefusedUrlException {
    if (!LOOPBACK.matcher(host(address)).matches()) {
      throw new RefusedUrlException("plain http:// is accepted for this host only");
    }
    return address;
  }

  private static String host(URIish address) {
    return address.getHost() == null ? "" : address.getHost();
  }

  private static URIish uriish(String text) throws RefusedUrlException {
    try {
      return new URIish(text);
    } catch (URISyntaxException e) {
      throw new RefusedUrlException("it is not a well-formed address");
    }
  }

  /**
   * The address of a submodule as {@code .gitmodules} in this repository gives it. A repository
   * that comes over the network cannot send the runner to this host's own files and servers.
   *
   * @throws RefusedUrlException when it is of no accepted kind
   */
  GitUrl submodule(String written) throws RefusedUrlException {
    GitUrl submodule = parse(isRelative(written) ? resolve(text, written) : written);
    if (submodule.onThisHost && !onThisHost) {
      throw new RefusedUrlException("a repository from elsewhere may not name one on this host");
    }
    return submodule;
  }

  private static boolean isRelative(String written) {
    return written.startsWith("./") || written.startsWith("../");
  }

  /**
   * Resolves a relative address as git does: {@code ../lib.git} beside {@code https://host/app.git}
   * is {@code https://host/lib.git}.
   */
  private static String resolve(String parent, String written) throws RefusedUrlException {
    int start = pathStart(parent);
    String path = withoutTrailingSlashes(parent.substring(start));
    String rest = written;
    while (isRelative(rest)) {
      if (rest.startsWith("./")) {
        rest = rest.substring("./".length());
        continue;
      }
      rest = rest.substring("../".length());
      if (path.isEmpty()) {
        throw new RefusedUrlException("it leads above its parent's root");
      }
      path = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
    boolean belowHome = start > 0 && !parent.startsWith("/", start) && !parent.contains("://");
    String separator = belowHome && path.isEmpty() ? "" : "/";
    return parent.substring(0, start) + path + separator + withoutTrailingSlashes(rest);
  }

  private static int pathStart(String url) {
    if (url.startsWith("/")) {
      return 0;
    }
    int scheme = url.indexOf("://");
    if (scheme < 0) {
      return url.indexOf(':') + 1;
    }
    int slash = url.indexOf('/', scheme + "://".length());
    return slash < 0 ? url.length() : slash;
  }

  private static String withoutTrailingSlashes(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '/') {
      end--;
    }
    return text.substring(0, end);
  }

  /** The address for JGit. */
  URIish address() {
    return address;
  }

  /** The repository's directory, or null when it is asked for over a connection. */
  @Nullable String localPath() {
    return address.getHost() == null ? address.getPath() : null;
  }

  /** The address as written; may hold a password. */
  String text() {
    return text;
  }

  /** Takes the user and password of this address out of a text. */
  String withoutSecrets(String words) {
    Matcher matcher = USER_INFO.matcher(text);
    return matcher.find() ? words.replace(matcher.group(1) + "@", "") : words;
  }

  /** An address for people, without user and password: a token may stand as either. */
  static String shown(String text) {
    Matcher matcher = USER_INFO.matcher(text);
    return matcher.find() ? text.replace(matcher.group(1) + "@", "") : text;
  }

  /** The address for people. */
  @Override
  public String toString() {
    return shown(text);
  }

  /** A repository's address that is not accepted; the message says why. */
  static final class RefusedUrlException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedUrlException(String reason) {
      super(reason);
    }

    /** Why, as the part of a sentence that follows a colon. */
    String reason() {
      return String.valueOf(getMessage());
    }
  }
}
