package org.spoolway.step;

import java.util.List;
import java.util.stream.Collectors;
import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Finds out where a job leads; only looks. */
abstract class Resolve implements Step {

  /** More would hide the rest of a sentence; the log has all. */
  private static final int MOST_REFUSED = 3;

  final Site site;

  Resolve(Site site) {
    this.site = site;
  }

  @Override
  public final String name() {
    return "resolve";
  }

  @Override
  public final boolean looksOnly() {
    return true;
  }

  /**
   * The live release, for what makes no sense without one.
   *
   * @param verb what cannot be done then
   */
  static Version live(Facts facts, String verb) throws ProblemException {
    return facts
        .from()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.NOT_INSTALLED, "cannot " + verb + ": no release is live"));
  }

  /**
   * What lies at the source as a release would and is none; begins with a semicolon, or is empty.
   */
  final String refused() {
    List<String> refused = site.ports().sources().refused();
    if (refused.isEmpty()) {
      return "";
    }
    int more = refused.size() - MOST_REFUSED;
    return "; not taken: "
        + refused.stream().limit(MOST_REFUSED).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }
}
