package org.spoolway.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Programs that lie in a directory of this host as releases.
 *
 * @param directory is there
 */
record Candidates(Path directory) {

  /** An empty directory of a home's. */
  static Candidates in(Home home) throws IOException {
    return new Candidates(Files.createDirectory(home.path().resolve("candidates")));
  }

  /** Puts a program there as a careful maker does: under another name first. */
  void drop(String name, String program) throws IOException {
    Path partial = directory.resolve(name + ".partial");
    Files.writeString(partial, program);
    Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(partial, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
