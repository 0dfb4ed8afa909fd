package org.spoolway.tests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what the runner writes, without any of its classes. */
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  /** Parses a text. */
  public static JsonNode parse(String text) {
    return MAPPER.readTree(text);
  }

  /**
   * Reads a file, which is always whole since it is only ever replaced; empty when there is none.
   */
  public static Optional<JsonNode> read(Path file) throws IOException {
    try {
      return Optional.of(MAPPER.readTree(Files.readAllBytes(file)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }

  /** A text as a JSON (and TOML) string. */
  public static String quote(String text) {
    return MAPPER.writeValueAsString(text);
  }
}
