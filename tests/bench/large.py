"""Queues and pasts far beyond what anybody has: a hundred thousand requests, a million results."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from pathlib import Path

from host import Home, Spool, Watch, instant, wait_until
from idle import idle_deployment
from table import percentile, tell

EARLIER = 1_600_000_000
LINKS = 50_000  # what ext4 allows of one file, and a little less


def measure_queue(image: Path, small: int, large: int) -> None:
    """A queue that was there before the runner, next to a small one on the same machine."""
    costs = []
    for count in (small, large):
        home = Home(image)
        try:
            spool = idle_deployment(home)
            start = min(home.drain() for _ in range(3))
            names = [f"{EARLIER + i}-check.{i:06}" for i in range(count)]
            for name in reversed(names):
                (spool.inbox / name).touch()
            seconds, peak = drain(home)
            require_order(spool, names)
        finally:
            home.remove()
        cost = (seconds - start) / count
        costs.append(cost)
        figures = f"{1 / cost:,.0f}/s, {1000 * cost:.2f} ms each, in order, {peak:.0f} MiB resident at most"
        tell(f"drain of {count:,} checks that wait", figures)
    tell("cost per request, the large queue to the small", f"{costs[1] / costs[0]:.2f}", "flat")


def drain(home: Home) -> tuple[float, float]:
    """Seconds that `run --drain` takes, and the most memory in MiB that it had."""
    begun = time.monotonic()
    with (home.path / "runner.log").open("ab") as log:
        runner = subprocess.Popen(home.command("run", "--drain"), stdout=log, stderr=log)
        _, status, usage = os.wait4(runner.pid, 0)
    runner.returncode = os.waitstatus_to_exitcode(status)
    if runner.returncode != 0:
        raise SystemExit(f"cannot go on: the runner ended with {runner.returncode}")
    return time.monotonic() - begun, usage.ru_maxrss / 1024


def require_order(spool: Spool, names: list[str]) -> None:
    """Each ran once, and in the order of the times in their names."""
    sequences = []
    for name in names:
        result = spool.result(name)
        if result is None or result["state"] != "succeeded":
            raise SystemExit(f"cannot go on: {name} ended as {result}")
        sequences.append(result["sequence"])
    if any(later <= earlier for earlier, later in zip(sequences, sequences[1:])):
        raise SystemExit("cannot go on: the requests did not run in their order")


def measure_past(image: Path, count: int) -> None:
    """A runner's start, and what it then does, with nearly no results on disk and with very many."""
    home = Home(image)
    try:
        spool = idle_deployment(home)
        home.start(spool)
        spool.ask("sample", action="check")
        home.stop()
        told = [first_jobs(home, spool, "fresh")]
        begun = time.monotonic()
        keep_results(spool, count)
        print(f"{count:,} results made in {time.monotonic() - begun:.0f} s", flush=True)
        told.append(first_jobs(home, spool, "aged"))
    finally:
        home.remove()
    for (waiting, dropped), past in zip(told, ("few results", f"{count:,} results")):
        tell(f"start of the runner to the first job, {past} on disk", f"{1000 * waiting:.0f} ms", "< 1 s")
        tell(f"drop to start, {past} on disk, p50", f"{1000 * dropped:.2f} ms")


def keep_results(spool: Spool, count: int) -> None:
    """Results as they would be, but sharing their content, so that they are quick to make."""
    content = (spool.results / "sample.json").read_bytes()
    for first in range(0, count, LINKS):
        original = spool.results / f"past-{first:07}.json"
        original.write_bytes(content)
        for i in range(first + 1, min(count, first + LINKS)):
            os.link(original, spool.results / f"past-{i:07}.json")


def first_jobs(home: Home, spool: Spool, name: str) -> tuple[float, float]:
    """Seconds from the start of a runner to the start of a job that waited; from a drop to a start."""
    waits, drops = [], []
    for i in range(5):
        spool.drop(f"{name}-waiting-{i}", action="check")
        begun = time.time()
        home.start(spool)
        waits.append(started(spool, f"{name}-waiting-{i}") - begun)
        home.stop()
    home.start(spool)
    watch = Watch(spool.results)
    for i in range(40):
        dropped = spool.drop(f"{name}-{i}", action="check")
        watch.until(lambda request=f"{name}-{i}": spool.result(request))
        drops.append(started(spool, f"{name}-{i}") - dropped)
        time.sleep(0.02)
    watch.close()
    home.stop()
    return statistics.median(waits), percentile(drops[20:], 0.5)


def started(spool: Spool, request: str) -> float:
    result = wait_until(f"an end of {request}", lambda: spool.result(request))
    return instant(result["steps"][0]["startedAt"])
