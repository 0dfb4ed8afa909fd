package org.spoolway.host.process;

import java.util.List;

/** The living processes that carry a cookie: what a test must find, or must not. */
record Marked(String cookie) {

  private static final ProcessTable TABLE = new ProcessTable();

  static Marked job(String mark) {
    return new Marked(Launcher.MARK + "=" + mark);
  }

  List<ProcessEntry> living() {
    return TABLE.all().stream()
        .filter(entry -> entry.isAlive() && TABLE.carries(entry, cookie))
        .toList();
  }

  /** Whether a process of that number is alive. */
  static boolean isAlive(long pid) {
    return TABLE.find(pid).filter(ProcessEntry::isAlive).isPresent();
  }
}
