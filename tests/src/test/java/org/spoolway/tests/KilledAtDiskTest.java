package org.spoolway.tests;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.spoolway.tests.FaultyDisk.Counted;

/**
 * The runner is killed at operations on the disk between a request's drop and its end: at all of
 * the short requests', at a sample of the long ones'.
 */
class KilledAtDiskTest {

  @RegisterExtension static final FaultySites SITES = new FaultySites();

  @Test
  void checkComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::check, DiskFault.KILL_BEFORE, "succeeded").run(1);
  }

  @Test
  void refusalComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::refused, DiskFault.KILL_AFTER, "rejected").run(1);
  }

  @Test
  void cancelComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::cancel, DiskFault.KILL_BEFORE, "succeeded", "unchanged")
        .run(2);
  }

  @Test
  void updateComesToOneEnd() {
    new DiskMatrix(SITES, FaultySite::update, DiskFault.KILL_AFTER, "succeeded", "rolled_back")
        .run(23);
  }

  @Test
  void checkComesToOneEndWhateverBefallsTheStatus() {
    new DiskMatrix(SITES, FaultySite::check, DiskFault.KILL_BEFORE, "succeeded")
        .at(Counted.STATUS)
        .run(1);
  }

  @Test
  void updateComesToOneEndWhateverBefallsTheHistory() {
    new DiskMatrix(SITES, FaultySite::update, DiskFault.KILL_AFTER, "succeeded", "rolled_back")
        .at(Counted.HISTORY)
        .run(1);
  }
}
