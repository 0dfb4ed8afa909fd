package org.spoolway.install;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.spoolway.layout.HostDir;

/**
 * What Caddy's own file says of the sites that releases ship.
 *
 * @param text what is in it
 * @param absolute the imported files by their absolute names
 */
public record Caddyfile(String text, String absolute) {

  static final String IMPORT = "spoolway.d/*.caddy";
  static final String ORDER = "order error before handle";

  /** One that says no more than that. */
  static final String OWN =
      """
      # The sites that Spoolway brings are in spoolway.d; others may follow here.
      {
      	# At its usual port anybody on this host could give Caddy another configuration.
      	admin unix//var/lib/caddy/admin.sock
      	# Before whatever handles a request: else a site's own `handle` blocks go on while it is closed.
      	%s
      }

      import %s
      """
          .formatted(ORDER, IMPORT);

  /** The one of a host; where there is none it says nothing. */
  public static Caddyfile of(HostDir host) throws IOException {
    String text = Files.exists(host.caddyfile()) ? Files.readString(host.caddyfile()) : "";
    return new Caddyfile(text, host.caddySites() + "/*.caddy");
  }

  /** What somebody would have to add, each as a sentence's part; empty when all is there. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    if (!hasOption()) {
      missing.add("`" + ORDER + "` to the global options, in braces `{ }` at its head");
    }
    if (!hasImport()) {
      missing.add("`import " + IMPORT + "` as a line outside of all braces");
    }
    return missing;
  }

  private boolean hasOption() {
    List<String> lines = lines();
    int end = lines.indexOf("}");
    return !lines.isEmpty()
        && lines.get(0).equals("{")
        && lines.subList(0, end < 0 ? lines.size() : end).contains(ORDER);
  }

  private boolean hasImport() {
    int depth = 0;
    for (String line : lines()) {
      if (depth == 0 && Set.of("import " + IMPORT, "import " + absolute).contains(line)) {
        return true;
      }
      if (line.equals("}")) {
        depth--;
      } else if (line.equals("{") || line.endsWith(" {")) {
        depth++;
      }
    }
    return false;
  }

  /** Without comments and what is blank; words one space apart. */
  private List<String> lines() {
    return text.lines()
        .map(line -> line.replaceFirst("(^|\\s)#.*", "").strip().replaceAll("\\s+", " "))
        .filter(line -> !line.isEmpty())
        .toList();
  }
}
