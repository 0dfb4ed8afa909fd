package org.spoolway.cli.text;

import java.util.List;
import java.util.Locale;

/** Sizes as people say them, in powers of 1024. */
public final class Sizes {

  private static final List<String> UNITS = List.of("KiB", "MiB", "GiB", "TiB");

  private Sizes() {}

  /** Such as {@code 512 B}, {@code 3.1 MiB}, {@code 42 GiB}. */
  public static String of(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double value = bytes / 1024.0;
    int unit = 0;
    while (value >= 1000 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    String form = value < 10 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, form, value, UNITS.get(unit));
  }
}
