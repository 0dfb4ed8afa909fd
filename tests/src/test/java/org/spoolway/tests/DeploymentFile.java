package org.spoolway.tests;

import java.util.LinkedHashMap;
import java.util.Map;

/** The text of a deployment file: sections of keys with TOML values, changed at will. */
final class DeploymentFile {

  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

  /** Sets a key of a section to a TOML value; the section {@code ""} is the file's head. */
  DeploymentFile set(String section, String key, String value) {
    sections.computeIfAbsent(section, name -> new LinkedHashMap<>()).put(key, value);
    return this;
  }

  /** Removes a section. */
  DeploymentFile without(String section) {
    sections.remove(section);
    return this;
  }

  /** The whole text. */
  String text() {
    StringBuilder text = new StringBuilder();
    sections.forEach(
        (section, keys) -> {
          text.append(section.isEmpty() ? "" : "\n[" + section + "]\n");
          keys.forEach((key, value) -> text.append(key).append(" = ").append(value).append('\n'));
        });
    return text.toString();
  }
}
