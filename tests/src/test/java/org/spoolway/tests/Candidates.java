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

  /** An empty directory of a home's, and an application that is one of the programs in it. */
  static Candidates of(Home home, SampleApplication application) throws IOException {
    Path directory = Files.createDirectory(home.path().resolve("candidates"));
    application
        .file()
        .without("build")
        .without("migrate")
        .without("database")
        .set("source", "type", "\"directory\"")
        .set("source", "url", Json.quote(directory.toString()))
        .set("service", "run", "[\"./app\"]");
    return new Candidates(directory);
  }

  /** Puts a program there as a careful maker does: under another name first. */
  void drop(String name, String program) throws IOException {
    Path partial = directory.resolve(name + ".partial");
    Files.writeString(partial, program);
    Files.setPosixFilePermissions(partial, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.move(partial, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }
}
