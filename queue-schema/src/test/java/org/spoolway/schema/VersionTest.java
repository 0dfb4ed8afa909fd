package org.spoolway.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {

  /** The order of Semantic Versioning 2.0.0, section 11, and some of our own. */
  private static final List<String> ASCENDING =
      List.of(
          "0.0.1",
          "0.9.0",
          "0.10.0",
          "1.0.0-1",
          "1.0.0-9",
          "1.0.0-10",
          "1.0.0-99999999999999999999999",
          "1.0.0-100000000000000000000000",
          "1.0.0--",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0",
          "1.0.0+build.1",
          "1.0.1",
          "2.0.0",
          "10.0.0",
          "999999999999999999.0.0");

  @Test
  void versionsShareTheirFirstNumbers() {
    Version version = new Version("1.2.3-rc.1+b");
    assertTrue(version.isOfMinorOf(new Version("1.2.0")));
    assertFalse(version.isOfMinorOf(new Version("1.20.3")));
    assertTrue(version.isOfMajorOf(new Version("1.20.3")));
    assertFalse(version.isOfMajorOf(new Version("10.2.3")));
    assertFalse(version.isOfMinorOf(new Version("2.2.3")));
    assertEquals(new Version("1.2.3"), version.released());
    assertEquals(new Version("1.2.3"), new Version("1.2.3").released());
  }

  @Test
  void precedenceIsThatOfSemanticVersioning() {
    List<Version> shuffled = new ArrayList<>(versions(ASCENDING));
    Collections.shuffle(shuffled, new Random(7));
    Collections.sort(shuffled);
    assertEquals(versions(ASCENDING), shuffled);
  }

  @Test
  void orderAgreesWithEquality() {
    for (Version left : versions(ASCENDING)) {
      for (Version right : versions(ASCENDING)) {
        int order = left.compareTo(right);
        assertEquals(left.equals(right), order == 0, left + " " + right);
        assertEquals(-Integer.signum(order), Integer.signum(right.compareTo(left)));
      }
    }
  }

  @Test
  void buildsOfOneVersionAreDifferentReleases() {
    assertNotEquals(new Version("1.0.0+a"), new Version("1.0.0+b"));
  }

  @Test
  void noBuildOfAVersionIsNewerThanAnother() {
    for (String build : List.of("1.0.0", "1.0.0+a", "1.0.0+b", "1.0.0+2")) {
      for (String other : List.of("1.0.0", "1.0.0+a", "1.0.0+b", "1.0.0+2")) {
        assertFalse(new Version(build).isNewerThan(new Version(other)), build + " " + other);
      }
      assertTrue(new Version(build).isNewerThan(new Version("1.0.0-rc.1+z")), build);
      assertTrue(new Version("1.0.1").isNewerThan(new Version(build)), build);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2",
        "1.2.3.4",
        "v1.2.3",
        "01.2.3",
        "1.02.3",
        "1.2.03",
        "1.2.3-",
        "1.2.3-01",
        "1.2.3-a..b",
        "1.2.3-a.",
        "1.2.3+",
        "1.2.3+a..b",
        "1.2.3+a+b",
        "1.2.3-é",
        "1.2.3 ",
        " 1.2.3",
        "1.2.3\n",
        "-1.2.3",
        "1.-2.3",
        "٣.0.0",
        "1.2.3/..",
        "1000000000000000000.0.0"
      })
  void whatIsNoSemanticVersionIsRefused(String text) {
    assertEquals(Optional.empty(), Version.parse(text));
    assertThrows(IllegalArgumentException.class, () -> new Version(text));
  }

  @Test
  void versionsAreAtMost128CharactersSoThatTheyCanNameDirectories() {
    String longest = "1.2.3-" + "a".repeat(122);
    assertEquals(longest, new Version(longest).text());
    assertEquals(Optional.empty(), Version.parse(longest + "a"));
  }

  @Test
  void tagsMayHaveOneLeadingV() {
    assertEquals(Optional.of(new Version("3.2.0")), Version.ofTag("v3.2.0"));
    assertEquals(Optional.of(new Version("3.2.0")), Version.ofTag("3.2.0"));
    assertEquals(Optional.empty(), Version.ofTag("vv3.2.0"));
    assertEquals(Optional.empty(), Version.ofTag("V3.2.0"));
    assertEquals(Optional.empty(), Version.ofTag("release-3.2.0"));
  }

  @Test
  void onlyAPreReleasePartMakesAPreRelease() {
    assertTrue(new Version("1.0.0-rc.1").isPreRelease());
    assertTrue(new Version("1.0.0-0+x").isPreRelease());
    assertFalse(new Version("1.0.0").isPreRelease());
    assertFalse(new Version("1.0.0+rc-1").isPreRelease());
  }

  private static List<Version> versions(List<String> texts) {
    return texts.stream().map(Version::new).toList();
  }
}
