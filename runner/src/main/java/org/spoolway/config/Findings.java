package org.spoolway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** All that is wrong with one deployment file, so that it can be put right in one go. */
final class Findings {

  /** The line of what concerns the file as a whole. */
  static final int NO_LINE = 0;

  private final List<Finding> findings = new ArrayList<>();

  private record Finding(int line, String message) {

    @Override
    public String toString() {
      return line == NO_LINE ? message : "line " + line + ": " + message;
    }
  }

  void add(int line, String message) {
    findings.add(new Finding(line, message));
  }

  boolean isEmpty() {
    return findings.isEmpty();
  }

  /** One problem for all of them, in the order of their lines. */
  ProblemException problem(Path file) {
    List<Finding> sorted =
        findings.stream().sorted(Comparator.comparingInt(Finding::line)).toList();
    StringBuilder message = new StringBuilder("cannot read ").append(file).append(": ");
    if (sorted.size() == 1) {
      message.append(sorted.get(0));
    } else {
      message.append(sorted.size()).append(" errors");
      sorted.forEach(finding -> message.append("\n  ").append(finding));
    }
    return new ProblemException(Problem.CONFIGURATION, message.toString());
  }
}
