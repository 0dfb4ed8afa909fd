package org.spoolway.host.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;

/**
 * What {@code snapshot.json} says a snapshot is. Whatever the server makes is written down there
 * before, under a name that is nobody's: so what is dropped later is never somebody else's.
 *
 * <pre>
 * snapshot.json   this
 * dump/           what pg_dump wrote, for a dump
 * </pre>
 *
 * @param schema {@link #SCHEMA}
 * @param kind what it is
 * @param database the database as it was when it was copied, or the one that is put aside; null
 *     when there was none
 * @param copies the databases of the server that are part of it, what it stands for first
 * @param files what the dump is made of
 */
record SnapshotRecord(
    String schema,
    Kind kind,
    @Nullable DatabaseFacts database,
    List<Copy> copies,
    List<DumpFile> files) {

  static final String SCHEMA = "spoolway/postgresql-snapshot/v1";

  private static final String FILE = "snapshot.json";

  /** What a snapshot is. */
  enum Kind {
    /** Nothing yet: a copy is being made, under the name that is told. */
    BEGUN,
    /** There was no database. */
    ABSENT,
    /** Another database of the server. */
    COPY,
    /** Files of pg_dump. */
    DUMP
  }

  /**
   * A database of the server.
   *
   * @param oid its number, by which it is known whatever it is called; 0 while it is being made
   */
  record Copy(String name, long oid) {}

  /** A file of a dump. */
  record DumpFile(String name, long bytes, String sha256) {}

  static SnapshotRecord begun(String name) {
    return new SnapshotRecord(SCHEMA, Kind.BEGUN, null, List.of(new Copy(name, 0)), List.of());
  }

  static SnapshotRecord absent() {
    return new SnapshotRecord(SCHEMA, Kind.ABSENT, null, List.of(), List.of());
  }

  static SnapshotRecord copy(DatabaseFacts model, List<Copy> copies) {
    return new SnapshotRecord(SCHEMA, Kind.COPY, model, List.copyOf(copies), List.of());
  }

  static SnapshotRecord dump(DatabaseFacts model, List<DumpFile> files) {
    return new SnapshotRecord(SCHEMA, Kind.DUMP, model, List.of(), List.copyOf(files));
  }

  /** Reads what a directory holds; empty when that is no snapshot. */
  static Optional<SnapshotRecord> read(Path directory) throws IOException {
    try {
      SnapshotRecord found =
          SchemaJson.state(Files.readAllBytes(directory.resolve(FILE)), SnapshotRecord.class);
      boolean lacks =
          (found.kind == Kind.COPY || found.kind == Kind.DUMP) && found.database == null;
      if (!SCHEMA.equals(found.schema) || lacks) {
        throw new IOException("its " + FILE + " is not of the form " + SCHEMA);
      }
      return Optional.of(found);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (SchemaJson.Malformed e) {
      throw new IOException("its " + FILE + " is damaged: " + e.getMessage(), e);
    }
  }

  /** Where it is told what was made of a dump that nobody has staged. */
  static Path madeOf(Path snapshot) {
    return snapshot.resolve("restored");
  }

  /** Writes it; when this returns it survives a power cut. */
  void write(Path directory) throws IOException {
    Files.createDirectories(directory);
    DurableFiles.replace(directory.resolve(FILE), SchemaJson.pretty(this), "rw-------");
  }

  /** The database as it was. */
  DatabaseFacts model() {
    if (database == null) {
      throw new IllegalStateException("there was no database");
    }
    return database;
  }
}
