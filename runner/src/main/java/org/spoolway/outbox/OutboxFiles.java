package org.spoolway.outbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/**
 * The files of a directory of messages: {@code NUMBER.json}, and {@code NUMBER-CHANNEL.json} for
 * what a channel has given up, which may be moved back. Numbers have twelve digits and rise in the
 * order in which the messages came, so that names sort as they do.
 */
record OutboxFiles(Path directory) {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxFiles.class);
  private static final Pattern NAME = Pattern.compile("(\\d{12})(-[a-z]+)?\\.json");
  private static final int DIGITS = 12;
  private static final String TOLD = "available";

  /** The oldest first. */
  List<Path> inOrder() throws IOException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path file : names) {
        if (NAME.matcher(file.getFileName().toString()).matches()) {
          files.add(file);
        }
      }
    } catch (NoSuchFileException none) {
      return List.of();
    }
    files.sort(null);
    return files;
  }

  /** The number of the newest, or 0 when there is none. */
  long lastNumber() throws IOException {
    List<Path> files = inOrder();
    return files.isEmpty() ? 0 : number(files.get(files.size() - 1));
  }

  private static long number(Path file) {
    Matcher name = NAME.matcher(file.getFileName().toString());
    return name.matches() ? Long.parseLong(name.group(1)) : 0;
  }

  static Path file(Path directory, long number) {
    return directory.resolve("%012d.json".formatted(number));
  }

  /** Where one is kept that a channel has given up. */
  static Path file(Path directory, String name, String channel) {
    return directory.resolve(name.substring(0, DIGITS) + "-" + channel + ".json");
  }

  /**
   * A message, or empty for one that somebody has removed or the disk has damaged, which is kept
   * aside.
   */
  static Optional<StoredMessage> read(Path file) throws IOException {
    try {
      return Optional.of(SchemaJson.state(Files.readAllBytes(file), StoredMessage.class));
    } catch (NoSuchFileException removed) {
      LOG.warn("{} is gone, and what it told with it", file);
    } catch (SchemaJson.Malformed damaged) {
      Path aside = file.resolveSibling("damaged." + file.getFileName());
      LOG.error("cannot read {}: {}; kept as {}", file, damaged.getMessage(), aside);
      Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
    }
    return Optional.empty();
  }

  /** The newest release that people were told of. */
  Optional<Version> told() throws IOException {
    try {
      return Version.parse(Files.readString(directory.resolve(TOLD)).strip());
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  static void tell(Path directory, Version version) throws IOException {
    byte[] text = (version.text() + "\n").getBytes(StandardCharsets.UTF_8);
    DurableFiles.publish(directory.resolve(TOLD), text, "rw-------");
  }
}
