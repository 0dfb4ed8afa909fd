package org.spoolway.host.sqlite;

import java.io.File;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Delegates as tests need them. */
final class Delegates {

  private Delegates() {}

  /** One that is a thread of this process, with the same rights. */
  static Delegation here() {
    return () -> {
      Pipe questions = Pipe.open();
      Pipe answers = Pipe.open();
      Thread thread = new Thread(() -> serve(questions, answers), "delegate");
      thread.setDaemon(true);
      thread.start();
      return new Delegation.Link(
          Channels.newInputStream(answers.source()),
          Channels.newOutputStream(questions.sink()),
          () -> {
            questions.sink().close();
            answers.source().close();
          });
    };
  }

  private static void serve(Pipe questions, Pipe answers) {
    try (var sink = answers.sink();
        var source = questions.source()) {
      SqliteDatabase.serve(
          Channels.newInputStream(source), Channels.newOutputStream(sink), Clock.systemUTC());
    } catch (IOException whoeverAskedIsGone) {
      // As a process would, it just ends.
    }
  }

  /**
   * One that is a process of another user's, which only root can start.
   *
   * @param classes a directory that this user can read, where the program is copied to
   */
  static Delegation as(int uid, Path classes) throws IOException {
    String path = copyOfProgram(classes);
    return () -> {
      Process process =
          new ProcessBuilder(
                  "setpriv",
                  "--reuid=" + uid,
                  "--regid=" + uid,
                  "--clear-groups",
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  path,
                  "org.spoolway.DatabaseDelegate")
              .directory(new File("/"))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      return new Delegation.Link(
          process.getInputStream(), process.getOutputStream(), process::destroyForcibly);
    };
  }

  /** The class path of a copy of this program, in a directory that others can read. */
  static String copyOfProgram(Path target) throws IOException {
    String given = System.getProperty("java.class.path");
    String real = System.getProperty("surefire.test.class.path", given);
    List<String> copies = new ArrayList<>();
    for (String entry : real.split(File.pathSeparator, -1)) {
      Path copy = target.resolve(copies.size() + "-" + Path.of(entry).getFileName());
      copyTree(Path.of(entry), copy);
      copies.add(copy.toString());
    }
    return String.join(File.pathSeparator, copies);
  }

  private static void copyTree(Path from, Path to) throws IOException {
    if (!Files.exists(from)) {
      return;
    }
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        Files.copy(path, copy);
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
  }
}
