package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.journal.StepProgress;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;
import org.spoolway.schema.Result.Change;
import org.spoolway.schema.SchemaJson;
import org.spoolway.schema.Status;
import org.spoolway.schema.Version;
import org.spoolway.trust.SshKey;

/** What a deployment that names keys installs, shows and refuses. */
class SignedReleaseTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);
  private static final Request CHECK = Request.of(Action.CHECK, null);
  private static final Request DRY =
      new Request(null, null, Action.UPDATE, null, null, null, true, null, null, null);

  private static final SshKey ALICE = new SshKey("SHA256:alice", "alice");
  private static final SshKey MALLORY = new SshKey("SHA256:mallory", "");
  private static final String SIGNED = "v1.1.0 is signed by the SSH key SHA256:alice (alice)";

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private Stage stage;

  @BeforeEach
  void nameKeys() throws IOException {
    stage = Stage.installed(directory);
    withKeys();
  }

  @Test
  void aReleaseThatATrustedKeyHasSignedIsInstalledAndTheSignerTold() throws Exception {
    sign(Stage.NEW, ALICE);
    Lives job = stage.accept(UPDATE);

    job.toTheEnd();

    assertEquals(Stage.NEW, stage.picture().running());
    assertEquals(SIGNED, step(job, "verify").detail());
  }

  @Test
  void aPlanTellsTheSigner() throws Exception {
    sign(Stage.NEW, ALICE);
    Lives job = stage.accept(DRY);

    job.toTheEnd();

    assertEquals("1.1.0 is signed by the SSH key SHA256:alice (alice)", step(job, "verify").why());
    assertFalse(Files.exists(stage.site().state().verifiedReleases()));
  }

  @Test
  void nothingIsFetchedOfAReleaseThatNobodyTrustedHasSigned() throws Exception {
    sign(Stage.NEW, MALLORY);
    Picture before = stage.picture();
    Ending ending = stage.run(UPDATE);

    assertRefused("SIGNATURE_REFUSED", ending);
    assertEquals(before, stage.picture());
    assertEquals(List.of(), stage.outside().log());
  }

  @Test
  void aPlanFailsWhereTheUpdateWould() throws Exception {
    assertRefused("SIGNATURE_REFUSED", stage.run(DRY));
    assertEquals(List.of(), stage.outside().log());
  }

  @Test
  void aTagThatMovedSinceItWasSeenIsRefusedWhoeverSignedIt() throws Exception {
    sign(Stage.NEW, ALICE);
    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());
    stage.offer(Stage.NEW);
    sign(Stage.NEW, ALICE);

    assertRefused("TAG_MOVED", stage.run(UPDATE));
    assertEquals("TAG_MOVED", stage.run(CHECK).failure().code());
  }

  @Test
  void aTagThatWasNotSignedWhenItWasSeenMayBeSignedLater() throws Exception {
    assertEquals("SIGNATURE_REFUSED", stage.run(CHECK).failure().code());
    stage.offer(Stage.NEW);
    sign(Stage.NEW, ALICE);

    assertEquals(Outcome.SUCCEEDED, stage.run(UPDATE).outcome());
  }

  @Test
  void nobodyIsToldOfAReleaseThatCouldNotBeInstalled() throws Exception {
    sign(Stage.NEW, ALICE);
    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());
    stage.offer(new Version("1.2.0"));

    assertEquals("SIGNATURE_REFUSED", stage.run(CHECK).failure().code());
    assertEquals(Stage.NEW, available().version());
  }

  @Test
  void whatNobodyTrustedHasSaidIsNoNews() throws Exception {
    stage.offer(new Version("1.2.0"));
    sign(new Version("1.2.0"), ALICE);

    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());

    assertEquals(
        List.of(new Change(new Version("1.2.0"), "Notes of 1.2.0")), available().changes());
  }

  @Test
  void aReleaseThatCameBeforeTheKeysIsNotTakenForVerified() throws Exception {
    withoutKeys();
    stage.mustSucceed(UPDATE);
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    withKeys();
    sign(Stage.NEW, ALICE);

    assertFetchedBefore("verify", Request.of(Action.UPDATE, Stage.NEW));
    assertFetchedBefore("resolve", Request.of(Action.ROLLBACK, Stage.NEW));
  }

  @Test
  void theWayBackToWhatRanBeforeTheKeysStaysOpen() throws Exception {
    sign(Stage.NEW, ALICE);
    stage.mustSucceed(UPDATE);

    assertEquals(Outcome.SUCCEEDED, stage.run(Request.of(Action.ROLLBACK, null)).outcome());
    assertEquals(Stage.OLD, stage.picture().running());
  }

  @Test
  void whatACheckHasSeenDoesNotVouchForWhatWasFetchedWithoutKeys() throws Exception {
    Candidate good = sign(Stage.NEW, ALICE);
    assertEquals(Outcome.SUCCEEDED, stage.run(CHECK).outcome());
    withoutKeys();
    stage.offer(Stage.NEW);
    stage.mustSucceed(UPDATE);
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    withKeys();
    stage.outside().sources.offerAgain(good);

    assertFetchedBefore("verify", Request.of(Action.UPDATE, Stage.NEW));
  }

  private void withoutKeys() {
    stage.configure(deployment -> Deployments.trusting(deployment));
  }

  private void withKeys() {
    stage.configure(deployment -> Deployments.trusting(deployment, ALICE));
  }

  private void assertFetchedBefore(String step, Request request) throws IOException {
    Ending ending = stage.run(request);
    assertEquals("SIGNATURE_REFUSED", ending.failure().code());
    assertEquals(step, ending.failure().step());
    assertTrue(
        ending.failure().message().contains("while `source.trust` named no keys"),
        ending.failure().message());
  }

  @Test
  void aReleaseThatIsHereAndWasVerifiedIsUsedAgain() throws Exception {
    sign(Stage.NEW, ALICE);
    stage.mustSucceed(UPDATE);
    stage.mustSucceed(Request.of(Action.ROLLBACK, null));
    Lives job = stage.accept(Request.of(Action.UPDATE, Stage.NEW));

    job.toTheEnd();

    assertEquals(Stage.NEW, stage.picture().running());
    assertEquals(
        "release 1.1.0 is here, signed by the SSH key SHA256:alice (alice)",
        step(job, "verify").why());
  }

  @Test
  void withoutKeysNobodyHasToSign() throws Exception {
    withoutKeys();
    Lives job = stage.accept(UPDATE);

    job.toTheEnd();

    assertEquals("`source.trust` names no keys", step(job, "verify").why());
    assertNull(step(job, "verify").detail());
  }

  private Candidate sign(Version version, SshKey key) throws Exception {
    Candidate candidate =
        stage.outside().sources.candidates().stream()
            .filter(c -> c.version().equals(version))
            .findFirst()
            .orElseThrow();
    stage.outside().sources.sign(candidate, key);
    return candidate;
  }

  private static StepProgress step(Lives job, String name) throws IOException {
    return job.progress().steps().stream()
        .filter(step -> step.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertRefused(String code, Ending ending) {
    assertEquals(Outcome.FAILED, ending.outcome());
    assertEquals(
        Map.of("code", code, "step", "resolve"),
        Map.of("code", ending.failure().code(), "step", String.valueOf(ending.failure().step())));
  }

  private Status.Available available() throws Exception {
    byte[] bytes = Files.readAllBytes(stage.site().state().available());
    return SchemaJson.read(bytes, Status.Available.class);
  }
}
