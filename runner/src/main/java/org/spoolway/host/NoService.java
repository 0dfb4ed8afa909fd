package org.spoolway.host;

import org.spoolway.schema.Version;

/** The service of an application that needs none: nothing runs, and nothing can fail. */
final class NoService implements Services {

  static final Services INSTANCE = new NoService();

  private static final State NOTHING = new State(false, null, "there is no service");

  private NoService() {}

  @Override
  public State state() {
    return NOTHING;
  }

  @Override
  public void start(Version version, Output output) {}

  @Override
  public void stop() {}

  @Override
  public String lastLines() {
    return "";
  }
}
