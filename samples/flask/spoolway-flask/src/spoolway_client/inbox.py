"""The way into an inbox: whole files only, under a name that nobody had.

An inbox can usually be entered and written but not listed (mode 1730). Then its directory cannot be
opened to force the new name to the disk; the request's file is forced once more instead, which
carries its name along on the journalling file systems in use (ext4, XFS, Btrfs) and is the best
that can be done elsewhere. From the claim on the request is durable by the runner's own care.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress

from spoolway_client import files
from spoolway_client.errors import (
    DiskFull,
    InboxMissing,
    InboxNotWritable,
    ReadOnlyFileSystem,
    SpoolError,
)

# The runner is root or this very account; the group is for people who look.
_MODE = 0o640
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def drop(spool: str, origin: str, id: str, content: bytes) -> None:
    """Drops a request; when this returns, it is on the disk under its final name.

    Raises a SpoolError; but for DROP_NOT_FORCED nothing is left in the inbox then.
    """
    shown = os.path.join(spool, "incoming", origin)
    try:
        with files.directory(spool, "incoming", origin) as inbox:
            moment = time.time_ns()
            # Nineteen digits whatever the clock shows, since their count tells the unit.
            while not _publish(inbox, shown, f"{moment:019d}-{id}.json", content):
                moment += 1
    except OSError as e:
        raise _trouble(shown, e) from e


def _publish(inbox: int, shown: str, name: str, content: bytes) -> bool:
    """Whether the name was free. Who holds its draft's name may rename to it."""
    try:
        descriptor = os.open("." + name, _NEW, _MODE, dir_fd=inbox)
    except FileExistsError:
        return False
    try:
        free = _publish_draft(inbox, descriptor, name, content)
        if free:
            _force(inbox, descriptor, os.path.join(shown, name))
        return free
    finally:
        os.close(descriptor)


def _publish_draft(inbox: int, descriptor: int, name: str, content: bytes) -> bool:
    draft = "." + name
    try:
        if _exists(inbox, name):
            os.unlink(draft, dir_fd=inbox)
            return False
        _write_all(descriptor, content)
        os.fsync(descriptor)
        os.rename(draft, name, src_dir_fd=inbox, dst_dir_fd=inbox)
        return True
    except BaseException:
        with suppress(OSError):  # why it is unfinished counts more
            os.unlink(draft, dir_fd=inbox)
        raise


def _exists(inbox: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=inbox, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def _write_all(descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]


def _force(inbox: int, written: int, shown: str) -> None:
    try:
        try:
            listed = os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=inbox)
        except PermissionError:
            os.fsync(written)
            return
        try:
            os.fsync(listed)
        finally:
            os.close(listed)
    except OSError as e:
        raise SpoolError(
            "DROP_NOT_FORCED",
            f"cannot force {shown} to the disk: {files.reason(e)}",
            "look at the kernel's log; the request may be carried out all the same,"
            " so ask again only under the same id",
        ) from e


def _trouble(shown: str, error: OSError) -> SpoolError:
    message = f"cannot drop a request into {shown}: {files.reason(error)}"
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ELOOP):
        return InboxMissing(
            "INBOX_MISSING",
            message,
            "correct the directory and the origin, or have the runner make the inbox"
            " (`spoolway install`, or `spoolway run` under --home)",
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return InboxNotWritable(
            "INBOX_NOT_WRITABLE",
            message,
            "let this account into the inbox's group, start the application anew after that,"
            " and see what `spoolway doctor` says",
        )
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull("DISK_FULL", message, "make room, then ask again")
    if error.errno == errno.EROFS:
        return ReadOnlyFileSystem(
            "READ_ONLY_FILE_SYSTEM",
            message,
            "let the application's unit write there (ReadWritePaths=), or mend the disk",
        )
    return SpoolError("DROP_FAILED", message, "look at the disk and at the kernel's log")
