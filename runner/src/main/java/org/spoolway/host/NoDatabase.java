package org.spoolway.host;

import java.nio.file.Path;

/** The database of an application that has none. */
final class NoDatabase implements Database {

  static final Database INSTANCE = new NoDatabase();

  private NoDatabase() {}

  @Override
  public long snapshotBytes() {
    return 0;
  }

  @Override
  public void snapshot(Path directory) {}

  @Override
  public void restore(Path snapshot, Path aside) {}

  @Override
  public void requireWhole(Path snapshot) {}

  @Override
  public String mark() {
    return "none";
  }
}
