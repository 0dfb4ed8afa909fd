"""Keeps a summary of the notes beside them, for whoever need not open the database."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
import threading
import time
from pathlib import Path
from types import FrameType

from notes import __version__
from notes.database import database_path, opened

SECONDS_BETWEEN = 1.0


def count(database: Path) -> int:
    with opened(database, "ro") as connection:
        return int(connection.execute("SELECT count(*) FROM notes").fetchone()[0])


def write(summary: Path, notes: int) -> None:
    """Replaces the summary at once, so that nobody reads half of one."""
    text = json.dumps({"version": __version__, "notes": notes, "at": int(time.time())})
    unfinished = summary.with_suffix(".tmp")
    unfinished.write_text(text + "\n", encoding="utf-8")
    os.replace(unfinished, summary)


def main() -> None:
    database = database_path()
    stopped = threading.Event()

    def stop(signum: int, frame: FrameType | None) -> None:
        stopped.set()

    signal.signal(signal.SIGTERM, stop)
    while not stopped.is_set():
        try:
            write(database.with_name("summary.json"), count(database))
        except sqlite3.Error as error:
            print(f"notes: cannot count the notes: {error}", file=sys.stderr, flush=True)
        stopped.wait(SECONDS_BETWEEN)


if __name__ == "__main__":
    main()
