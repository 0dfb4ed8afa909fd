package org.spoolway.tests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.FaultyDisk.Counted;

/** Each operation on the disk between a request's drop and its end fails once. */
class DiskErrorTest {

  @RegisterExtension static final FaultySites SITES = new FaultySites();

  @Test
  void checkComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::check, DiskFault.EIO, "succeeded", "failed").run(1);
  }

  @Test
  void refusalComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::refused, DiskFault.EIO, "rejected").run(1);
  }

  @Test
  void cancelComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::cancel, DiskFault.EIO, "succeeded", "unchanged").run(1);
  }

  @Test
  void updateComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::update, DiskFault.EIO, "succeeded", "rolled_back", "failed")
        .run(23);
  }

  @Test
  void checkComesToOneEndWhateverBefallsTheStatus() {
    new DiskMatrix(SITES, FaultySite::check, DiskFault.EIO, "succeeded", "failed")
        .at(Counted.STATUS)
        .run(1);
  }

  @Test
  void updateComesToOneEndWhateverBefallsTheHistory() {
    new DiskMatrix(SITES, FaultySite::update, DiskFault.EIO, "succeeded", "rolled_back", "failed")
        .at(Counted.HISTORY)
        .run(1);
  }
}
