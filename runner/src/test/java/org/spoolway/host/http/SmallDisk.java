package org.spoolway.host.http;

import java.io.IOException;
import java.nio.file.Path;

/** A small file system, which only root can have. */
final class SmallDisk {

  private SmallDisk() {}

  /**
   * Puts one over a directory.
   *
   * @param size such as {@code 4m}
   * @return whether it could
   */
  static boolean mount(Path directory, String size) throws IOException {
    return run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString());
  }

  static void unmount(Path directory) throws IOException {
    run("umount", directory.toString());
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
