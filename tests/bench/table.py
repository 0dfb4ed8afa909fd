"""The figures as they are told: each at once, and all as a table at the end."""

from __future__ import annotations

import os
import platform
import subprocess
import time
from pathlib import Path

rows: list[tuple[str, str, str]] = []


def tell(figure: str, value: str, aim: str = "") -> None:
    rows.append((figure, value, aim))
    print(f"{figure}: {value}" + (f" (aim: {aim})" if aim else ""), flush=True)


def percentile(seconds: list[float], part: float) -> float:
    ordered = sorted(seconds)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def percentiles(seconds: list[float]) -> str:
    return " / ".join(f"{1000 * percentile(seconds, part):.2f}" for part in (0.50, 0.95, 0.99)) + " ms"


def machine() -> str:
    model = next(
        (line.split(": ")[1] for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")),
        platform.machine(),
    )
    java = subprocess.run(["java", "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    return f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores of {model}, Linux {platform.release()}, {java}"


def print_all() -> None:
    print(f"\n{machine()}; load average {os.getloadavg()[0]:.1f} at the end\n")
    print("| figure | measured | aim |\n| --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(row) + " |")
