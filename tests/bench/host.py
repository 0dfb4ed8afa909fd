"""A scratch home with a runner, and the files that its requests and results are."""

from __future__ import annotations

import ctypes
import json
import os
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time
import urllib.request
from datetime import datetime
from pathlib import Path
from typing import Any, Callable

ENDS = {"succeeded", "unchanged", "planned", "failed", "rolled_back", "rejected", "cancelled", "expired", "needs_intervention"}


def wait_until(what: str, fact: Callable[[], Any], seconds: float = 120) -> Any:
    """Looks every millisecond; what is timed is timed by the stamps in results, not by this."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = fact()
        if found:
            return found
        time.sleep(0.001)
    raise SystemExit(f"cannot go on: not {what} within {seconds:.0f} s")


def instant(text: str) -> float:
    """Seconds since the epoch of an RFC 3339 instant of up to nine fractional digits."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    return datetime.fromisoformat(whole + "+00:00").timestamp() + float("0." + (fraction or "0"))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Home:
    def __init__(self, image: Path) -> None:
        self.program = str(image / "bin" / "spoolway")
        self.path = Path(tempfile.mkdtemp(prefix="spoolway-bench-")).resolve()
        (self.path / "etc" / "deployments").mkdir(parents=True)
        self.runner: subprocess.Popen[bytes] | None = None

    def deployment(self, name: str, toml: str) -> Spool:
        (self.path / "etc" / "deployments" / f"{name}.toml").write_text(toml, encoding="utf-8")
        return Spool(self.path / "spool" / name)

    def command(self, *arguments: str) -> list[str]:
        return [self.program, "--home", str(self.path), *arguments]

    def start(self, spool: Spool) -> int:
        log = (self.path / "runner.log").open("ab")
        self.runner = subprocess.Popen(self.command("run"), stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        pid = self.runner.pid
        wait_until("a serving runner", lambda: spool.status().get("runner", {}).get("pid") == pid)
        return pid

    def drain(self) -> float:
        """Seconds that `run --drain` takes, its own start included."""
        begun = time.monotonic()
        with (self.path / "runner.log").open("ab") as log:
            subprocess.run(self.command("run", "--drain"), check=True, stdout=log, stderr=log)
        return time.monotonic() - begun

    def stop(self) -> None:
        if self.runner:
            self.runner.terminate()
            self.runner.wait()
            self.runner = None

    def remove(self) -> None:
        self.stop()
        for record in self.path.glob("lib/*/service.json"):
            pid = json.loads(record.read_text(encoding="utf-8"))["pid"]
            if Path(f"/proc/{pid}/cwd").exists() and os.readlink(f"/proc/{pid}/cwd").startswith(str(self.path)):
                os.kill(pid, signal.SIGKILL)
        remove_tree(self.path)


def remove_tree(tree: Path) -> None:
    subprocess.run(["chmod", "-R", "u+w", str(tree)], check=True)
    shutil.rmtree(tree)


class Spool:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.inbox = path / "incoming" / "operator"
        self.results = path / "results" / "operator"

    def status(self) -> dict[str, Any]:
        try:
            return json.loads((self.path / "status.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}

    def result(self, name: str) -> dict[str, Any] | None:
        try:
            result = json.loads((self.results / f"{name}.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        return result if result["state"] in ENDS else None

    def drop(self, request: str, **fields: Any) -> float:
        """Drops a JSON request and tells when it was renamed into the inbox."""
        written = self.inbox / f".{request}"
        written.write_text(json.dumps({"id": request, **fields}), encoding="utf-8")
        dropped = time.time()
        written.rename(self.inbox / f"1700000000-{request}.json")
        return dropped

    def ask(self, request: str, expected: str = "succeeded", **fields: Any) -> tuple[float, dict[str, Any]]:
        dropped = self.drop(request, **fields)
        result = wait_until(f"an end of {request}", lambda: self.result(request))
        if result["state"] != expected:
            raise SystemExit(f"cannot go on: {request} ended {result['state']}: {result['error']}")
        return dropped, result


class Watch:
    """Tells when a name appears in a directory, by inotify, so that looking costs nothing."""

    MOVED_TO = 0x80
    EVENT = struct.Struct("iIII")

    def __init__(self, directory: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self.descriptor = libc.inotify_init()
        if libc.inotify_add_watch(self.descriptor, str(directory).encode(), self.MOVED_TO) < 0:
            raise OSError(ctypes.get_errno(), f"cannot watch {directory}")

    def until(self, fact: Callable[[], Any], seconds: float = 30) -> Any:
        """Looks after each event, and at once."""
        deadline = time.monotonic() + seconds
        while not (found := fact()):
            if time.monotonic() > deadline:
                raise SystemExit("cannot go on: nothing appeared")
            if select.select([self.descriptor], [], [], 1)[0]:
                os.read(self.descriptor, 65536)
        return found

    def close(self) -> None:
        os.close(self.descriptor)


def health(port: int) -> str | None:
    """The version that answers, or nothing."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
            return json.load(answer).get("version")
    except OSError:
        return None
