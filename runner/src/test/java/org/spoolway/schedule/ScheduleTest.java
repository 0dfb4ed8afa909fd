package org.spoolway.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.spoolway.schedule.Schedule.Plan;
import org.spoolway.schedule.Schedule.Situation;
import org.spoolway.schema.Action;
import org.spoolway.schema.Request;
import org.spoolway.schema.RequestId;
import org.spoolway.schema.Status.Found;
import org.spoolway.schema.Version;

/** What is due by itself, with a clock that a test sets. 2026-11-23 is a Monday. */
class ScheduleTest {

  private static final Version LIVE = new Version("1.0.0");
  private static final Version NEXT = new Version("1.0.1");
  private static final String FOUND = "1.0.1 is the newest patch";

  private final Set<RequestId> asked = new HashSet<>();
  private Level level = Level.PATCH;
  private List<String> windows = List.of();
  private Duration check = Duration.ofHours(6);
  private long phase;
  private @Nullable Version live = LIVE;
  private @Nullable Instant lookedAt;
  private @Nullable Found found;
  private List<Instant> failures = List.of();
  private List<Hold> holds = List.of();

  private Plan plan(String now) {
    Windows in =
        new Windows(
            windows.stream().map(text -> Window.parse(text).orElseThrow()).toList(),
            ZoneId.of("Europe/Berlin"));
    Updates updates = new Updates(level, check, in, Duration.ofHours(24), holds);
    Situation situation = new Situation(live, lookedAt, found, failures);
    return new Schedule(updates, phase).plan(at(now), situation, asked::contains);
  }

  /** What is due, which is then asked for. */
  private @Nullable String due(String now) {
    Request due = plan(now).due();
    if (due == null) {
      return null;
    }
    RequestId id = due.id();
    assertNotNull(id);
    asked.add(id);
    return id.value();
  }

  private static Instant at(String text) {
    return Instant.parse("2026-11-" + text + "Z");
  }

  private void finds(String when) {
    lookedAt = at(when);
    found = new Found(NEXT, FOUND);
  }

  @Test
  void aCheckIsDueOnceInEachInterval() {
    assertEquals("check-20261123T060000Z", due("23T11:59:59"));
    assertNull(due("23T11:59:59"));
    assertEquals("check-20261123T120000Z", due("23T12:00:00"));
    assertNull(due("23T17:59:59.999"));
    assertEquals("check-20261123T180000Z", due("23T18:00:00"));
  }

  @Test
  void aCheckIsNotWorthCarryingOutOnceTheNextIsDue() {
    Request due = plan("23T11:59:59").due();
    assertNotNull(due);
    assertEquals(Action.CHECK, due.action());
    assertEquals(at("23T12:00:00"), due.expires());
    assertNull(due.params());
  }

  @Test
  void theSameQuestionIsTheSameRequest() {
    assertEquals(plan("23T06:00:00").due(), plan("23T11:59:59").due());
    windows = List.of("Mon 02:00-04:00");
    finds("23T00:30:00");
    asked.add(new RequestId("check-20261123T000000Z"));
    assertEquals(plan("23T01:00:00").due(), plan("23T02:59:59").due());
  }

  /** Whoever asked: a page's button, an operator. */
  @Test
  void whatWasFoundInThisIntervalIsNotLookedForAgain() {
    lookedAt = at("23T06:00:00");
    assertNull(due("23T07:00:00"));
    assertEquals(at("23T12:00:00"), plan("23T07:00:00").nextCheck());
    assertEquals("check-20261123T120000Z", due("23T12:00:00"));
  }

  @Test
  void eachHostHasAnInstantOfItsOwn() {
    phase = 61;
    assertEquals("check-20261123T060101Z", due("23T12:01:00"));
    assertEquals("check-20261123T120101Z", due("23T12:01:01"));
    assertEquals(at("23T18:01:01"), plan("23T12:01:01").nextCheck());
  }

  @Test
  void whileACheckIsDueNothingElseIs() {
    finds("23T01:00:00");
    assertEquals("check-20261123T060000Z", due("23T06:30:00"));
    assertEquals("update-1.0.1-20261123T010000Z", due("23T06:30:00"));
    assertNull(due("23T06:30:00"));
  }

