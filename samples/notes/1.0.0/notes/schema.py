"""Brings the database to the schema that this release needs, and remembers how."""

from __future__ import annotations

import pkgutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from notes import migrations
from notes.database import transaction

HISTORY = """
    CREATE TABLE IF NOT EXISTS schema_history (
        number INTEGER PRIMARY KEY,
        name TEXT NOT NULL,
        applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
    )
"""


@dataclass(frozen=True)
class Migration:
    """One module of ``notes.migrations``, known by its number and its name."""

    number: int
    name: str

    def apply(self, connection: sqlite3.Connection) -> str:
        """Runs it and returns what it did."""
        module = import_module(f"{migrations.__name__}.m{self.number:04}_{self.name}")
        done: str = module.apply(connection)
        return done

    def __str__(self) -> str:
        return f"{self.number:04} {self.name}"


def _released() -> tuple[Migration, ...]:
    names = sorted(module.name for module in pkgutil.iter_modules(migrations.__path__))
    return tuple(Migration(int(name[1:5]), name[6:]) for name in names)


MIGRATIONS = _released()
LATEST = MIGRATIONS[-1].number


def version(connection: sqlite3.Connection) -> int:
    """The number of the last migration that was applied; 0 in an empty database."""
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'schema_history'")
    if known.fetchone() is None:
        return 0
    newest = connection.execute("SELECT coalesce(max(number), 0) FROM schema_history")
    return int(newest.fetchone()[0])


def pending(connection: sqlite3.Connection) -> list[Migration]:
    """What is still to apply, in order."""
    return [migration for migration in MIGRATIONS if migration.number > version(connection)]


def migrate(connection: sqlite3.Connection) -> Iterator[str]:
    """Applies what is pending, each with its entry in the history as one transaction."""
    for migration in MIGRATIONS:
        with transaction(connection):
            if migration.number <= version(connection):
                continue
            done = migration.apply(connection)
            connection.execute(HISTORY)
            connection.execute(
                "INSERT INTO schema_history (number, name) VALUES (?, ?)",
                (migration.number, migration.name),
            )
        yield f"{migration}: {done}"
