package org.spoolway.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.spoolway.wording.Quoted;
import org.spoolway.wording.Spelling;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A table of a document, asked for its keys by type. What is wrong goes to the document's findings
 * and the key counts as left out, so that reading goes on and finds the rest. {@code expected} is
 * always the end of a sentence that begins with "must be".
 */
final class TomlTable {

  private final TomlDocument document;
  private final Key key;
  private final @Nullable ObjectNode node;

  /**
   * @param node null when the document has no such table
   */
  TomlTable(TomlDocument document, Key key, @Nullable ObjectNode node) {
    this.document = document;
    this.key = key;
    this.node = node;
  }

  /** Whether the document has this table. */
  boolean isPresent() {
    return node != null;
  }

  /** Whether this table has a key, whatever its value. */
  boolean has(String name) {
    return node != null && node.has(name);
  }

  /** The names in this table. */
  List<String> names() {
    return node == null ? List.of() : List.copyOf(node.propertyNames());
  }

  /** A table in this one. */
  TomlTable table(String name) {
    JsonNode value = value(name);
    if (value != null && !value.isObject()) {
      mustBe(name, "a table", value);
    }
    ObjectNode inner = value instanceof ObjectNode object ? object : null;
    return new TomlTable(document, key.child(name), inner);
  }

  /** The tables of one name in this one, as {@code [[name]]} makes them. */
  List<TomlTable> tables(String name) {
    JsonNode value = value(name);
    document.knowMany(key.child(name));
    if (value != null && !value.isArray()) {
      mustBe(name, "tables, each begun by [[" + key.child(name) + "]]", value);
    }
    List<TomlTable> tables = new ArrayList<>();
    for (JsonNode element : value instanceof ArrayNode list ? list : List.<JsonNode>of()) {
      if (element instanceof ObjectNode inner) {
        tables.add(new TomlTable(document, key.child(name).element(tables.size()), inner));
      } else {
        mustBe(name, "tables, each begun by [[" + key.child(name) + "]]", element);
        break;
      }
    }
    return tables;
  }

  /** Notes which of some keys are left out; a table that is left out whole lacks nothing. */
  void require(String... names) {
    for (String name : names) {
      if (isPresent() && !has(name)) {
        document.wrong(key, path(name) + " is missing");
      }
    }
  }

  /** Notes that a key means something to a later version only. */
  void refuseAsPlanned(String name) {
    if (value(name) != null) {
      document.acceptAllBelow(key.child(name));
      wrong(name, path(name) + " is not supported by this version yet");
    }
  }

  /** Notes something wrong with the table itself; the message begins with its path. */
  void wrong(String message) {
    document.wrong(key, message);
  }

  /** Notes something wrong with a key; the message begins with its path. */
  void wrong(String name, String message) {
    document.wrong(key.child(name), message);
  }

  /** A key's whole path, as messages show it. */
  String path(String name) {
    return Quoted.of(key.child(name).toString());
  }

  /** A string of a certain form, or null when it is left out. */
  @Nullable String text(String name, String expected, Predicate<String> form) {
    return value(name, expected, value -> TomlValues.text(value).filter(form));
  }

  /** A string of a certain form and its default. */
  String text(String name, String expected, Predicate<String> form, String otherwise) {
    String text = text(name, expected, form);
    return text == null ? otherwise : text;
  }

  /**
   * A value that means something, or null when it is left out; the meaning is empty for a wrong
   * one.
   */
  <T> @Nullable T value(String name, String expected, Function<JsonNode, Optional<T>> meaning) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    Optional<T> meant = meaning.apply(value);
    if (meant.isEmpty()) {
      mustBe(name, expected, value);
    }
    return meant.orElse(null);
  }

  /** A list whose elements mean something; empty when it is left out. */
  <T> List<T> list(String name, String expected, Function<JsonNode, Optional<T>> meaning) {
    JsonNode value = value(name);
    List<T> list = new ArrayList<>();
    if (value != null && !value.isArray()) {
      mustBe(name, expected, value);
      return List.of();
    }
    for (JsonNode element : value == null ? List.<JsonNode>of() : value) {
      Optional<T> meant = meaning.apply(element);
      if (meant.isEmpty()) {
        wrong(name, path(name) + " must be " + expected + "; it has " + TomlValues.show(element));
        break;
      }
      list.add(meant.get());
    }
    return List.copyOf(list);
  }

  /** A whole number, or what stands in when it is left out. */
  int number(String name, int least, int otherwise) {
    Integer number =
        value(
            name,
            "a whole number of at least " + least,
            value ->
                value.isIntegralNumber() && value.canConvertToInt() && value.intValue() >= least
                    ? Optional.of(value.intValue())
                    : Optional.empty());
    return number == null ? otherwise : number;
  }

  /** A table of strings whose names are the writer's own; empty when it is left out. */
  Map<String, String> strings(String name, Predicate<String> nameForm, String expectedName) {
    TomlTable inner = table(name);
    document.acceptAllBelow(inner.key);
    Map<String, String> strings = new LinkedHashMap<>();
    for (String entry : inner.names()) {
      if (!nameForm.test(entry)) {
        inner.wrong(entry, inner.path(entry) + " is not named like " + expectedName);
      }
      String text = inner.text(entry, "a string", any -> true);
      strings.put(entry, text == null ? "" : text);
    }
    return Collections.unmodifiableMap(strings);
  }

  /**
   * One of some words.
   *
   * @param words what each word means, in the order in which messages list them
   * @param planned words that a later version will know; the rest of the table may then be its, too
   * @param otherwise what stands in when it is left out or wrong
   */
  <T> T oneOf(String name, Map<String, T> words, Set<String> planned, T otherwise) {
    String word = text(name, "a string such as " + Quoted.of(first(words)), any -> true);
    if (word == null) {
      return otherwise;
    }
    T meaning = words.get(word);
    if (meaning != null) {
      return meaning;
    }
    if (planned.contains(word)) {
      document.acceptAllBelow(key);
      wrong(
          name,
          path(name)
              + " = "
              + Quoted.of(word)
              + " is not supported by this version yet; it supports "
              + list(words.keySet()));
    } else {
      wrong(name, path(name) + " cannot be " + Quoted.of(word) + hint(word, words.keySet()));
    }
    return otherwise;
  }

  /** What to write instead of a word that is none of those known. */
  static String hint(String word, Set<String> words) {
    return Spelling.nearest(word, words)
        .map(near -> "; did you mean " + Quoted.of(near) + "?")
        .orElse("; it is one of " + String.join(", ", words));
  }

  private static String list(Set<String> words) {
    return String.join(", ", words).replaceFirst(", ([^,]*)$", " and $1");
  }

  private static String first(Map<String, ?> words) {
    return words.keySet().iterator().next();
  }

  private @Nullable JsonNode value(String name) {
    document.know(key.child(name));
    return node == null ? null : node.get(name);
  }

  private void mustBe(String name, String expected, JsonNode value) {
    wrong(name, path(name) + " must be " + expected + ", not " + TomlValues.show(value));
  }
}
