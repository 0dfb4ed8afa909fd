package org.spoolway.hostfile;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.spoolway.hostfile.NginxText.Directive;
import org.spoolway.hostfile.NginxText.Ending;
import org.spoolway.problem.ProblemException;

/**
 * What the site of a release may say to nginx. Its master is root, and opens the logs, keys and
 * caches that its configuration names; its workers can read more than the application can; and one
 * site that it cannot serve after a boot takes all others with it. So a site passes requests on to
 * this host, answers them itself, or with files of the application's own.
 */
final class NginxRules {

  private static final Pattern KNOWN =
      Pattern.compile(
          "server|location|if|map|upstream|types|limit_except|listen|server_name|server_tokens"
              + "|include|return|rewrite|break|set|internal|root|alias|index|try_files|error_page"
              + "|recursive_error_pages|default_type|charset|etag|expires|add_header|max_ranges"
              + "|if_modified_since|merge_slashes|absolute_redirect|port_in_redirect|satisfy"
              + "|server_name_in_redirect|allow|deny|access_log|autoindex|open_file_cache|sendfile"
              + "|client_(max_body_size|body_buffer_size|body_timeout|header_timeout)|tcp_nodelay"
              + "|keepalive(_timeout|_requests)?|send_timeout|tcp_nopush|log_not_found|http2"
              + "|large_client_header_buffers|least_conn|ip_hash|gzip(_[a-z_]+)?|limit_rate(_after)?"
              + "|ssl_(certificate|certificate_key|protocols|ciphers|prefer_server_ciphers"
              + "|session_timeout|session_tickets)"
              + "|proxy_(pass|set_header|http_version|redirect|cookie_(path|domain|flags)|buffering"
              + "|buffers|buffer_size|busy_buffers_size|request_buffering|hide_header|pass_header"
              + "|(connect|read|send)_timeout|next_upstream(_tries|_timeout)?|intercept_errors"
              + "|ignore_headers|ignore_client_abort|max_temp_file_size|socket_keepalive|method"
              + "|pass_request_(body|headers))");

  private static final Pattern LISTEN = Pattern.compile("((\\*|0\\.0\\.0\\.0|\\[::]):)?(80|443)");
  private static final Set<String> LISTEN_OPTIONS =
      Set.of("ssl", "http2", "default_server", "ipv6only=on", "ipv6only=off");

  /** Without what a visitor could write, which would lead out of any directory. */
  private static final Pattern SAFE =
      Pattern.compile("([A-Za-z0-9/_@=?&:,+~-]|\\.(?!\\.)|\\$(uri|host|scheme)(?![A-Za-z0-9_]))*");

  private static final Pattern CAPTURE = Pattern.compile("\\$[1-9](?![A-Za-z0-9_])");
  private static final String HERE = "(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?";

  private final Owner owner;
  private final String socket;

  /**
   * Whose site it is.
   *
   * @param deployment its name
   * @param root the application's directory
   * @param maintenance what it may include
   * @param values what the deployment file has stand for placeholders
   */
  record Owner(String deployment, Path root, String maintenance, Collection<String> values) {}

  NginxRules(Owner owner) {
    this.owner = owner;
    this.socket = "unix:/run/" + Pattern.quote(owner.deployment()) + "[./][a-z0-9./_-]+";
  }

  /**
   * Refuses what must not be.
   *
   * @throws ProblemException {@code HOST_FILE_REFUSED}, naming the directive
   */
  void require(String content) throws ProblemException {
    PlainText.require("proxy.nginx", content);
    List<Directive> directives;
    try {
      directives = NginxText.directives(content);
    } catch (NginxText.NoSuchText e) {
      throw refused(String.valueOf(e.getMessage()));
    }
    boolean table = false;
    for (Directive directive : directives) {
      boolean end = directive.ending() == Ending.BLOCK_END;
      if (!end && !(table ? isEntry(directive) : isFine(directive, directives))) {
        throw refused(
            "`" + String.join(" ", directive.words()) + "` would reach beyond the site itself");
      }
      table = !end && (table || isTable(directive));
    }
  }

  private static boolean isTable(Directive directive) {
    return directive.ending() == Ending.BLOCK
        && Set.of("types", "map").contains(directive.words().get(0));
  }

  /** In a table the first word is no name of a directive, but for one. */
  private static boolean isEntry(Directive directive) {
    return directive.ending() == Ending.SEMICOLON && !directive.words().get(0).equals("include");
  }

  private boolean isFine(Directive directive, List<Directive> all) {
    String name = directive.words().get(0);
    List<String> arguments = directive.words().subList(1, directive.words().size());
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    boolean fine =
        switch (name) {
          case "include" -> first.equals(owner.maintenance());
          case "access_log" -> first.equals("off");
          case "ssl_certificate", "ssl_certificate_key" -> owner.values().contains(first);
          case "root", "alias" -> isOwnFile(first);
          case "index", "try_files", "error_page" ->
              arguments.stream().allMatch(NginxRules::isSafe);
          case "rewrite" -> arguments.stream().skip(1).allMatch(NginxRules::isSafeButForCaptures);
          case "listen" ->
              LISTEN.matcher(first).matches()
                  && LISTEN_OPTIONS.containsAll(arguments.subList(1, arguments.size()));
          case "proxy_pass" -> isHere(first, all);
          case "server" -> directive.ending() == Ending.BLOCK || first.matches(HERE + "|" + socket);
          default -> true;
        };
    return fine && KNOWN.matcher(name).matches();
  }

  private static boolean isSafe(String argument) {
    return SAFE.matcher(argument).matches();
  }

  /** What a rewrite captures is of the path, out of which nothing leads. */
  private static boolean isSafeButForCaptures(String argument) {
    return isSafe(CAPTURE.matcher(argument).replaceAll(""));
  }

  private boolean isOwnFile(String path) {
    return isSafe(path) && !path.contains("$") && (path + "/").startsWith(owner.root() + "/");
  }

  /** A name that cannot be resolved would keep nginx from starting. */
  private boolean isHere(String url, List<Directive> all) {
    String upstreams =
        all.stream()
            .filter(directive -> directive.words().size() == 2)
            .filter(directive -> directive.words().get(0).equals("upstream"))
            .map(directive -> "|" + Pattern.quote(directive.words().get(1)))
            .reduce("", String::concat);
    return url.matches(
        "https?://((" + HERE + upstreams + ")(/.*|\\$uri|\\$request_uri)?|" + socket + "(:/.*)?)");
  }

  private static ProblemException refused(String observed) {
    return Refusal.withoutTemplate("proxy.nginx", observed, "Correct the site, or keep it");
  }
}
