package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import org.spoolway.layout.StateDir;

/**
 * Keeps a deployment's units from starting with the host until it is decided which release and
 * which data are live: the units have a condition that looks for this file. It does not outlive a
 * boot, and goes when the runner itself starts the units.
 *
 * @param file exists while they are held
 */
record Hold(Path file) {

  /** Holds them, if there is anything to decide. */
  void set(StateDir state) throws IOException {
    if (isOpen(state)) {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.writeString(file, "");
    }
  }

  /** Lets them start. */
  void lift() throws IOException {
    Files.deleteIfExists(file);
  }

  private static boolean isOpen(StateDir state) throws IOException {
    if (Files.exists(state.brokenJournal())) {
      return true;
    }
    try (DirectoryStream<Path> journals = Files.newDirectoryStream(state.journals())) {
      return journals.iterator().hasNext();
    } catch (NoSuchFileException nothingRanYet) {
      return false;
    }
  }
}
