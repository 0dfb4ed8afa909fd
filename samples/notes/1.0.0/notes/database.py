"""Where the notes are kept, and how to open them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def database_path() -> Path:
    """The database outlives every release, so it lies in the directory that they share.

    On a host that is not writable for the application, but for the directory ``data`` in it.
    """
    shared = os.environ.get("SPOOLWAY_SHARED")
    if not shared:
        raise SystemExit("notes: cannot find the database: set SPOOLWAY_SHARED to its directory")
    data = Path(shared).resolve() / "data"
    return (data if data.is_dir() else data.parent) / "notes.db"


@contextmanager
def opened(path: Path, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    """A connection without implicit transactions; ``mode`` is SQLite's: ro, rw or rwc."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={mode}", uri=True, timeout=5, isolation_level=None
    )
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of the block, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
