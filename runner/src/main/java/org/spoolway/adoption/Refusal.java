package org.spoolway.adoption;

import java.nio.file.Path;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Why a checkout is left as it is. */
final class Refusal {

  private Refusal() {}

  static ProblemException of(String observed, String fix) {
    return new ProblemException(
        Problem.ADOPTION_REFUSED, "cannot make a release of this checkout: " + observed, fix, null);
  }

  /** For one file that cannot be part of a release. */
  static ProblemException unsuitable(Path path, String observed) {
    return of(
        path + " " + observed,
        "Move it out of the checkout, or, if the application needs it to outlive releases, name it"
            + " in `shared.link`.");
  }
}
