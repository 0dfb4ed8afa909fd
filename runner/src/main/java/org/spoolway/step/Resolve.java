package org.spoolway.step;

import org.spoolway.engine.Facts;
import org.spoolway.engine.Step;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.Version;

/** Finds out where a job leads; only looks. */
abstract class Resolve implements Step {

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
}
