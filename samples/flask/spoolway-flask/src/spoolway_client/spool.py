"""One origin's view of one deployment's spool."""

from __future__ import annotations

import errno
import os
import time
from datetime import datetime
from typing import Callable

from spoolway_client import files, inbox, log, published, request
from spoolway_client.errors import InvalidArgument, Malformed, NoOutcomeYet, StatusMissing
from spoolway_client.log import LogPart
from spoolway_client.published import Results
from spoolway_client.result import Result
from spoolway_client.status import Status


class Spool:
    """Drops requests through one inbox, and reads what became of them.

    There is nothing to connect to and nothing to close; an instance may be used by many threads.
    All methods raise SpoolError, with a code, a message and a fix.
    """

    def __init__(self, directory: str | os.PathLike[str], origin: str) -> None:
        """Looks at nothing yet.

        directory: the deployment's spool, such as /var/spool/spoolway/notes.
        origin: the inbox, such as web.
        """
        self.directory = os.fspath(directory)
        self.origin = request.require_origin(origin)

    def __repr__(self) -> str:
        return f"Spool({self.directory!r}, {self.origin!r})"

    def drop(
        self,
        action: str,
        *,
        version: str | None = None,
        data: str | None = None,
        snapshot: str | None = None,
        cancels: str | None = None,
        reason: str | None = None,
        requested_by: str | None = None,
        dry_run: bool = False,
        plan: str | None = None,
        not_before: datetime | None = None,
        expires: datetime | None = None,
        id: str | None = None,
    ) -> str:
        """Asks for something, and returns the id under which its result will appear.

        The request is on the disk by then. Asking again with the same id and the same arguments is
        the same request: one job, one result.

        version: for update and rollback, where to; without it, the action's own choice.
        data: for rollback, keep or restore.
        snapshot: for restore, which one. cancels: for cancel, which request.
        plan: refuse it unless the plan is still the one with this hash.
        not_before, expires: with a time zone.

        Raises InvalidArgument and RequestTooLarge before anything is written; InboxMissing,
        InboxNotWritable, DiskFull and ReadOnlyFileSystem with nothing left in the inbox.
        """
        chosen = request.fresh_id() if id is None else id
        document = request.document(
            action,
            id=chosen,
            version=version,
            data=data,
            snapshot=snapshot,
            cancels=cancels,
            reason=reason,
            requested_by=requested_by,
            dry_run=dry_run,
            plan=plan,
            not_before=not_before,
            expires=expires,
        )
        inbox.drop(self.directory, self.origin, chosen, request.content(document))
        return chosen

    def cancel(self, id: str, *, requested_by: str | None = None) -> str:
        """Takes a request back, or has a running one undone; returns the id of that wish."""
        return self.drop("cancel", cancels=id, requested_by=requested_by)

    def status(self) -> Status:
        """The deployment as it is now.

        Raises StatusMissing, Unreadable, Malformed or TooLarge.
        """
        shown = os.path.join(self.directory, "status.json")
        try:
            with files.directory(self.directory) as spool:
                with files.plain_file(spool, "status.json") as descriptor:
                    age = time.time() - os.fstat(descriptor).st_mtime
                    return Status.of(files.read_document("STATUS", shown, descriptor), age)
        except OSError as e:
            if e.errno in (errno.ENOENT, errno.ENOTDIR):
                raise StatusMissing(
                    "STATUS_MISSING",
                    f"cannot read {shown}: {files.reason(e)}",
                    "correct the spool's directory, or start the runner (`spoolway run`)",
                ) from e
            raise files.unreadable("STATUS", shown, e) from e

    def result(self, id: str) -> Result | None:
        """The result of a request as it is now, or None when there is none yet.

        A request that the runner refused before it could read it, as for its owner, has its result
        under an id made of its file's name; that one is found here too.

        Raises Unreadable, Malformed or TooLarge.
        """
        wanted = request.require_id(id)
        shown = self._shown("results", wanted + published.SUFFIX)
        try:
            with files.directory(self.directory, "results", self.origin) as results:
                found = published.read(results, wanted + published.SUFFIX, shown)
                return published.refusal(results, wanted) if found is None else found
        except FileNotFoundError:
            return None
        except OSError as e:
            raise files.unreadable("RESULT", shown, e) from e

    def results(self, limit: int = 50) -> Results:
        """This origin's newest results, by when they were submitted and then by their sequence.

        Files that cannot be read as one are left out, and counted in `unreadable`.
        """
        _require_count("limit", limit, 1)
        try:
            with files.directory(self.directory, "results", self.origin) as results:
                return published.newest(results, limit)
        except FileNotFoundError:
            return Results([], 0)
        except OSError as e:
            raise files.unreadable("RESULTS", self._shown("results"), e) from e

    def wait(self, id: str, timeout: float, poll: float = 0.5) -> Result:
        """Waits until a request has ended; both times are seconds.

        Raises NoOutcomeYet when it has not by then, and whatever result() raises but Malformed: a
        half-written file is looked at again.
        """
        deadline = time.monotonic() + timeout
        while True:
            observed = "there is no result"
            try:
                found = self.result(id)
                if found is not None and found.is_terminal:
                    return found
                if found is not None:
                    observed = f"it is {found.state or 'without a state'}"
            except Malformed as e:
                observed = e.message
            left = deadline - time.monotonic()
            if left <= 0:
                raise NoOutcomeYet(
                    "NO_OUTCOME_YET",
                    f"cannot see an end of {id}: {observed} after {timeout:g} s",
                    "wait longer, or look whether the runner is running",
                )
            time.sleep(min(poll, left))

    def log(self, id: str, *, last: int = 65536) -> LogPart:
        """The end of a request's log, of at most so many bytes; empty before it has one."""
        _require_count("last", last, 0)
        return self._log(id, lambda descriptor: log.last_part(descriptor, last))

    def log_from(self, id: str, offset: int, limit: int = 65536) -> LogPart:
        """What a log has from a byte on, at most `limit` bytes of it; the next part is at `end`."""
        _require_count("offset", offset, 0)
        _require_count("limit", limit, log.LONGEST_CHARACTER)
        return self._log(id, lambda descriptor: log.part_from(descriptor, offset, limit))

    def _log(self, id: str, read: Callable[[int], LogPart]) -> LogPart:
        name = request.require_id(id) + ".log"
        try:
            with files.directory(self.directory, "logs", self.origin) as logs:
                with files.plain_file(logs, name) as descriptor:
                    return read(descriptor)
        except FileNotFoundError:
            return log.NO_LOG
        except OSError as e:
            raise files.unreadable("LOG", self._shown("logs", name), e) from e

    def _shown(self, kind: str, *names: str) -> str:
        return os.path.join(self.directory, kind, self.origin, *names)


def _require_count(name: str, value: int, least: int) -> None:
    if not isinstance(value, int) or value < least:
        raise InvalidArgument(
            "INVALID_ARGUMENT",
            f"cannot use {name}: it is {value!r}",
            f"give a whole number from {least} on",
        )