  @Test
  void withoutWindowsAnUpdateIsDueOnceItIsFound() {
    finds("23T06:10:00");
    Plan plan = plan("23T06:10:01");
    Request due = plan.due();
    assertNotNull(due);
    assertEquals(Action.UPDATE, due.action());
    assertEquals(NEXT, due.parameters().version());
    assertNull(due.expires());
    assertEquals(NEXT, plan.version());
    assertEquals(at("23T06:10:00"), plan.at());
    assertEquals(FOUND, plan.why());
  }

  @Test
  void whatWasAskedForAndCameToNothingWaitsForTheNextCheck() {
    finds("23T06:10:00");
    assertEquals("update-1.0.1-20261123T061000Z", due("23T06:10:01"));
    Plan plan = plan("23T06:11:00");
    assertNull(plan.due());
    assertNull(plan.at());
    assertEquals(FOUND + "; update-1.0.1-20261123T061000Z has asked for it", plan.why());
    finds("23T12:00:01");
    assertEquals("update-1.0.1-20261123T120001Z", due("23T12:00:02"));
  }

  @Test
  void anUpdateWaitsForItsWindowAndExpiresWithIt() {
    windows = List.of("Mon-Fri 02:00-04:00");
    finds("23T06:10:00");
    Plan plan = plan("23T06:11:00");
    assertNull(plan.due());
    assertEquals(at("24T01:00:00"), plan.at());
    assertEquals(FOUND + "; the window opens Tue 24 Nov 02:00 (Europe/Berlin)", plan.why());
    finds("24T00:10:00");
    Request due = plan("24T01:00:00").due();
    assertNotNull(due);
    assertEquals("update-1.0.1-20261124T010000Z", String.valueOf(due.id()));
    assertEquals(at("24T03:00:00"), due.expires());
  }

  @Test
  void inOneWindowItIsAskedForOnce() {
    windows = List.of("Mon-Fri 02:00-04:00");
    finds("24T00:10:00");
    assertEquals("update-1.0.1-20261124T010000Z", due("24T02:00:00"));
    finds("24T02:30:00");
    assertNull(due("24T02:59:59"));
    assertEquals(at("25T01:00:00"), plan("24T02:59:59").at());
    finds("25T00:30:00");
    assertEquals("update-1.0.1-20261125T010000Z", due("25T01:00:00"));
  }

  @Test
  void aVersionThatFailedRests() {
    finds("23T06:10:00");
    failures = List.of(at("21T00:00:00"), at("23T06:12:00"));
    Plan plan = plan("23T06:13:00");
    assertNull(plan.due());
    assertEquals(NEXT, plan.version());
    assertEquals(at("24T06:12:00"), plan.at());
    assertEquals(
        FOUND
            + "; an update to it failed Mon 23 Nov 07:12, and it is tried again Tue 24 Nov 07:12"
            + " (Europe/Berlin)",
        plan.why());
    finds("24T06:01:00");
    assertNull(due("24T06:11:59"));
    assertEquals("update-1.0.1-20261124T061200Z", due("24T06:12:00"));
  }

  @Test
  void aVersionThatRestsWaitsForAWindowToo() {
    windows = List.of("02:00-04:00");
    finds("23T00:10:00");
    failures = List.of(at("23T01:30:00"));
    assertEquals(at("24T01:30:00"), plan("23T01:31:00").at(), "within a window");
    failures = List.of(at("23T04:00:00"));
    assertEquals(at("25T01:00:00"), plan("23T04:01:00").at(), "after it");
    finds("24T00:10:00");
    failures = List.of(at("23T01:30:00"));
    assertNull(due("24T01:29:59"));
    assertEquals("update-1.0.1-20261124T013000Z", due("24T01:30:00"));
  }

  /** The failures of one version say nothing of another; so its own are none. */
  @Test
  void aNewerVersionIsTakenMeanwhile() {
    lookedAt = at("23T06:20:00");
    found = new Found(new Version("1.0.2"), "1.0.2 is the newest patch");
    assertEquals("update-1.0.2-20261123T062000Z", due("23T06:21:00"));
  }

  @Test
  void whatStandsInTheWayIsSaid() {
    lookedAt = at("23T06:00:00");
    assertWhy("nobody has looked yet");
    found = new Found(null, "1.0.1 is held until 2026-12-24: exams");
    assertWhy("1.0.1 is held until 2026-12-24: exams");
    found = new Found(NEXT, FOUND);
    live = null;
    assertWhy("no release is live, and the first one waits for people");
    live = LIVE;
    level = Level.NONE;
    assertWhy("`updates.auto` is none, and updates wait for people");
  }

