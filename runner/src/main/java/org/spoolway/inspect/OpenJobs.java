package org.spoolway.inspect;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.spoolway.journal.JobProgress;
import org.spoolway.journal.JournalFile;
import org.spoolway.journal.NewerJournalException;
import org.spoolway.layout.StateDir;
import org.spoolway.lifecycle.JobState;
import org.spoolway.schema.RequestId;
import org.spoolway.spool.QueuedJob;

/**
 * The jobs of a deployment that have not ended, as their journals tell. Only the runner's user may
 * look.
 */
public final class OpenJobs {

  private static final String BROKEN = "broken";

  private final StateDir state;

  /** The open jobs of one deployment. */
  public OpenJobs(StateDir state) {
    this.state = state;
  }

  /**
   * A job that has not ended.
   *
   * @param job what was asked
   * @param progress how far it is
   */
  public record OpenJob(QueuedJob job, JobProgress progress) {

    /** Whether it has begun and has not ended; without a runner it was cut short. */
    public boolean isUnderWay() {
      return progress.state() != JobState.QUEUED && progress.state() != JobState.ENDED;
    }

    /** Whether it is this request's. */
    boolean isOf(String origin, RequestId id) {
      return job.accepted().origin().equals(origin) && job.accepted().id().equals(id);
    }
  }

  /**
   * What the journals tell.
   *
   * @param jobs in the order in which they were claimed
   * @param damaged what cannot be read, each as a sentence; also a journal that is being written,
   *     or that a newer runner has begun
   */
  public record Look(List<OpenJob> jobs, List<String> damaged) {}

  /**
   * Reads all journals. A job that ends meanwhile is left out.
   *
   * @throws java.nio.file.AccessDeniedException when the user may not
   */
  public Look look() throws IOException {
    List<OpenJob> jobs = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (Path journal : journals()) {
      try {
        read(journal.getFileName().toString(), journal).ifPresent(jobs::add);
      } catch (JournalFile.Damaged | NewerJournalException e) {
        damaged.add(e.getMessage());
      }
    }
    return new Look(List.copyOf(jobs), List.copyOf(damaged));
  }

  /** The job of a request, also one whose undo failed, or empty when it has none (any more). */
  public Optional<OpenJob> find(String origin, RequestId id) throws IOException {
    Optional<OpenJob> broken = broken().filter(job -> job.isOf(origin, id));
    if (broken.isPresent()) {
      return broken;
    }
    return look().jobs().stream().filter(job -> job.isOf(origin, id)).findFirst();
  }

  /** The job whose undo failed, or empty. */
  public Optional<OpenJob> broken() throws IOException {
    return read(BROKEN, state.brokenJournal());
  }

  private static Optional<OpenJob> read(String ticket, Path journal) throws IOException {
    try {
      JobProgress progress = JobProgress.of(JournalFile.read(journal));
      return Optional.of(new OpenJob(QueuedJob.of(ticket, progress.accepted()), progress));
    } catch (NoSuchFileException gone) {
      return Optional.empty();
    }
  }

  private List<Path> journals() throws IOException {
    List<Path> journals = new ArrayList<>();
    if (Files.notExists(state.journals())) {
      return journals;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(state.journals())) {
      files.forEach(journals::add);
      journals.removeIf(path -> !JournalFile.isJournal(path));
    }
    Collections.sort(journals);
    return journals;
  }
}
