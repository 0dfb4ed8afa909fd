package org.spoolway.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.spoolway.channel.ChannelFile.Change;
import org.spoolway.channel.ChannelFile.Release;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Version;

class ChannelEditTest {

  private static final Instant SOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant LATER = Instant.parse("2026-12-21T12:00:00Z");
  private static final Release ONE = release("1.0.0", "a", List.of(), null);
  private static final Release TWO =
      release("1.1.0", "b", List.of(new Change("It has tags.", null)), null);

  private final ChannelFile empty = ChannelEdit.first("notes", SOON);

  @Test
  void theFirstOneHasNoReleases() throws Exception {
    assertEquals(new ChannelFile(ChannelFile.SCHEMA, "notes", 1, SOON, List.of()), empty);
    assertEquals(empty, ChannelFile.parse(SchemaJson.pretty(empty)));
  }

  @Test
  void eachChangeCountsOneUpAndExpiresLater() throws Exception {
    ChannelFile both = edit(empty).with(List.of(ONE, TWO));
    assertEquals(new ChannelFile(ChannelFile.SCHEMA, "notes", 2, LATER, List.of(TWO, ONE)), both);
    assertEquals(3, edit(both).renewed().counter());
    assertEquals(both.releases(), edit(both).renewed().releases());
    assertEquals(3, edit(both).ring(TWO.version(), 5).counter());
    assertEquals(3, edit(both).yanked(TWO.version(), "slow").counter());
  }

  @Test
  void aRingAndAYankChangeOneReleaseAndNothingElse() throws Exception {
    ChannelFile both = edit(empty).with(List.of(ONE, TWO));
    Release few =
        new Release(
            TWO.version(), TWO.file(), TWO.sha256(), 7, null, null, null, 5, TWO.changes(), null);

    assertEquals(List.of(few, ONE), edit(both).ring(TWO.version(), 5).releases());
    assertEquals(
        List.of(TWO, release("1.0.0", "a", List.of(), "It forgets.")),
        edit(both).yanked(ONE.version(), "It forgets.").releases());
  }

  @Test
  void aVersionMeansTheSameForEver() throws Exception {
    ChannelFile one = edit(empty).with(List.of(ONE));
    Release other = release("1.0.0", "c", List.of(), null);

    ProblemException refusal =
        assertThrows(ProblemException.class, () -> edit(one).with(List.of(other)));
    assertEquals(Problem.TAG_MOVED, refusal.problem());
    assertEquals(
        "cannot add notes-1.0.0.zip: version 1.0.0 is there with another content, as"
            + " notes-1.0.0.zip",
        refusal.getMessage());
    assertThrows(ProblemException.class, () -> edit(empty).with(List.of(ONE, other)));

    Release more = release("1.0.0", "a", List.of(new Change("It is there.", "why not")), null);
    assertEquals(List.of(more), edit(one).with(List.of(more)).releases());
  }

  @Test
  void whatIsNotThereCannotBeChanged() throws Exception {
    ChannelFile one = edit(empty).with(List.of(ONE));
    ProblemException refusal =
        assertThrows(ProblemException.class, () -> edit(one).ring(TWO.version(), 5));
    assertEquals(Problem.VERSION_UNKNOWN, refusal.problem());
    assertEquals(
        "cannot change version 1.1.0: channel.json does not have it", refusal.getMessage());
    assertEquals("Name one of 1.0.0.", refusal.fix());
    assertEquals(
        "Add a release first with `spoolway channel add`.",
        assertThrows(ProblemException.class, () -> edit(empty).yanked(ONE.version(), "x")).fix());
  }

  @Test
  void rootsAreNumbered() {
    Role role = new Role(1, List.of("RW"));
    Role other = new Role(2, List.of("RW", "RX"));
    RootFile first = RootFile.first("notes", SOON, role, role);

    assertEquals(new RootFile(RootFile.SCHEMA, "notes", 1, SOON, role, role), first);
    assertEquals(
        new RootFile(RootFile.SCHEMA, "notes", 2, LATER, other, role),
        first.next(LATER, other, role));
  }

  private static ChannelEdit edit(ChannelFile before) {
    return new ChannelEdit(before, LATER);
  }

  private static Release release(
      String version, String letter, List<Change> changes, String yanked) {
    return new Release(
        new Version(version),
        "notes-" + version + ".zip",
        letter.repeat(64),
        7,
        null,
        null,
        null,
        null,
        changes,
        yanked);
  }
}
