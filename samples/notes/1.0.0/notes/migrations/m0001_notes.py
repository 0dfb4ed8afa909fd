"""The first table."""

from __future__ import annotations

import sqlite3


def apply(connection: sqlite3.Connection) -> str:
    connection.execute(
        """
        CREATE TABLE notes (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL,
            created_at INTEGER NOT NULL DEFAULT (CAST(strftime('%s', 'now') AS INTEGER))
        )
        """
    )
    return "created an empty table of notes"
