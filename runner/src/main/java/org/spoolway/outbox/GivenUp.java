package org.spoolway.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;

/** The newest messages that a channel could not deliver; people remove them, or move them back. */
final class GivenUp {

  private static final int KEPT = 100;

  private final Path directory;

  GivenUp(Path directory) {
    this.directory = directory;
  }

  void keep(Outbox.Letter letter, String channel) throws IOException {
    Path file = OutboxFiles.file(directory, letter.name(), channel);
    StoredMessage stored = new StoredMessage(letter.message(), List.of(channel));
    DurableFiles.publish(file, SchemaJson.pretty(stored), "rw-------");
    trim();
  }

  /** Keeps a whole file, for all channels that it waits for. */
  void keep(Path file) throws IOException {
    Files.move(file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    trim();
  }

  private void trim() throws IOException {
    List<Path> files = new OutboxFiles(directory).inOrder();
    for (Path oldest : files.subList(0, Math.max(0, files.size() - KEPT))) {
      Files.deleteIfExists(oldest);
    }
  }

  long lastNumber() throws IOException {
    return new OutboxFiles(directory).lastNumber();
  }

  int size() throws IOException {
    return new OutboxFiles(directory).inOrder().size();
  }
}
