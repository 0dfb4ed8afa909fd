package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * One kind of job, killed at each point of its journal in turn. The host goes on to the next point
 * as it came out of the last; after a failure the next one gets a new host.
 */
final class CrashMatrix implements AutoCloseable {

  private final Supplier<CrashSite> sites;
  private final Function<CrashSite, CrashSite.Ask> job;
  private final Set<String> ends = new HashSet<>();
  private CrashSite site;

  CrashMatrix(Supplier<CrashSite> sites, Function<CrashSite, CrashSite.Ask> job) {
    this.sites = sites;
    this.job = job;
  }

  /** The points, from a job that is not disturbed. */
  List<CrashPoint> points() {
    return CrashPoint.all(rehearse());
  }

  private List<String> rehearse() {
    site = sites.get();
    return site.rehearse(job.apply(site));
  }

  void dieAt(CrashPoint point) {
    onSite(there -> there.dieAt(job.apply(there), point));
  }

  void dieAfter(int millis) {
    onSite(there -> there.dieAfter(job.apply(there), millis));
  }

  void haltAt(CrashPoint point, Runnable meanwhile, Runnable afterwards) {
    onSite(there -> there.haltAt(job.apply(there), point, meanwhile, afterwards));
  }

  void dieTwice(CrashPoint point, CrashPoint again) {
    onSite(there -> there.dieTwice(job.apply(there), point, again));
  }

  private void onSite(Function<CrashSite, JsonNode> crash) {
    if (site == null) {
      site = sites.get();
    }
    CrashSite there = site;
    site = null;
    try {
      ends.add(Results.text(crash.apply(there), "state"));
      site = there;
    } finally {
      if (site == null) {
        there.home().printLog();
        there.close();
      }
    }
  }

  /** Both ends of the second guarantee were reached. */
  void assertBothEnds() {
    assertTrue(ends.containsAll(Set.of("succeeded", "rolled_back")), ends.toString());
  }

  @Override
  public void close() {
    if (site != null) {
      site.close();
    }
  }
}
