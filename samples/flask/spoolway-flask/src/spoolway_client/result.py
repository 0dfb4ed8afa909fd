"""What the world is told about one request: ``results/ORIGIN/ID.json``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from spoolway_client import fields
from spoolway_client.fields import Document

PASSING = frozenset({"queued", "running"})
"""The states that a request passes through."""

TERMINAL = frozenset(
    {
        "succeeded",
        "unchanged",
        "planned",
        "rolled_back",
        "failed",
        "rejected",
        "cancelled",
        "expired",
        "needs_intervention",
    }
)
"""The states of which each request gets one in the end."""


@dataclass(frozen=True)
class Owner:
    """Who owned the request's file: the numeric user, and its name or the number again."""

    uid: int | None
    user: str | None

    @staticmethod
    def of(document: Document) -> Owner:
        return Owner(fields.whole(document, "uid"), fields.text(document, "user"))


@dataclass(frozen=True)
class Order:
    """The order that was used: the request's time, and the file's name, which breaks ties."""

    time: datetime | None
    name: str | None

    @staticmethod
    def of(document: Document) -> Order:
        return Order(fields.time(document, "time"), fields.text(document, "name"))


@dataclass(frozen=True)
class Step:
    """One step.

    name: the step's name.
    state: planned, running, done, skipped, failed, undoing or undone.
    why: why it runs or is skipped.
    started_at: when it began.
    millis: how long it took, in milliseconds.
    progress: 0.0 to 1.0, or None when it cannot be told.
    detail: what was observed.
    """

    name: str | None
    state: str | None
    why: str | None
    started_at: datetime | None
    millis: int | None
    progress: float | None
    detail: str | None

    @staticmethod
    def of(document: Document) -> Step:
        return Step(
            name=fields.text(document, "name"),
            state=fields.text(document, "state"),
            why=fields.text(document, "why"),
            started_at=fields.time(document, "startedAt"),
            millis=fields.whole(document, "millis"),
            progress=fields.fraction(document, "progress"),
            detail=fields.text(document, "detail"),
        )


@dataclass(frozen=True)
class Change:
    """What a release brings: its version, and its tag's message."""

    version: str | None
    notes: str | None

    @staticmethod
    def of(document: Document) -> Change:
        return Change(fields.text(document, "version"), fields.text(document, "notes"))


@dataclass(frozen=True)
class Failure:
    """Why a request did not end as asked: a stable word, the step, what happened, what to do."""

    code: str | None
    step: str | None
    message: str | None
    fix: str | None

    @staticmethod
    def of(document: Document) -> Failure:
        return Failure(
            code=fields.text(document, "code"),
            step=fields.text(document, "step"),
            message=fields.text(document, "message"),
            fix=fields.text(document, "fix"),
        )


@dataclass(frozen=True)
class Expected:
    """What a dry run expects of the real one: milliseconds closed, bytes needed, bytes free."""

    downtime_millis: int | None
    bytes: int | None
    free_bytes: int | None

    @staticmethod
    def of(document: Document) -> Expected:
        return Expected(
            downtime_millis=fields.whole(document, "downtimeMillis"),
            bytes=fields.whole(document, "bytes"),
            free_bytes=fields.whole(document, "freeBytes"),
        )


@dataclass(frozen=True)
class Result:
    """One request as it is now. What is absent, or of another type than expected, is None.

    document: everything as it came, also what this version does not know.
    state: how far it is or how it ended; later runners may have states that are not known here.
    from_, to: the release that was live before, and the one that it leads to.
    attempt: which start of the job this is; 0 before the first.
    sequence: the place in the order of execution; None before the start.
    not_before: until when it is held back; None when it is not.
    downtime_millis: how long users may have noticed; None when they could not.
    log: the log's place below the spool.
    """

    document: Document
    schema: str | None
    id: str | None
    origin: str | None
    deployment: str | None
    action: str | None
    state: str | None
    from_: str | None
    to: str | None
    dry_run: bool
    requested_by: str | None
    owner: Owner | None
    reason: str | None
    attempt: int | None
    sequence: int | None
    order: Order | None
    request_sha256: str | None
    plan_sha256: str | None
    snapshot: str | None
    submitted_at: datetime | None
    claimed_at: datetime | None
    not_before: datetime | None
    finished_at: datetime | None
    downtime_millis: int | None
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    error: Failure | None
    log: str | None
    expected: Expected | None

    @property
    def is_terminal(self) -> bool:
        """Whether it never changes again; a state that is not known has ended once it says when."""
        if self.state in PASSING:
            return False
        return self.state in TERMINAL or self.finished_at is not None

    @staticmethod
    def of(document: Document) -> Result:
        return Result(
            document=document,
            schema=fields.text(document, "schema"),
            id=fields.text(document, "id"),
            origin=fields.text(document, "origin"),
            deployment=fields.text(document, "deployment"),
            action=fields.text(document, "action"),
            state=fields.text(document, "state"),
            from_=fields.text(document, "from"),
            to=fields.text(document, "to"),
            dry_run=fields.flag(document, "dryRun"),
            requested_by=fields.text(document, "requestedBy"),
            owner=fields.object_of(document, "owner", Owner.of),
            reason=fields.text(document, "reason"),
            attempt=fields.whole(document, "attempt"),
            sequence=fields.whole(document, "sequence"),
            order=fields.object_of(document, "order", Order.of),
            request_sha256=fields.text(document, "requestSha256"),
            plan_sha256=fields.text(document, "planSha256"),
            snapshot=fields.text(document, "snapshot"),
            submitted_at=fields.time(document, "submittedAt"),
            claimed_at=fields.time(document, "claimedAt"),
            not_before=fields.time(document, "notBefore"),
            finished_at=fields.time(document, "finishedAt"),
            downtime_millis=fields.whole(document, "downtimeMillis"),
            steps=fields.list_of(document, "steps", Step.of),
            changes=fields.list_of(document, "changes", Change.of),
            error=fields.object_of(document, "error", Failure.of),
            log=fields.text(document, "log"),
            expected=fields.object_of(document, "expected", Expected.of),
        )
