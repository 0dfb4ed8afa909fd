package org.spoolway.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.spoolway.wording.Quoted;
import tools.jackson.databind.JsonNode;

/** What single values are, and how messages speak of them. */
final class TomlValues {

  private TomlValues() {}

  /** A string without NUL, which no path, argument or name can have. */
  static Optional<String> text(JsonNode value) {
    return value.isString() && value.stringValue().indexOf('\0') < 0
        ? Optional.of(value.stringValue())
        : Optional.empty();
  }

  /** A list of words of which the first, the program, is not empty. */
  static Optional<List<String>> command(JsonNode value) {
    List<String> words = new ArrayList<>();
    for (JsonNode word : value.isArray() ? value : List.<JsonNode>of()) {
      Optional<String> text = text(word);
      if (text.isEmpty()) {
        return Optional.empty();
      }
      words.add(text.get());
    }
    return words.isEmpty() || words.get(0).isEmpty() ? Optional.empty() : Optional.of(words);
  }

  /** A value as a message shows it. */
  static String show(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> Quoted.of(value.stringValue());
      case NUMBER, BOOLEAN -> shorten(value.toString());
      case ARRAY -> value.isEmpty() ? "an empty list" : "a list";
      case OBJECT -> "a table";
      default -> "a date or time";
    };
  }

  private static String shorten(String number) {
    return number.length() > Quoted.SHOWN ? number.substring(0, Quoted.SHOWN) + "…" : number;
  }
}
