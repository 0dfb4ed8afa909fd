package org.spoolway.hostfile;

import java.util.List;
import java.util.regex.Pattern;
import org.spoolway.problem.ProblemException;

/**
 * What tmpfiles.conf of a release may say: directories of the deployment's own below /run,
 * /var/cache and /var/log. systemd makes them as root, and it could be told to make, link or empty
 * anything.
 */
final class TmpfilesRules {

  /** Without quotes, escapes and specifiers, so that fields are what they seem. */
  private static final Pattern LINE = Pattern.compile("[dD]([ \t]+[A-Za-z0-9_./:~-]+){1,5}");

  private final List<String> places;

  TmpfilesRules(String deployment) {
    this.places =
        List.of("/run/" + deployment, "/var/cache/" + deployment, "/var/log/" + deployment);
  }

  /**
   * Refuses what must not be.
   *
   * @throws ProblemException {@code HOST_FILE_REFUSED}, naming the line
   */
  void require(String content) throws ProblemException {
    PlainText.require("tmpfiles.conf", content);
    for (String line : content.lines().toList()) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        requireDirectory(text);
      }
    }
  }

  private void requireDirectory(String line) throws ProblemException {
    String path = LINE.matcher(line).matches() ? line.split("[ \t]+", -1)[1] : "";
    boolean own =
        places.stream().anyMatch(place -> path.equals(place) || path.startsWith(place + "/"));
    if (!own || path.contains("..")) {
      throw Refusal.of(
          "tmpfiles.conf",
          "`" + line + "` makes no directory of the deployment's own",
          "Use only lines of type d for " + String.join(", ", places) + " and what is below.");
    }
  }
}
