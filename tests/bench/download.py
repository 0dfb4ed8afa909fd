"""A download by the runner's client next to one by curl, from a server that does nothing else."""

from __future__ import annotations

import functools
import http.server
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from client import Client
from table import print_all, tell

IMAGE, MEGABYTES, PAIRS = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])


class Server:
    """Hands out a directory from a process of its own."""

    def __init__(self, directory: Path) -> None:
        reader, writer = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            self.serve(directory, writer)
        os.close(writer)
        self.port = int(os.read(reader, 16))
        os.close(reader)

    @staticmethod
    def serve(directory: Path, writer: int) -> None:
        handler = functools.partial(Quiet, directory=str(directory))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        os.write(writer, str(server.server_address[1]).encode())
        os.close(writer)
        server.serve_forever()

    def stop(self) -> None:
        os.kill(self.pid, 15)
        os.waitpid(self.pid, 0)


class Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def copyfile(self, source, outputfile) -> None:  # type: ignore[no-untyped-def]
        """By the kernel, so that the server is faster than whoever is measured."""
        outputfile.flush()
        self.connection.sendfile(source)

    def log_message(self, *_: object) -> None:
        pass


def by_curl(address: str, file: Path) -> float:
    begun = time.monotonic()
    subprocess.run(["curl", "-sS", "-o", file, address], check=True)
    subprocess.run(["sync", file, file.parent], check=True)
    return time.monotonic() - begun


def main() -> None:
    with tempfile.TemporaryDirectory(dir=IMAGE.parent) as name:
        directory = Path(name)
        served = directory / "served" / "file"
        served.parent.mkdir()
        served.write_bytes(os.urandom(MEGABYTES * 1_000_000))
        server = Server(served.parent)
        address = f"http://127.0.0.1:{server.port}/file"
        runner = Client(IMAGE, "Download.java", address, str(directory / "by-runner"))
        try:
            measure(runner, address, directory, served)
        finally:
            runner.stop()
            server.stop()
    print_all()


def measure(runner: Client, address: str, directory: Path, served: Path) -> None:
    first = runner.seconds()
    ours, theirs = [], []
    for _ in range(PAIRS):
        for file in ("by-runner", "by-curl"):
            (directory / file).unlink(missing_ok=True)
        ours.append(runner.seconds())
        theirs.append(by_curl(address, directory / "by-curl"))
    for file in ("by-runner", "by-curl"):
        if (directory / file).read_bytes() != served.read_bytes():
            raise SystemExit(f"cannot go on: {file} is not what was served")
    ratios = [a / b for a, b in zip(ours, theirs)]
    tell(f"download of {MEGABYTES} MB over loopback, the first of a process", f"{first:.2f} s")
    tell(f"download of {MEGABYTES} MB over loopback, median", f"{statistics.median(ours):.2f} s")
    tell("the same by curl and sync, median", f"{statistics.median(theirs):.2f} s")
    tell("download to curl, median of pairs", f"{statistics.median(ratios):.2f}", "<= 1.1")


main()
