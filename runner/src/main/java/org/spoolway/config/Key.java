package org.spoolway.config;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A key of a TOML document, from the top.
 *
 * @param parts its names; none for the document itself
 */
record Key(List<String> parts) {

  /** The document itself. */
  static final Key TOP = new Key(List.of());

  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+(\\[[0-9]+])?");

  Key {
    parts = List.copyOf(parts);
  }

  Key child(String name) {
    return new Key(Stream.concat(parts.stream(), Stream.of(name)).toList());
  }

  /** A table of those that have this name in common; the first has no number. */
  Key element(int index) {
    return index == 0 || parts.isEmpty()
        ? this
        : parent().child(parts.get(parts.size() - 1) + "[" + (index + 1) + "]");
  }

  /** The key that this one lies in; the document's is itself. */
  Key parent() {
    return parts.isEmpty() ? this : new Key(parts.subList(0, parts.size() - 1));
  }

  /** As TOML spells it, dotted. */
  @Override
  public String toString() {
    return parts.stream()
        .map(part -> BARE.matcher(part).matches() ? part : "'" + part + "'")
        .collect(Collectors.joining("."));
  }
}
