package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Collects what the looks at one deployment, or at the host, have shown. */
final class Findings {

  private final @Nullable String deployment;
  private final List<Finding> all = new ArrayList<>();

  Findings(@Nullable String deployment) {
    this.deployment = deployment;
  }

  /** One look, which can fail in ways that people can put right. */
  @FunctionalInterface
  interface Look<T> {
    T at() throws ProblemException, IOException;
  }

  /** Takes down what a look shows, or why it failed. */
  void look(String subject, Look<String> look) {
    get(subject, look, observed -> observed);
  }

  /** The same for a look that yields something to go on with; empty when it failed. */
  <T> Optional<T> get(String subject, Look<T> look, Function<T, String> describe) {
    try {
      T found = look.at();
      fine(subject, describe.apply(found));
      return Optional.of(found);
    } catch (ProblemException e) {
      wrong(subject, String.valueOf(e.getMessage()), e.fix());
    } catch (AccessDeniedException e) {
      wrong(
          subject,
          "cannot look at " + e.getFile() + ": permission denied",
          "Run it as the runner's user.");
    } catch (IOException e) {
      wrong(subject, "cannot look at " + subject + ": " + e, Problem.STORAGE_FAILED.fix());
    }
    return Optional.empty();
  }

  void fine(String subject, String observed) {
    all.add(new Finding(deployment, subject, observed, null));
  }

  void wrong(String subject, String observed, String fix) {
    all.add(new Finding(deployment, subject, observed, fix));
  }

  List<Finding> all() {
    return List.copyOf(all);
  }
}
