package org.spoolway.host.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a thread gets anywhere, as the kernel tells: it has used the processor or moved bytes
 * since the last look, or waits for a disk. One that waits for somebody else, as at a FIFO that was
 * put in the place of a database, does none of that.
 */
final class ThreadActivity {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadActivity.class);

  private static final Path OF_THE_CALLER = Path.of("/proc/thread-self");

  /** Counted from the state, which follows the name in parentheses; see proc(5). */
  private static final int STATE = 0;

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;

  private final Path thread;
  private String last = "";

  private ThreadActivity(Path thread) {
    this.thread = thread;
  }

  /** Of the thread that calls this. */
  static ThreadActivity ofCaller() throws IOException {
    return new ThreadActivity(OF_THE_CALLER.toRealPath());
  }

  /** Whether there was any since this was asked last. */
  boolean isSeen() {
    try {
      String stat = Files.readString(thread.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      String now = fields[USER_TIME] + fields[SYSTEM_TIME] + Files.readString(thread.resolve("io"));
      boolean waitsForDisk = fields[STATE].equals("D");
      boolean moved = !now.equals(last);
      last = now;
      return moved || waitsForDisk;
    } catch (IOException untold) {
      LOG.debug("cannot look at {}: {}", thread, untold.toString());
      return true;
    }
  }
}
