"""The page over HTTP, without a browser."""

from __future__ import annotations

import os
import re
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response, redirect, request
from flask.testing import FlaskClient
from flask_babel import Babel
from flask_wtf import CSRFProtect
from jinja2 import FileSystemLoader
from spools import MadeSpool, step

from spoolway_flask import SpoolwayUpdates

HASH = "0" * 64


class Site:
    """An application with the page, and a browser's worth of cookies."""

    def __init__(self, directory: Path) -> None:
        self.spool = MadeSpool(directory)
        self.app = Flask(__name__)
        self.app.config.update(SECRET_KEY="a secret of tests", TESTING=True)
        self.verdict: Any = True
        SpoolwayUpdates(
            self.app,
            spool=directory,
            authorize=lambda: self.verdict,
            requested_by=lambda: "Maya",
            support_address="help@example.org",
        )
        self.client: FlaskClient = self.app.test_client()

    def text(self, path: str = "/updates/", **options: Any) -> str:
        return str(self.client.get(path, **options).get_data(as_text=True))

    def token(self) -> str:
        self.text()
        with self.client.session_transaction() as session:
            return str(session["spoolway_token"])

    def send(self, path: str, **form: str) -> Any:
        return self.client.post(f"/updates/{path}", data={"spoolway_token": self.token(), **form})


@pytest.fixture()
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def plan(site: Site, **fields: Any) -> None:
    steps = [step("fetch", "planned"), step("verify", "skipped")]
    site.spool.result("p1", "planned", dryRun=True, planSha256=HASH, steps=steps, **fields)


def test_it_tells_what_runs_and_what_is_available(site: Site) -> None:
    changes = [{"version": "1.1.0", "notes": "<b>Titles</b>"}]
    site.spool.status(
        available={"version": "1.1.0", "changes": changes, "checkedAt": "2026-11-21T02:00:00Z"}
    )
    text = site.text()
    assert "Version 1.1.0 is available" in text and ">1.0.0<" in text and "It answers well" in text
    assert "&lt;b&gt;Titles&lt;/b&gt;" in text and "Update to 1.1.0 …" in text


def test_checking_drops_a_check_and_leads_to_the_page_about_it(site: Site) -> None:
    answer = site.send("check")
    (dropped,) = site.spool.requests()
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith(f"/updates/?request={dropped['id']}")
    assert (dropped["action"], dropped["requestedBy"]) == ("check", "Maya")


def test_planning_changes_nothing(site: Site) -> None:
    site.send("plan", action="update", version="1.1.0")
    (dropped,) = site.spool.requests()
    assert dropped["dryRun"] is True and dropped["params"] == {"version": "1.1.0"}
    assert "notBefore" not in dropped


def test_confirming_sends_the_hash_of_the_plan(site: Site) -> None:
    plan(site)
    assert "Update from 1.0.0 to 1.1.0?" in site.text("/updates/?request=p1")
    assert "why fetch" in site.text("/updates/?request=p1")
    site.send("start", plan="p1", when="now")
    (dropped,) = site.spool.requests()
    assert (dropped["plan"], dropped["params"]["version"]) == (HASH, "1.1.0")
    assert not dropped.get("dryRun") and "notBefore" not in dropped
    soon = datetime.now(timezone.utc) + timedelta(hours=2)
    assert datetime.fromisoformat(dropped["expires"].replace("Z", "+00:00")) < soon


def test_expected_downtime_and_room_are_told_before_one_confirms(site: Site) -> None:
    plan(site, expected={"downtimeMillis": 2400, "bytes": 120_000_000, "freeBytes": 8_300_000_000})
    text = site.text("/updates/?request=p1")
    assert "about 2.4 s" in text and "8.3 GB free, about 120 MB needed" in text
    plan(site, expected={"downtimeMillis": 0, "bytes": None, "freeBytes": 8_300_000_000})
    assert "no time at all" in site.text("/updates/?request=p1")


