package org.spoolway.tests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.FaultyDisk.Counted;

/** The disk is full from each operation on between a request's drop and its end, and then cured. */
class NoRoomTest {

  @RegisterExtension static final FaultySites SITES = new FaultySites();

  @Test
  void checkComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::check, DiskFault.ENOSPC, "succeeded", "failed").run(1);
  }

  @Test
  void refusalComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::refused, DiskFault.ENOSPC, "rejected").run(1);
  }

  @Test
  void cancelComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::cancel, DiskFault.ENOSPC, "succeeded", "unchanged").run(2);
  }

  @Test
  void updateComesToOneEnd() {
    new DiskMatrix(
            SITES, FaultySite::update, DiskFault.ENOSPC, "succeeded", "rolled_back", "failed")
        .run(23);
  }

  @Test
  void checkComesToOneEndWhateverBefallsTheStatus() {
    new DiskMatrix(SITES, FaultySite::check, DiskFault.ENOSPC, "succeeded", "failed")
        .at(Counted.STATUS)
        .run(1);
  }

  @Test
  void updateComesToOneEndWhateverBefallsTheHistory() {
    new DiskMatrix(
            SITES, FaultySite::update, DiskFault.ENOSPC, "succeeded", "rolled_back", "failed")
        .at(Counted.HISTORY)
        .run(1);
  }
}
