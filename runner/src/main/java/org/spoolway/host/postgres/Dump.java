package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.spoolway.deployment.Trees;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.postgres.SnapshotRecord.DumpFile;
import org.spoolway.problem.ProblemException;

/**
 * Writes a database out with pg_dump, several tables at a time, and reads it back. The directory is
 * the account's own while it is written, and the runner's afterwards.
 */
final class Dump {

  private static final String DIRECTORY = "dump";

  /** More at a time would take from those who are served. */
  private static final int MOST_JOBS = 4;

  /** {@code pg_dump (PostgreSQL) 15.13 (Debian 15.13-0+deb12u1)}. */
  private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\d{1,4})");

  /** A database of terabytes takes days. */
  private static final Duration LIMIT = Duration.ofDays(7);

  private final ClientPrograms programs;
  private final Binaries binaries;
  private final Map<String, String> environment;
  private final Complaint complaint;

  Dump(
      ClientPrograms programs,
      Binaries binaries,
      Map<String, String> environment,
      Complaint complaint) {
    this.programs = programs;
    this.binaries = binaries;
    this.environment = environment;
    this.complaint = complaint;
  }

  /**
   * Sees that pg_dump can read what the server has: it refuses a server that is newer than itself,
   * which is better known before anything stops.
   */
  void requireFitting(int major) throws IOException, ProblemException {
    String program = binaries.fitting("pg_dump", major);
    String printed = run(List.of(program, "--version")).output();
    Matcher version = VERSION.matcher(printed);
    if (!version.find() || Integer.parseInt(version.group(1)) < major) {
      throw complaint.about(
          "the server is of version " + major + ", and there is only " + printed.strip(),
          "Install the client programs of the server's version: postgresql-client-" + major + ".");
    }
  }

  /** Where it lies below a snapshot's directory. */
  static Path directory(Path snapshot) {
    return snapshot.resolve(DIRECTORY);
  }

  /** Writes a database out below a snapshot's directory, and sees that it can be listed. */
  List<DumpFile> write(String database, Path snapshot, int major)
      throws IOException, ProblemException {
    Path directory = directory(snapshot);
    // A run that was cut short may have left half of one.
    Trees.delete(directory);
    Files.createDirectory(directory);
    programs.give(directory);
    run(
        List.of(
            binaries.fitting("pg_dump", major),
            "-w",
            "-Fd",
            jobs(),
            "-f",
            directory.toString(),
            "-d",
            database));
    programs.takeBack(directory);
    DurableFiles.forceDirectory(directory);
    requireContents(directory, major);
    return files(directory);
  }

  /** Reads it back into an empty database. */
  void read(SnapshotRecord record, Path snapshot, String database, int major)
      throws IOException, ProblemException {
    requireWhole(record, snapshot);
    run(
        List.of(
            binaries.fitting("pg_restore", major),
            "-w",
            "--exit-on-error",
            jobs(),
            "-d",
            database,
            directory(snapshot).toString()));
  }

  /** Compares it with its checksums. */
  void requireWhole(SnapshotRecord record, Path snapshot) throws IOException, ProblemException {
    Path directory = directory(snapshot);
    if (!Files.isDirectory(directory) || !files(directory).equals(record.files())) {
      throw complaint.about(
          "the dump " + directory + " does not fit its checksums; nothing was changed",
          "Check the disk; restore an older snapshot that `spoolway snapshots` lists.");
    }
  }

  /** A listing reads the table of contents, which pg_dump writes last. */
  private void requireContents(Path directory, int major) throws IOException, ProblemException {
    String listed =
        run(List.of(binaries.fitting("pg_restore", major), "-l", directory.toString())).output();
    if (listed.lines().noneMatch(line -> !line.startsWith(";") && !line.isBlank())) {
      throw complaint.about("pg_dump has written nothing");
    }
  }

  private ClientPrograms.Answer run(List<String> line) throws IOException, ProblemException {
    ClientPrograms.Answer answer =
        programs.run(new ClientPrograms.Call(line, environment, "", LIMIT));
    if (answer.status() != 0) {
      String first = answer.errors().strip().lines().findFirst().orElse("it says nothing");
      throw complaint.about(Path.of(line.get(0)).getFileName() + " failed: " + first);
    }
    return answer;
  }

  private static String jobs() {
    return "-j" + Math.min(MOST_JOBS, Runtime.getRuntime().availableProcessors());
  }

  private static List<DumpFile> files(Path directory) throws IOException {
    List<DumpFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.sorted().toList()) {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException(path + " is no plain file");
        }
        files.add(
            new DumpFile(String.valueOf(path.getFileName()), Files.size(path), Checksum.of(path)));
      }
    }
    return files;
  }
}