def test_tonight_is_held_back_until_then_and_not_for_ever(site: Site) -> None:
    plan(site)
    site.send("start", plan="p1", when="later", time="03:00", minutes_west="-60")
    (dropped,) = site.spool.requests()
    due = datetime.fromisoformat(dropped["notBefore"].replace("Z", "+00:00"))
    ends = datetime.fromisoformat(dropped["expires"].replace("Z", "+00:00"))
    assert (due.hour, due.minute) == (2, 0) and due > datetime.now(timezone.utc)
    assert ends - due == timedelta(hours=6)


@pytest.mark.parametrize("form", [
    {"plan": "unknown", "when": "now"}, {"plan": "p1", "when": "later", "time": "25:99"},
    {"plan": "p1", "when": "later", "time": "03:00", "minutes_west": "x"},
    {"plan": "p1", "when": "later", "time": ""}, {"plan": "p1", "data": "burn"},
])  # fmt: skip
def test_what_cannot_be_meant_is_refused(site: Site, form: dict[str, str]) -> None:
    plan(site)
    assert site.send("start", **form).status_code == 400
    assert site.spool.requests() == []


def test_a_plan_whose_names_lead_elsewhere_is_not_there(site: Site) -> None:
    assert site.send("start", plan="../../etc/passwd").status_code == 404
    assert site.client.get("/updates/?request=../status").status_code == 404
    assert site.client.get("/updates/log/..%2Fstatus").status_code == 404


def test_going_back_takes_the_choice_of_data_along(site: Site) -> None:
    plan(site, action="rollback", to="0.9.0")
    assert "Go back from 1.0.0 to 0.9.0?" in site.text("/updates/?request=p1")
    site.send("start", plan="p1", data="restore")
    (dropped,) = site.spool.requests()
    assert dropped["params"] == {"version": "0.9.0", "data": "restore"}


def test_when_going_back_would_lose_something_that_is_offered_apart(site: Site) -> None:
    error = {"code": "ROLLBACK_WOULD_LOSE", "message": "notes: 3 rows added", "fix": "…"}
    site.spool.result("p1", "failed", action="rollback", dryRun=True, to="0.9.0", error=error)
    text = site.text("/updates/?request=p1&version=0.9.0")
    assert "Show me what would be lost" in text and "notes: 3 rows added" in text
    assert re.search(r'name="data" value="restore"', text)


def test_cancelling_names_the_request(site: Site) -> None:
    site.spool.result("wait", "queued")
    assert "Waiting" in site.text()
    answer = site.send("cancel", id="wait")
    (dropped,) = site.spool.requests()
    assert dropped["action"] == "cancel" and dropped["params"]["id"] == "wait"
    assert answer.headers["Location"].endswith("request=wait")


def test_a_forged_form_is_refused_and_drops_nothing(site: Site) -> None:
    site.token()
    for forged in ({}, {"spoolway_token": "0" * 64}, {"spoolway_token": "ü"}):
        assert site.client.post("/updates/check", data=forged).status_code == 400
    other = {"Sec-Fetch-Site": "cross-site"}
    sent = site.client.post("/updates/check", data={"spoolway_token": site.token()}, headers=other)
    assert sent.status_code == 400
    assert "did not come from this page" in sent.get_data(as_text=True)
    assert site.spool.requests() == []


@pytest.mark.parametrize("path", ["", "live", "log/p1", "support/p1.zip"])
def test_who_may_not_sees_nothing(site: Site, path: str) -> None:
    for verdict in (False, None, "yes", 1):
        site.verdict = verdict
        assert site.client.get(f"/updates/{path}").status_code == 403


def test_who_may_not_does_nothing(site: Site) -> None:
    token = site.token()
    site.verdict = False
    for path in ("check", "plan", "start", "cancel"):
        assert (
            site.client.post(f"/updates/{path}", data={"spoolway_token": token}).status_code == 403
        )
    assert site.spool.requests() == []


