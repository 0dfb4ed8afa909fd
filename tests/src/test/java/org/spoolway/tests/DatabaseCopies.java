package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The databases that snapshots keep beside the application's own. */
public final class DatabaseCopies {

  private DatabaseCopies() {}

  /** Their names, as the snapshots of a directory have them written down. */
  public static Set<String> recordedIn(Path snapshots) {
    Set<String> recorded = new TreeSet<>();
    for (Path snapshot : Spool.entries(snapshots)) {
      recorded.addAll(recordedBy(snapshot.resolve("data/snapshot.json")));
    }
    return recorded;
  }

  private static List<String> recordedBy(Path record) {
    try {
      Optional<JsonNode> read = Json.read(record);
      return read.stream()
          .flatMap(it -> it.path("copies").valueStream())
          .map(copy -> Results.text(copy, "name"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
