"""Reading what others write: only plain files below one directory, through no link, and bounded."""

from __future__ import annotations

import errno
import json
import os
import stat
from contextlib import contextmanager
from typing import Any, Iterator

from spoolway_client.errors import Malformed, SpoolError, TooLarge, Unreadable

MAX_DOCUMENT = 4 * 1024 * 1024
"""More bytes than any document of a runner has."""

# A directory that may be entered and not listed can be opened only where the kernel has O_PATH.
_DIRECTORY = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC
# A pipe in place of a file must not keep anybody waiting.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@contextmanager
def directory(root: str, *names: str) -> Iterator[int]:
    """A directory below a root, as a descriptor that only leads to what lies in it.

    The root itself may be reached through links, since whoever configures it chooses it.
    Raises OSError.
    """
    descriptor = os.open(root, _DIRECTORY)
    try:
        for name in names:
            inner = os.open(name, _DIRECTORY | os.O_NOFOLLOW, dir_fd=descriptor)
            os.close(descriptor)
            descriptor = inner
        yield descriptor
    finally:
        os.close(descriptor)


@contextmanager
def plain_file(parent: int, name: str) -> Iterator[int]:
    """A plain file in a directory, open for reading; raises OSError also for anything else."""
    descriptor = os.open(name, _FILE, dir_fd=parent)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is not a plain file")
        yield descriptor
    finally:
        os.close(descriptor)


def read_document(what: str, shown: str, descriptor: int) -> dict[str, Any]:
    """The one JSON object that a file holds.

    what: the word that the errors' codes begin with, such as STATUS.
    shown: the file, for people.

    Raises TooLarge, Malformed or OSError.
    """
    content = _bounded(descriptor, MAX_DOCUMENT + 1)
    if len(content) > MAX_DOCUMENT:
        raise TooLarge(
            f"{what}_TOO_LARGE",
            f"cannot read {shown}: it is larger than {MAX_DOCUMENT} bytes",
            "look what wrote it, which was no runner",
        )
    try:
        document = json.loads(content.decode("utf-8"), parse_constant=_refuse)
    except (ValueError, RecursionError) as e:
        raise _malformed(what, shown, str(e) or type(e).__name__) from None
    if not isinstance(document, dict):
        raise _malformed(what, shown, "it is not a JSON object")
    return document


def unreadable(what: str, shown: str, error: OSError) -> SpoolError:
    """What is told when a file is there and cannot be read."""
    fixes = {
        errno.EACCES: "let this account read it: it has to be in the group of its origin",
        errno.ELOOP: "put the directory and its files back as the runner made them, without links",
        errno.EINVAL: "remove it, and let the runner write its own",
    }
    return Unreadable(
        f"{what}_UNREADABLE",
        f"cannot read {shown}: {reason(error)}",
        fixes.get(error.errno or 0, "look at the disk and at the kernel's log"),
    )


def reason(error: OSError) -> str:
    """What the system said, without the path, which the message has already."""
    if error.errno == errno.ELOOP:
        return "it is a link"
    return error.strerror or type(error).__name__


def _bounded(descriptor: int, limit: int) -> bytes:
    parts = []
    left = limit
    while left > 0:
        part = os.read(descriptor, min(left, 1024 * 1024))
        if not part:
            break
        parts.append(part)
        left -= len(part)
    return b"".join(parts)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _malformed(what: str, shown: str, observed: str) -> Malformed:
    return Malformed(
        f"{what}_MALFORMED",
        f"cannot read {shown}: {observed}",
        "look at it again in a moment; if it stays so, look what wrote it",
    )
