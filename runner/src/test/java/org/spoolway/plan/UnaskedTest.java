package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.deployment.Deployment;
import org.spoolway.engine.Ending;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;
import org.spoolway.schedule.Level;
import org.spoolway.schedule.Updates;
import org.spoolway.schedule.Windows;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;
import org.spoolway.trust.SshKey;

/** How far an update goes that nobody asked for, and that what nobody has signed stops none. */
class UnaskedTest {

  private static final Request CHECK = Request.of(Action.CHECK, null);
  private static final Version PATCH = new Version("1.0.1");
  private static final SshKey ALICE = new SshKey("SHA256:alice", "alice");

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private Stage stage;

  @BeforeEach
  void signAPatch() throws IOException {
    stage = Stage.installed(directory);
    stage.outside().sources.withdraw("1.1.0");
    stage.configure(deployment -> Deployments.trusting(deployment, ALICE));
    upTo(Level.PATCH);
    stage.offer(PATCH);
    sign(PATCH);
  }

  private void upTo(Level level) {
    Updates updates =
        new Updates(
            level,
            Duration.ofHours(6),
            new Windows(List.of(), ZoneOffset.UTC),
            Duration.ofHours(24),
            List.of());
    stage.configure(deployment -> Deployments.updating(deployment, updates));
  }

  private void offer(String... versions) {
    for (String version : versions) {
      stage.offer(new Version(version));
    }
  }

  private void sign(Version version) {
    stage.outside().sources.sign(candidate(version), ALICE);
  }

  private Candidate candidate(Version version) {
    try {
      return stage.outside().sources.candidates().stream()
          .filter(c -> c.version().equals(version))
          .findFirst()
          .orElseThrow();
    } catch (ProblemException e) {
      throw new AssertionError(e);
    }
  }

  private static String refusal(String tag) {
    return "cannot trust the tag " + tag + ": it is signed by null";
  }

  @Test
  void whatNobodyHasSignedFailsACheckAndStopsNoPatch() throws Exception {
    offer("99.0.0", "1.0.99");

    Ending ending = stage.run(CHECK);

    assertEquals("SIGNATURE_REFUSED", ending.failure().code());
    assertNull(available().version());
    assertEquals(refusal("v99.0.0"), available().why());
    assertEquals(List.of(), available().changes());
    assertEquals(PATCH, found().version());
    assertEquals(
        "1.0.1 is the newest patch on channel stable; " + refusal("v1.0.99"), found().why());
    assertEquals(Outcome.SUCCEEDED, unasked(PATCH).outcome());
    assertEquals(PATCH, stage.picture().running());
  }

  @Test
  void aPatchThatMovedGivesWayToTheOneBefore() throws Exception {
    Version moved = new Version("1.0.2");
    stage.offer(moved);
    sign(moved);
    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());
    stage.offer(moved);
    sign(moved);

    assertEquals("TAG_MOVED", stage.run(CHECK).failure().code());

    assertEquals(PATCH, found().version());
  }

  @Test
  void whereNoPatchIsSignedTheRefusalOfTheNewestIsTold() throws Exception {
    stage.outside().sources.withdraw("1.0.1");
    offer("1.0.2", "1.0.3");

    assertEquals("SIGNATURE_REFUSED", stage.run(CHECK).failure().code());

    assertNull(found().version());
    assertEquals(refusal("v1.0.3"), found().why());
  }

  @Test
  void notMoreThanTwentyAreLookedAt() throws Exception {
    for (int patch = 2; patch <= 21; patch++) {
      offer("1.0." + patch);
    }
    stage.run(CHECK);
    assertNull(found().version());

    stage.outside().sources.withdraw("1.0.21");
    stage.run(CHECK);
    assertEquals(PATCH, found().version());
  }

  @Test
  void aDryRunOfACheckLeavesNothing() throws Exception {
    offer("99.0.0");
    Request dry = new Request(null, null, Action.CHECK, null, null, null, true, null, null, null);
    assertEquals("SIGNATURE_REFUSED", stage.run(dry).failure().code());
    assertFalse(Files.exists(stage.site().state().available()));
  }

  @Test
  void whoeverCannotAskDoesNotSayThatNobodyHasSigned() throws Exception {
    offer("99.0.0");
    stage
        .outside()
        .sources
        .failSigner(
            candidate(PATCH), new ProblemException(Problem.SOURCE_UNREACHABLE, "cannot reach it"));

    assertEquals("SOURCE_UNREACHABLE", stage.run(CHECK).failure().code());
    assertFalse(Files.exists(stage.site().state().available()));
  }

  @Test
  void theLevelBindsWhenItsTurnComesToo() throws Exception {
    Version minor = new Version("1.1.0");
    stage.offer(minor);
    sign(minor);

    Ending ending = unasked(minor);

    assertEquals("VERSION_NOT_OFFERED", ending.failure().code());
    assertEquals(
        "cannot update to 1.1.0: 1.1.0 is further than `updates.auto`, which is patch",
        ending.failure().message());
    upTo(Level.MINOR);
    assertEquals(Outcome.SUCCEEDED, unasked(minor).outcome());
  }

  @Test
  void whereNothingIsUpdatedByItselfAnyMoreWhatWasAskedForIsRefused() throws Exception {
    upTo(Level.NONE);
    for (Version wanted : new Version[] {PATCH, null}) {
      Ending ending = unasked(wanted);
      assertEquals("VERSION_NOT_OFFERED", ending.failure().code());
      assertEquals(
          "cannot update"
              + (wanted == null ? "" : " to " + wanted)
              + ": `updates.auto` is none, and nothing is updated by itself any more",
          ending.failure().message());
    }
    assertEquals(Optional.of(Stage.OLD), stage.picture().current());
  }

  /** Nobody asks by that name then but people. */
  @Test
  void withoutUpdatesAnOriginOfThatNameIsPeoples() throws Exception {
    stage.configure(deployment -> Deployments.updating(deployment, Updates.NONE));
    assertEquals(Outcome.SUCCEEDED, unasked(PATCH).outcome());
  }

  @Test
  void whatWasAskedForBeforeUpdatesLeftTheFileIsRefused() throws Exception {
    stage.configure(deployment -> Deployments.notes(deployment.root()));
    assertEquals("VERSION_NOT_OFFERED", unasked(PATCH).failure().code());
  }

  private Ending unasked(@Nullable Version version) throws IOException {
    Request update = Request.of(Action.UPDATE, version);
    return stage.accept(update, Deployment.AUTO, plan -> plan).toTheEnd();
  }

  private Status.Available available() throws Exception {
    byte[] bytes = Files.readAllBytes(stage.site().state().available());
    return SchemaJson.read(bytes, Status.Available.class);
  }

  private Status.Found found() throws Exception {
    Status.@Nullable Found found = available().auto();
    assertNotNull(found);
    return found;
  }
}
