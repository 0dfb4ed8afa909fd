package org.spoolway.host.directory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;
import org.spoolway.source.Place;
import org.spoolway.trust.MinisignKey;
import org.spoolway.trust.TrustedKey;
import org.spoolway.trust.TrustedKeys;

/**
 * What was found of each entry, kept so that nothing is copied, checked and run again until it
 * changes. It holds what the last look saw and nothing else.
 */
final class Memory {

  private static final Logger LOG = LoggerFactory.getLogger(Memory.class);
  private static final String MODE = "rw-------";

  private final Path file;
  private final String question;

  /**
   * Reads nothing yet.
   *
   * @param file need not exist
   */
  Memory(Path file, Place.Directory place, TrustedKeys trust) {
    this.file = file;
    this.question = question(place, trust);
  }

  /**
   * What is kept.
   *
   * @param question by which it was found: with another one it means nothing
   */
  private record Seen(String question, List<Found> found) {}

  /** All that decides what comes of an entry besides the entry: whoever changes that asks anew. */
  private static String question(Place.Directory place, TrustedKeys trust) {
    MessageDigest digest = Checksum.digest();
    digest.update(place.toString().getBytes(StandardCharsets.UTF_8));
    for (TrustedKey key : trust.all()) {
      String line = key instanceof MinisignKey minisign ? minisign.line() : key.name();
      digest.update(("\n" + line).getBytes(StandardCharsets.UTF_8));
    }
    return Checksum.hex(digest);
  }

  /** By which what was found with other keys, or another way to ask, is told from this. */
  String question() {
    return question;
  }

  /** What is kept; one that cannot be read is as good as none, since all can be asked again. */
  List<Found> read() throws IOException {
    try {
      Seen seen = SchemaJson.read(Files.readAllBytes(file), Seen.class);
      return seen.question().equals(question) ? seen.found() : List.of();
    } catch (NoSuchFileException none) {
      return List.of();
    } catch (SchemaJson.Malformed e) {
      LOG.warn("{} cannot be read, so all candidates are asked anew: {}", file, e.getMessage());
      return List.of();
    }
  }

  /** Keeps this, in place of all that was kept. */
  void write(List<Found> found) throws IOException {
    DurableFiles.publish(file, SchemaJson.pretty(new Seen(question, found)), MODE);
  }

  /** Has an entry looked at anew. */
  void forget(String name) throws IOException {
    write(read().stream().filter(found -> !found.name().equals(name)).toList());
  }
}
