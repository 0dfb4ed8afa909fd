package org.spoolway.host.process;

import org.spoolway.host.Output;
import org.spoolway.host.Services;
import org.spoolway.schema.Version;

/** The service of an application that needs none: nothing runs, and nothing can fail. */
public final class NoService implements Services {

  private static final State NOTHING = new State(false, null, "there is no service");

  /** The service that is none. */
  public NoService() {}

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
