package org.spoolway.step;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;
import org.spoolway.wording.Quoted;
import org.spoolway.wording.Spelling;

/**
 * What a release says of itself, in {@code release.json} at its top; one without that file says
 * nothing.
 *
 * @param migrations {@code expand} when they only add, so that the release before can go on serving
 *     on what they leave; {@code any} when they may do anything
 */
record Declaration(String migrations) {

  private static final String FILE = "release.json";
  private static final String SCHEMA = "spoolway/release/v1";
  private static final String ANY = "any";
  private static final List<String> MIGRATIONS = List.of("expand", ANY);
  private static final int MAX_BYTES = 64 << 10;

  /** The file's fields, as they are written. */
  record Written(@Nullable String schema, @Nullable String migrations) {}

  /**
   * Reads that of a release that is as it was sealed.
   *
   * @throws ProblemException {@code SOURCE_UNUSABLE}, naming what it does not mean
   */
  static Declaration of(Path release, Version version) throws ProblemException, IOException {
    Path file = release.resolve(FILE);
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return new Declaration(ANY);
    }
    try {
      return read(bytes(file));
    } catch (SchemaJson.Malformed e) {
      throw new ProblemException(
          Problem.SOURCE_UNUSABLE,
          "cannot read what release " + version + " says in " + FILE + ": " + e.getMessage(),
          "Correct "
              + FILE
              + " in the repository (`spoolway schema release` prints its form) and tag a new"
              + " release.",
          e);
    }
  }

  /** A link could lead out of the release, to what only root may read. */
  private static byte[] bytes(Path file) throws SchemaJson.Malformed, IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new SchemaJson.Malformed("it is not a regular file");
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new SchemaJson.Malformed("it is larger than " + MAX_BYTES + " bytes");
      }
      return bytes;
    }
  }

  /** What the text means. */
  static Declaration read(byte[] bytes) throws SchemaJson.Malformed {
    // A map may not have nulls in it, which a record of what may be missing would take for that.
    Map<?, ?> unused = SchemaJson.read(bytes, Map.class);
    Written written = SchemaJson.read(bytes, Written.class);
    if (written.schema() != null && !written.schema().equals(SCHEMA)) {
      throw new SchemaJson.Malformed(
          "its schema is " + Quoted.of(written.schema()) + ", not " + Quoted.of(SCHEMA));
    }
    String migrations = Optional.ofNullable(written.migrations()).orElse(ANY);
    if (!MIGRATIONS.contains(migrations)) {
      throw new SchemaJson.Malformed(
          "\"migrations\" is "
              + Quoted.of(migrations)
              + ", which is none of "
              + String.join(", ", MIGRATIONS)
              + Spelling.nearest(migrations, MIGRATIONS)
                  .map(near -> "; perhaps " + near)
                  .orElse(""));
    }
    return new Declaration(migrations);
  }
}
