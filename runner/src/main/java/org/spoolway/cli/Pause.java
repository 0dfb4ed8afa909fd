package org.spoolway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;

/**
 * An operator's hold on a queue, as the file keeps it.
 *
 * @param since when it began
 * @param by who holds it
 * @param reason why, or null
 */
record Pause(Instant since, String by, @Nullable String reason) {

  /** The hold that a file tells of, or empty when there is no file. */
  static Optional<Pause> in(Path file) throws IOException {
    try {
      return Optional.of(SchemaJson.state(Files.readAllBytes(file), Pause.class));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (SchemaJson.Malformed madeByHand) {
      Instant since = Files.getLastModifiedTime(file).toInstant();
      return Optional.of(new Pause(since, Files.getOwner(file).getName(), null));
    }
  }

  /** Begins it. */
  void write(Path file) throws IOException {
    DurableFiles.replace(file, SchemaJson.pretty(this), "rw-r--r--");
  }
}
