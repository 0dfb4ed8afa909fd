package org.spoolway.schedule;

import java.util.Locale;
import org.spoolway.schema.Version;

/** How far updates go that nobody asks for. */
public enum Level {
  /** Nowhere. */
  NONE("release"),
  /** To versions with the same major and minor number. */
  PATCH("patch"),
  /** To versions with the same major number. */
  MINOR("minor release"),
  /** To any. */
  ALL("release");

  private final String step;

  Level(String step) {
    this.step = step;
  }

  /** Whether a way from one version to another is no further. */
  public boolean reaches(Version from, Version to) {
    return switch (this) {
      case NONE -> false;
      case PATCH -> from.isOfMinorOf(to);
      case MINOR -> from.isOfMajorOf(to);
      case ALL -> true;
    };
  }

  /** What people call the releases that it leads to. */
  public String step() {
    return step;
  }

  /** The word in deployment files and in the status. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
