package org.spoolway.hostfile;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.spoolway.hostfile.HostConfiguration.Reader;
import org.spoolway.layout.StateDir;
import org.spoolway.problem.ProblemException;

/** Takes away all files that a deployment has outside, when it leaves the host. */
public final class HostFileRemoval {

  private final HostFileStore store;
  private final HostConfiguration configuration;

  /** The files of one deployment. */
  public HostFileRemoval(StateDir state, HostConfiguration configuration) {
    this.store = new HostFileStore(state);
    this.configuration = configuration;
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
    configuration.disable(
        changes.stream()
            .map(change -> String.valueOf(change.target().getFileName()))
            .filter(name -> configuration.directories().unit(name).toFile().exists())
            .toList());
    store.make(changes, files);
    Set<Reader> readers = EnumSet.noneOf(Reader.class);
    files.forEach(file -> readers.add(file.reader()));
    configuration.reload(readers);
    store.make(List.of(), List.of());
  }
}