def test_authorize_may_lead_to_where_one_logs_in(site: Site) -> None:
    with site.app.test_request_context():
        site.verdict = redirect("/login")
    answer = site.client.get("/updates/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login")


def test_nothing_inline_and_nothing_from_elsewhere(site: Site) -> None:
    plan(site)
    answer = site.client.get("/updates/?request=p1")
    text = answer.get_data(as_text=True)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert " style=" not in text and "<style" not in text and not re.search(r"\son\w+=", text)
    assert re.findall(r"<script[^>]*src=\"([^\"]*)\"", text) and "<script>" not in text
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_sections_come_one_by_one(site: Site) -> None:
    site.spool.result(
        "run", "running", steps=[step("build", "running", startedAt="2026-11-21T02:00:00Z")]
    )
    site.spool.status(
        running={
            "id": "run",
            "origin": "web",
            "action": "update",
            "step": "build",
            "progress": None,
        }
    )
    answer = site.client.get("/updates/live").get_json()
    assert set(answer["sections"]) == {"notices", "focus", "now", "waiting", "history", "storage"}
    assert (
        "Updating to 1.1.0" in answer["sections"]["focus"]
        and answer["heading"] == "Updating to 1.1.0"
    )
    assert "Build it" in answer["sections"]["focus"] and answer["poll"] < 2000


def test_the_outcome_in_words_with_the_reason_and_the_way_to_support(site: Site) -> None:
    error = {
        "code": "GATE_FAILED",
        "step": "gate",
        "message": "cannot pass the gate: 503",
        "fix": "Read the log.",
    }
    site.spool.result("bad", "rolled_back", error=error, requestedBy="Maya", log="logs/web/bad.log",
                      finishedAt="2026-11-21T02:00:09Z", downtimeMillis=1300)  # fmt: skip
    site.spool.log("bad", "<script>alert(1)</script> ends here")
    text = site.text("/updates/?request=bad")
    assert "The update to 1.1.0 did not work and was put back" in text
    assert "Version 1.0.0 runs again, with all data as they were. Nothing was lost." in text
    assert "The new version started, but did not answer as it should." in text
    assert "cannot pass the gate: 503" in text and "Read the log." in text
    assert "Visitors were kept out for 1.3 s." in text and "Asked for by Maya." in text
    assert "&lt;script&gt;alert(1)" in text and "<script>alert" not in text
    assert "/updates/support/bad.zip" in text and "mailto:help@example.org" in text
    answer = site.client.get("/updates/support/bad.zip")
    assert answer.status_code == 200 and answer.mimetype == "application/zip"
    assert site.client.get("/updates/support/none.zip").status_code == 404


def test_a_runner_that_is_away_and_a_queue_that_is_paused_are_told(site: Site) -> None:
    site.spool.status(paused=True)
    assert "Updates are paused" in site.text()
    assert "Nobody carries out updates" not in site.text()
    long_ago = time.time() - 120
    os.utime(site.spool.path / "status.json", (long_ago, long_ago))
    assert "Nobody carries out updates" in site.text()


def test_a_failed_undo_and_an_inbox_that_is_not_served_are_told(site: Site) -> None:
    site.spool.status(
        broken={
            "id": "x",
            "origin": "web",
            "step": "restore",
            "message": "cannot restore",
            "fix": "mend it",
        },
        unserved={
            "web": {"message": "inbox is open", "fix": "chmod"},
            "cron": {"message": "other", "fix": ""},
        },
    )
    text = site.text()
    assert (
        "cannot restore" in text
        and "mend it" in text
        and "inbox is open" in text
        and "other" not in text
    )


def test_a_status_that_cannot_be_read_is_an_error_on_the_page(site: Site) -> None:
    (site.spool.path / "status.json").write_text('{"schema": ')
    answer = site.client.get("/updates/")
    assert answer.status_code == 503
    assert "Updates cannot be shown" in answer.get_data(as_text=True)
    live = site.client.get("/updates/live")
    assert live.status_code == 200 and "cannot read" in live.get_json()["sections"]["notices"]


