package org.spoolway.tests;

import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The hosts of a class of tests. A host goes on to the next case as it came out of the last; after
 * a failure it is not given back, and the next case gets a new one.
 */
final class FaultySites implements AfterAllCallback {

  /** So many are in use at once. */
  static final int MOST = 3;

  private final ConcurrentLinkedQueue<FaultySite> idle = new ConcurrentLinkedQueue<>();

  /** A host that is in nobody's hands. */
  FaultySite take() {
    FaultySite site = idle.poll();
    return site == null ? new FaultySite() : site;
  }

  void giveBack(FaultySite site) {
    idle.add(site);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  /** Ends the hosts. */
  void close() {
    idle.forEach(FaultySite::close);
    idle.clear();
  }
}
