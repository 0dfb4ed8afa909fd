"""Status, results and logs, also damaged, foreign, and of a later time."""

from __future__ import annotations

import json
import os
import threading
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest

from spools import NOW, SpoolDirectory, become_nobody, directory_for_all, in_child, require_root
from spoolway_client import (
    InvalidArgument,
    Malformed,
    NoOutcomeYet,
    Spool,
    SpoolError,
    StatusMissing,
    TooLarge,
    Unreadable,
)

AT = datetime(2026, 11, 21, 2, 0, tzinfo=timezone.utc)

STATUS: dict[str, Any] = {
    "schema": "spoolway/status/v1",
    "deployment": "notes",
    "current": "3.1.0",
    "available": {
        "version": "3.2.0",
        "changes": [{"version": "3.2.0", "notes": "Tags"}],
        "checkedAt": NOW,
    },
    "running": {
        "id": "spring",
        "origin": "web",
        "action": "update",
        "step": "build",
        "progress": 0.5,
    },
    "queued": 2,
    "ignored": {"web": 1},
    "unserved": {"cron": {"message": "cannot serve", "fix": "chmod"}},
    "last": {
        "id": "autumn",
        "origin": "web",
        "action": "update",
        "state": "failed",
        "to": "3.0.9",
        "finishedAt": NOW,
    },
    "paused": True,
    "watch": {"mode": "events", "why": "inotify"},
    "runner": {"pid": 7, "startedAt": NOW, "version": "1.0.0", "stoppedAt": None},
    "broken": {
        "id": "winter",
        "origin": "web",
        "step": "swap",
        "message": "cannot swap",
        "fix": "spoolway recover",
    },
    "health": {"state": "passing", "detail": "200", "checkedAt": NOW},
    "notifications": {
        "undelivered": 1,
        "since": NOW,
        "givenUp": 2,
        "troubles": [{"channel": "mail", "message": "cannot send", "fix": "install"}],
    },
    "origins": {"web": {"actions": ["check", "update", "cancel"]}},
    "releases": [{"version": "3.1.0", "live": True, "installedAt": NOW, "bytes": 123}],
    "snapshots": [
        {
            "name": "42-3.1.0",
            "version": None,
            "reason": "update",
            "createdAt": NOW,
            "bytes": 9,
        }
    ],
    "room": {"freeBytes": 5},
    "history": [
        {
            "id": "autumn",
            "origin": "web",
            "action": "update",
            "state": "failed",
            "from": "3.1.0",
            "to": "3.0.9",
            "startedAt": NOW,
            "finishedAt": NOW,
            "downtimeMillis": 812,
        }
    ],
}

RESULT: dict[str, Any] = {
    "deployment": "notes",
    "action": "update",
    "state": "planned",
    "from": "3.1.0",
    "to": "3.2.0",
    "dryRun": True,
    "requestedBy": "Ann",
    "owner": {"uid": 1001, "user": "notes-web"},
    "reason": "why not",
    "attempt": 1,
    "sequence": 42,
    "order": {"time": NOW, "name": "1-spring.json"},
    "requestSha256": "0" * 64,
    "planSha256": "1" * 64,
    "snapshot": "42-3.1.0",
    "submittedAt": NOW,
    "claimedAt": NOW,
    "finishedAt": NOW,
    "downtimeMillis": 812,
    "steps": [
        {
            "name": "fetch",
            "state": "done",
            "why": "new",
            "startedAt": NOW,
            "millis": 5,
            "progress": 1,
            "detail": "3 objects",
        }
    ],
    "changes": [{"version": "3.2.0", "notes": "Tags"}],
    "error": {
        "code": "MIGRATION_FAILED",
        "step": "migrate",
        "message": "cannot migrate",
        "fix": "mend it",
    },
    "log": "logs/web/spring.log",
    "expected": {"downtimeMillis": None, "bytes": 10, "freeBytes": 20},
}


