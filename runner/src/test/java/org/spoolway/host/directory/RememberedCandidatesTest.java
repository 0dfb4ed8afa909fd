package org.spoolway.host.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.spoolway.source.Place;
import org.spoolway.trust.TrustedKeys;

/** Nothing is asked twice that has not changed. */
class RememberedCandidatesTest extends CandidateFixture {

  @Test
  void whatHasNotChangedIsAskedOnceByAnyInstance() throws Exception {
    program("notes", "1.0.0");
    script(candidates.resolve("tree").resolve("notes"), telling("1.1.0"));
    DirectorySource source = source();

    for (DirectorySource asked : List.of(source, source, source())) {
      assertEquals(List.of("1.0.0", "1.1.0"), versions(asked));
    }

    assertEquals(2, marks());
  }

  @Test
  void whoTellsNothingIsAskedOnceToo() throws Exception {
    script(candidates.resolve("notes"), telling("nothing") + "; exit 3");

    for (int look = 0; look < 3; look++) {
      DirectorySource source = source();
      assertEquals(List.of(), source.candidates());
      assertEquals(1, source.refused().size());
    }

    assertEquals(2, marks(), "by one option and the other");
  }

  /** A host may have been busy for a moment, and a release would be lost for ever. */
  @Test
  void whoWasTooSlowIsAskedByTheNextLook() throws Exception {
    Path slow = directory.resolve("slow");
    pipe(slow);
    script(
        candidates.resolve("notes"),
        "test -p " + slow + " && read line < " + slow + "; echo 1.0.0");
    Place.Directory place = place("notes", Duration.ofSeconds(3));
    assertRefused(
        source(place, TrustedKeys.NONE),
        "notes (it has not told its version within 3.0 s of `source.timeout`)");
    Files.delete(slow);

    assertEquals(List.of("1.0.0"), versions(source(place, TrustedKeys.NONE)));
  }

  @Test
  void whatHasChangedIsAskedAnew() throws Exception {
    program("notes", "1.0.0");
    Path tree = candidates.resolve("tree");
    script(tree.resolve("notes"), telling("$(cat version)"));
    Files.writeString(tree.resolve("version"), "2.0.0");
    DirectorySource source = source();
    assertEquals(List.of("1.0.0", "2.0.0"), versions(source));

    program("notes", "1.1.0");
    assertEquals(List.of("1.1.0", "2.0.0"), versions(source));
    Files.writeString(tree.resolve("version"), "2.1.0");
    assertEquals(List.of("1.1.0", "2.1.0"), versions(source));

    assertEquals(4, marks());
  }

  @Test
  void whatIsGoneIsForgotten() throws Exception {
    Path program = program("notes", "1.0.0");
    DirectorySource source = source();
    assertEquals(List.of("1.0.0"), versions(source));

    Files.delete(program);

    assertEquals(List.of(), versions(source));
    assertFalse(Files.readString(seen()).contains("1.0.0"));
  }

  @Test
  void changedKeysAskAnew() throws Exception {
    sign(program("notes-1.0.0", "1.0.0"));
    assertEquals(List.of("1.0.0"), versions(source(TrustedKeys.NONE)));
    assertEquals(List.of("1.0.0"), versions(source(trust)));
    assertEquals(2, marks());
    Files.delete(candidates.resolve("notes-1.0.0.minisig"));

    assertRefused(source(trust), "notes-1.0.0 (it is not signed: there is no notes-1.0.0.minisig)");
    assertEquals(2, marks());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"question\": \"\", \"found\": [], \"more\": 1}"})
  void whatWasKeptAndCannotBeReadIsFoundOutAnew(String kept) throws Exception {
    program("notes", "1.0.0");
    assertEquals(List.of("1.0.0"), versions(source()));
    Files.writeString(seen(), kept);

    assertEquals(List.of("1.0.0"), versions(source()));
    assertEquals(2, marks());
    assertTrue(Files.readString(seen()).contains("1.0.0"));
  }

  private Path seen() {
    return state.candidates().resolve("seen.json");
  }
}
