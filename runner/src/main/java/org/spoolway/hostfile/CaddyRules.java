package org.spoolway.hostfile;

import java.util.List;
import java.util.regex.Pattern;
import org.spoolway.problem.ProblemException;

/**
 * What the site of a release may say to Caddy, which keeps the keys of all sites and reads what the
 * application cannot. So a site passes requests on to this host, answers them itself, or with files
 * of the application's own.
 */
final class CaddyRules {

  private static final Pattern ADDRESS =
      Pattern.compile("(https?://)?[A-Za-z0-9.*-]*(:(80|443))?(/[A-Za-z0-9._/*-]*)?,?");

  /** A header's name, in a block of headers: no directive begins so. */
  private static final Pattern HEADER = Pattern.compile("[+?>-]?[A-Z][A-Za-z0-9*-]*|[?>-][a-z-]+");

  private static final Pattern KNOWN =
      Pattern.compile(
          "import|encode|gzip|zstd|minimum_length|header|request_header|request_body|max_size|handle"
              + "|handle_path|handle_errors|route|redir|rewrite|uri|respond|error|method|abort|defer"
              + "|log|tls|root|file_server|index|hide|precompressed|pass_thru|status|try_files"
              + "|basicauth|basic_auth|reverse_proxy|to|lb_(policy|retries|try_duration|try_interval)"
              + "|health_(uri|port|interval|timeout|status|headers)|fail_duration|max_fails"
              + "|unhealthy_(status|latency|request_count)|flush_interval|header_(up|down)"
              + "|trusted_proxies|transport|(dial|read|write|response_header)_timeout|keepalive"
              + "|keepalive_(idle_conns|interval)|compression|versions|read_buffer|write_buffer"
              + "|host|path|path_regexp|header_regexp|query|protocol|not|expression|remote_ip");

  private static final Pattern MATCHER =
      Pattern.compile(
          "host|path|path_regexp|header|header_regexp|query|protocol|not|expression|remote_ip|method");

  private static final String HERE =
      "(https?://|h2c://)?(127\\.0\\.0\\.1|localhost|\\[::1])?:[0-9]+";

  private final Owner owner;
  private final Pattern upstream;

  /**
   * Whose site it is.
   *
   * @param deployment its name
   * @param root the application's directory
   * @param maintenance what it may import
   */
  record Owner(String deployment, String root, String maintenance) {}

  CaddyRules(Owner owner) {
    this.owner = owner;
    this.upstream =
        Pattern.compile(
            HERE + "|unix//run/" + Pattern.quote(owner.deployment()) + "[./][a-z0-9._/-]+");
  }

  /**
   * Refuses what must not be.
   *
   * @throws ProblemException {@code HOST_FILE_REFUSED}, naming the line
   */
  void require(String content) throws ProblemException {
    PlainText.require("proxy.caddy", content);
    try {
      requireAll(CaddyText.lines(content));
    } catch (CaddyText.NotPlain e) {
      throw refused(String.valueOf(e.getMessage()));
    }
  }

  private void requireAll(List<List<String>> lines) throws ProblemException {
    int depth = 0;
    for (List<String> words : lines) {
      boolean closes = words.equals(List.of("}"));
      if (!closes && !(depth == 0 ? isSite(words) : isFine(words))) {
        throw refused("`" + String.join(" ", words) + "` would reach beyond the site itself");
      }
      depth += closes ? -1 : words.get(words.size() - 1).equals("{") ? 1 : 0;
      if (depth < 0) {
        throw refused("it closes a block that it did not open");
      }
    }
  }

  /** No global options and no snippet: those hold for all sites. */
  private static boolean isSite(List<String> words) {
    int last = words.size() - 1;
    return last > 0
        && words.get(last).equals("{")
        && words.subList(0, last).stream().allMatch(word -> ADDRESS.matcher(word).matches());
  }

  private boolean isFine(List<String> words) {
    String name = words.get(0);
    List<String> arguments =
        words.subList(1, words.size()).stream().filter(word -> !word.equals("{")).toList();
    String last = arguments.isEmpty() ? "" : arguments.get(arguments.size() - 1);
    boolean known =
        name.startsWith("@") ? isKnownMatcher(arguments) : KNOWN.matcher(name).matches();
    boolean fine =
        switch (name) {
          case "import" -> arguments.equals(List.of(owner.maintenance()));
          case "tls" -> arguments.equals(List.of("internal"));
          case "log" -> words.size() == 1;
          case "transport" -> last.equals("http");
          case "file_server" -> arguments.stream().allMatch(word -> isMatcher(word));
          case "root" -> isOwnFile(last);
          case "reverse_proxy", "to" ->
              arguments.stream().allMatch(w -> isMatcher(w) || upstream.matcher(w).matches());
          default -> true;
        };
    return ((known && fine) || HEADER.matcher(name).matches())
        && words.stream().noneMatch(word -> word.contains("{env.") || word.contains("{file."));
  }

  /** One on a line of its own has a directive's place. */
  private static boolean isKnownMatcher(List<String> arguments) {
    return arguments.isEmpty() || MATCHER.matcher(arguments.get(0)).matches();
  }

  private static boolean isMatcher(String word) {
    return word.startsWith("@") || word.equals("*") || word.matches("/[A-Za-z0-9._*/-]*");
  }

  private boolean isOwnFile(String path) {
    return path.matches("[A-Za-z0-9._/-]+")
        && !path.contains("..")
        && (path + "/").startsWith(owner.root() + "/");
  }

  private static ProblemException refused(String observed) {
    return Refusal.withoutTemplate("proxy.caddy", observed, "Correct the site, or keep it");
  }
}
