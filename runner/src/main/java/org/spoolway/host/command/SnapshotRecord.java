package org.spoolway.host.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;

/**
 * What {@code snapshot.json} says of the copy beside it. It is written last: a snapshot without it
 * is not whole.
 *
 * <pre>
 * copy/           what the commands have written
 * snapshot.json   this
 * </pre>
 *
 * @param schema {@link #SCHEMA}
 * @param files all that there is in the copy, in the order of the names
 */
record SnapshotRecord(String schema, List<CopiedFile> files) {

  static final String SCHEMA = "spoolway/command-snapshot/v1";

  private static final String FILE = "snapshot.json";
  private static final String COPY = "copy";

  /**
   * A file of a copy.
   *
   * @param name its path below the copy's directory
   */
  record CopiedFile(String name, long bytes, String sha256) {}

  /** Where the copy of a snapshot lies. */
  static Path copy(Path snapshot) {
    return snapshot.resolve(COPY);
  }

  /**
   * Describes the copy of a snapshot by reading it.
   *
   * @throws IOException also when something in it is neither a directory nor a file of its own
   */
  static SnapshotRecord of(Path snapshot) throws IOException {
    Path copy = copy(snapshot);
    List<CopiedFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(copy)) {
      for (Path path : paths.sorted().toList()) {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
          Loan.requirePlain(path);
          String name = copy.relativize(path).toString();
          files.add(new CopiedFile(name, Files.size(path), Checksum.of(path)));
        }
      }
    }
    return new SnapshotRecord(SCHEMA, List.copyOf(files));
  }

  /** Reads what a directory holds; empty when that is no whole snapshot. */
  static Optional<SnapshotRecord> read(Path snapshot) throws IOException {
    try {
      SnapshotRecord found =
          SchemaJson.state(Files.readAllBytes(snapshot.resolve(FILE)), SnapshotRecord.class);
      if (!SCHEMA.equals(found.schema)) {
        throw new IOException("its " + FILE + " is not of the form " + SCHEMA);
      }
      return Optional.of(found);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (SchemaJson.Malformed e) {
      throw new IOException("its " + FILE + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Completes a snapshot; when this returns it survives a power cut. */
  void write(Path snapshot) throws IOException {
    DurableFiles.replace(snapshot.resolve(FILE), SchemaJson.pretty(this), "rw-------");
  }

  /** Whether the commands have written nothing. */
  boolean isEmpty() {
    return files.stream().allMatch(file -> file.bytes() == 0);
  }
}
