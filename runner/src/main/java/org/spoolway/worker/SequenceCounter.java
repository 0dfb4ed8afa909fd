package org.spoolway.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.spoolway.durable.DurableFiles;

/**
 * Numbers that rise in the order of execution and never repeat. The file holds the first number
 * that is not yet reserved; numbers are reserved in blocks, so that a crash leaves a gap but costs
 * no fsync per job.
 */
final class SequenceCounter {

  private static final int BLOCK = 100;

  private final Path file;
  private long next;
  private long reserved;

  /** The counter in a file, which need not exist. */
  SequenceCounter(Path file) throws IOException {
    this.file = file;
    this.next = Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 1;
    this.reserved = next;
  }

  /** The next number. */
  synchronized long next() throws IOException {
    if (next == reserved) {
      byte[] content = (reserved + BLOCK + "\n").getBytes(StandardCharsets.UTF_8);
      DurableFiles.replace(file, content, "rw-------");
      reserved += BLOCK;
    }
    return next++;
  }

  /** Gives back what is reserved and unused; only for an orderly end. */
  synchronized void close() throws IOException {
    if (next < reserved) {
      DurableFiles.replace(file, (next + "\n").getBytes(StandardCharsets.UTF_8), "rw-------");
      reserved = next;
    }
  }
}
