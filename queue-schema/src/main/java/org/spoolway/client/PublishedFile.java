package org.spoolway.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
 * @param meant which documents under that name are meant; others are as good as none
 */
record PublishedFile<T>(Path file, Decoder<T> decoder, Predicate<T> meant) {

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
    return content.length == 0 ? Optional.empty() : document(content);
  }

  /**
   * Waits until one of several documents is as wished.
   *
   * @param files where they may appear, all in one directory; of two that have appeared the first
   *     one is looked at first
   */
  static <T> Optional<T> await(
      List<PublishedFile<T>> files, Predicate<T> wished, Duration patience, Consumer<T> onChange)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long limit = TimeUnit.NANOSECONDS.convert(patience);
    List<Changes<T>> looks = files.stream().map(Changes::new).toList();
    Path directory =
        Objects.requireNonNull(files.get(0).file().toAbsolutePath().getParent(), "its directory");
    try (DirectoryEvents events = new DirectoryEvents(directory)) {
      while (true) {
        for (Changes<T> look : looks) {
          Optional<T> news = look.next();
          news.ifPresent(onChange);
          if (news.filter(wished).isPresent()) {
            return news;
          }
        }
        long left = limit - (System.nanoTime() - start);
        if (left <= 0) {
          return Optional.empty();
        }
        events.await(Math.min(left, LOOK_AGAIN));
      }
    }
  }

  /** What is new in one file from look to look. */
  private static final class Changes<T> {
    private final PublishedFile<T> published;
    private byte[] seen = NOTHING;

    Changes(PublishedFile<T> published) {
      this.published = published;
    }

    Optional<T> next() throws IOException {
      byte[] content = published.content();
      if (content.length == 0 || Arrays.equals(content, seen)) {
        return Optional.empty();
      }
      seen = content;
      return published.document(content);
    }
  }

  private byte[] content() throws IOException {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException notYet) {
      return NOTHING;
    }
  }

  private Optional<T> document(byte[] content) throws IOException {
    try {
      return Optional.of(decoder.decode(content)).filter(meant);
    } catch (SchemaJson.Malformed e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
