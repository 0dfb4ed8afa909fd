"""Parts of a log, which grows while it is read, cut between characters only."""

from __future__ import annotations

import os
from dataclasses import dataclass

LONGEST_CHARACTER = 4
"""The bytes of the longest character in UTF-8."""


@dataclass(frozen=True)
class LogPart:
    """A part of a log. All numbers are bytes.

    text: what it says; bytes that are no UTF-8 are replaced by a mark.
    start: where the part begins in the log.
    end: where it ends, and the next part begins. A character that is not all there yet is left to
        the next part, so that this may be a little less than the size.
    size: how long the whole log was.
    """

    text: str
    start: int
    end: int
    size: int


NO_LOG = LogPart("", 0, 0, 0)
"""What there is of a log before it is begun."""


def last_part(descriptor: int, last: int) -> LogPart:
    size = os.fstat(descriptor).st_size
    return _part(descriptor, max(0, size - last), size, size)


def part_from(descriptor: int, offset: int, limit: int) -> LogPart:
    size = os.fstat(descriptor).st_size
    start = min(offset, size)
    return _part(descriptor, start, min(start + limit, size), size)


def _part(descriptor: int, start: int, end: int, size: int) -> LogPart:
    before = max(0, start - LONGEST_CHARACTER + 1)
    content = _read(descriptor, before, end - before)
    first = _behind_character(content, start - before)
    behind = max(first, _before_character(content))
    text = content[first:behind].decode("utf-8", "replace")
    return LogPart(text, before + first, before + behind, size)


def _read(descriptor: int, offset: int, length: int) -> bytes:
    parts = []
    while length > 0:
        part = os.pread(descriptor, length, offset)
        if not part:
            break
        parts.append(part)
        offset += len(part)
        length -= len(part)
    return b"".join(parts)


def _behind_character(content: bytes, at: int) -> int:
    """The place itself, or the end of the character that it lies within."""
    lead = _lead_before(content, at)
    if lead is None:
        return min(at, len(content))
    end = lead + _length(content[lead])
    inner = content[at:end]
    is_character = len(inner) == end - at and all(_continues(byte) for byte in inner)
    return end if is_character else at


def _before_character(content: bytes) -> int:
    """The end, or the beginning of the character that is cut off there."""
    lead = _lead_before(content, len(content))
    return len(content) if lead is None else lead


def _lead_before(content: bytes, at: int) -> int | None:
    """Where a character begins that should go on at a place, or None."""
    for back in range(1, min(LONGEST_CHARACTER, at + 1)):
        if at > len(content):
            return None
        byte = content[at - back]
        if not _continues(byte):
            return at - back if _length(byte) > back else None
    return None


def _continues(byte: int) -> bool:
    return byte & 0b1100_0000 == 0b1000_0000


def _length(lead: int) -> int:
    """How many bytes a character has that begins with this one; 1 for a byte that begins none."""
    if 0xC2 <= lead <= 0xDF:
        return 2
    if 0xE0 <= lead <= 0xEF:
        return 3
    if 0xF0 <= lead <= 0xF4:
        return 4
    return 1
