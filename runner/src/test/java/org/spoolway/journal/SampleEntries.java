package org.spoolway.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.spoolway.journal.JournalEntry.Accepted;
import org.spoolway.journal.JournalEntry.Applied;
import org.spoolway.journal.JournalEntry.Applying;
import org.spoolway.journal.JournalEntry.Foreseen;
import org.spoolway.journal.JournalEntry.LeftOff;
import org.spoolway.journal.JournalEntry.Noted;
import org.spoolway.journal.JournalEntry.PlannedStep;
import org.spoolway.journal.JournalEntry.Resumed;
import org.spoolway.journal.JournalEntry.Skipped;
import org.spoolway.journal.JournalEntry.Started;
import org.spoolway.journal.JournalEntry.TurnedBack;
import org.spoolway.journal.JournalEntry.UndoFailed;
import org.spoolway.journal.JournalEntry.Undoing;
import org.spoolway.journal.JournalEntry.Undone;
import org.spoolway.journal.JournalEntry.Unproven;
import org.spoolway.lifecycle.Phase;
import org.spoolway.schema.Failure;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Result;

/** Journal entries for tests, all of the same moment, about a plan with one step in each phase. */
public final class SampleEntries {

  /** When all of them were written. */
  public static final Instant AT = Instant.parse("2026-11-21T01:34:55.123456789Z");

  /** A step of each phase, named after it. */
  public static final List<PlannedStep> STEPS =
      List.of(
          new PlannedStep("prepare", Phase.PREPARE),
          new PlannedStep("cutover", Phase.CHANGE),
          new PlannedStep("proof", Phase.PROOF),
          new PlannedStep("afterwards", Phase.AFTERWARDS));

  private SampleEntries() {}

  /** The request of an operator. */
  public static Accepted accepted(byte[] content) {
    return new Accepted(
        AT,
        "operator",
        new RequestId("r-1"),
        "update",
        content,
        "ab12",
        AT,
        new Result.Owner(1001, "notes"),
        AT);
  }

  /** The request of another origin. */
  public static Accepted from(String origin) {
    Accepted a = accepted();
    return new Accepted(
        AT, origin, a.id(), a.name(), a.content(), a.sha256(), AT, a.owner(), a.submittedAt());
  }

  /** The request of an operator who touched a name. */
  public static Accepted accepted() {
    return accepted(new byte[0]);
  }

  /** A start with {@link #STEPS}. */
  public static Started started(int attempt) {
    return new Started(AT, attempt, 42, Evidence.none(), STEPS);
  }

  private static List<PlannedStep> withALook() {
    List<PlannedStep> steps = new ArrayList<>(STEPS);
    steps.add(0, new PlannedStep("look", Phase.PREPARE, false));
    return steps;
  }

  /** A step about to run. */
  public static Applying applying(String step) {
    return new Applying(AT, step, "it is needed");
  }

  /** A step that has run. */
  public static Applied applied(String step) {
    return new Applied(AT, step, Evidence.detail("seen"));
  }

  /** A step that was not needed. */
  public static Skipped skipped(String step) {
    return new Skipped(AT, step, "nothing to do");
  }

  /** Going back because a step failed. */
  public static TurnedBack failed(String step) {
    return new TurnedBack(AT, step, failure(step), false);
  }

  /** Going back because the runner ended. */
  public static TurnedBack crashed(String step) {
    return new TurnedBack(AT, step, failure(step), true);
  }

  /** A step about to be undone. */
  public static Undoing undoing(String step) {
    return new Undoing(AT, step);
  }

  /** A step that was undone. */
  public static Undone undone(String step) {
    return new Undone(AT, step);
  }

  /** An undo that failed. */
  public static UndoFailed undoFailed(String step) {
    return new UndoFailed(AT, step, failure(step));
  }

  /** What a step failed with. */
  public static Failure failure(String step) {
    return new Failure("INTERNAL", step, "cannot go on: \"ä\"\n\t\u0001", "Ask.");
  }

  /** Every kind of entry once, in an order that a job could write. */
  public static List<JournalEntry> oneOfEach() {
    Evidence evidence = new Evidence(Map.of("to", "1.1.0", "tag", "v1.1.0"), "one", null);
    return List.of(
        accepted("{\"action\":\"update\"}".getBytes(StandardCharsets.UTF_8)),
        new Started(AT, 1, 42, Evidence.none(), withALook()),
        new Foreseen(AT, "afterwards", "it would run", "exactly so"),
        skipped("proof"),
        applying("prepare"),
        new Applied(AT, "prepare", evidence),
        applying("cutover"),
        new Applied(AT, "cutover", Evidence.skipped("there was nothing")),
        new Resumed(AT, "proof"),
        new LeftOff(AT, "proof"),
        new Unproven(AT, "proof", failure("proof")),
        new Noted(AT, "afterwards", failure("afterwards")),
        failed("proof"),
        new TurnedBack(AT, null, new Failure("CANCELLED", null, "taken back", "Ask."), false),
        undoing("cutover"),
        undone("cutover"),
        undoing("prepare"),
        undoFailed("prepare"));
  }

  /** Writes a journal of a format, and with a kind of entry, that only a newer runner knows. */
  public static void writeNewer(Path file) throws IOException {
    Files.writeString(
        file,
        line("{\"entry\":\"accepted\",\"format\":3,\"whatIsNew\":[1]}")
            + line("{\"entry\":\"quiteNew\"}"));
  }

  private static String line(String json) {
    CRC32C crc = new CRC32C();
    crc.update(json.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().toHexDigits(crc.getValue(), 8) + " " + json + "\n";
  }
}
