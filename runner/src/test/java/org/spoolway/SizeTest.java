package org.spoolway;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingInt;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.spoolway.Declarations.Method;
import org.spoolway.SourceTree.Source;

/**
 * Keeps the sources small enough to be read, and what the main ones offer documented. Lengths are
 * lines.
 */
class SizeTest {
  private static final int FILE_MEDIAN = 90;
  private static final int FILE_P95 = 250;
  private static final int FILE_LIMIT = 400;
  private static final int TESTS_FLOOR = 100;
  private static final int METHOD_P95 = 20;
  private static final int METHOD_LIMIT = 50;
  private static final int PUBLIC_TYPES_LIMIT = 9;

  private static List<Source> sources = List.of();

  @BeforeAll
  static void parseOnce() throws IOException {
    sources = SourceTree.parse();
  }

  @Test
  void filesAreShort() {
    assertAtMost(FILE_MEDIAN, percentile(50, fileLengths()), "median file");
    assertAtMost(FILE_P95, percentile(95, fileLengths()), "95th percentile of files");
    assertEquals(
        List.of(),
        sources.stream().filter(it -> it.lines() > FILE_LIMIT).map(Source::path).toList(),
        "files of more than " + FILE_LIMIT + " lines");
  }

  @Test
  void filesOfTestsAreShortToo() throws IOException {
    List<Path> tests = SourceTree.tests();
    assertTrue(tests.size() > TESTS_FLOOR, () -> "only " + tests.size() + " files");
    List<Path> tooLong = new ArrayList<>();
    for (Path file : tests) {
      if (Files.readAllLines(file).size() > FILE_LIMIT) {
        tooLong.add(file);
      }
    }
    assertEquals(List.of(), tooLong, "test files of more than " + FILE_LIMIT + " lines");
  }

  @Test
  void methodsAreShort() {
    assertAtMost(
        METHOD_P95,
        percentile(95, methods().mapToInt(Method::lines)),
        "95th percentile of methods");
    assertEquals(List.of(), longer(METHOD_LIMIT), "methods of over " + METHOD_LIMIT + " lines");
  }

  @Test
  void packagesOfferFewTypes() {
    Map<String, Integer> offered =
        sources.stream()
            .collect(
                groupingBy(
                    source -> source.unit().getPackageName().toString(),
                    TreeMap::new,
                    summingInt(source -> Declarations.of(source).publicTypes().size())));
    offered.values().removeIf(types -> types <= PUBLIC_TYPES_LIMIT);
    assertEquals(Map.of(), offered, "more than " + PUBLIC_TYPES_LIMIT + " public types");
  }

  @Test
  void whatIsPublicHasJavadoc() {
    var undocumented =
        sources.stream().flatMap(it -> Declarations.of(it).undocumented().stream()).toList();
    assertEquals(List.of(), undocumented, "public and without Javadoc");
  }

  private static void assertAtMost(int limit, int lines, String what) {
    assertTrue(lines <= limit, () -> what + ": " + lines + " lines, limit " + limit);
  }

  private static IntStream fileLengths() {
    return sources.stream().mapToInt(Source::lines);
  }

  private static Stream<Method> methods() {
    return sources.stream().flatMap(source -> Declarations.of(source).methods().stream());
  }

  private static List<Method> longer(int lines) {
    return methods().filter(method -> method.lines() > lines).toList();
  }

  /** The least value that at least this percentage of all values does not exceed. */
  private static int percentile(int percent, IntStream values) {
    int[] sorted = values.sorted().toArray();
    int rank = (sorted.length * percent + 99) / 100;
    return sorted[rank - 1];
  }
}
