package org.spoolway.checkup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.spoolway.deployment.Deployment;
import org.spoolway.deployment.Snapshots;
import org.spoolway.durable.FreeBytes;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.step.Site;

/** Looks whether there is room for the next job: a copy of the data beside one that is put back. */
final class RoomLook {

  private static final int COPIES = 2;

  private final Site site;

  private RoomLook(Site site) {
    this.site = site;
  }

  static void at(Findings findings, Site site) {
    findings.look("room", new RoomLook(site)::look);
  }

  private String look() throws ProblemException, IOException {
    Deployment.Floor floor = site.deployment().floor();
    Path root = existing(site.deployment().root());
    Path spool = existing(site.spool().path());
    long copies = COPIES * snapshotBytes();
    require(root, "bytes", FreeBytes.of(root), floor.bytes() + copies);
    require(spool, "bytes", FreeBytes.of(spool), floor.bytes());
    require(root, "inodes", inodes(root), floor.inodes());
    require(spool, "inodes", inodes(spool), floor.inodes());
    return "enough for two copies of the data, and above the floor";
  }

  /**
   * That they cannot be measured is another look's to say. Commands are left to jobs: one that ends
   * takes along what began after it with the same mark, which here could be a job's migration. So
   * the newest copy says how much one takes.
   */
  private long snapshotBytes() throws IOException {
    if (site.deployment().database().commands() != null) {
      return site.snapshots().all().stream()
          .mapToLong(Snapshots.Snapshot::bytes)
          .findFirst()
          .orElse(0L);
    }
    try {
      return site.ports().database().requireReady().bytes();
    } catch (ProblemException told) {
      return 0;
    }
  }

  private long inodes(Path directory) {
    return site.ports().freeInodes().applyAsLong(directory);
  }

  private static void require(Path directory, String of, long free, long needed)
      throws ProblemException {
    if (free < needed) {
      throw new ProblemException(
          Problem.DISK_FULL,
          "cannot be sure of room below %s: %d %s free, %d needed"
              .formatted(directory, free, of, needed),
          "Free space there, lower `keep.snapshots` and `keep.releases` and run `spoolway prune`, or"
              + " lower `[floor]`.",
          null);
    }
  }

  private static Path existing(Path path) {
    Path there = path.toAbsolutePath();
    while (!Files.isDirectory(there) && there.getParent() != null) {
      there = there.getParent();
    }
    return there;
  }
}
