package org.spoolway.hostfile;

import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Why a file that a release ships is not brought to where systemd or the proxy reads it. */
final class Refusal {

  private Refusal() {}

  static ProblemException of(String file, String observed, String fix) {
    return new ProblemException(
        Problem.HOST_FILE_REFUSED, "cannot use " + file + ": " + observed, fix, null);
  }

  /**
   * For what only an administrator's own template may say.
   *
   * @param fix a sentence that ends with the file to be kept, such as {@code Correct the site, or
   *     keep it}
   */
  static ProblemException withoutTemplate(String file, String observed, String fix) {
    return of(
        file,
        observed,
        fix + " among templates of your own: `deploy.from` may name an absolute directory.");
  }
}
