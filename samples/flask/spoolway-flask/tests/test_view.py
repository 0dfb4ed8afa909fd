"""What the page is about, decided from what lies in the spool."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from spools import MadeSpool, step

from spoolway_client import Spool
from spoolway_flask.view import POLL_BUSY, POLL_IDLE, POLL_WAITING, Page

NOW = datetime(2026, 11, 21, 3, tzinfo=timezone.utc)


@pytest.fixture()
def made(tmp_path: Path) -> MadeSpool:
    return MadeSpool(tmp_path)


def page(made: MadeSpool, asked: str | None = None, now: datetime = NOW) -> Page:
    spool = Spool(made.path, made.origin)
    result = spool.result(asked) if asked else None
    return Page.of(spool.status(), spool.results(), made.origin, now, asked, result)


def running(identity: str, origin: str = "web") -> dict[str, object]:
    return {"id": identity, "origin": origin, "action": "update", "step": "build", "progress": None}


def test_nothing_in_particular_is_shown_when_nothing_happens(made: MadeSpool) -> None:
    shown = page(made)
    assert shown.focus is None
    assert shown.history == ()
    assert shown.poll_millis == POLL_IDLE


def test_the_request_of_the_address_comes_first(made: MadeSpool) -> None:
    made.result("one", "succeeded", finishedAt="2026-11-21T02:59:00Z")
    made.result("plan", "planned", dryRun=True, finishedAt="2026-11-21T02:59:30Z")
    focus = page(made, "plan").focus
    assert focus is not None and (focus.kind, focus.id) == ("plan", "plan")


def test_a_request_without_a_result_is_waited_for(made: MadeSpool) -> None:
    shown = page(made, "20261121T025930.000Z-abc")
    assert shown.focus is not None and shown.focus.result is None and not shown.focus.is_over
    assert shown.poll_millis == POLL_BUSY


def test_of_a_request_that_nobody_knows_there_is_no_trace(made: MadeSpool) -> None:
    just_now, long_ago = "20261121T025930.000Z-abc", "20261121T025000.000Z-abc"
    assert not page(made, just_now).is_lost
    assert page(made, long_ago).is_lost and page(made, long_ago).poll_millis == POLL_IDLE
    assert page(made, "typed-in").is_lost
    made.status(runner={"stoppedAt": "2026-11-21T02:00:00Z"})
    assert not page(made, long_ago).is_lost


def test_a_check_is_no_job(made: MadeSpool) -> None:
    made.result("look", "succeeded", action="check", finishedAt="2026-11-21T02:59:00Z")
    focus = page(made, "look").focus
    assert focus is not None and focus.kind == "look"
    assert page(made).focus is None


def test_what_runs_of_our_own_is_shown_unasked(made: MadeSpool) -> None:
    made.result("run", "running")
    made.status(running=running("run"))
    shown = page(made)
    assert shown.focus is not None and shown.focus.id == "run"
    assert not shown.running_elsewhere


def test_what_runs_for_others_is_told_too(made: MadeSpool) -> None:
    made.status(running=running("nightly", "cron"))
    shown = page(made)
    assert shown.focus is None and shown.running_elsewhere and shown.is_busy


def test_the_same_id_in_another_inbox_is_another_request(made: MadeSpool) -> None:
    made.result("same", "succeeded", finishedAt="2026-11-21T02:59:00Z")
    made.status(running=running("same", "cron"))
    assert page(made, "same").running_elsewhere


def test_what_others_run_under_an_id_of_ours_brings_nothing_old_back(made: MadeSpool) -> None:
    made.result("same", "succeeded", finishedAt="2026-11-20T02:00:00Z")
    made.status(running=running("same", "cron"))
    assert page(made).focus is None and page(made).running_elsewhere


def test_good_news_are_news_for_ten_minutes(made: MadeSpool) -> None:
    made.result("done", "succeeded", finishedAt="2026-11-21T02:55:00Z")
    assert page(made).focus is not None
    assert page(made, now=NOW + timedelta(minutes=6)).focus is None


def test_bad_news_stay_for_a_day_unless_something_came_after(made: MadeSpool) -> None:
    made.result("bad", "rolled_back", finishedAt="2026-11-21T02:00:00Z")
    assert page(made, now=NOW + timedelta(hours=22)).focus is not None
    assert page(made, now=NOW + timedelta(hours=24)).focus is None
    made.status(history=[{"id": "later", "origin": "operator", "action": "update",
                          "state": "succeeded", "finishedAt": "2026-11-21T02:30:00Z"}])  # fmt: skip
    assert page(made).focus is None


def test_of_its_own_requests_the_history_knows_who_asked(made: MadeSpool) -> None:
    made.result("mine", "succeeded", requestedBy="Maya", finishedAt="2026-11-21T02:10:00Z")
    entry = {"action": "update", "state": "succeeded", "from": "1.0.0", "to": "1.1.0",
             "startedAt": "2026-11-21T02:00:00Z", "finishedAt": "2026-11-21T02:00:12Z"}  # fmt: skip
    made.status(history=[{"id": "mine", "origin": "web", **entry},
                         {"id": "mine", "origin": "cron", **entry}])  # fmt: skip
    mine, cron = page(made).history
    assert (mine.who, mine.is_own, mine.millis) == ("Maya", True, 12_000)
    assert (cron.who, cron.is_own) == (None, False)


def test_what_was_refused_is_in_the_history_too(made: MadeSpool) -> None:
    made.result("no", "rejected", finishedAt="2026-11-21T02:10:00Z")
    (entry,) = page(made).history
    assert (entry.id, entry.state) == ("no", "rejected")


def test_a_version_that_was_put_back_is_remembered_until_it_succeeds(made: MadeSpool) -> None:
    tried = {"id": "1", "origin": "web", "action": "update", "state": "rolled_back", "to": "1.1.0",
             "finishedAt": "2026-11-21T01:00:00Z"}  # fmt: skip
    again = {**tried, "id": "2", "state": "succeeded", "finishedAt": "2026-11-21T02:00:00Z"}
    made.status(history=[tried])
    assert page(made).put_back("1.1.0") is not None
    assert page(made).put_back("1.2.0") is None
    cancelled = {**tried, "id": "3", "state": "cancelled", "finishedAt": "2026-11-21T01:30:00Z"}
    made.status(history=[cancelled, tried])
    assert page(made).put_back("1.1.0") is not None
    made.status(history=[again, tried])
    assert page(made).put_back("1.1.0") is None


def test_a_plan_no_longer_fits_once_another_version_runs(made: MadeSpool) -> None:
    made.result("plan", "planned", dryRun=True)
    assert page(made, "plan").plan_is_current
    made.status(current="1.1.0")
    assert not page(made, "plan").plan_is_current


def test_the_changes_of_a_plan_begin_with_its_version(made: MadeSpool) -> None:
    made.result("plan", "planned", dryRun=True, to="1.1.0")
    changes = [
        {"version": version, "notes": f"notes of {version}"} for version in ("1.2.0", "1.1.0")
    ]
    made.status(
        available={"version": "1.2.0", "changes": changes, "checkedAt": "2026-11-21T02:00:00Z"}
    )
    assert [change.version for change in page(made, "plan").changes] == ["1.1.0"]


def test_progress_counts_only_steps_that_are_needed(made: MadeSpool) -> None:
    steps = [step("fetch", "done"), step("verify", "skipped"),
             step("build", "running", progress=0.5),
             step("swap", "planned"), step("start", "planned")]  # fmt: skip
    made.result("run", "running", steps=steps)
    made.status(running=running("run"))
    at = page(made).at_step
    assert at is not None
    assert (at.name, at.place, at.count, at.share, at.is_undoing) == ("build", 2, 4, 0.375, False)


def test_one_may_ask_for_what_the_runner_says_and_for_all_when_it_says_nothing(
    made: MadeSpool,
) -> None:
    made.status(origins={"web": {"actions": ["check"]}})
    assert page(made).may("check") and not page(made).may("rollback")
    made.status(origins={"operator": {"actions": ["check"]}})
    assert not page(made).may("check")
    made.status(origins=None)
    assert page(made).may("rollback")


def test_what_waits_is_listed_once(made: MadeSpool) -> None:
    made.result("one", "queued", submittedAt="2026-11-21T02:00:00Z")
    made.result("two", "queued", submittedAt="2026-11-21T02:01:00Z")
    assert [each.id for each in page(made).waiting] == ["two", "one"]
    assert [each.id for each in page(made, "two").waiting] == ["one"]
    assert page(made).poll_millis == POLL_WAITING


def test_requests_of_which_nothing_is_known_do_no_harm(made: MadeSpool) -> None:
    made.result("odd", "levitating", action="polish", steps=[{"name": 7}], finishedAt=None)
    made.status(history=[{"id": None}], running={"id": 5})
    assert page(made, "odd").focus is not None
    assert len(page(made).history) == 1


def test_to_older_releases_one_goes_back_and_to_newer_ones_one_updates(made: MadeSpool) -> None:
    releases = [{"version": "1.1.0"}, {"version": "1.0.0", "live": True}, {"version": "0.9.0"}]
    made.status(releases=releases)
    ways = [(each.release.version, each.way) for each in page(made).kept]
    assert ways == [("1.1.0", "update"), ("1.0.0", None), ("0.9.0", "rollback")]
