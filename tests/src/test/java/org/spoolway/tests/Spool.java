package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One deployment's queue as its clients see it: names dropped into an inbox, result files read. */
public final class Spool {

  private static final Set<String> PASSING = Set.of("queued", "running");

  private final Path directory;
  private final String origin;

  Spool(Path directory, String origin) {
    this.directory = directory;
    this.origin = origin;
  }

  /** Where requests go. */
  public Path inbox() {
    return directory.resolve("incoming").resolve(origin);
  }

  /** Where it lies. */
  public Path directory() {
    return directory;
  }

  /** Drops an empty file. */
  public void touch(String name) {
    try {
      Files.createFile(inbox().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drops a JSON file as writers should: under a dot name, then renamed. */
  public void drop(String name, String json) {
    try {
      Path written = Files.writeString(inbox().resolve("." + name), json);
      Files.move(written, inbox().resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drops an empty file and waits for the end of that request. */
  public JsonNode ask(String name) {
    Set<Path> before = Set.copyOf(resultFiles());
    touch(name);
    return Until.found("an end of " + name, () -> endOf(name, before));
  }

  private Optional<JsonNode> endOf(String name, Set<Path> before) throws IOException {
    for (Path file : resultFiles()) {
      Optional<JsonNode> result = before.contains(file) ? Optional.empty() : Json.read(file);
      if (result.isPresent() && isOf(result.get(), name) && isEnd(result.get())) {
        return result;
      }
    }
    return Optional.empty();
  }

  private static boolean isOf(JsonNode result, String name) {
    return result.path("order").path("name").asString("").equals(name);
  }

  /** Whether a result is terminal. */
  static boolean isEnd(JsonNode result) {
    return !PASSING.contains(result.path("state").asString());
  }

  /** Drops a JSON request with this id and waits for its end. */
  public JsonNode request(String id, String fields) {
    drop("1700000000-" + id + ".json", "{\"id\": " + Json.quote(id) + ", " + fields + "}");
    return await(id);
  }

  /** Waits for the end of the request with this id. */
  public JsonNode await(String id) {
    return Until.found("an end of request " + id, () -> result(id).filter(Spool::isEnd));
  }

  /** Waits until the request with this id is in this state. */
  public JsonNode await(String id, String state) {
    return Until.found(
        "request " + id + " being " + state,
        () -> result(id).filter(result -> result.path("state").asString().equals(state)));
  }

  /** The result with this id as it stands, or empty. */
  public Optional<JsonNode> result(String id) throws IOException {
    return Json.read(directory.resolve("results").resolve(origin).resolve(id + ".json"));
  }

  /** All results, in no order. */
  public List<JsonNode> results() {
    List<JsonNode> results = new ArrayList<>();
    try {
      for (Path file : resultFiles()) {
        Json.read(file).ifPresent(results::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return results;
  }

  /** The names of all requests that ran, in the order in which they did. */
  List<String> executed() {
    return results().stream()
        .sorted(Comparator.comparing((JsonNode result) -> result.path("sequence").asLong()))
        .map(result -> Results.text(result.path("order"), "name"))
        .toList();
  }

  private List<Path> resultFiles() {
    return entries(directory.resolve("results").resolve(origin)).stream()
        .filter(path -> path.toString().endsWith(".json"))
        .filter(path -> !path.getFileName().toString().startsWith("."))
        .toList();
  }

  /** What lies in a directory below the spool. */
  List<Path> list(String name) {
    return entries(directory.resolve(name));
  }

  /** What lies in a directory, if it is there. */
  static List<Path> entries(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request's log, or nothing. */
  public String log(JsonNode result) {
    String reference = result.path("log").asString("");
    try {
      return reference.isEmpty() ? "" : Files.readString(directory.resolve(reference));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code status.json}. */
  public JsonNode status() {
    try {
      return Json.read(directory.resolve("status.json")).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
