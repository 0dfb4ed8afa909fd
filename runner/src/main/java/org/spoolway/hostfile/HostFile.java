package org.spoolway.hostfile;

import java.nio.file.Path;
import org.spoolway.hostfile.HostConfiguration.Reader;

/**
 * A file that a deployment has outside of its own directories.
 *
 * @param target where it lies
 * @param reader who reads it
 * @param content what is in it, rendered
 */
public record HostFile(Path target, Reader reader, String content) {

  /** Its name, for people. */
  public String name() {
    return String.valueOf(target.getFileName());
  }
}
