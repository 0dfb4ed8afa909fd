package org.spoolway.host.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.spoolway.wording.Printable;

/**
 * What a process of another user's prints to its standard error, in the log: so much that one sees
 * why it has failed, and no more, however much that is.
 */
final class Complaints {

  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

  private static final int KEPT_BYTES = 8 << 10;
  private static final int MOST_LINES = 20;
  private static final int LONGEST_LINE = 300;

  private Complaints() {}

  /** Takes all of it in, on a thread of its own, until it ends. */
  static void log(Process process, String user) {
    Thread thread =
        new Thread(
            () ->
                take(
                    process.getErrorStream(),
                    line -> LOG.warn("a process of {} says: {}", user, line)),
            "complaints of " + process.pid());
    thread.setDaemon(true);
    thread.start();
  }

  /** Reads to the end, and tells of the first lines. */
  static void take(InputStream errors, Consumer<String> log) {
    try (errors) {
      byte[] first = errors.readNBytes(KEPT_BYTES);
      new String(first, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .limit(MOST_LINES)
          .map(line -> Printable.line(line.substring(0, Math.min(line.length(), LONGEST_LINE))))
          .forEach(log);
      errors.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      LOG.debug("nothing more is complained of: {}", e.toString());
    }
  }
}