def test_an_inbox_that_is_missing_is_an_error_on_the_page(site: Site) -> None:
    token = site.token()
    (site.spool.path / "incoming" / "web").rmdir()
    answer = site.client.post("/updates/check", data={"spoolway_token": token})
    text = answer.get_data(as_text=True)
    assert (
        answer.status_code == 503
        and "could not be left for the updater" in text
        and "incoming" in text
    )


def test_what_this_origin_may_not_is_not_offered(site: Site) -> None:
    releases = [
        {"version": "1.0.0", "live": True},
        {"version": "0.9.0", "live": False, "bytes": 5_000_000},
    ]
    site.spool.status(origins={"web": {"actions": ["check"]}}, releases=releases,
                      available={"version": "1.1.0", "changes": [], "checkedAt": None})  # fmt: skip
    text = site.text()
    assert (
        "Update to 1.1.0 …" not in text and "Go back to 0.9.0 …" not in text and "Check now" in text
    )
    assert "5.0 MB" in text and "Only somebody at the server can go back" in text


def test_states_and_fields_of_a_later_runner_do_no_harm(site: Site) -> None:
    site.spool.result("odd", "levitating", action="polish",
                      steps=[step("shine", "sparkling", millis="?")],
                      error={"code": "NEW_CODE", "message": None}, wings=2)  # fmt: skip
    site.spool.status(halo=True, history=[{"id": "x", "action": None, "state": "?"}],
                      releases=[{}], snapshots=[{}], room={},
                      health={"state": 3}, running={})  # fmt: skip
    assert site.client.get("/updates/?request=odd").status_code == 200


def test_in_the_language_of_the_application(tmp_path: Path) -> None:
    site = Site(tmp_path)
    Babel(site.app, locale_selector=lambda: request.args.get("lang", "en"))
    plan(site)
    arabic = site.client.get("/updates/?request=p1&lang=ar")
    text = arabic.get_data(as_text=True)
    assert '<html lang="ar" dir="rtl">' in text and arabic.headers["Content-Language"] == "ar"
    assert "هل تريد التحديث من \u20681.0.0\u2069 إلى \u20681.1.0\u2069؟" in text
    assert '<html lang="en" dir="ltr">' in site.text("/updates/?lang=en")


def test_without_babel_in_the_language_of_the_browser(site: Site) -> None:
    assert '<html lang="ar" dir="rtl">' in site.text(headers={"Accept-Language": "ar,en;q=0.5"})
    assert '<html lang="en" dir="ltr">' in site.text(headers={"Accept-Language": "xx"})


def test_beside_a_protection_of_the_whole_application(tmp_path: Path) -> None:
    site = Site(tmp_path)
    CSRFProtect(site.app)
    found = re.search(r'name="csrf_token" value="([^"]+)"', site.text())
    assert found is not None
    assert site.send("check").status_code == 400
    assert site.send("check", csrf_token=found[1]).status_code == 303


def test_in_the_frame_of_the_application(site: Site, tmp_path: Path) -> None:
    own = tmp_path / "templates" / "spoolway"
    own.mkdir(parents=True)
    (own / "layout.html").write_text("<title>Ours</title>{% block content %}{% endblock %}")
    loader = site.app.jinja_loader
    assert isinstance(loader, FileSystemLoader)
    loader.searchpath.insert(0, str(tmp_path / "templates"))
    assert "<title>Ours</title>" in site.text() and "What runs" in site.text()


def test_an_application_may_answer_a_forbidden_page_itself(site: Site) -> None:
    site.verdict = Response("who are you?", 401)
    assert site.client.get("/updates/").status_code == 401


