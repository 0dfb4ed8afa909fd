"""All that a page needs to draw itself: ``status.json``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Mapping

from spoolway_client import fields
from spoolway_client.fields import Document
from spoolway_client.result import Change

ALIVE_SECONDS = 60.0
"""A runner touches its status every ten seconds; one that has not for so long does not run."""


@dataclass(frozen=True)
class Available:
    """What the last check found: the newest release, None when there is none newer, and what lies
    between, newest first."""

    version: str | None
    changes: tuple[Change, ...]
    checked_at: datetime | None

    @staticmethod
    def of(document: Document) -> Available:
        return Available(
            version=fields.text(document, "version"),
            changes=fields.list_of(document, "changes", Change.of),
            checked_at=fields.time(document, "checkedAt"),
        )


@dataclass(frozen=True)
class Running:
    """The job in hand; step is None between steps, progress (0.0 to 1.0) when it is not known."""

    id: str | None
    origin: str | None
    action: str | None
    step: str | None
    progress: float | None

    @staticmethod
    def of(document: Document) -> Running:
        return Running(
            id=fields.text(document, "id"),
            origin=fields.text(document, "origin"),
            action=fields.text(document, "action"),
            step=fields.text(document, "step"),
            progress=fields.fraction(document, "progress"),
        )


@dataclass(frozen=True)
class Last:
    """The last request that ended."""

    id: str | None
    origin: str | None
    action: str | None
    state: str | None
    to: str | None
    finished_at: datetime | None

    @staticmethod
    def of(document: Document) -> Last:
        return Last(
            id=fields.text(document, "id"),
            origin=fields.text(document, "origin"),
            action=fields.text(document, "action"),
            state=fields.text(document, "state"),
            to=fields.text(document, "to"),
            finished_at=fields.time(document, "finishedAt"),
        )


@dataclass(frozen=True)
class Unserved:
    """Why an inbox is not served, and what to do about it."""

    message: str | None
    fix: str | None

    @staticmethod
    def of(document: Document) -> Unserved:
        return Unserved(fields.text(document, "message"), fields.text(document, "fix"))


@dataclass(frozen=True)
class Broken:
    """A job whose undo failed: which step, what was observed, and what to do about it."""

    id: str | None
    origin: str | None
    step: str | None
    message: str | None
    fix: str | None

    @staticmethod
    def of(document: Document) -> Broken:
        return Broken(
            id=fields.text(document, "id"),
            origin=fields.text(document, "origin"),
            step=fields.text(document, "step"),
            message=fields.text(document, "message"),
            fix=fields.text(document, "fix"),
        )


@dataclass(frozen=True)
class Watch:
    """How new requests are noticed: events or polling, and the reason, for people."""

    mode: str | None
    why: str | None

    @staticmethod
    def of(document: Document) -> Watch:
        return Watch(fields.text(document, "mode"), fields.text(document, "why"))


@dataclass(frozen=True)
class Runner:
    """Who works the queue; stopped_at is None while it does."""

    pid: int | None
    started_at: datetime | None
    version: str | None
    stopped_at: datetime | None

    @staticmethod
    def of(document: Document) -> Runner:
        return Runner(
            pid=fields.whole(document, "pid"),
            started_at=fields.time(document, "startedAt"),
            version=fields.text(document, "version"),
            stopped_at=fields.time(document, "stoppedAt"),
        )


@dataclass(frozen=True)
class Health:
    """What the last look at the application showed: passing, failing or unknown."""

    state: str | None
    detail: str | None
    checked_at: datetime | None

    @staticmethod
    def of(document: Document) -> Health:
        return Health(
            state=fields.text(document, "state"),
            detail=fields.text(document, "detail"),
            checked_at=fields.time(document, "checkedAt"),
        )


@dataclass(frozen=True)
class Trouble:
    """Why a channel (command, webhook or mail) does not deliver, and what to do about it."""

    channel: str | None
    message: str | None
    fix: str | None

    @staticmethod
    def of(document: Document) -> Trouble:
        return Trouble(
            channel=fields.text(document, "channel"),
            message=fields.text(document, "message"),
            fix=fields.text(document, "fix"),
        )


@dataclass(frozen=True)
class Notifications:
    """What people have still to be told: how much waits and since when, and what was given up."""

    undelivered: int | None
    since: datetime | None
    given_up: int | None
    troubles: tuple[Trouble, ...]

    @staticmethod
    def of(document: Document) -> Notifications:
        return Notifications(
            undelivered=fields.whole(document, "undelivered"),
            since=fields.time(document, "since"),
            given_up=fields.whole(document, "givenUp"),
            troubles=fields.list_of(document, "troubles", Trouble.of),
        )


@dataclass(frozen=True)
class Origin:
    """What an origin may ask for."""

    actions: tuple[str, ...]

    @staticmethod
    def of(document: Document) -> Origin:
        return Origin(fields.texts(document, "actions"))


@dataclass(frozen=True)
class Release:
    """A release that is kept on the host."""

    version: str | None
    live: bool
    installed_at: datetime | None
    bytes: int | None

    @staticmethod
    def of(document: Document) -> Release:
        return Release(
            version=fields.text(document, "version"),
            live=fields.flag(document, "live"),
            installed_at=fields.time(document, "installedAt"),
            bytes=fields.whole(document, "bytes"),
        )


@dataclass(frozen=True)
class Snapshot:
    """A copy of the data that is kept, and what it was made for."""

    name: str | None
    version: str | None
    reason: str | None
    created_at: datetime | None
    bytes: int | None

    @staticmethod
    def of(document: Document) -> Snapshot:
        return Snapshot(
            name=fields.text(document, "name"),
            version=fields.text(document, "version"),
            reason=fields.text(document, "reason"),
            created_at=fields.time(document, "createdAt"),
            bytes=fields.whole(document, "bytes"),
        )


@dataclass(frozen=True)
class Room:
    """How much of the disk is left."""

    free_bytes: int | None

    @staticmethod
    def of(document: Document) -> Room:
        return Room(fields.whole(document, "freeBytes"))


@dataclass(frozen=True)
class Past:
    """A request that has ended, whatever its origin."""

    id: str | None
    origin: str | None
    action: str | None
    state: str | None
    from_: str | None
    to: str | None
    started_at: datetime | None
    finished_at: datetime | None
    downtime_millis: int | None

    @staticmethod
    def of(document: Document) -> Past:
        return Past(
            id=fields.text(document, "id"),
            origin=fields.text(document, "origin"),
            action=fields.text(document, "action"),
            state=fields.text(document, "state"),
            from_=fields.text(document, "from"),
            to=fields.text(document, "to"),
            started_at=fields.time(document, "startedAt"),
            finished_at=fields.time(document, "finishedAt"),
            downtime_millis=fields.whole(document, "downtimeMillis"),
        )


@dataclass(frozen=True)
class Status:
    """A deployment as it is now. What is absent, or of another type than expected, is None.

    document: everything as it came, also what this version does not know.
    age: seconds since the runner last touched the file, as of the reading. Negative where a clock
        went back, or where those of two hosts differ; that is a runner that lives.
    origins: what each origin may ask for; None of a runner that does not tell.
    releases: newest version first. snapshots, history: newest first, at most 20 of the history.
    """

    document: Document
    age: float
    schema: str | None
    deployment: str | None
    current: str | None
    available: Available | None
    running: Running | None
    queued: int | None
    ignored: Mapping[str, int]
    unserved: Mapping[str, Unserved]
    last: Last | None
    paused: bool
    watch: Watch | None
    runner: Runner | None
    broken: Broken | None
    health: Health | None
    notifications: Notifications | None
    origins: Mapping[str, Origin] | None
    releases: tuple[Release, ...]
    snapshots: tuple[Snapshot, ...]
    room: Room | None
    history: tuple[Past, ...]

    @property
    def runner_is_running(self) -> bool:
        """Whether anybody works the queue: has touched the status lately, and has not stopped."""
        stopped = self.runner is not None and self.runner.stopped_at is not None
        return not stopped and self.age <= ALIVE_SECONDS

    @staticmethod
    def of(document: Document, age: float) -> Status:
        return Status(
            document=document,
            age=age,
            schema=fields.text(document, "schema"),
            deployment=fields.text(document, "deployment"),
            current=fields.text(document, "current"),
            available=fields.object_of(document, "available", Available.of),
            running=fields.object_of(document, "running", Running.of),
            queued=fields.whole(document, "queued"),
            ignored=_counts(document, "ignored"),
            unserved=fields.map_of(document, "unserved", Unserved.of),
            last=fields.object_of(document, "last", Last.of),
            paused=fields.flag(document, "paused"),
            watch=fields.object_of(document, "watch", Watch.of),
            runner=fields.object_of(document, "runner", Runner.of),
            broken=fields.object_of(document, "broken", Broken.of),
            health=fields.object_of(document, "health", Health.of),
            notifications=fields.object_of(document, "notifications", Notifications.of),
            origins=fields.object_of(
                document, "origins", lambda _: fields.map_of(document, "origins", Origin.of)
            ),
            releases=fields.list_of(document, "releases", Release.of),
            snapshots=fields.list_of(document, "snapshots", Snapshot.of),
            room=fields.object_of(document, "room", Room.of),
            history=fields.list_of(document, "history", Past.of),
        )


def _counts(document: Document, name: str) -> Mapping[str, int]:
    inner = fields.mapping(document, name)
    counts = {fields.whole_characters(key): fields.whole(inner, key) for key in inner}
    return MappingProxyType({key: count for key, count in counts.items() if count is not None})
