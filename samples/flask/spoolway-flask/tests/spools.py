"""A spool as a runner would leave it, and other accounts that look at it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Callable, Iterator

import pytest

from spoolway_client import Spool

NOBODY = 65534
NAME = "notes"
NOW = "2026-11-21T02:00:00Z"


class SpoolDirectory:
    """What a runner makes and writes, in a directory of a test's."""

    def __init__(self, path: Path, origin: str = "web") -> None:
        self.path = path
        self.origin = origin
        self.inbox = path / "incoming" / origin
        self.results = path / "results" / origin
        self.logs = path / "logs" / origin
        for directory in (self.inbox, self.results, self.logs):
            directory.mkdir(parents=True)

    def client(self) -> Spool:
        return Spool(self.path, self.origin)

    def write_status(self, document: Any) -> Path:
        status = self.path / "status.json"
        status.write_text(json.dumps(document), encoding="utf-8")
        return status

    def write_result(self, id: str, **fields: Any) -> Path:
        result = self.results / f"{id}.json"
        document = {"schema": "spoolway/result/v1", "id": id, "origin": self.origin, **fields}
        result.write_text(json.dumps(document), encoding="utf-8")
        return result

    def dropped(self) -> list[str]:
        """The names in the inbox, unfinished ones too."""
        return sorted(os.listdir(self.inbox))

    def requests(self) -> list[dict[str, Any]]:
        """What lies in the inbox, in order of name."""
        return [json.loads((self.inbox / name).read_text("utf-8")) for name in self.dropped()]

    def only_request(self) -> dict[str, Any]:
        (request,) = self.requests()
        assert isinstance(request, dict)
        return request


class MadeSpool(SpoolDirectory):
    """One with a status, and with results that are whole unless a test says otherwise."""

    def __init__(self, path: Path, origin: str = "web") -> None:
        super().__init__(path, origin)
        self.status()

    def status(self, **fields: Any) -> None:
        document = {
            "schema": "spoolway/status/v1",
            "deployment": NAME,
            "current": "1.0.0",
            "available": None,
            "running": None,
            "queued": 0,
            "paused": False,
            "runner": {
                "pid": 1,
                "startedAt": "2026-11-21T01:00:00Z",
                "version": "0.1.0",
                "stoppedAt": None,
            },
            "health": {"state": "passing", "detail": "200", "checkedAt": None},
            "origins": {self.origin: {"actions": ["check", "update", "rollback", "cancel"]}},
            **fields,
        }
        self.write_status(document)

    def result(self, id: str, state: str, **fields: Any) -> None:
        usual = {
            "deployment": NAME,
            "action": "update",
            "state": state,
            "from": "1.0.0",
            "to": "1.1.0",
            "dryRun": False,
            "submittedAt": NOW,
            "claimedAt": NOW,
            "steps": [],
            "changes": [],
        }
        self.write_result(id, **{**usual, **fields})

    def log(self, id: str, text: str) -> None:
        (self.logs / f"{id}.log").write_text(text, encoding="utf-8")


def step(name: str, state: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "state": state, "why": f"why {name}", **fields}


@contextmanager
def directory_for_all() -> Iterator[Path]:
    """A directory that every account can enter, which pytest's own are not."""
    with tempfile.TemporaryDirectory(prefix="spoolway-flask-") as name:
        os.chmod(name, 0o755)
        yield Path(name)


def require_root() -> None:
    if os.geteuid() != 0:
        pytest.skip("takes root, to become another account")


def in_child(prepare: Callable[[], None], act: Callable[[], Any]) -> Any:
    """What a function returns in a process of its own, as JSON can tell it."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            prepare()
            os.write(writer, json.dumps(act()).encode())
            code = 0
        except BaseException as e:
            print(f"{type(e).__name__}: {e}", file=sys.stderr, flush=True)
        finally:
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as answer:
        told = answer.read()
    _, outcome = os.waitpid(child, 0)
    assert outcome == 0, "the child has failed"
    return json.loads(told)


def become_nobody() -> None:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)


@contextmanager
def small_disk(path: Path, size: str) -> Iterator[None]:
    """A file system of its own at a path; skips where nothing may be mounted."""
    if os.geteuid() != 0:
        pytest.skip("takes root, to mount a small disk")
    options = f"size={size},mode=755"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)]
    mounted = subprocess.run(command, capture_output=True, text=True)
    if mounted.returncode != 0:
        pytest.skip(f"cannot mount a small disk: {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(path)], check=True)
