"""What lies in an inbox after drop(), and what does not when it fails."""

from __future__ import annotations

import json
import os
import re
import resource
import subprocess
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from spools import (
    NOBODY,
    SpoolDirectory,
    become_nobody,
    directory_for_all,
    in_child,
    require_root,
    small_disk,
)
from spoolway_client import (
    DiskFull,
    InboxMissing,
    InvalidArgument,
    ReadOnlyFileSystem,
    RequestTooLarge,
    Spool,
    SpoolError,
)


def test_a_request_has_all_that_was_said_and_nothing_else(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    later = datetime(2026, 11, 21, 3, 0, 0, 250000, tzinfo=timezone(timedelta(hours=1)))
    id = spool.client().drop(
        "update",
        version="3.2.0-rc.1+build.7",
        reason="Größer, schöner",
        requested_by="Ann",
        dry_run=True,
        plan="0" * 64,
        not_before=later,
        expires=later + timedelta(days=1),
        id="spring",
    )
    assert id == "spring"
    assert spool.only_request() == {
        "schema": "spoolway/request/v1",
        "id": "spring",
        "action": "update",
        "params": {"version": "3.2.0-rc.1+build.7"},
        "reason": "Größer, schöner",
        "requestedBy": "Ann",
        "dryRun": True,
        "plan": "0" * 64,
        "notBefore": "2026-11-21T02:00:00.250000Z",
        "expires": "2026-11-22T02:00:00.250000Z",
    }


def test_the_least_request_names_its_action_and_an_id(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    id = spool.client().drop("check")
    expected = {"schema": "spoolway/request/v1", "id": id, "action": "check"}
    assert spool.only_request() == expected


@pytest.mark.parametrize(
    ("arguments", "params"),
    [
        ({"action": "rollback", "data": "keep"}, {"data": "keep"}),
        ({"action": "restore", "snapshot": "42-3.1.0"}, {"snapshot": "42-3.1.0"}),
        ({"action": "cancel", "cancels": "spring"}, {"id": "spring"}),
    ],
)
def test_each_action_takes_its_own(
    tmp_path: Path, arguments: dict[str, Any], params: dict[str, str]
) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.client().drop(**arguments)
    assert spool.only_request()["params"] == params


def test_a_cancel_names_the_request_and_who_wants_it(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.client().cancel("spring", requested_by="Ann")
    request = spool.only_request()
    assert (request["params"], request["requestedBy"]) == ({"id": "spring"}, "Ann")


def test_the_name_is_the_time_in_nanoseconds_and_the_id(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    before = datetime.now(timezone.utc).timestamp()
    id = spool.client().drop("check")
    (name,) = spool.dropped()
    assert re.fullmatch(r"\d{19}-" + re.escape(id) + r"\.json", name)
    assert before - 1 < int(name[:19]) / 1e9 < before + 60


def test_the_file_is_the_groups_to_read_and_nobody_elses(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.client().drop("check")
    (name,) = spool.dropped()
    assert os.stat(spool.inbox / name).st_mode & 0o137 == 0


def test_made_up_ids_fit_the_grammar_and_never_meet(tmp_path: Path) -> None:
    client = SpoolDirectory(tmp_path).client()
    ids = {client.drop("check") for _ in range(200)}
    assert len(ids) == 200
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", id) for id in ids)


def test_the_same_id_and_arguments_are_the_same_bytes(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    for _ in range(2):
        spool.client().drop("update", version="3.2.0", requested_by="Ann", id="spring")
    first, second = spool.dropped()
    assert (spool.inbox / first).read_bytes() == (spool.inbox / second).read_bytes()


def test_whoever_takes_names_from_the_inbox_takes_whole_requests(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    wanted = 200
    taken: set[str] = set()

    def drop() -> None:
        for _ in range(wanted // 4):
            spool.client().drop("check", reason="x" * 5000)

    writers = [threading.Thread(target=drop) for _ in range(4)]
    for writer in writers:
        writer.start()
    try:
        while any(writer.is_alive() for writer in writers) or spool.dropped():
            for name in spool.dropped():
                if not name.startswith("."):
                    claimed = tmp_path / name
                    os.rename(spool.inbox / name, claimed)
                    taken.add(json.loads(claimed.read_bytes())["id"])
    finally:
        for writer in writers:
            writer.join()
    assert len(taken) == wanted


def test_a_name_that_is_taken_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = SpoolDirectory(tmp_path)
    monkeypatch.setattr("time.time_ns", lambda: 1_700_000_000_000_000_000)
    (spool.inbox / "1700000000000000000-spring.json").write_text("somebody's")
    (spool.inbox / ".1700000000000000001-spring.json").write_text("in the making")
    spool.client().drop("check", id="spring")
    assert spool.dropped() == [
        ".1700000000000000001-spring.json",
        "1700000000000000000-spring.json",
        "1700000000000000002-spring.json",
    ]
    assert (spool.inbox / "1700000000000000000-spring.json").read_text() == "somebody's"


@pytest.mark.parametrize(
    "arguments",
    [
        {"action": "explode"},
        {"action": "Check"},
        {"action": None},
        {"action": "check", "version": "3.2.0"},
        {"action": "update", "version": "v3.2.0"},
        {"action": "update", "version": "3.2"},
        {"action": "update", "version": "3.2.0\n"},
        {"action": "update", "version": "03.2.0"},
        {"action": "update", "version": "1.0.0-" + "a" * 130},
        {"action": "update", "version": 3},
        {"action": "update", "data": "keep"},
        {"action": "rollback", "data": "forget"},
        {"action": "update", "snapshot": "42"},
        {"action": "restore"},
        {"action": "cancel"},
        {"action": "cancel", "cancels": "../x"},
        {"action": "cancel", "cancels": "spring", "id": "spring"},
        {"action": "update", "cancels": "spring"},
        {"action": "check", "id": ""},
        {"action": "check", "id": "../../etc/passwd"},
        {"action": "check", "id": ".hidden"},
        {"action": "check", "id": "a\n"},
        {"action": "check", "id": "ä"},
        {"action": "check", "id": "a" * 65},
        {"action": "check", "plan": "abc"},
        {"action": "check", "dry_run": "yes"},
        {"action": "check", "reason": 7},
        {"action": "check", "reason": "\ud800"},
        {"action": "check", "not_before": datetime(2026, 11, 21)},
        {"action": "check", "expires": "2026-11-21T02:00:00Z"},
    ],
)
def test_what_no_runner_would_accept_is_not_written(
    tmp_path: Path, arguments: dict[str, Any]
) -> None:
    spool = SpoolDirectory(tmp_path)
    with pytest.raises(InvalidArgument) as trouble:
        spool.client().drop(**arguments)
    assert trouble.value.code == "INVALID_ARGUMENT"
    assert trouble.value.message.startswith("cannot ")
    assert trouble.value.fix
    assert spool.dropped() == []


@pytest.mark.parametrize("origin", ["", ".", "..", "../web", "web/..", "a\0b", None])
def test_no_origin_leads_out_of_the_spool(tmp_path: Path, origin: Any) -> None:
    with pytest.raises(InvalidArgument):
        Spool(tmp_path, origin)


def test_a_request_as_large_as_allowed_is_written_and_no_larger(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    spool.client().drop("check", id="a", reason="")
    (name,) = spool.dropped()
    room = 65_536 - (spool.inbox / name).stat().st_size
    (spool.inbox / name).unlink()
    with pytest.raises(RequestTooLarge, match="65537 bytes"):
        spool.client().drop("check", id="a", reason="x" * (room + 1))
    assert spool.dropped() == []
    spool.client().drop("check", id="a", reason="x" * room)
    (name,) = spool.dropped()
    assert (spool.inbox / name).stat().st_size == 65_536


def test_a_missing_inbox_is_told_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(InboxMissing) as trouble:
        Spool(tmp_path / "notes", "web").drop("check")
    assert trouble.value.code == "INBOX_MISSING"
    assert str(tmp_path / "notes" / "incoming" / "web") in trouble.value.message


def test_an_inbox_that_is_a_link_is_none(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path / "spool")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    spool.inbox.rmdir()
    spool.inbox.symlink_to(elsewhere)
    with pytest.raises(InboxMissing):
        spool.client().drop("check")
    assert os.listdir(elsewhere) == []


def test_an_inbox_of_a_group_that_nobody_can_list_takes_requests_of_its_members() -> None:
    require_root()
    with directory_for_all() as path:
        spool = SpoolDirectory(path / "spool")
        os.chown(spool.inbox, 0, NOBODY)
        os.chmod(spool.inbox, 0o1730)

        def act() -> str:
            try:
                os.listdir(spool.inbox)
            except PermissionError:
                return spool.client().drop("check")
            raise AssertionError("it can be listed")

        id = in_child(become_nobody, act)
        assert spool.only_request()["id"] == id
        (name,) = spool.dropped()
        assert os.stat(spool.inbox / name).st_uid == NOBODY


def test_an_inbox_of_others_is_told_and_nothing_is_left() -> None:
    require_root()
    with directory_for_all() as path:
        spool = SpoolDirectory(path / "spool")
        for mode in (0o1730, 0o755):
            os.chmod(spool.inbox, mode)
            assert in_child(become_nobody, lambda: code_of_drop(spool)) == "INBOX_NOT_WRITABLE"
        assert spool.dropped() == []


def test_a_full_disk_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    with small_disk(tmp_path, "64k"):
        spool = SpoolDirectory(tmp_path / "spool")
        (tmp_path / "ballast").write_bytes(b"x" * 40_000)
        with pytest.raises(DiskFull) as trouble:
            spool.client().drop("check", reason="x" * 50_000)
        assert trouble.value.code == "DISK_FULL"
        assert spool.dropped() == []
        (tmp_path / "ballast").unlink()
        spool.client().drop("check", reason="x" * 30_000)
        assert len(spool.dropped()) == 1


def test_a_disk_that_takes_no_writes_is_told(tmp_path: Path) -> None:
    with small_disk(tmp_path, "64k"):
        spool = SpoolDirectory(tmp_path / "spool")
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path)], check=True)
        with pytest.raises(ReadOnlyFileSystem) as trouble:
            spool.client().drop("check")
        assert trouble.value.code == "READ_ONLY_FILE_SYSTEM"


def test_a_write_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)

    def allow_little() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    assert in_child(allow_little, lambda: code_of_drop(spool, reason="x" * 5000)) == "DROP_FAILED"
    assert spool.dropped() == []


def test_a_failure_to_force_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = SpoolDirectory(tmp_path)
    monkeypatch.setattr("os.fsync", _io_error)
    assert code_of_drop(spool) == "DROP_FAILED"
    assert spool.dropped() == []


def test_a_name_that_could_not_be_forced_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = SpoolDirectory(tmp_path)
    really = os.rename

    def rename(*arguments: Any, **more: Any) -> None:
        really(*arguments, **more)
        monkeypatch.setattr("os.fsync", _io_error)

    monkeypatch.setattr("os.rename", rename)
    assert code_of_drop(spool) == "DROP_NOT_FORCED"
    assert len(spool.dropped()) == 1


def test_content_and_then_the_name_are_forced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = SpoolDirectory(tmp_path)
    events: list[str] = []
    fsync, rename = os.fsync, os.rename

    def tell_fsync(descriptor: int) -> None:
        shown = os.readlink(f"/proc/self/fd/{descriptor}")
        events.append("fsync " + os.path.basename(shown)[:1].replace("1", "final"))
        fsync(descriptor)

    def tell_rename(*arguments: Any, **more: Any) -> None:
        events.append("rename")
        rename(*arguments, **more)

    monkeypatch.setattr("os.fsync", tell_fsync)
    monkeypatch.setattr("os.rename", tell_rename)
    spool.client().drop("check")
    assert events == ["fsync .", "rename", "fsync w"]


def code_of_drop(spool: SpoolDirectory, **arguments: Any) -> str:
    try:
        spool.client().drop("check", **arguments)
    except SpoolError as e:
        return e.code
    return "none"


def _io_error(descriptor: int) -> None:
    raise OSError(5, "Input/output error")
