package org.spoolway.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A README of the project's: its tables, its fenced commands, its code spans. */
public final class Readme {

  /** The project's directory. */
  public static final Path PROJECT = project();

  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

  private final String name;
  private final List<String> lines;

  /** The project's own. */
  Readme() {
    this("README.md");
  }

  /** One of the project's files. */
  Readme(String name) {
    this.name = name;
    try {
      lines = Files.readAllLines(PROJECT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path project() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("queue-schema/pom.xml"))) {
      directory = directory.getParent();
    }
    return directory;
  }

  /** The first two columns of the table below a heading. */
  Map<String, String> table(String heading) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (String line : section(heading)) {
      String[] cells = line.split("(?<!\\\\)\\|", -1);
      if (cells.length > 2 && !cells[1].isBlank() && !cells[1].contains("---")) {
        rows.put(cells[1].strip().replace("\\|", "|"), cells[2].strip());
      }
    }
    if (rows.isEmpty()) {
      throw new AssertionError(name + " has no table below a heading '" + heading + "'");
    }
    rows.remove(rows.keySet().iterator().next());
    return rows;
  }

  private List<String> section(String heading) {
    List<String> section = new ArrayList<>();
    boolean inside = false;
    for (String line : lines) {
      inside = line.startsWith("#") ? line.replace("#", "").strip().equals(heading) : inside;
      if (inside) {
        section.add(line);
      }
    }
    return section;
  }

  /** The lines of fenced blocks that are shell commands, without comments. */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    boolean fenced = false;
    boolean shell = false;
    for (String line : lines) {
      if (line.startsWith("```")) {
        fenced = !fenced;
        shell = fenced && line.matches("```(sh|bash|console)");
      } else if (shell && !line.isBlank()) {
        commands.add(line.replaceFirst("(^|\\s+)#.*$", "").strip());
      }
    }
    return commands;
  }

  /** The picture of the flow: the first fenced block without a language. */
  String picture() {
    String text = String.join("\n", lines);
    Matcher matcher =
        Pattern.compile("(?s)\n```\n(.*?)\n```\n")
            .matcher(text.replaceAll("(?s)\n```[a-z]+\n.*?\n```\n", "\n"));
    if (!matcher.find()) {
      throw new AssertionError(name + " has no picture of the flow");
    }
    return matcher.group(1);
  }

  /** The code spans of a text. */
  static List<String> spans(String text) {
    List<String> spans = new ArrayList<>();
    for (Matcher matcher = SPAN.matcher(text); matcher.find(); ) {
      spans.add(matcher.group(1));
    }
    return spans;
  }

  /** The code spans outside of fenced blocks. */
  List<String> spans() {
    List<String> spans = new ArrayList<>();
    boolean fenced = false;
    for (String line : lines) {
      fenced = line.startsWith("```") != fenced;
      if (!fenced) {
        spans.addAll(spans(line));
      }
    }
    return spans;
  }
}
