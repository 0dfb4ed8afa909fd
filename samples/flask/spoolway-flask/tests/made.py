"""A spool on the disk as a runner leaves it, for tests of the page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

NAME = "notes"


class MadeSpool:
    """What a runner would have published, written by a test."""

    def __init__(self, directory: Path, origin: str = "web") -> None:
        self.directory = directory
        self.origin = origin
        for kind in ("incoming", "results", "logs"):
            (directory / kind / origin).mkdir(parents=True)
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
        (self.directory / "status.json").write_text(json.dumps(document), encoding="utf-8")

    def result(self, identity: str, state: str, **fields: Any) -> Mapping[str, Any]:
        document = {
            "schema": "spoolway/result/v1",
            "id": identity,
            "origin": self.origin,
            "deployment": NAME,
            "action": "update",
            "state": state,
            "from": "1.0.0",
            "to": "1.1.0",
            "dryRun": False,
            "submittedAt": "2026-11-21T02:00:00Z",
            "claimedAt": "2026-11-21T02:00:00Z",
            "steps": [],
            "changes": [],
            **fields,
        }
        path = self.directory / "results" / self.origin / f"{identity}.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        return document

    def log(self, identity: str, text: str) -> None:
        (self.directory / "logs" / self.origin / f"{identity}.log").write_text(
            text, encoding="utf-8"
        )

    def dropped(self) -> list[dict[str, Any]]:
        """What lies in the inbox, in order of name."""
        inbox = self.directory / "incoming" / self.origin
        return [json.loads(path.read_text("utf-8")) for path in sorted(inbox.iterdir())]


def step(name: str, state: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "state": state, "why": f"why {name}", **fields}
