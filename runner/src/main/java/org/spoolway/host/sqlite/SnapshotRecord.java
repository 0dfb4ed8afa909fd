package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.host.sqlite.FileState.Ownership;
import org.spoolway.schema.SchemaJson;

/**
 * What {@code snapshot.json} says of the copy beside it. It is written last: a snapshot without it
 * is not whole.
 *
 * <pre>
 * database.sqlite   the copy; missing when there was no database
 * snapshot.json     this
 * </pre>
 *
 * @param schema {@link #SCHEMA}
 * @param state {@link #PRESENT} or {@link #ABSENT}
 * @param bytes the copy's size
 * @param sha256 the copy's checksum, in hex
 * @param modified when the database was last written, or null when it was being written just then
 * @param owner whose the database was
 */
record SnapshotRecord(
    String schema,
    String state,
    long bytes,
    @Nullable String sha256,
    @Nullable Instant modified,
    @Nullable Ownership owner) {

  static final String SCHEMA = "spoolway/sqlite-snapshot/v1";
  static final String PRESENT = "present";
  static final String ABSENT = "absent";

  /** The copy's name in the snapshot's directory. */
  static final String COPY = "database.sqlite";

  /** The name of the description. */
  static final String FILE = "snapshot.json";

  static SnapshotRecord absent() {
    return new SnapshotRecord(SCHEMA, ABSENT, 0, null, null, null);
  }

  /** Describes a copy by reading it. */
  static SnapshotRecord of(Path copy, Ownership owner, @Nullable FileTime modified)
      throws IOException {
    Instant written = modified == null ? null : modified.toInstant();
    return new SnapshotRecord(SCHEMA, PRESENT, Files.size(copy), Checksum.of(copy), written, owner);
  }

  /**
   * Reads what a snapshot is.
   *
   * @return null when the directory holds no whole snapshot
   * @throws IOException also when the record is damaged
   */
  static @Nullable SnapshotRecord read(Path directory) throws IOException {
    try {
      return parse(Files.readAllBytes(directory.resolve(FILE)));
    } catch (NoSuchFileException absent) {
      return null;
    }
  }

  /** The record that some bytes spell. */
  static SnapshotRecord parse(byte[] bytes) throws IOException {
    try {
      SnapshotRecord found = SchemaJson.state(bytes, SnapshotRecord.class);
      found.requireSense();
      return found;
    } catch (SchemaJson.Malformed e) {
      throw new IOException("its " + FILE + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Completes a snapshot; when this returns it survives a power cut. */
  void write(Path directory) throws IOException {
    DurableFiles.replace(directory.resolve(FILE), SchemaJson.pretty(this), "rw-------");
  }

  boolean isAbsent() {
    return ABSENT.equals(state);
  }

  /** The time of writing that the restored file gets, or null for the present one. */
  @Nullable FileTime modifiedTime() {
    return modified == null ? null : FileTime.from(modified);
  }

  private void requireSense() throws SchemaJson.Malformed {
    boolean complete = isAbsent() || (PRESENT.equals(state) && sha256 != null && owner != null);
    if (!SCHEMA.equals(schema) || !complete) {
      throw new SchemaJson.Malformed("it is not of the form " + SCHEMA);
    }
  }
}
