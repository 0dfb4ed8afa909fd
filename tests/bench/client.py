"""A part of the runner, in a process that lives as long as what it is compared with is measured."""

from __future__ import annotations

import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
# As bin/spoolway starts it.
JAVA = [
    *("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=0.1", "-XX:-UsePerfData"),
    *("-Xms8m", "-Xmx256m", "-XX:MinHeapFreeRatio=10", "-XX:MaxHeapFreeRatio=30"),
]


class Client:
    """Does its work once for each line that it reads, and prints the seconds that it took."""

    def __init__(self, image: Path, program: str, *arguments: str) -> None:
        command = [*JAVA, "-cp", f"{image}/lib/*", str(HERE / program), *arguments]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def seconds(self) -> float:
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(b"\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def stop(self) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait()
