package org.spoolway.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.Database;
import org.spoolway.layout.ApplicationDir;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/**
 * The copies of the data below {@code snapshots/}. A snapshot is complete when its {@code
 * about.json} exists; that is written last, and renamed before anything of it is removed.
 *
 * <pre>
 * snapshots/42-1.0.0/about.json    what it is
 * snapshots/42-1.0.0/data/         what the database wrote
 * snapshots/42-1.0.0/rows.json     how many rows there were once the migration was done
 * snapshots/41-0.9.0/removing.json what its about.json has become: it is being removed
 * snapshots/43-replaced/data/      what a restore put aside
 * </pre>
 */
public final class Snapshots {

  private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

  private static final String ABOUT = "about.json";
  private static final String ROWS = "rows.json";
  private static final String REMOVING = "removing.json";

  private final ApplicationDir application;
  private final Database database;

  /**
   * The snapshots of one application.
   *
   * @param database that they are of, which may keep them itself
   */
  public Snapshots(ApplicationDir application, Database database) {
    this.application = application;
    this.database = database;
  }

  /**
   * A complete snapshot.
   *
   * @param name its directory's name
   * @param version the release whose data they are; null when there was none
   * @param reason the action that asked for it, or {@code replaced} for what a restore put aside
   * @param createdAt when it was taken
   * @param bytes its size
   */
  public record Snapshot(
      String name, @Nullable Version version, String reason, Instant createdAt, long bytes) {}

  /** What fills a snapshot's data directory. */
  @FunctionalInterface
  public interface Filler {
    /** Copies the data into an empty directory. */
    void fill(Path data) throws ProblemException, IOException;
  }

  /** The name of the snapshot that a job takes before it changes data. */
  public static String name(long sequence, Optional<Version> version) {
    return sequence + "-" + version.map(Version::text).orElse("empty");
  }

  /** The name under which a job keeps the data that it replaces. */
  public static String replacedName(long sequence) {
    return sequence + "-replaced";
  }

  /** The name under which a job keeps what it makes ready to be put in place. */
  public static String stagedName(long sequence) {
    return sequence + "-staged";
  }

  /** Where a snapshot's data lie. */
  public Path data(String name) {
    return application.snapshot(name).resolve("data");
  }

  /** Takes a snapshot; half of one with the same name, left by a crash, makes room. */
  public void take(String name, @Nullable Version version, String reason, Instant at, Filler filler)
      throws ProblemException, IOException {
    remove(name);
    Path data = data(name);
    Files.createDirectories(
        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    filler.fill(data);
    describe(name, version, reason, at);
  }

  /** Completes a snapshot whose data are in place. */
  public void describe(String name, @Nullable Version version, String reason, Instant at)
      throws IOException {
    long bytes = Trees.bytes(application.snapshot(name)) + database.bytesElsewhere(data(name));
    Snapshot about = new Snapshot(name, version, reason, at, bytes);
    DurableFiles.replace(
        application.snapshot(name).resolve(ABOUT), SchemaJson.pretty(about), "rw-------");
    DurableFiles.forceDirectory(application.snapshots());
    DurableFiles.forceDirectory(application.root());
  }

  /**
   * Writes down how many rows there were when the release that follows began with the data that
   * this is the snapshot from before of; best effort, for reports.
   */
  public void noteRows(String name, List<Database.TableRows> rows) throws IOException {
    DurableFiles.replace(
        application.snapshot(name).resolve(ROWS), SchemaJson.pretty(new Rows(rows)), "rw-------");
  }

  /** The rows that were written down for a snapshot; none when nobody did. */
  public List<Database.TableRows> rows(String name) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(application.snapshot(name).resolve(ROWS));
      return SchemaJson.state(bytes, Rows.class).rows();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (SchemaJson.Malformed e) {
      LOG.warn("cannot read {} of snapshot {}: {}", ROWS, name, e.getMessage());
      return List.of();
    }
  }

  private record Rows(List<Database.TableRows> rows) {}

  /** A complete snapshot, or empty. */
  public Optional<Snapshot> find(String name) throws IOException {
    return read(application.snapshot(name));
  }

  /**
   * Sees that there is anything of a snapshot.
   *
   * @throws ProblemException {@code RESTORE_FAILED}
   */
  public void requireThere(String name) throws ProblemException {
    if (!Files.isDirectory(data(name))) {
      throw new ProblemException(
          Problem.RESTORE_FAILED,
          "cannot put back the data of snapshot " + name + ": it is not there any more");
    }
  }

  /** All complete snapshots, newest first. */
  public List<Snapshot> all() throws IOException {
    List<Snapshot> found = new ArrayList<>();
    for (Path directory : in(application.snapshots())) {
      read(directory).ifPresent(found::add);
    }
    found.sort(Comparator.comparing(Snapshot::createdAt).reversed());
    return List.copyOf(found);
  }

  /** One that is damaged is left to people; what it says of itself could only mislead. */
  private static Optional<Snapshot> read(Path directory) throws IOException {
    Path about = directory.resolve(ABOUT);
    if (!Files.isRegularFile(about, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try {
      return Optional.of(SchemaJson.state(Files.readAllBytes(about), Snapshot.class));
    } catch (SchemaJson.Malformed e) {
      LOG.warn("cannot read {}: {}; the snapshot is left alone", about, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Removes a snapshot, whole or not, or what was staged. One that was whole is known by its {@code
   * removing.json} from then on, until all else is gone.
   */
  public void remove(String name) throws ProblemException, IOException {
    Path directory = application.snapshot(name);
    try {
      Files.move(
          directory.resolve(ABOUT), directory.resolve(REMOVING), StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException notWhole) {
      LOG.debug("{} is not whole", directory);
    }
    removeRest(name);
  }

  private void removeRest(String name) throws ProblemException, IOException {
    Path directory = application.snapshot(name);
    database.discard(data(name));
    for (Path path : in(directory)) {
      if (!path.endsWith(REMOVING)) {
        Trees.delete(path);
      }
    }
    Trees.delete(directory);
  }

  /**
   * Goes on with removals that a crash cut short. What is not whole for another reason is left
   * alone: it is the work of whoever is making it.
   *
   * @return the names of what is gone now
   */
  public List<String> goOnRemoving() throws ProblemException, IOException {
    List<String> gone = new ArrayList<>();
    for (Path directory : in(application.snapshots())) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      if (Files.exists(directory.resolve(REMOVING)) || in(directory).isEmpty()) {
        String name = directory.getFileName().toString();
        removeRest(name);
        gone.add(name);
      }
    }
    return gone;
  }

  private static List<Path> in(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(directory)) {
      return paths.toList();
    }
  }
}
