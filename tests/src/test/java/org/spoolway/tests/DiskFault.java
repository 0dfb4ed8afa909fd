package org.spoolway.tests;

/** What a {@link FaultyDisk} does when the operation's turn has come. */
enum DiskFault {
  /** That operation fails once. */
  EIO("EIO"),
  /** From that operation on there is no room, until the disk is cured. */
  ENOSPC("ENOSPC"),
  /** The process dies before the operation is done. */
  KILL_BEFORE("kill-before"),
  /** The process dies once the operation is done. */
  KILL_AFTER("kill-after");

  private final String order;

  DiskFault(String order) {
    this.order = order;
  }

  /** Its name in an order. */
  String order() {
    return order;
  }

  boolean kills() {
    return this == KILL_BEFORE || this == KILL_AFTER;
  }
}
