package org.spoolway.host;

import org.spoolway.schema.Version;

/** The probe of a deployment that names no URL to ask. */
final class NoHealthProbe implements HealthProbe {

  static final HealthProbe INSTANCE = new NoHealthProbe();

  private NoHealthProbe() {}

  @Override
  public Answer ask(Version expected, Interruption interruption) {
    return new Answer(true, "no health.url configured");
  }
}
