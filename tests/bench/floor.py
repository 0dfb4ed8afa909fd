"""What the machine itself allows: the same drops and forced writes by programs that do nothing else."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from host import Home, Spool, Watch, instant
from table import percentile, percentiles, tell

HERE = Path(__file__).resolve().parent
JAVA = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.1", "-XX:-UsePerfData"]
BATCH = 64  # requests whose claims the runner forces together
WARMING = 20  # the first ones warm up whoever takes them


class Floor:
    """A bare program that takes dropped files: see Floor.java."""

    def __init__(self, mode: str, directory: Path) -> None:
        self.inbox = directory / "inbox"
        command = [*JAVA, str(HERE / "Floor.java"), mode, str(directory)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.line()

    def line(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline()

    def drop(self, i: int) -> float:
        """Seconds until the program could have started."""
        written = self.inbox / f".{i}"
        written.write_text(f'{{"id": "floor-{i}", "action": "check"}}', encoding="utf-8")
        dropped = time.time()
        written.rename(self.inbox / f"{i}.json")
        return float(self.line().split()[1]) - dropped

    def __enter__(self) -> Floor:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


def measure_latency(home: Home, spool: Spool, count: int) -> None:
    """From the rename into the inbox to the start of the job, and to its result; in turn with the floors."""
    begun, ended, by_once, by_claim = [], [], [], []
    watch = Watch(spool.results)
    with Floor("once", home.path / "once") as once, Floor("claim", home.path / "claim") as claim:
        for i in range(count):
            dropped = spool.drop(f"latency-{i}", action="check")
            result = watch.until(lambda name=f"latency-{i}": spool.result(name))
            ended.append(time.time() - dropped)
            begun.append(instant(result["steps"][0]["startedAt"]) - dropped)
            time.sleep(0.01)
            by_once.append(once.drop(i))
            time.sleep(0.01)
            by_claim.append(claim.drop(i))
            time.sleep(0.01)
    watch.close()
    begun, ended, by_once, by_claim = (each[WARMING:] for each in (begun, ended, by_once, by_claim))
    tell("drop to start, idle queue, p50 / p95 / p99", percentiles(begun), "p50 < 3 ms, p99 < 20 ms")
    tell("drop to one durable write of a bare Java program", percentiles(by_once))
    tell("drop to the forced writes of a claim, bare", percentiles(by_claim))
    tell("drop to start to one durable write, p50", ratio(begun, by_once), "<= 2")
    tell("drop to start to the forced writes of a claim, p50", ratio(begun, by_claim))
    tell("drop to result of a check, p50 / p95 / p99", percentiles(ended))


def ratio(seconds: list[float], floor: list[float]) -> str:
    return f"{percentile(seconds, 0.5) / percentile(floor, 0.5):.2f}"


class Forces:
    """How often a program forced a file's content, and a file or directory with all."""

    def __init__(self, command: list[str], report: Path) -> None:
        trace = ["strace", "-f", "-qq", "-c", "-e", "trace=fsync,fdatasync", "-o", str(report)]
        with (report.parent / "runner.log").open("ab") as log:
            subprocess.run([*trace, *command], check=True, stdout=log, stderr=log)
        text = report.read_text(encoding="utf-8")
        self.contents = calls(text, "fdatasync")
        self.wholes = calls(text, "fsync")


def calls(report: str, name: str) -> int:
    """The count in a line of share, seconds, microseconds a call, calls, perhaps errors, and name."""
    found = (line.split() for line in report.splitlines() if line.endswith(f" {name}"))
    return sum(int(fields[3]) for fields in found)


def fill(spool: Spool, action: str, name: str, count: int) -> None:
    for i in range(count):
        (spool.inbox / f"{action}.{name}-{i:06}").touch()


def measure_drain(home: Home, spool: Spool, action: str, count: int) -> None:
    """The runner's drain next to a bare loop that forces as often as it does, a few rounds in turn."""
    few, many = (forces_of_drain(home, spool, action, n) for n in (BATCH, 5 * BATCH))
    contents = (many.contents - few.contents) / (4 * BATCH)
    wholes = (many.wholes - few.wholes) / (4 * BATCH)
    if round(contents) < 1 or round(wholes) < 1:
        raise SystemExit(f"cannot go on: strace counts {contents:.2f} and {wholes:.2f} forced writes of a {action}")
    start = min(home.drain() for _ in range(3))
    by_runner, by_loop = [], []
    for i in range(3):
        fill(spool, action, f"floor-{i}", count)
        by_runner.append(home.drain() - start)
        by_loop.append(bare_loop(home.path / f"bare-{action}-{i}", count, round(contents), round(wholes)))
    rate, limit = count / percentile(by_runner, 0.5), count / percentile(by_loop, 0.5)
    tell(f"forced writes of a {action}: contents, files and directories", f"{contents:.2f} and {wholes:.2f}")
    tell(f"the forced writes of {count:,} {action}s by a bare loop", f"{limit:,.0f}/s")
    tell(f"drain of {count:,} {action}s next to it", f"{rate:,.0f}/s")
    tell(f"drain of {action}s to the bare loop", f"{rate / limit:.2f}", ">= 0.5")


def forces_of_drain(home: Home, spool: Spool, action: str, count: int) -> Forces:
    fill(spool, action, f"traced-{count}", count)
    return Forces(home.command("run", "--drain"), home.path / "forces")


def bare_loop(directory: Path, count: int, contents: int, wholes: int) -> float:
    """Journals in batches, appended to and forced, then a result each, forced with its directory."""
    inbox, journals, results = (directory / name for name in ("inbox", "journals", "results"))
    for made in (inbox, journals, results):
        made.mkdir(parents=True)
    begun = time.monotonic()
    for first in range(0, count, BATCH):
        batch = range(first, min(count, first + BATCH))
        opened = {i: os.open(journals / str(i), os.O_CREAT | os.O_WRONLY | os.O_APPEND) for i in batch}
        for i in batch:
            append(opened[i])
        force(journals)
        force(inbox)
        for i in batch:
            for _ in range(contents - 1):
                append(opened[i])
            os.close(opened[i])
            replace(results / f"{i}.json")
            for _ in range(wholes - 1):
                force(results)
            os.unlink(journals / str(i))
    return time.monotonic() - begun


def append(descriptor: int) -> None:
    os.write(descriptor, b"x" * 400)
    os.fdatasync(descriptor)


def replace(file: Path) -> None:
    written = file.with_name("." + file.name)
    descriptor = os.open(written, os.O_CREAT | os.O_WRONLY)
    os.write(descriptor, b"x" * 1000)
    os.fsync(descriptor)
    os.close(descriptor)
    written.rename(file)


def force(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
