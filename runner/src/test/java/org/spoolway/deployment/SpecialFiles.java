package org.spoolway.deployment;

import java.io.IOException;
import java.nio.file.Path;

/** Things in a directory that are neither files, directories nor links. */
final class SpecialFiles {

  private SpecialFiles() {}

  /** Makes a named pipe; opening it waits for a peer. */
  static void pipe(Path path) throws IOException, InterruptedException {
    Process mkfifo = new ProcessBuilder("mkfifo", path.toString()).inheritIO().start();
    if (mkfifo.waitFor() != 0) {
      throw new IOException("mkfifo exited with " + mkfifo.exitValue());
    }
  }
}
