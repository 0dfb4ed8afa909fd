package org.spoolway.tests;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the program says of itself. */
final class Help {

  /** A line that begins an entry: a verb, an option, a parameter or an exit code. */
  private static final Pattern ENTRY = Pattern.compile("^ {2,6}(\\S.*?)(?: {2,}(\\S.*))?$");

  /** The image does not change while it is tested. */
  private static final Map<String, String> TEXTS = new TreeMap<>();

  private final Home home;

  Help(Home home) {
    this.home = home;
  }

  /** The verbs. */
  List<String> verbs() {
    return List.copyOf(entries(text(""), "Commands:").keySet());
  }

  /**
   * The parts of a verb that has some, as in {@code channel add}; each is a verb with two words.
   */
  List<String> parts(String verb) {
    return entries(text(verb), "Commands:").keySet().stream()
        .map(part -> verb + " " + part)
        .toList();
  }

  /** The exit codes with their meanings. */
  Map<String, String> exitCodes() {
    return entries(text(""), "Exit codes:");
  }

  /** The options and parameters of a verb, as they are spelled there, with their explanations. */
  Map<String, String> options(String verb) {
    return entries(text(verb), "");
  }

  /** Whether a verb takes an option such as {@code --json} or {@code -f}. */
  boolean takes(String verb, String option) {
    return options(verb).keySet().stream()
        .flatMap(spelled -> List.of(spelled.split(", ", -1)).stream())
        .anyMatch(spelled -> spelled.replaceFirst("=.*", "").equals(option));
  }

  /** The whole help of a verb; of the program for an empty one. */
  String text(String verb) {
    return TEXTS.computeIfAbsent(
        verb, name -> home.spoolway((name + " --help").strip().split(" ", -1)).outOfSuccess());
  }

  /** The entries of a section; the one without a heading goes to the next heading. */
  private static Map<String, String> entries(String text, String heading) {
    Map<String, String> entries = new LinkedHashMap<>();
    String section = "";
    String entry = null;
    for (String line : text.lines().toList()) {
      Matcher matcher = ENTRY.matcher(line);
      if (!line.startsWith(" ")) {
        section = line.endsWith(":") ? line : section;
        entry = null;
      } else if (section.equals(heading) && matcher.matches() && !line.startsWith("       ")) {
        entry = matcher.group(1);
        entries.put(entry, matcher.group(2) == null ? "" : matcher.group(2));
      } else if (section.equals(heading) && entry != null) {
        entries.merge(entry, line.strip(), (before, more) -> (before + " " + more).strip());
      }
    }
    return entries;
  }
}
