"""The results of one origin, which the runner replaces as a whole and everybody else only reads."""

from __future__ import annotations

import os
import re
from datetime import datetime, timezone
from typing import List

from spoolway_client import files
from spoolway_client.errors import SpoolError
from spoolway_client.request import is_id
from spoolway_client.result import Result

SUFFIX = ".json"
_LONGEST_ID = 64
_DROPPED = re.compile(r"(\d{19})-.*", re.ASCII)
_LONG_AGO = datetime.min.replace(tzinfo=timezone.utc)
# Files get the time of the kernel's last tick, which may be a little behind the clock.
_TICK_SECONDS = 1.0


class Results(List[Result]):
    """Results, newest first, and how many files were passed over that could not be read as one."""

    def __init__(self, results: list[Result], unreadable: int) -> None:
        super().__init__(results)
        self.unreadable = unreadable


def read(directory: int, name: str, shown: str) -> Result | None:
    """One result, or None when there is none.

    Raises TooLarge, Malformed or OSError.
    """
    try:
        with files.plain_file(directory, name) as descriptor:
            return Result.of(files.read_document("RESULT", shown, descriptor))
    except FileNotFoundError:
        return None


def refusal(directory: int, id: str) -> Result | None:
    """The refusal of a dropped file that was never read, so that its id was not known.

    Its result is under an id made of the file's name, which is the time and the id, cut to the
    length of ids.
    """
    for name in _names(directory):
        match = _DROPPED.fullmatch(name[: -len(SUFFIX)])
        dropped = f"{match[1]}-{id}" if match else ""
        if match is None or name != dropped[:_LONGEST_ID] + SUFFIX:
            continue
        found = _readable(directory, name)
        if (
            found is not None
            and found.state == "rejected"
            and found.order is not None
            and found.order.name == dropped + SUFFIX
        ):
            return found
    return None


def newest(directory: int, limit: int) -> Results:
    """The newest results by when they were submitted, then by their sequence.

    A result is never changed before it was submitted. So files are looked at from the last changed
    one on, and no more of them once none that is left could be among the newest.
    """
    found: list[Result] = []
    unreadable = 0
    for changed, name in sorted(_changes(directory), reverse=True):
        if len(found) >= limit and _submitted(found[limit - 1]) > changed + _TICK_SECONDS:
            break
        result = _readable(directory, name)
        if result is None:
            unreadable += 1
            continue
        found.append(result)
        found.sort(key=_newness, reverse=True)
    return Results(found[:limit], unreadable)


def _readable(directory: int, name: str) -> Result | None:
    try:
        return read(directory, name, name)
    except (SpoolError, OSError):
        return None  # its reader counts it, or has no use for it


def _names(directory: int) -> list[str]:
    listed = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=directory)
    try:
        names = os.listdir(listed)
    finally:
        os.close(listed)
    return [name for name in names if name.endswith(SUFFIX) and is_id(name[: -len(SUFFIX)])]


def _changes(directory: int) -> list[tuple[float, str]]:
    changes = []
    for name in _names(directory):
        try:
            changes.append((os.stat(name, dir_fd=directory, follow_symlinks=False).st_mtime, name))
        except FileNotFoundError:
            continue  # pruned meanwhile
    return changes


def _newness(result: Result) -> tuple[datetime, int]:
    return (result.submitted_at or _LONG_AGO, -1 if result.sequence is None else result.sequence)


def _submitted(result: Result) -> float:
    return result.submitted_at.timestamp() if result.submitted_at else float("-inf")
