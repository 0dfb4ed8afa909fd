package org.spoolway.host;

import java.nio.file.Path;
import java.util.List;

/** The database of an application that has none. */
final class NoDatabase implements Database {

  static final Database INSTANCE = new NoDatabase();

  private NoDatabase() {}

  @Override
  public Readiness requireReady() {
    return new Readiness(0, "no database is configured");
  }

  @Override
  public void snapshot(Path directory) {}

  @Override
  public Path stage(Path snapshot, Path staged, Afterwards afterwards) {
    return snapshot;
  }

  @Override
  public void restore(Path snapshot, Path aside) {}

  @Override
  public String mark() {
    return "none";
  }

  @Override
  public Contents contents() {
    return new Contents(mark(), "none", List.of());
  }
}
