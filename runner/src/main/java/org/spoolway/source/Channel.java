package org.spoolway.source;

/** Which versions are taken. */
public enum Channel {
  /** Released versions only. */
  STABLE,
  /** Pre-releases too. */
  BETA
}
