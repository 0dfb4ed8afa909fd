package org.spoolway.hostfile;

import java.util.List;
import java.util.Set;
import org.spoolway.layout.HostDir;

/** There is nothing that may be changed. */
enum NoHostConfiguration implements HostConfiguration {
  INSTANCE;

  @Override
  public boolean isAvailable() {
    return false;
  }

  @Override
  public HostDir directories() {
    return HostDir.system();
  }

  @Override
  public Unit unit(String name) {
    throw new IllegalStateException("nobody asks where there is nothing to change");
  }

  @Override
  public void reload(Set<Reader> readers) {
    refuse();
  }

  @Override
  public void enable(List<String> units) {
    refuse();
  }

  @Override
  public void disable(List<String> units) {
    refuse();
  }

  private static void refuse() {
    throw new IllegalStateException("the preflight lets nothing through that would need it");
  }
}
