package org.spoolway.host.http;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.durable.Checksum;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;

/**
 * Documents that servers recognise, one file for each address, the last ones used. Several
 * processes may use one directory at the same time, which Methanol's own store refuses. A file that
 * is damaged is found out by its checksum and not used. Nothing that goes wrong here fails a
 * request.
 */
final class KeptDocuments {

  private static final Logger LOG = LoggerFactory.getLogger(KeptDocuments.class);

  private static final String MODE = "rw-r-----";
  private static final String ENDING = ".json";
  private static final int MOST = 4;
  private static final long LARGEST = 12 << 20;

  /**
   * How long one is believed. Somebody who has a server for a while can say what he likes under the
   * name by which its true content is going to be recognised.
   */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final Path directory;
  private final Clock clock;

  /**
   * One document.
   *
   * @param address where it came from, without a password
   * @param etag what the server recognises it by, or null
   * @param lastModified the same as a date, or null
   * @param sha256 of the body
   * @param body as Base64
   */
  record Kept(
      String address,
      @Nullable String etag,
      @Nullable String lastModified,
      String sha256,
      String body) {

    static Kept of(URI address, @Nullable String etag, @Nullable String lastModified, byte[] body) {
      String text = Base64.getEncoder().encodeToString(body);
      return new Kept(address.toString(), etag, lastModified, checksum(body), text);
    }

    byte[] bytes() {
      return Base64.getDecoder().decode(body);
    }

    boolean isWhole(URI asked) {
      return address.equals(asked.toString())
          && (etag == null || Validator.isSendable(etag))
          && (lastModified == null || Validator.isSendable(lastModified))
          && checksum(bytes()).equals(sha256);
    }
  }

  /** Those in a directory, which is made when there is something to be kept. */
  KeptDocuments(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** What was kept of an address. */
  Optional<Kept> find(URI address) {
    Path file = file(address);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          || Files.size(file) > LARGEST
          || !isRecent(file)) {
        return Optional.empty();
      }
      Kept kept = SchemaJson.read(Files.readAllBytes(file), Kept.class);
      if (kept.isWhole(address)) {
        return Optional.of(kept);
      }
      LOG.warn("{} is damaged, so its document is transferred anew", file);
    } catch (IOException | SchemaJson.Malformed | IllegalArgumentException e) {
      LOG.warn("{} is of no use, so its document is transferred anew: {}", file, e.toString());
    }
    return Optional.empty();
  }

  private boolean isRecent(Path file) throws IOException {
    Instant written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    Duration age = Duration.between(written, clock.instant());
    return age.abs().compareTo(LONGEST) < 0;
  }

  /** Keeps a document in the place of what was kept of its address. */
  void keep(URI address, Kept document) {
    try {
      Files.createDirectories(directory);
      Path own = ownName(address);
      DurableFiles.publish(own, SchemaJson.pretty(document), MODE);
      Files.move(own, file(address), StandardCopyOption.ATOMIC_MOVE);
      removeOldest();
    } catch (IOException | DirectoryIteratorException e) {
      LOG.warn("{} is not kept: {}", WebAddress.shown(address), e.toString());
    }
  }

  private void removeOldest() throws IOException {
    record Aged(Path file, FileTime written) {}
    List<Aged> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        all.add(new Aged(file, Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)));
      }
    } catch (NoSuchFileException removedByAnother) {
      return;
    }
    all.sort(Comparator.comparing(Aged::written).reversed());
    for (Aged old : all.subList(Math.min(MOST, all.size()), all.size())) {
      Files.deleteIfExists(old.file());
    }
  }

  private Path file(URI address) {
    return directory.resolve(
        checksum(address.toString().getBytes(StandardCharsets.UTF_8)) + ENDING);
  }

  /** What nobody else writes at the same time; if a crash leaves it, it goes like an old one. */
  private Path ownName(URI address) {
    String writer = ProcessHandle.current().pid() + "-" + Thread.currentThread().getId();
    return directory.resolve(file(address).getFileName() + "." + writer);
  }

  private static String checksum(byte[] bytes) {
    MessageDigest digest = Checksum.digest();
    digest.update(bytes);
    return Checksum.hex(digest);
  }
}
