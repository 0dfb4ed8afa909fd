package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** Looks at what all deployments of a host share. */
final class HostLook {

  private static final String MORE_WATCHES =
      "Raise the limits with `sysctl fs.inotify.max_user_instances=512"
          + " fs.inotify.max_user_watches=65536`; until then inboxes are polled.";

  private HostLook() {}

  static void at(Findings findings, Path watchable) {
    findings.fine("java", Runtime.version().toString());
    findings.look("events", () -> watch(watchable));
  }

  private static String watch(Path directory) throws ProblemException {
    try (WatchService service = directory.getFileSystem().newWatchService()) {
      directory.register(service, StandardWatchEventKinds.ENTRY_CREATE);
      return "the kernel reports new files";
    } catch (IOException e) {
      throw new ProblemException(
          Problem.STORAGE_FAILED,
          "cannot watch " + directory + ": " + e.getMessage(),
          MORE_WATCHES,
          e);
    }
  }
}
