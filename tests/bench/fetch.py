"""Updates of a repository with 1,000 commits, fetched by the runner's source next to git's own fetch."""

from __future__ import annotations

import http.server
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from client import Client
from table import print_all, tell

IMAGE, COMMITS, PAIRS = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
FILES = 200
LINES = 100
QUIET = {
    **os.environ,
    **{"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"},
    **{f"GIT_{who}_{what}": "bench" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
}


def git(directory: Path, *arguments: str, feed: bytes | None = None) -> None:
    subprocess.run(["git", "-C", directory, *arguments], env=QUIET, input=feed, check=True, stdout=subprocess.DEVNULL)


class Repository:
    """One whose releases are made as they are asked for."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.chance = random.Random(7)
        self.releases = 0
        subprocess.run(["git", "init", "-q", "--bare", "-b", "main", directory], env=QUIET, check=True)
        git(directory, "config", "http.receivepack", "false")

    def text(self) -> bytes:
        return b"".join(b"%032x\n" % self.chance.getrandbits(128) for _ in range(LINES))

    def commit(self, files: int) -> bytes:
        names = self.chance.sample(range(FILES), files)
        changes = [b"M 644 inline f%d\ndata %d\n%s\n" % (n, LINES * 33, self.text()) for n in names]
        return b"commit refs/heads/main\ncommitter bench <bench> 1700000000 +0000\ndata 1\nx\n" + b"".join(changes)

    def fill(self) -> None:
        stream = b"".join(self.commit(FILES if n == 0 else 3) for n in range(COMMITS))
        git(self.directory, "fast-import", "--quiet", feed=stream)
        git(self.directory, "repack", "-adq")
        self.tag()

    def tag(self) -> str:
        self.releases += 1
        name = f"v1.0.{self.releases}"
        git(self.directory, "tag", "-a", "-m", "x", name, "main")
        return name

    def release(self) -> str:
        """One commit, with three files changed."""
        git(self.directory, "fast-import", "--quiet", feed=self.commit(3).replace(
            b"data 1\nx\n", b"data 1\nx\nfrom refs/heads/main^0\n", 1))
        return self.tag()


class Handler(http.server.BaseHTTPRequestHandler):
    """git's own http-backend; counts what it sends."""

    protocol_version = "HTTP/1.1"
    sent = 0

    def answer(self) -> None:
        path, _, query = self.path.partition("?")
        length = int(self.headers.get("Content-Length") or 0)
        surroundings = {
            **QUIET,
            **{"GIT_PROJECT_ROOT": self.server.root, "GIT_HTTP_EXPORT_ALL": "1"},  # type: ignore[attr-defined]
            **{"REQUEST_METHOD": self.command, "PATH_INFO": path, "QUERY_STRING": query},
            **{"CONTENT_TYPE": self.headers.get("Content-Type", ""), "CONTENT_LENGTH": str(length)},
            **{"HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", "")},
            **{"GIT_PROTOCOL": self.headers.get("Git-Protocol", "")},
        }
        asked = self.rfile.read(length)
        backend = subprocess.run(["git", "http-backend"], env=surroundings, input=asked, stdout=subprocess.PIPE)
        head, _, body = backend.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        Handler.sent += len(body)

    do_GET = do_POST = answer

    def log_message(self, *_: object) -> None:
        pass


def by_git(mirror: Path, address: str, tag: str) -> float:
    begun = time.monotonic()
    git(mirror, "fetch", "--quiet", "--no-tags", address, f"refs/tags/{tag}:refs/tags/{tag}")
    return time.monotonic() - begun


def measure(repository: Repository, address: str, directory: Path) -> None:
    mirror = directory / "by-git"
    subprocess.run(["git", "init", "-q", "--bare", mirror], env=QUIET, check=True)
    (directory / "by-runner").mkdir()
    runner = Client(IMAGE, "Fetch.java", address, str(directory / "by-runner"))
    try:
        sizes: dict[str, list[int]] = {"runner": [], "git": []}
        times: dict[str, list[float]] = {"runner": [], "git": []}
        tag = "v1.0.1"
        for _ in range(PAIRS + 1):
            for who in sizes:
                before = Handler.sent
                times[who].append(runner.seconds() if who == "runner" else by_git(mirror, address, tag))
                sizes[who].append(Handler.sent - before)
            tag = repository.release()
        report(sizes, times)
    finally:
        runner.stop()


def report(sizes: dict[str, list[int]], times: dict[str, list[float]]) -> None:
    commits = f"a repository of {COMMITS:,} commits"
    for who, name in (("runner", "the runner"), ("git", "git fetch")):
        tell(f"first fetch of {commits} by {name}", f"{times[who][0]:.2f} s, {sizes[who][0] / 1e6:.2f} MB")
        median = statistics.median(times[who][1:]) * 1000
        tell(f"one commit more by {name}, median", f"{median:.0f} ms, {statistics.median(sizes[who][1:]) / 1e3:.1f} kB")
    ratios = [a / b for a, b in zip(times["runner"][1:], times["git"][1:])]
    tell("time of the runner to git, one commit more, median of pairs", f"{statistics.median(ratios):.2f}", "<= 1.5")
    ratios = [a / b for a, b in zip(sizes["runner"][1:], sizes["git"][1:])]
    tell("bytes of the runner to git, one commit more, median of pairs", f"{statistics.median(ratios):.2f}", "<= 1.5")


def main() -> None:
    with tempfile.TemporaryDirectory(dir=IMAGE.parent) as name:
        directory = Path(name)
        repository = Repository(directory / "served.git")
        repository.fill()
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.root = str(directory)  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            measure(repository, f"http://127.0.0.1:{server.server_address[1]}/served.git", directory)
        finally:
            server.shutdown()
    print_all()


main()
