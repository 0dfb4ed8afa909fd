package org.spoolway.host.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.spoolway.channel.MadeChannel.role;

import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.spoolway.channel.ChannelTrust;
import org.spoolway.host.Interruption;
import org.spoolway.host.Progress;
import org.spoolway.host.Sources.Candidate;
import org.spoolway.problem.Problem;
import org.spoolway.problem.ProblemException;

/** What a host believes, from where, and whether it stays believed. */
class KeptTrustTest extends ChannelSourceFixture {

  @Test
  void whatTheAdministratorNamesMustBeARoot() throws Exception {
    Files.writeString(anchor, "{}");
    ProblemException none =
        refusal(Problem.CONFIGURATION, () -> channel(Where.SERVER).candidates());
    Files.delete(anchor);
    ProblemException gone =
        refusal(Problem.CONFIGURATION, () -> channel(Where.SERVER).candidates());

    List<String> told = new ArrayList<>();
    for (ProblemException refused : List.of(none, gone)) {
      told.add(String.valueOf(refused.getMessage()).replace(directory.toString(), ""));
    }
    assertEquals(
        List.of(
            "cannot use /notes.root.json, which `source.trustRoot` names: it is no root: its schema"
                + " is , not \"spoolway/root/v1\"",
            "cannot use /notes.root.json, which `source.trustRoot` names: /notes.root.json does not"
                + " exist"),
        told);
  }

  @Test
  void rootBelievesNoRootThatOthersCanWrite() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root minds");
    list(1, release("1.0.0"));
    Files.setPosixFilePermissions(anchor, PosixFilePermissions.fromString("rw-rw-rw-"));

    refusal(Problem.UNSAFE_PATH, () -> channel(Where.SERVER).candidates());
  }

  @Test
  void whatWasBelievedIsNotForgottenBecauseItIsDamaged() throws Exception {
    list(1, release("1.0.0"));
    channel(Where.SERVER).candidates();
    Files.writeString(state.channelTrust(), "{");

    refusal(Problem.STORAGE_FAILED, () -> channel(Where.SERVER).candidates());
  }

  /** Configuration management may write the same in another way. */
  @Test
  void theSameRootInOtherWordsIsTheSame() throws Exception {
    list(1, release("1.0.0"));
    made.root(2, role(1, alice), role(1, bob), alice);
    made.channel(2, List.of(release("1.0.0")), bob);
    channel(Where.SERVER).candidates();
    Files.delete(releases.path().resolve("2.root.json"));
    list(3, release("1.0.0"));

    Files.writeString(anchor, Files.readString(anchor).replace("\n", "\r\n"));

    refusal(Problem.CHANNEL_REFUSED, () -> channel(Where.SERVER).candidates());
  }

  /** A plan beside the runner may have been told something older, and write it last. */
  @Test
  void whatAnotherProcessBelievesIsNotTakenBack() throws Exception {
    list(1, release("1.0.0"));
    KeptTrust slow = new KeptTrust(anchor, state.channelTrust());
    ChannelTrust old =
        slow.read().accept(made.read(releases.path().resolve("channel.json")), NOW).trust();
    made.root(2, role(1, alice), role(1, bob), alice);
    made.channel(2, List.of(release("1.0.0")), bob);
    channel(Where.SERVER).candidates();

    slow.write(old);

    ChannelTrust kept = slow.read();
    assertEquals(2, kept.root().version());
    assertEquals(Map.of(bob.key().id(), 2L), kept.floors());
    assertEquals(2, kept.latest().counter());
  }

  /** Whoever still writes an archive that another has found to be good could change it. */
  @Test
  void nobodyFetchesWhileAnotherDoes() throws Exception {
    list(1, release("1.0.0"));
    ArchiveSource source = channel(Where.SERVER);
    Candidate candidate = only(source);
    Interruption interruption = new Interruption();
    try (ProcessLock other =
        ProcessLock.take(state.path().resolve("archives.lock"), "look on", new Interruption())) {
      CompletableFuture<Throwable> fetching =
          CompletableFuture.supplyAsync(
              () ->
                  assertThrows(
                      ProblemException.class, () -> fetch(source, candidate, interruption)));
      assertFalse(fetching.isDone(), "it waits");
      other.require();
      interruption.request(Interruption.Cause.CANCEL);
      assertEquals(
          Problem.INTERRUPTED, ((ProblemException) fetching.get(1, TimeUnit.MINUTES)).problem());
      assertEquals(List.of(), fetched());
    }

    fetch(source, candidate);
    assertEquals(1, fetched().size());
  }

  private static void fetch(ArchiveSource source, Candidate candidate, Interruption interruption)
      throws ProblemException {
    source.fetch(candidate, Progress.NONE, interruption);
  }
}
