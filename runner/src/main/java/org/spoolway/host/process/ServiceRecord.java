package org.spoolway.host.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.spoolway.durable.DurableFiles;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

/**
 * One start of the service, as {@code service.json} keeps it. It is written before the process is
 * there, without the process, and again once it is.
 *
 * @param token random; the process and all that it starts carry it
 * @param version the release it was started for
 * @param pid the process; null before it is there
 * @param startTicks when it started, in clock ticks since boot; null before it is there
 * @param bootId the boot that the ticks count from; null before it is there
 * @param startedAt when it was started, for people
 * @param logOffset where in the service's log this start begins, in bytes
 */
record ServiceRecord(
    String token,
    Version version,
    @Nullable Long pid,
    @Nullable Long startTicks,
    @Nullable String bootId,
    Instant startedAt,
    long logOffset) {

  private static final String OWNER_ONLY = "rw-------";

  /** A start that is about to be. */
  static ServiceRecord intended(Version version, Instant now, long logOffset) {
    return new ServiceRecord(
        UUID.randomUUID().toString(), version, null, null, null, now, logOffset);
  }

  /** The same start with its process. */
  ServiceRecord of(ProcessEntry main) throws IOException {
    return new ServiceRecord(
        token, version, main.pid(), main.startTicks(), ProcessTable.bootId(), startedAt, logOffset);
  }

  /** Reads the record; empty when there is none. */
  static Optional<ServiceRecord> load(Path file) throws IOException {
    try {
      return Optional.of(SchemaJson.state(Files.readAllBytes(file), ServiceRecord.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (SchemaJson.Malformed e) {
      throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** Writes the record so that it survives a power cut. */
  void save(Path file) throws IOException {
    DurableFiles.replace(file, SchemaJson.pretty(this), OWNER_ONLY);
  }

  /** What all processes of this start carry in their environment. */
  String cookie() {
    return Launcher.SERVICE + "=" + token;
  }

  /** Whether this very process was recorded, in this boot of the machine. */
  boolean names(ProcessEntry entry) throws IOException {
    return pid != null
        && startTicks != null
        && pid == entry.pid()
        && startTicks == entry.startTicks()
        && ProcessTable.bootId().equals(bootId);
  }
}
