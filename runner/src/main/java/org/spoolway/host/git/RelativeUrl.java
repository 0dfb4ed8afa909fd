package org.spoolway.host.git;

import org.spoolway.host.git.GitUrl.RefusedUrlException;

/** A submodule's address relative to its parent repository's, as git resolves it. */
final class RelativeUrl {

  private RelativeUrl() {}

  /** Whether an address in {@code .gitmodules} is relative to the parent repository. */
  static boolean isRelative(String written) {
    return written.startsWith("./") || written.startsWith("../");
  }

  /**
   * Resolves it: {@code ../lib.git} beside {@code https://host/app.git} is {@code
   * https://host/lib.git}.
   *
   * @throws RefusedUrlException when it leads above the parent's host or root
   */
  static String resolve(String parent, String written) throws RefusedUrlException {
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
}
