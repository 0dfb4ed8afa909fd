package org.spoolway.install;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.spoolway.hostfile.FileChange;
import org.spoolway.hostfile.InstalledHostFiles;
import org.spoolway.inspect.OpenJobs;
import org.spoolway.inspect.OpenJobs.OpenJob;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;

/**
 * What the live release has outside of itself, as it was put there. While a job is under way
 * nothing is missing of it: then it is for that job to say what lies there.
 */
record HostFilesInPlace(Site site) implements Provision {

  @Override
  public Optional<String> missing() throws ProblemException, IOException {
    if (isJobUnderWay()) {
      return Optional.empty();
    }
    List<FileChange> drift = files().drift();
    if (!drift.isEmpty()) {
      return Optional.of(
          "put back " + drift.stream().map(FileChange::name).collect(Collectors.joining(", ")));
    }
    return files().isUnread()
        ? Optional.of("have systemd and the proxy read what was put back")
        : Optional.empty();
  }

  private boolean isJobUnderWay() throws IOException {
    OpenJobs jobs = new OpenJobs(site.state());
    return jobs.broken().isPresent() || jobs.look().jobs().stream().anyMatch(OpenJob::isUnderWay);
  }

  @Override
  public void bring() throws ProblemException, IOException {
    files().putBack();
  }

  private InstalledHostFiles files() {
    return new InstalledHostFiles(site.state(), site.ports().configuration());
  }
}
