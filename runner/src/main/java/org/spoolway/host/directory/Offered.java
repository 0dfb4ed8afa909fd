package org.spoolway.host.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.schema.Version;

/**
 * What a look comes to: a pure decision.
 *
 * @param candidates one of each version
 * @param refused what is no release, each with the reason in brackets
 * @param ambiguous the same for versions that stand for several things
 */
record Offered(List<Candidate> candidates, List<String> refused, List<String> ambiguous) {

  /** Of all that was found, in the order of the names. */
  static Offered of(List<Found> all) {
    List<Candidate> candidates = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    List<String> ambiguous = new ArrayList<>();
    Map<Version, List<Found>> versions = new TreeMap<>();
    for (Found found : all) {
      if (found.version() == null) {
        refused.add(found.name() + " (" + found.refused() + ")");
      } else {
        versions.computeIfAbsent(found.version(), version -> new ArrayList<>()).add(found);
      }
    }
    versions.forEach(
        (version, several) -> {
          Found first = several.get(0);
          String object = Objects.requireNonNull(first.object());
          if (several.stream().allMatch(found -> object.equals(found.object()))) {
            candidates.add(new Candidate(version, first.name(), object));
          } else {
            ambiguous.add(ambiguity(version, several));
          }
        });
    return new Offered(candidates, refused, ambiguous);
  }

  private static String ambiguity(Version version, List<Found> several) {
    String names = several.stream().map(Found::name).collect(Collectors.joining(" and "));
    return version + " (" + names + " tell it, and differ)";
  }
}
