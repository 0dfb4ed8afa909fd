package org.spoolway.config;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.spoolway.wording.Quoted;
import org.spoolway.wording.Spelling;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A well-formed TOML document while it is being read: which keys were asked for, where each stands,
 * and what was found wrong.
 */
final class TomlDocument {

  private final ObjectNode tree;
  private final KeyLocator locator;
  private final Findings findings;
  private final Set<String> known = new LinkedHashSet<>();
  private final Set<Key> open = new HashSet<>();
  private final Set<Key> many = new HashSet<>();

  TomlDocument(ObjectNode tree, KeyLocator locator, Findings findings) {
    this.tree = tree;
    this.locator = locator;
    this.findings = findings;
  }

  /** The table that the document is. */
  TomlTable top() {
    return new TomlTable(this, Key.TOP, tree);
  }

  /** Notes that a key has a meaning, whether or not the document has it. */
  void know(Key key) {
    known.add(key.toString());
  }

  /** Notes that nothing below a key is a stranger. */
  void acceptAllBelow(Key key) {
    open.add(key);
  }

  /** Notes that a key stands for several tables, each of whose keys somebody asks for. */
  void knowMany(Key key) {
    many.add(key);
  }

  /** Notes something wrong with a key. */
  void wrong(Key key, String message) {
    findings.add(locator.line(key), message);
  }

  /**
   * Finds the keys that nobody asked for; to be called when all that have a meaning were asked for.
   */
  void refuseStrangers() {
    refuseStrangers(Key.TOP, tree);
  }

  private void refuseStrangers(Key table, JsonNode node) {
    if (open.contains(table)) {
      return;
    }
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      Key key = table.child(entry.getKey());
      if (many.contains(key)) {
        refuseStrangersInMany(key, entry.getValue());
      } else if (known.contains(key.toString())) {
        refuseStrangers(key, entry.getValue());
      } else {
        wrong(key, "unknown key " + Quoted.of(key.toString()) + hint(key));
      }
    }
  }

  private void refuseStrangersInMany(Key key, JsonNode list) {
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      refuseStrangers(key.element(i), list.get(i));
    }
  }

  private String hint(Key key) {
    return Spelling.nearest(key.toString(), known)
        .map(near -> "; did you mean " + Quoted.of(near) + "?")
        .orElse("");
  }
}
