"""The command line behind ./manage."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from pathlib import Path

from notes import __version__, schema
from notes.database import database_path, opened

NOTHING_PENDING = 0
FAILED = 1
PENDING = 10


def main() -> int:
    parser = argparse.ArgumentParser(prog="manage")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("pending", help="list pending migrations; exit 0: none, 10: some")
    commands.add_parser("migrate", help="apply the pending migrations in order")
    commands.add_parser("version", help="print the version of this release")
    command = parser.parse_args().command

    if command == "version":
        print(__version__)
        return 0
    path = database_path()
    try:
        return pending(path) if command == "pending" else migrate(path)
    except sqlite3.Error as error:
        print(f"notes: cannot {command} {path}: {error}", file=sys.stderr)
        return FAILED


def pending(path: Path) -> int:
    """Looks without touching: a database that does not exist yet is not created."""
    if path.exists():
        with opened(path, "ro") as connection:
            todo = schema.pending(connection)
    else:
        todo = list(schema.MIGRATIONS)
    for migration in todo:
        print(migration)
    return PENDING if todo else NOTHING_PENDING


def migrate(path: Path) -> int:
    with opened(path, "rwc") as connection:
        for line in schema.migrate(connection):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