  private void assertWhy(String why) {
    Plan plan = plan("23T06:10:00");
    assertEquals(why, plan.why());
    assertNull(plan.version());
    assertNull(plan.at());
    assertNull(plan.due());
  }

  /** Each instant back and forth has its id, so that nothing is asked twice. */
  @Test
  void aClockThatJumpsAsksForNothingTwice() {
    List<String> dues = new ArrayList<>();
    windows = List.of("02:00-04:00");
    for (int round = 0; round < 3; round++) {
      for (String now : List.of("23T02:00:00", "24T02:30:00", "23T01:00:00", "24T01:00:00")) {
        lookedAt = at(now);
        found = new Found(NEXT, FOUND);
        Optional.ofNullable(due(now)).ifPresent(dues::add);
        lookedAt = null;
        Optional.ofNullable(due(now)).ifPresent(dues::add);
      }
    }
    assertEquals(
        List.of(
            "check-20261123T000000Z",
            "check-20261124T000000Z",
            "update-1.0.1-20261123T010000Z",
            "update-1.0.1-20261124T010000Z"),
        dues.stream().sorted().toList());
  }

  private static Hold until(String end) {
    return new Hold(end, at(end), "exams", null);
  }

  /** What was found while a hold lasted was found under it. */
  @Test
  void theEndOfAHoldIsLookedAfterAtOnceAndOnce() {
    holds = List.of(until("23T09:00:00"), until("23T08:00:00"), until("24T00:00:00"));
    lookedAt = at("23T06:00:00");
    assertNull(due("23T07:59:59"));
    assertEquals(at("23T08:00:00"), plan("23T07:59:59").nextCheck());
    Request check = plan("23T10:00:00").due();
    assertNotNull(check);
    assertEquals(at("23T12:00:00"), check.expires());
    assertEquals("check-20261123T090000Z", due("23T10:00:00"));
    assertNull(due("23T11:59:59"));
    assertEquals("check-20261123T120000Z", due("23T12:00:00"));
  }

  @Test
  void aHoldThatWasOverWhenSomebodyLookedIsNoReasonToLook() {
    holds = List.of(until("23T08:00:00"), until("20T08:00:00"));
    lookedAt = at("23T08:00:00");
    assertNull(due("23T08:00:00"));
    assertEquals(at("23T12:00:00"), plan("23T08:00:00").nextCheck());
  }

  @Test
  void aHoldOfAnEarlierIntervalIsLookedAfterByTheCheckOfThisOne() {
    holds = List.of(until("23T05:00:00"));
    lookedAt = at("23T01:00:00");
    assertEquals("check-20261123T060000Z", due("23T06:10:00"));
    assertNull(due("23T06:10:00"));
  }

  /** What a clock wrote down that was ahead keeps nothing from being asked. */
  @Test
  void aClockThatWasAheadDoesNotSilenceIt() {
    lookedAt = Instant.parse("2031-01-01T00:00:00Z");
    failures = List.of(Instant.parse("2031-01-01T00:00:00Z"));
    found = new Found(NEXT, FOUND);
    assertEquals("check-20261123T060000Z", due("23T06:10:00"));
    finds("23T06:10:01");
    assertEquals("update-1.0.1-20261123T061001Z", due("23T06:10:02"));
  }

  /** A clock that was set back by less than it rests does not cut that short. */
  @Test
  void aFailureThatIsAheadRestsUnlessItIsTooFarAhead() {
    finds("23T06:10:00");
    failures = List.of(at("24T06:15:00"), at("23T20:00:00"));
    Plan plan = plan("23T06:14:00");
    assertNull(plan.due());
    assertEquals(at("24T20:00:00"), plan.at());
    assertNull(due("23T06:14:59"));
    failures = List.of(at("24T06:14:01"));
    assertEquals("update-1.0.1-20261123T061000Z", due("23T06:14:00"));
  }

  @Test
  void whatWasFoundAheadIsNotFoundYet() {
    asked.add(new RequestId("check-20261123T060000Z"));
    finds("25T06:00:00");
    assertWhy("nobody has looked yet");
    windows = List.of("02:00-04:00");
    assertWhy("nobody has looked yet");
  }

  @Test
  void aLongVersionStillMakesAnId() {
    lookedAt = at("23T06:20:00");
    found = new Found(new Version("1.0.2-" + "a".repeat(90) + "+b"), "why");
    String id = due("23T06:21:00");
    assertNotNull(id);
    assertEquals(RequestId.MAX_LENGTH, id.length());
  }
}