def test_a_name_does_not_turn_what_stands_around_it(site: Site) -> None:
    name = "Maya\N{POP DIRECTIONAL ISOLATE}\N{RIGHT-TO-LEFT OVERRIDE}ayam"
    site.spool.result("bad", "failed", requestedBy=name, finishedAt="2026-11-21T02:00:09Z")
    assert "Asked for by Mayaayam." in site.text("/updates/?request=bad")
    site.spool.result("bad", "failed", requestedBy="مايا", finishedAt="2026-11-21T02:00:09Z")
    assert "Asked for by \u2068مايا\u2069." in site.text("/updates/?request=bad")


def test_what_the_runner_does_not_tell_is_left_out(site: Site) -> None:
    site.spool.result("odd", "failed", steps=[{}], error={"code": None}, changes=[{}])
    site.spool.status(health={"state": "failing"}, running={}, broken={}, snapshots=[{}])
    assert "None" not in re.sub(r"<p[^>]*>None yet.</p>", "", site.text("/updates/?request=odd"))


def test_how_long_a_request_waits_for_a_runner_is_told_as_it_is(site: Site) -> None:
    site.spool.status(paused=True, runner={"stoppedAt": "2026-11-21T02:00:00Z"})
    text = site.text()
    assert text.count("What you ask for is kept for an hour") == 2 and "is kept and" not in text


def test_what_no_runner_takes_is_refused_as_a_mistake_of_the_form(site: Site) -> None:
    assert site.send("plan", action="update", version="newest").status_code == 400
    plan(site)
    assert site.send("start", plan="p1", data="restore").status_code == 400
    assert site.spool.requests() == []


def test_no_page_of_another_site_holds_on_to_this_one(site: Site) -> None:
    headers = site.client.get("/updates/").headers
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_below_a_path_of_the_host_the_way_back_leads_there(site: Site) -> None:
    text = site.text(environ_overrides={"SCRIPT_NAME": "/notes"})
    assert 'href="/notes/"' in text and 'data-home="/notes/"' in text


def test_headings_leave_out_no_level(site: Site) -> None:
    changes = [{"version": "1.1.0", "notes": "Titles"}]
    site.spool.status(available={"version": "1.1.0", "changes": changes, "checkedAt": None})
    plan(site, changes=changes)
    for path in ("/updates/", "/updates/?request=p1"):
        levels = [int(level) for level in re.findall(r"<h(\d)", site.text(path))]
        assert all(after <= before + 1 for before, after in zip(levels, levels[1:]))


def test_each_button_that_cancels_says_what(site: Site) -> None:
    site.spool.result("one", "queued")
    site.spool.result("two", "queued")
    described = re.findall(r'aria-describedby="([^"]+)"', site.text())
    assert len(described) == 2
    assert all(f'id="{name}"' in site.text() for name in described)


def test_without_a_script_no_form_is_loaded_away_while_somebody_fills_it_in(site: Site) -> None:
    site.spool.result("other", "queued")
    plan(site)
    assert 'http-equiv="refresh"' in site.text()
    assert 'http-equiv="refresh"' not in site.text("/updates/?request=p1")


def test_the_title_is_text_whatever_a_version_is_called(site: Site) -> None:
    version = "</title><script src=//evil.example></script>"
    site.spool.status(available={"version": version, "changes": [], "checkedAt": None})
    assert "</title><script src=//" not in site.text()
    live = site.client.get("/updates/live").get_json()
    assert live["heading"] == f"Version {version} is available"


def test_the_script_is_told_language_and_time_in_any_frame(site: Site) -> None:
    Babel(site.app, locale_selector=lambda: "pt_BR")
    text = site.text()
    told = re.search(r'data-now="([^"]+)"', text)
    assert told is not None and 'data-language="pt-BR"' in text
    now = datetime.now(timezone.utc)
    assert abs(datetime.fromisoformat(told[1]) - now) < timedelta(minutes=1)
    live = site.client.get("/updates/live").get_json()
    assert abs(datetime.fromisoformat(live["now"]) - now) < timedelta(minutes=1)
