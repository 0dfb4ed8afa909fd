package org.spoolway.outbox;

import org.spoolway.host.Commands.Exit;

/** How a command that did not succeed ended, in words. */
final class Exits {

  private Exits() {}

  static String observed(Exit exit, Tail printed) {
    if (exit instanceof Exit.Status status) {
      String last = printed.lastLine();
      return "it exited with status " + status.code() + (last.isEmpty() ? "" : ": " + last);
    } else if (exit instanceof Exit.TimedOut timedOut) {
      return "it was still running after " + timedOut.after().toSeconds() + " s";
    } else if (exit instanceof Exit.NotStarted notStarted) {
      return notStarted.why();
    }
    return "it was asked to end";
  }
}
