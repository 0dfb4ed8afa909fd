package org.spoolway.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.schema.Version;

class RingTest {

  private static final Version RELEASE = new Version("1.2.0");

  private static List<String> in(int hosts, Version version) {
    return IntStream.range(0, 2000)
        .mapToObj(i -> "host " + i)
        .filter(host -> Ring.holds(host, version, hosts))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 25, 50, 90})
  void itHoldsAboutAsManyHostsAsItSays(int hosts) {
    double share = in(hosts, RELEASE).size() / 20.0;

    assertEquals(hosts, share, 4, "of a hundred");
  }

  @Test
  void whoIsInItStaysInItAsItGrows() {
    assertTrue(in(50, RELEASE).containsAll(in(10, RELEASE)));
  }

  @Test
  void allAndNoneAreThat() {
    assertEquals(2000, in(100, RELEASE).size());
    assertEquals(0, in(0, RELEASE).size());
  }

  @Test
  void noHostIsAlwaysFirst() {
    List<String> first = in(10, RELEASE);
    List<String> next = in(10, new Version("1.3.0"));

    assertFalse(first.equals(next));
    assertTrue(first.stream().filter(next::contains).count() < first.size() / 2);
  }

  @Test
  void hostsAreSpreadOverAnyNumberOfPlaces() {
    double late =
        IntStream.range(0, 2000)
            .mapToLong(i -> Ring.place("host " + i, "notes", 21_600))
            .filter(place -> place >= 10_800)
            .count();

    assertEquals(1000, late, 100);
  }

  @Test
  void aHostIsTheSameEachTime() throws Exception {
    assertEquals(Ring.thisHost(), Ring.thisHost());
  }
}
