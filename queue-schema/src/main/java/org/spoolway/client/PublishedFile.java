package org.spoolway.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.spoolway.schema.SchemaJson;

/**
 * A document that the runner replaces as a whole, so that each look sees a complete one.
 *
 * @param file where it lies
 * @param decoder what it is
 */
record PublishedFile<T>(Path file, Decoder<T> decoder) {

  /** How long a lost event can delay what is awaited. */
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(200);

  private static final byte[] NOTHING = {};

  /** Makes a document of bytes. */
  @FunctionalInterface
  interface Decoder<T> {
    T decode(byte[] bytes) throws SchemaJson.Malformed;
  }

  Optional<T> read() throws IOException {
    byte[] content = content();
    return content.length == 0 ? Optional.empty() : Optional.of(decode(content));
  }

  Optional<T> await(Predicate<T> wished, Duration patience, Consumer<T> onChange)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long limit = TimeUnit.NANOSECONDS.convert(patience);
    byte[] seen = NOTHING;
    Path directory =
        Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file's directory");
    try (DirectoryEvents events = new DirectoryEvents(directory)) {
      while (true) {
        byte[] content = content();
        if (content.length > 0 && !Arrays.equals(content, seen)) {
          T document = decode(content);
          onChange.accept(document);
          if (wished.test(document)) {
            return Optional.of(document);
          }
          seen = content;
        }
        long left = limit - (System.nanoTime() - start);
        if (left <= 0) {
          return Optional.empty();
        }
        events.await(Math.min(left, LOOK_AGAIN));
      }
    }
  }

  private byte[] content() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException notYet) {
      return NOTHING;
    }
  }

  private T decode(byte[] content) throws IOException {
    try {
      return decoder.decode(content);
    } catch (SchemaJson.Malformed e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
