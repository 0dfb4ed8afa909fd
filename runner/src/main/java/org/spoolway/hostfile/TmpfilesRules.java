package org.spoolway.hostfile;

import java.util.List;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/**
 * What tmpfiles.conf of a release may say: directories of the deployment's own below /run,
 * /var/cache and /var/log. systemd makes them as root, and it could be told to make, link or empty
 * anything.
 */
final class TmpfilesRules {

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
    for (String line : content.lines().toList()) {
      String text = line.strip();
      if (!text.isEmpty() && !text.startsWith("#")) {
        requireDirectory(text);
      }
    }
  }

  private void requireDirectory(String line) throws ProblemException {
    String[] fields = line.split("\\s+", -1);
    boolean directory = fields[0].equals("d") || fields[0].equals("D");
    String path = fields.length > 1 ? fields[1] : "";
    boolean own =
        places.stream().anyMatch(place -> path.equals(place) || path.startsWith(place + "/"));
    if (!directory || !own || path.contains("..") || path.contains("%") || path.contains("\\")) {
      throw new ProblemException(
          Problem.HOST_FILE_REFUSED,
          "cannot use tmpfiles.conf: `" + line + "` makes no directory of the deployment's own",
          "Use only lines of type d for " + String.join(", ", places) + " and what is below.",
          null);
    }
  }
}
