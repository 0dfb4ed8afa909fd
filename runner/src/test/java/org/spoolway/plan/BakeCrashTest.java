package org.spoolway.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.spoolway.engine.Ending;
import org.spoolway.engine.Lives;
import org.spoolway.host.Commands;
import org.spoolway.host.FakeDatabase;
import org.spoolway.journal.Death;
import org.spoolway.journal.DyingJournal.At;
import org.spoolway.journal.DyingJournal.Moment;
import org.spoolway.journal.MemoryDirectory;
import org.spoolway.schema.Action;
import org.spoolway.schema.Outcome;
import org.spoolway.schema.Request;

/**
 * An update that is watched while users are served, with a runner that dies anywhere in it: one of
 * the two releases serves in the end, and what users wrote is there.
 */
class BakeCrashTest {

  private static final Request UPDATE = Request.of(Action.UPDATE, null);
  private static final String NOTES = "notes of users";
  private static final String WRITTEN = "a new note";

  /** What becomes of the new release once users are let in. */
  private enum Fate {
    STAYS_HEALTHY(Outcome.SUCCEEDED),
    GETS_SICK(Outcome.ROLLED_BACK),
    GETS_SICK_AFTER_USERS_WROTE(Outcome.NEEDS_INTERVENTION),
    GETS_SICK_AFTER_USERS_WROTE_WHAT_SUITS_BOTH(Outcome.ROLLED_BACK),
    GETS_SICK_AND_ONLY_ADDED(Outcome.ROLLED_BACK);

    private final Outcome end;

    Fate(Outcome end) {
      this.end = end;
    }

    private boolean usersWrite() {
      return this == GETS_SICK_AFTER_USERS_WROTE
          || this == GETS_SICK_AFTER_USERS_WROTE_WHAT_SUITS_BOTH;
    }
  }

  @TempDir(factory = MemoryDirectory.class)
  Path directory;

  private int stages;

  static Stream<Arguments> everyFateAndMoment() {
    return Stream.of(Fate.values())
        .flatMap(fate -> Stream.of(Moment.values()).map(moment -> Arguments.of(fate, moment)));
  }

  @ParameterizedTest
  @MethodSource("everyFateAndMoment")
  void aDeathAtAnyAppendTakesNothingAway(Fate fate, Moment moment) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      Played played = play(fate);
      Lives lives = played.stage.accept(UPDATE);
      died = !lives.until(new At(n, moment));
      played.assertWhole(lives, died, moment + " append " + n);
    }
  }

  @ParameterizedTest
  @EnumSource(Fate.class)
  void aDeathBeforeOrAfterAnyCallTakesNothingAway(Fate fate) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      Played early = play(fate);
      early.stage.outside().dieBefore(n);
      early.live("before call " + n);
      Played late = play(fate);
      late.stage.outside().dieAfter(n);
      died = late.live("after call " + n);
    }
  }

  @ParameterizedTest
  @EnumSource(Fate.class)
  void aDeathAtAnyQuestionTakesNothingAway(Fate fate) throws IOException {
    boolean died = true;
    for (int n = 1; died; n++) {
      Played played = play(fate);
      played.deadlyQuestion = n;
      died = played.live("question " + n);
    }
  }

  private Played play(Fate fate) throws IOException {
    Stage stage = Stage.installed(Files.createDirectory(directory.resolve("stage-" + ++stages)));
    stage.configure(d -> Deployments.baking(d, Duration.ofMillis(1)));
    stage.configure(Deployments::contracting);
    stage.outside().commands.on("contract", new Commands.Exit.Status(0));
    if (fate == Fate.GETS_SICK_AFTER_USERS_WROTE) {
      stage
          .outside()
          .commands
          .on(
              "migrate",
              (command, output, interruption) -> {
                stage.outside().database.write(FakeDatabase.SCHEMA + "2\n" + NOTES);
                return new Commands.Exit.Status(0);
              });
    }
    if (fate == Fate.GETS_SICK_AND_ONLY_ADDED) {
      stage.offer(Stage.NEW, Map.of("release.json", "{ \"migrations\": \"expand\" }"));
    }
    return new Played(fate, stage);
  }

  /** One update, with users who do something once they are let in. */
  private static final class Played {
    private final Fate fate;
    private final Stage stage;
    private int deadlyQuestion;
    private int questions;
    private boolean wrote;

    Played(Fate fate, Stage stage) {
      this.fate = fate;
      this.stage = stage;
      stage.outside().whenAsked = this::meet;
    }

    private void meet() {
      if (++questions == deadlyQuestion) {
        throw new Death("at question " + questions);
      }
      if (fate != Fate.STAYS_HEALTHY && isServed()) {
        if (fate.usersWrite() && !wrote) {
          stage.outside().database.write(stage.outside().database.content() + "\n" + WRITTEN);
          wrote = true;
        }
        stage.outside().sick.add(Stage.NEW);
      }
    }

    /** By then the gate has asked, and there is no page. */
    private boolean isServed() {
      boolean gated =
          stage.outside().log().stream().anyMatch(call -> call.startsWith("ask 1.1.0 | 1.1.0"));
      return gated
          && Stage.NEW.equals(stage.outside().services.running())
          && !Files.exists(stage.site().application().maintenance());
    }

    private boolean live(String where) throws IOException {
      Lives lives = stage.accept(UPDATE);
      boolean died = !lives.until(At.NEVER);
      assertWhole(lives, died, where);
      return died;
    }

    private void assertWhole(Lives lives, boolean died, String where) throws IOException {
      lives.toTheEnd();
      Ending ending = stage.remember(UPDATE, lives);
      String what = fate + ", died " + where + ": " + ending + " " + stage.outside().log();
      boolean isNew = ending.outcome() != Outcome.ROLLED_BACK;
      Picture after = stage.picture();
      assertEquals(Optional.of(isNew ? Stage.NEW : Stage.OLD), after.current(), what);
      assertEquals(isNew ? Stage.NEW : Stage.OLD, after.running(), what);
      assertFalse(after.page(), what);
      String data = String.valueOf(after.data());
      assertTrue(data.contains(NOTES), what);
      assertEquals(wrote, data.endsWith(WRITTEN), what);
      assertTrue(
          !died || isNew || !wrote || fate == Fate.GETS_SICK_AFTER_USERS_WROTE_WHAT_SUITS_BOTH,
          what);
      if (!died) {
        assertEquals(fate.end, ending.outcome(), what);
      } else if (ending.outcome() != Outcome.ROLLED_BACK) {
        assertEquals(fate.end, ending.outcome(), what);
      }
      boolean contracted = stage.outside().log().contains("contract | 1.1.0");
      assertFalse(contracted && ending.outcome() != Outcome.SUCCEEDED, what);
    }
  }
}
