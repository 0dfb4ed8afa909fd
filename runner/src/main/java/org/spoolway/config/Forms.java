package org.spoolway.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.spoolway.schema.Version;

/** The forms of single values; the deployment schema states the same ones as patterns. */
final class Forms {

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");
  private static final Pattern ACCOUNT = Pattern.compile("[^@\\s:,/][^\\s:,/]*");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern DATABASE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");
  private static final Set<String> SERVERS_OWN = Set.of("postgres", "template0", "template1");
  private static final Pattern SERVER = Pattern.compile("[A-Za-z0-9_.:-]+|/[^\\s,]*");
  private static final Pattern ROLE = Pattern.compile("[^\\s\\p{Cntrl}]{1,63}");
  private static final Pattern SQL_FILES =
      Pattern.compile("(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)+[A-Za-z0-9_*?-][A-Za-z0-9._+*?-]*");
  private static final Pattern BAD_ESCAPE = Pattern.compile("~(?![01])");
  private static final Pattern WILDCARD =
      Pattern.compile("(0|[1-9]\\d{0,17})(\\.(0|[1-9]\\d{0,17}))?\\.\\*");
  private static final Pattern SAFE_SOURCE =
      Pattern.compile(
          "https://[^/\\s]+/\\S+|ssh://[^/\\s]+/\\S+|file:///.+"
              + "|[A-Za-z0-9_][^/:@\\s]*@[A-Za-z0-9\\[][^/\\s]*:\\S+");
  private static final Pattern ARCHIVES =
      Pattern.compile(
          "(https://[^/@\\s?#]+|http://(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?)(/[^\\s?#]*)?"
              + "|file:///.+");
  private static final Pattern FORGE =
      Pattern.compile(
          "(https://[^/@\\s?#]+|http://(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?)"
              + "/[A-Za-z0-9._-]+/[A-Za-z0-9._-]+/?");
  private static final String FILE_SCHEME = "file:";
  private static final Pattern EXECUTABLE =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]*(/[A-Za-z0-9_][A-Za-z0-9._+-]*)*");
  private static final Pattern PROXY = Pattern.compile("http://[A-Za-z0-9.\\[\\]:-]+:[0-9]{1,5}/?");
  private static final Pattern LOOPBACK_SOURCE =
      Pattern.compile("http://(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?/\\S+");
  private static final Pattern WEBHOOK =
      Pattern.compile(
          "(https://[^/@\\s]+|http://(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?)(/\\S*)?");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9_][A-Za-z0-9._%+'=~&-]*(@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)?");
  private static final int LONGEST_ADDRESS = 254;

  private Forms() {}

  /** A deployment's or an origin's name. */
  static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** A user or a group, by name or by number. */
  static boolean isAccount(String text) {
    return ACCOUNT.matcher(text).matches();
  }

  /** A user, or a group behind an at sign. */
  static boolean isOwner(String text) {
    return isAccount(text.startsWith("@") ? text.substring(1) : text);
  }

  /** The name of an environment variable. */
  static boolean isVariable(String text) {
    return VARIABLE.matcher(text).matches();
  }

  /**
   * A database of PostgreSQL, whose copies are named after it; ASCII only, so that a byte is one.
   */
  static boolean isDatabase(String text) {
    return DATABASE.matcher(text).matches() && !SERVERS_OWN.contains(text);
  }

  /** A host, or an absolute directory. */
  static boolean isServer(String text) {
    return SERVER.matcher(text).matches();
  }

  /** A role of PostgreSQL. */
  static boolean isRole(String text) {
    return ROLE.matcher(text).matches();
  }

  /** Files by a directory below another one, a slash, and a pattern of names. */
  static boolean isSqlFiles(String text) {
    return SQL_FILES.matcher(text).matches() && below(text).isPresent();
  }

  /** A JSON pointer. */
  static boolean isPointer(String text) {
    return (text.isEmpty() || text.startsWith("/")) && !BAD_ESCAPE.matcher(text).find();
  }

  /** A version, or the beginning of one and {@code *}. */
  static boolean isPin(String text) {
    return WILDCARD.matcher(text).matches() || Version.parse(text).isPresent();
  }

  /** Where a repository is reached without anybody on the way being able to change it. */
  static boolean isRepository(String text) {
    return SAFE_SOURCE.matcher(text).matches() || LOOPBACK_SOURCE.matcher(text).matches();
  }

  /** A directory of files that nobody on the way can change. */
  static boolean isArchives(String text) {
    return ARCHIVES.matcher(text).matches() && isUri(text);
  }

  /** A repository of a forge, as browsers show it. */
  static boolean isForge(String text) {
    return FORGE.matcher(text).matches() && isUri(text);
  }

  /** A directory of this host. */
  static boolean isDirectory(String text) {
    return directory(text).isPresent();
  }

  /** A directory of this host, by its path or as the address of a file. */
  static Optional<Path> directory(String text) {
    if (!text.startsWith(FILE_SCHEME)) {
      return root(text);
    }
    return isArchives(text) ? root(URI.create(text).getPath()) : Optional.empty();
  }

  /** A program in a release, by its path. */
  static boolean isExecutable(String text) {
    return EXECUTABLE.matcher(text).matches();
  }

  /** A proxy for HTTP, with its port. */
  static boolean isProxy(String text) {
    return PROXY.matcher(text).matches() && isUri(text);
  }

  private static boolean isUri(String text) {
    try {
      return new URI(text).getPath() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** An absolute directory other than the root of all. */
  static Optional<Path> root(String text) {
    return path(text)
        .map(Path::normalize)
        .filter(path -> path.isAbsolute() && path.getNameCount() > 0);
  }

  /** A place below a directory, as a path that cannot lead out of it. */
  static Optional<String> below(String text) {
    return path(text)
        .filter(path -> !text.isEmpty() && !path.isAbsolute() && isStraight(path))
        .map(Path::toString);
  }

  /**
   * A place below the application's directory, but not in what releases bring: that is replaced.
   */
  static Optional<String> data(String text) {
    return below(text)
        .filter(path -> !Path.of(path).startsWith("releases"))
        .filter(path -> !Path.of(path).startsWith("current"));
  }

  private static boolean isStraight(Path path) {
    for (Path part : path) {
      if (part.toString().equals("..") || part.toString().equals(".")) {
        return false;
      }
    }
    return true;
  }

  /** Empty for what this process cannot express as a path, such as umlauts in an ASCII locale. */
  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** Where a message can be posted without anybody on the way reading or changing it. */
  static Optional<URI> webhook(String text) {
    return httpUrl(text).filter(url -> WEBHOOK.matcher(text).matches());
  }

  /** A mail address that no header and no mail system takes for anything else. */
  static boolean isAddress(String text) {
    return text.length() <= LONGEST_ADDRESS && ADDRESS.matcher(text).matches();
  }

  /** A file by its absolute path. */
  static Optional<Path> file(String text) {
    return root(text);
  }

  /** What can be asked over HTTP. */
  static Optional<URI> httpUrl(String text) {
    try {
      URI url = new URI(text);
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      return http && url.getHost() != null ? Optional.of(url) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