def test_every_field_of_a_status_is_there(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_status(STATUS)
    status = spool.client().status()
    assert_all_fields(STATUS, status)
    assert status.origins is not None
    assert status.origins["web"].actions == ("check", "update", "cancel")
    assert status.history[0].from_ == "3.1.0"
    assert status.releases[0].installed_at == AT
    assert status.document == STATUS


def test_every_field_of_a_result_is_there(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_result("spring", **RESULT)
    result = spool.client().result("spring")
    assert result is not None
    assert_all_fields(RESULT, result)
    assert (result.id, result.from_, result.submitted_at) == ("spring", "3.1.0", AT)
    assert result.steps[0].progress == 1.0


def test_no_wrong_type_stops_a_reader(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    wrong: list[Any] = [None, True, 7, 1.5, "text", [], [7, "x", None, {}], {}, {"a": 7, "b": []}]
    for value in wrong:
        spool.write_status({name: value for name in STATUS})
        repr(spool.client().status().runner_is_running)
        spool.write_result("spring", **{name: value for name in RESULT})
        result = spool.client().result("spring")
        assert result is not None
        repr(result.is_terminal)
        assert len(spool.client().results()) == 1


def test_of_wrong_types_nothing_is_left(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    wrong = {"current": 3, "queued": True, "paused": "yes", "running": "x", "releases": {"a": 1}}
    spool.write_status(wrong)
    status = spool.client().status()
    assert (status.current, status.queued, status.paused) == (None, None, False)
    assert (status.running, status.releases, status.origins) == (None, (), None)
    assert status.document == wrong


def test_what_a_later_runner_writes_survives(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_status({**STATUS, "weather": {"sun": True}})
    assert spool.client().status().document["weather"] == {"sun": True}
    spool.write_result("spring", state="dreaming", mood="good")
    result = spool.client().result("spring")
    assert result is not None
    assert (result.state, result.is_terminal) == ("dreaming", False)
    assert result.document["mood"] == "good"
    spool.write_result("spring", state="dreamt", finishedAt=NOW)
    assert spool.client().wait("spring", 0).state == "dreamt"


@pytest.mark.parametrize("state", ["queued", "running"])
def test_states_that_pass_are_no_end(tmp_path: Path, state: str) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_result("spring", state=state, finishedAt=NOW)
    result = spool.client().result("spring")
    assert result is not None and not result.is_terminal


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-21T02:00:00Z", AT),
        ("2026-11-21T02:00:00.5Z", AT.replace(microsecond=500_000)),
        ("2026-11-21T02:00:00.123456789Z", AT.replace(microsecond=123_456)),
        ("2026-11-21T03:30:00+01:30", AT),
        ("2026-11-20T23:00:00.000-03:00", AT),
        ("2026-02-30T02:00:00Z", None),
        ("2026-11-21T02:00:60Z", None),
        ("0001-01-01T00:00:00+01:00", None),
        ("2026-11-21T02:00:00", None),
        ("2026-11-21", None),
        (1_700_000_000, None),
    ],
)
def test_times_are_read_whatever_their_fraction(
    tmp_path: Path, written: object, meant: datetime | None
) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_result("spring", submittedAt=written)
    result = spool.client().result("spring")
    assert result is not None and result.submitted_at == meant


def test_half_of_a_surrogate_pair_can_be_shown(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_result("spring", reason="\ud800!")
    result = spool.client().result("spring")
    assert result is not None and result.reason == "?!"


def test_a_runner_that_touches_its_status_is_running(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    file = spool.write_status(STATUS)
    for age, running in ((0, True), (50, True), (70, False), (-3600, True)):
        moment = time.time() - age
        os.utime(file, (moment, moment))
        status = spool.client().status()
        assert status.age == pytest.approx(age, abs=5)
        assert status.runner_is_running is running


def test_a_runner_that_has_stopped_is_not_running(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_status({"runner": {"stoppedAt": NOW}})
    assert not spool.client().status().runner_is_running


def test_a_missing_status_is_told(tmp_path: Path) -> None:
    for directory in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(StatusMissing) as trouble:
            Spool(directory, "web").status()
        assert trouble.value.code == "STATUS_MISSING"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"current": "3.1',
        b"[]",
        b"null",
        b"{}{}",
        b"\xff\xfe{}",
        b'{"queued": NaN}',
        b"[" * 100_000,
        b'{"queued": ' + b"9" * 5000 + b"x}",
    ],
)
def test_what_is_half_written_is_told(tmp_path: Path, content: bytes) -> None:
    spool = SpoolDirectory(tmp_path)
    (tmp_path / "status.json").write_bytes(content)
    with pytest.raises(Malformed) as trouble:
        spool.client().status()
    assert trouble.value.code == "STATUS_MALFORMED"
    (spool.results / "spring.json").write_bytes(content)
    with pytest.raises(Malformed) as trouble:
        spool.client().result("spring")
    assert trouble.value.code == "RESULT_MALFORMED"


def test_no_more_than_four_mebibytes_are_read(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    status = tmp_path / "status.json"
    status.write_bytes(b"{}" + b" " * (4 * 1024 * 1024 - 2))
    assert spool.client().status().document == {}
    with open(status, "ab") as file:
        file.truncate(2**40)
    with pytest.raises(TooLarge) as trouble:
        spool.client().status()
    assert trouble.value.code == "STATUS_TOO_LARGE"


def test_links_are_not_followed(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path / "spool")
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps({"state": "succeeded"}))
    (spool.results / "spring.json").symlink_to(secret)
    (spool.logs / "spring.log").symlink_to(secret)
    (spool.path / "status.json").symlink_to(secret)
    client = spool.client()
    for read in (client.status, lambda: client.result("spring"), lambda: client.log("spring")):
        with pytest.raises(Unreadable, match="it is a link"):
            read()
    results = client.results()
    assert (results, results.unreadable) == ([], 1)
    os.rename(spool.results, tmp_path / "moved")
    spool.results.symlink_to(tmp_path / "moved")
    with pytest.raises(Unreadable):
        client.results()


def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    os.mkfifo(spool.results / "spring.json")
    with pytest.raises(Unreadable, match="not a plain file"):
        spool.client().result("spring")


def test_what_this_account_may_not_read_is_told() -> None:
    require_root()
    with directory_for_all() as path:
        spool = SpoolDirectory(path / "spool")
        spool.write_status({})
        spool.write_result("spring", state="succeeded")
        os.chmod(spool.path / "status.json", 0o600)
        os.chmod(spool.results, 0o750)

        def act() -> list[str]:
            client = spool.client()
            return [
                code_of(client.status),
                code_of(lambda: client.result("spring")),
                code_of(client.results),
            ]

        codes = in_child(become_nobody, act)
    assert codes == ["STATUS_UNREADABLE", "RESULT_UNREADABLE", "RESULTS_UNREADABLE"]


@pytest.mark.parametrize("id", ["", "..", "../status", "a/b", "a\0", ".x", "a" * 65])
def test_no_id_leads_out(tmp_path: Path, id: str) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_status({})
    client = spool.client()
    for read in (client.result, client.log, lambda id: client.wait(id, 0)):
        with pytest.raises(InvalidArgument):
            read(id)


def test_there_is_no_result_before_there_is_one(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    assert spool.client().result("spring") is None
    assert spool.client().results() == []
    spool.results.rmdir()
    assert spool.client().result("spring") is None
    assert spool.client().results() == []


def test_a_refusal_under_the_files_name_is_found(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    long_id = "x" * 64
    for id in ("spring", long_id):
        dropped = f"1700000000000000000-{id}.json"
        stem = dropped[: -len(".json")][:64]
        spool.write_result(stem, state="rejected", order={"time": NOW, "name": dropped})
        result = spool.client().wait(id, 0)
        assert (result.id, result.state) == (stem, "rejected")
    assert spool.client().result("x" * 63) is None
    assert spool.client().result("pring") is None


def test_results_come_newest_first(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_result("b", submittedAt="2026-11-21T02:00:01Z", sequence=1)
    spool.write_result("c", submittedAt="2026-11-21T02:00:01.000000001Z", sequence=2)
    spool.write_result("d", submittedAt="2026-11-21T02:00:01Z")
    spool.write_result("a", submittedAt="2026-11-21T01:59:59.9Z", sequence=9)
    spool.write_result("e")
    ids = [result.id for result in spool.client().results()]
    assert ids == ["c", "b", "d", "a", "e"]
    assert [result.id for result in spool.client().results(limit=2)] == ["c", "b"]


def test_the_newest_are_found_among_many_without_reading_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = SpoolDirectory(tmp_path)
    base = int(AT.timestamp())
    for n in range(300):
        submitted = datetime.fromtimestamp(base + n, timezone.utc)
        file = spool.write_result(f"r{n}", submittedAt=submitted.isoformat(), sequence=n)
        # The first ones have ended last of all.
        ended = base + (5000 - n if n < 5 else n + 3)
        os.utime(file, (ended, ended))
    looked_at: list[int] = []
    really = os.read

    def count(descriptor: int, length: int) -> bytes:
        looked_at.append(descriptor)
        return really(descriptor, length)

    monkeypatch.setattr("os.read", count)
    ids = [result.id for result in spool.client().results(limit=10)]
    assert ids == [f"r{n}" for n in range(299, 289, -1)]
    assert len(looked_at) < 2 * 50


def test_no_fewer_results_than_one_are_asked_for(tmp_path: Path) -> None:
    with pytest.raises(InvalidArgument):
        SpoolDirectory(tmp_path).client().results(limit=0)


def test_what_is_no_result_is_left_out_and_counted(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.write_result("spring", submittedAt=NOW)
    (spool.results / "half.json").write_text('{"id": "ha')
    (spool.results / "list.json").write_text("[]")
    (spool.results / "directory.json").mkdir()
    (spool.results / ".spring.json.tmp").write_text("{}")
    (spool.results / "notes.txt").write_text("{}")
    results = spool.client().results()
    assert [result.id for result in results] == ["spring"]
    assert results.unreadable == 3


def test_waiting_ends_with_the_request(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    (spool.results / "spring.json").write_text('{"state": "succ')
    ended = threading.Timer(0.05, spool.write_result, ["spring"], {"state": "succeeded"})
    ended.start()
    try:
        assert spool.client().wait("spring", timeout=30, poll=0.01).state == "succeeded"
    finally:
        ended.join()


@pytest.mark.parametrize(
    ("content", "observed"),
    [
        (None, "there is no result"),
        ('{"state": "running"}', "it is running"),
        ('{"state": "ru', "cannot read"),
    ],
)
def test_waiting_says_what_it_has_seen(
    tmp_path: Path, content: str | None, observed: str
) -> None:
    spool = SpoolDirectory(tmp_path)
    if content is not None:
        (spool.results / "spring.json").write_text(content)
    with pytest.raises(NoOutcomeYet, match=observed) as trouble:
        spool.client().wait("spring", timeout=0.02, poll=0.01)
    assert trouble.value.code == "NO_OUTCOME_YET"


def assert_all_fields(document: dict[str, Any], read: object) -> None:
    """Each field of a document has an attribute, which has the value or is made of it."""
    for name, value in document.items():
        attribute = getattr(read, "from_" if name == "from" else snake_case(name))
        if isinstance(value, list):
            assert len(attribute) == len(value)
            for inner, made in zip(value, attribute):
                if isinstance(inner, dict):
                    assert_all_fields(inner, made)
        elif isinstance(value, dict):
            if not hasattr(attribute, "keys"):
                assert_all_fields(value, attribute)
            else:
                assert set(attribute) == set(value)
        elif value == NOW:
            assert attribute == AT
        else:
            assert attribute == value


def snake_case(name: str) -> str:
    return "".join("_" + letter.lower() if letter.isupper() else letter for letter in name)


def code_of(read: Any) -> str:
    try:
        read()
    except SpoolError as e:
        return e.code
    return "none"
