package org.spoolway.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What tests/README.md lists of the hostile spool is what is played. */
class HostileCasesTest {

  private static final String HEADING = "What a hostile writer tries";

  @Test
  void readmeListsTheCasesThatArePlayed() throws Exception {
    Map<String, List<String>> played = played();
    Map<String, String> expected = new TreeMap<>();
    played.forEach((test, cases) -> expected.put("`" + test + "`", String.join("; ", cases)));
    StringBuilder table = new StringBuilder();
    expected.forEach((test, cases) -> table.append("| " + test + " | " + cases + " |\n"));

    Map<String, String> listed = new TreeMap<>(new Readme("tests/README.md").table(HEADING));

    assertEquals(expected, listed, "below '" + HEADING + "' there should be\n" + table);
  }

  @Test
  void everyCaseHasANameOfItsOwn() throws Exception {
    List<String> names = played().values().stream().flatMap(List::stream).toList();

    assertTrue(names.size() > 100, names.size() + " cases");
    assertEquals(names.size(), new HashSet<>(names).size(), names.toString());
  }

  private static Map<String, List<String>> played() throws Exception {
    Map<String, List<String>> played = new TreeMap<>();
    for (Class<?> test : tests()) {
      List<String> cases = new ArrayList<>();
      for (Method method : test.getDeclaredMethods()) {
        if (method.getName().equals("cases")) {
          ((List<?>) method.invoke(null)).forEach(hostile -> cases.add(hostile.toString()));
        }
      }
      Arrays.stream(test.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Test.class))
          .map(method -> words(method.getName()))
          .sorted()
          .forEach(cases::add);
      played.put(test.getSimpleName(), cases);
    }
    return played;
  }

  /** All classes of tests that share a {@link HostileInbox}. */
  private static List<Class<?>> tests() throws IOException, ClassNotFoundException {
    Path folder =
        Path.of(HostileInbox.class.getProtectionDomain().getCodeSource().getLocation().getPath())
            .resolve(HostileInbox.class.getPackageName().replace('.', '/'));
    List<Class<?>> tests = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString().replace(".class", "");
        if (name.matches("Hostile[A-Za-z]+Test") && !name.equals("HostileCasesTest")) {
          tests.add(Class.forName(HostileInbox.class.getPackageName() + "." + name));
        }
      }
    }
    return tests;
  }

  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
        .toLowerCase(Locale.ROOT);
  }
}
