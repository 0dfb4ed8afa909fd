"""Measures Spoolway as people would feel it, and prints the table of tests/README.md."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import floor
import large
import postgres
from host import Home, Spool, free_port, health, instant, remove_tree
from idle import idle_deployment
from table import print_all, tell

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "samples"
IMAGE = Path(sys.argv[1]).resolve()
QUICK = "--quick" in sys.argv[2:]
LARGE = "--large" in sys.argv[2:]
POSTGRES = "--postgres" in sys.argv[2:]


def measure_idle(pid: int) -> None:
    time.sleep(3)
    before = cpu_seconds(pid)
    time.sleep(5 if QUICK else 30)
    spent = (cpu_seconds(pid) - before) / (5 if QUICK else 30)
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    resident = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    tell("idle runner, resident memory", f"{resident / 1024:.0f} MiB", "< 100 MB")
    tell("idle runner, processor", f"{100 * spent:.2f} %", "none")


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure_drain(home: Home, spool: Spool) -> None:
    """Queues of no-op checks, dropped while no runner is there; a runner's start is not counted."""
    start = min(home.drain() for _ in range(3))
    costs = []
    for count in (100, 1000) if QUICK else (1000, 10000):
        for i in range(count):
            (spool.inbox / f"check.{count}-{i:05}").touch()
        seconds = home.drain() - start
        done = sum(1 for _ in spool.results.glob(f"check.{count}-*"))
        if done != count:
            raise SystemExit(f"cannot go on: {done} of {count} have a result")
        costs.append(seconds / count)
        tell(f"drain of {count:,} checks", f"{count / seconds:,.0f}/s, {1000 * seconds / count:.2f} ms each")
    tell("cost per request, the larger queue to the smaller", f"{costs[1] / costs[0]:.2f}", "flat")


def measure_start() -> None:
    seconds = []
    for _ in range(5 if QUICK else 21):
        begun = time.monotonic()
        subprocess.run([str(IMAGE / "bin" / "spoolway"), "--version"], check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.monotonic() - begun)
    tell("spoolway --version, median", f"{1000 * statistics.median(seconds):.0f} ms", "< 250 ms")


class Notes:
    """The sample application of samples/notes, deployed under a runner."""

    def __init__(self, home: Home) -> None:
        self.home = home
        self.port = free_port()
        self.root = home.path / "opt" / "notes"
        self.origin = home.path / "notes.git"
        subprocess.run([SAMPLES / "notes" / "make-repository", self.origin, "--upto", "1.1.0"], check=True, stdout=subprocess.DEVNULL)
        (self.root / "shared").mkdir(parents=True)
        text = (SAMPLES / "deployments" / "notes.toml").read_text(encoding="utf-8")
        text = text.replace('"/opt/notes"', f'"{self.root}"').replace("https://example.org/notes.git", f"file://{self.origin}")
        self.spool = home.deployment("notes", text.replace("8080", str(self.port)))

    def update(self, i: int) -> float:
        """Seconds from the drop of an update to its result; afterwards all is as before."""
        dropped, result = self.spool.ask(f"update-{i}", action="update", params={"version": "1.1.0"})
        seconds = instant(result["finishedAt"]) - dropped
        self.spool.ask(f"rollback-{i}", action="rollback")
        remove_tree(self.root / "releases" / "1.1.0")
        return seconds

    def update_under_load(self) -> None:
        """Fifty requests a second, each on a connection of its own."""
        answers: list[tuple[float, float, bool]] = []
        over = threading.Event()
        threads: list[threading.Thread] = []

        def ask() -> None:
            begun = time.time()
            good = health(self.port) is not None
            answers.append((begun, time.time(), good))

        def load() -> None:
            due = time.monotonic()
            while not over.is_set():
                threads.append(threading.Thread(target=ask))
                threads[-1].start()
                due += 0.02
                time.sleep(max(0.0, due - time.monotonic()))

        loader = threading.Thread(target=load)
        loader.start()
        time.sleep(1)
        _, result = self.spool.ask("loaded", action="update", params={"version": "1.1.0"})
        time.sleep(1)
        over.set()
        loader.join()
        for thread in threads:
            thread.join()
        bad = [(begun, ended) for begun, ended, good in answers if not good]
        gap = max(ended for _, ended in bad) - min(begun for begun, _ in bad) if bad else 0.0
        told = result["downtimeMillis"]
        tell(
            "downtime of an update with a migration at 50 requests/s",
            f"{1000 * gap:.0f} ms, {len(bad)} of {len(answers)} requests failed; its result says {told} ms",
        )


def measure_updates() -> None:
    """The same commands by a runner and by a shell script, in turn, so that both see the same machine."""
    by_runner, by_script = [], []
    home, yard = Home(IMAGE), Home(IMAGE)
    try:
        notes = Notes(home)
        home.start(notes.spool)
        notes.spool.ask("first", action="update", params={"version": "1.0.0"})
        script = HERE / "update-by-script"
        port = str(free_port())
        subprocess.run([script, "install", yard.path, notes.origin, port], check=True)
        for i in range(2 if QUICK else 5):
            by_runner.append(notes.update(i))
            took = subprocess.check_output([script, "update", yard.path, notes.origin, port], text=True)
            by_script.append(float(took))
        notes.update_under_load()
        subprocess.run([script, "remove", yard.path, notes.origin, port], check=True)
    finally:
        home.remove()
        remove_tree(yard.path)
    ratios = [a / b for a, b in zip(by_runner, by_script)]
    tell("update of samples/notes, median", f"{statistics.median(by_runner):.2f} s")
    tell("the same commands by a shell script, median", f"{statistics.median(by_script):.2f} s")
    tell("update to script, median of pairs", f"{statistics.median(ratios):.2f}", "<= 1.3")


def main() -> None:
    if POSTGRES:
        postgres.measure(IMAGE, [10, 50] if QUICK else [10, 200, 1000], 1 if QUICK else 3)
        print_all()
        return
    measure_start()
    home = Home(IMAGE)
    try:
        spool = idle_deployment(home)
        pid = home.start(spool)
        floor.measure_latency(home, spool, 60 if QUICK else 300)
        measure_idle(pid)
        home.stop()
        measure_drain(home, spool)
        for action in ("prune", "check"):
            floor.measure_drain(home, spool, action, 100 if QUICK else 1000)
    finally:
        home.remove()
    measure_updates()
    if LARGE:
        large.measure_queue(IMAGE, 1000, 3000 if QUICK else 100_000)
        large.measure_past(IMAGE, 20_000 if QUICK else 1_000_000)
    print_all()


main()
