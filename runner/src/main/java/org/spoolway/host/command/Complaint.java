package org.spoolway.host.command;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.wording.Printable;

/**
 * Says what went wrong with data: {@code cannot copy the data with `COMMAND`: <observed>}.
 *
 * @param problem the kind, when it is not a full disk
 * @param verb what was tried
 */
record Complaint(Problem problem, String verb) {

  /** Of a command. */
  ProblemException about(List<String> command, String observed) {
    return new ProblemException(
        problem, sentence(" with `" + Printable.line(String.join(" ", command)) + "`", observed));
  }

  /** Of what commands have left. */
  ProblemException about(String observed) {
    return new ProblemException(problem, sentence("", observed));
  }

  ProblemException about(String observed, String fix) {
    return new ProblemException(problem, sentence("", observed), fix, null);
  }

  ProblemException about(IOException e) {
    String observed = String.valueOf(e.getMessage());
    if (e instanceof FileSystemException named && named.getReason() == null) {
      observed = named.getClass().getSimpleName() + " " + named.getFile();
    }
    return new ProblemException(problem, sentence("", observed), e);
  }

  ProblemException noRoom(Path directory, @Nullable Exception failure) {
    String why = failure == null ? "" : " (" + failure.getMessage() + ")";
    return new ProblemException(
        Problem.DISK_FULL, sentence("", "no space is left in " + directory + why), failure);
  }

  private String sentence(String means, String observed) {
    return "cannot " + verb + " the data" + means + ": " + observed;
  }
}
