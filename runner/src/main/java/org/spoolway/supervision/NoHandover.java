package org.spoolway.supervision;

import java.time.Duration;
import java.util.Optional;
import org.spoolway.schema.Version;

/** Of everything that is not this process. */
enum NoHandover implements Handover {
  /** The only one. */
  INSTANCE;

  @Override
  public Optional<Version> own() {
    return Optional.empty();
  }

  @Override
  public void requireReplaceable(Version to) {}

  @Override
  public void guard(Optional<Version> from, Version to, Duration within) {}

  @Override
  public void replace() {}

  @Override
  public Optional<String> whyPutBack(Version to) {
    return Optional.empty();
  }

  @Override
  public void settle() {}
}
