package org.spoolway.hostfile;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.spoolway.durable.DurableFiles;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;

/**
 * The files that a deployment has outside, as its last job left them: how they differ from that,
 * how they are put back, and how they go when the deployment leaves the host. Not for while a job
 * is under way, which changes them itself.
 */
public final class InstalledHostFiles {

  private final StateDir state;
  private final HostFileStore store;
  private final HostConfiguration configuration;

  /** The files of one deployment. */
  public InstalledHostFiles(StateDir state, HostConfiguration configuration) {
    this.state = state;
    this.store = new HostFileStore(state);
    this.configuration = configuration;
  }

  /** What was put there and is not as it was. */
  public List<FileChange> drift() throws ProblemException, IOException {
    return store.drift();
  }

  /** Whether files were put back that their readers were not told of before this was cut short. */
  public boolean isUnread() {
    return Files.exists(state.unreadHostFiles());
  }

  /**
   * Makes all as it was put there, and has it read; may be repeated.
   *
   * @throws ProblemException {@code CONFIGURE_FAILED} when their readers do not follow
   */
  public void putBack() throws ProblemException, IOException {
    List<FileChange> drift = store.drift();
    // The files alone would tell a repetition that nothing is left to do.
    DurableFiles.replace(state.unreadHostFiles(), new byte[0], "rw-------");
    store.mend(drift);
    configuration.reload(store.readers());
    configuration.enable(
        FileChange.units(
            drift.stream().filter(change -> change.before() == null).toList(),
            configuration.directories()));
    DurableFiles.remove(state.unreadHostFiles());
  }

  /**
   * Removes them; may be repeated. They are forgotten last, so that whatever cuts this short, their
   * readers follow in the end.
   *
   * @throws ProblemException {@code CONFIGURE_FAILED} when their readers do not follow
   */
  public void remove() throws ProblemException, IOException {
    List<HostFile> files = store.files();
    if (files.isEmpty()) {
      return;
    }
    List<FileChange> changes = store.changes(List.of());
    configuration.disable(FileChange.units(changes, configuration.directories()));
    store.make(changes, files);
    configuration.reload(store.readers());
    store.make(List.of(), List.of());
  }
}
