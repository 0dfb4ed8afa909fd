package org.spoolway.host;

import java.io.IOException;
import java.nio.file.Path;

/** A small file system, which only root can have. */
public final class SmallDisk {

  private SmallDisk() {}

  /**
   * Puts one over a directory.
   *
   * @param options such as {@code size=4m}
   * @return whether it could
   */
  public static boolean mount(Path directory, String options) throws IOException {
    return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString());
  }

  /**
   * Takes it away again.
   *
   * @return whether it could
   */
  public static boolean unmount(Path directory) throws IOException {
    return run("umount", directory.toString());
  }

  private static boolean run(String... command) throws IOException {
    return new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .onExit()
            .join()
            .exitValue()
        == 0;
  }
}
