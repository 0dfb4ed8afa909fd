"""What there is to show, as facts: pure, so that it is tested without a browser, a runner or Flask.

``Page.of`` looks at the status, at this origin's results and at what the address asks for, and
decides what the page is about. How it is said is in ``words.py`` and in the templates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from spoolway_client import Change, Past, Release, Result, Status, time_of_id

# How long an outcome stays in sight unasked: one that is good, and one that somebody should read.
GOOD_NEWS = timedelta(minutes=10)
OTHER_NEWS = timedelta(days=1)

# Milliseconds until the page looks again.
POLL_BUSY, POLL_WAITING, POLL_IDLE = 700, 1500, 8000

# A runner that lives takes a request out of its box long before.
TAKEN_WITHIN = timedelta(minutes=2)

# As many as the runner tells of.
LONGEST_HISTORY = 20

# How an update ends that has had its version run.
RAN = ("succeeded", "rolled_back", "needs_intervention")

LASTING = ("update", "rollback", "restart", "backup", "restore", "hotfix", "modules")


@dataclass(frozen=True)
class Entry:
    """A line of the history. ``who`` is known of this origin's own requests only."""

    id: str
    origin: str
    action: str
    state: str
    from_version: str | None
    to_version: str | None
    started_at: datetime | None
    finished_at: datetime | None
    downtime_millis: float | None
    who: str | None
    is_own: bool

    @property
    def millis(self) -> float | None:
        """How long it was worked on; None where that is not told."""
        return _millis(self.started_at, self.finished_at)


@dataclass(frozen=True)
class Focus:
    """The request that the page is about, and what it is: ``plan``, ``job`` or ``look``."""

    kind: str
    id: str
    result: Result | None

    @property
    def is_over(self) -> bool:
        return self.result is not None and self.result.is_terminal


@dataclass(frozen=True)
class AtStep:
    """Where a running job is: the step, its place from 1 on, of how many, and the share that is
    done."""

    name: str
    place: int
    count: int
    share: float
    is_undoing: bool


@dataclass(frozen=True)
class Kept:
    """A release on the host. ``way`` is the action that leads to it; None for the live one."""

    release: Release
    way: str | None


@dataclass(frozen=True)
class Page:
    """All that is shown."""

    status: Status
    origin: str
    focus: Focus | None
    waiting: tuple[Result, ...]
    history: tuple[Entry, ...]
    now: datetime

    @classmethod
    def of(
        cls,
        status: Status,
        results: Sequence[Result],
        origin: str,
        now: datetime,
        asked: str | None = None,
        asked_result: Result | None = None,
    ) -> Page:
        """The page for the request that the address names (``asked``), or else for what is most
        worth seeing."""
        if asked:
            focus: Focus | None = _asked_focus(asked, asked_result)
        else:
            focus = _own_focus(status, results, origin, now)
        waiting = tuple(
            each
            for each in results
            if each.state == "queued" and not (focus and focus.id == each.id)
        )
        return cls(status, origin, focus, waiting, _history(status, results, origin), now)

    @property
    def current(self) -> str | None:
        return self.status.current

    @property
    def available(self) -> str | None:
        return self.status.available.version if self.status.available else None

    def may(self, action: str) -> bool:
        """Whether this origin may ask for an action. A runner too old to tell is asked, and says so
        itself."""
        if self.status.origins is None:
            return True
        mine = self.status.origins.get(self.origin)
        return mine is not None and action in mine.actions

    @property
    def running_elsewhere(self) -> bool:
        """Whether something runs that this page's panel does not show."""
        running = self.status.running
        return running is not None and not (
            self.focus is not None and running.origin == self.origin and running.id == self.focus.id
        )

    @property
    def is_busy(self) -> bool:
        return self.status.running is not None

    @property
    def plan_is_current(self) -> bool:
        """Whether the plan in focus still starts from what is live."""
        result = self.focus.result if self.focus and self.focus.kind == "plan" else None
        return result is not None and result.state == "planned" and result.from_ == self.current

    @property
    def kept(self) -> tuple[Kept, ...]:
        """The releases on the host, newest first, and how one comes to each."""
        way, found = "update", []
        for release in self.status.releases:
            if release.live:
                way = "rollback"
            found.append(Kept(release, None if release.live else way))
        return tuple(found)

    @property
    def changes(self) -> tuple[Change, ...]:
        """What lies between the live version and the one of the plan in focus."""
        result = self.focus.result if self.focus else None
        if result is not None and result.changes:
            return tuple(result.changes)
        found = self.status.available
        if found is None or result is None or result.to is None:
            return ()
        names = [change.version for change in found.changes]
        return tuple(found.changes[names.index(result.to) :]) if result.to in names else ()

    @property
    def took_millis(self) -> float | None:
        """How long the request in focus was worked on; None before it has ended."""
        result = self.focus.result if self.focus else None
        return _millis(_begun_at(result), result.finished_at) if result else None

    @property
    def at_step(self) -> AtStep | None:
        """The step that the running request in focus is at; None between steps. What is skipped
        does not count."""
        result = self.focus.result if self.focus else None
        if result is None or result.state != "running":
            return None
        needed = [step for step in result.steps if step.state != "skipped"]
        for place, step in enumerate(needed):
            if step.state in ("running", "undoing"):
                share = (place + min(1.0, max(0.0, step.progress or 0.0))) / len(needed)
                return AtStep(
                    step.name or "", place + 1, len(needed), share, step.state == "undoing"
                )
        return None

    def put_back(self, version: str | None) -> Entry | None:
        """The newest update that came as far as to run a version, if that was put back."""
        for entry in self.history:
            if entry.action == "update" and entry.to_version == version and entry.state in RAN:
                return entry if entry.state == "rolled_back" else None
        return None

    @property
    def is_lost(self) -> bool:
        """Whether there is no trace of the request in focus though a runner would have taken it
        out long ago: its result was pruned, or it never was one of this page's."""
        if self.focus is None or self.focus.result is not None:
            return False
        dropped = time_of_id(self.focus.id)
        late = dropped is None or self.now - dropped > TAKEN_WITHIN
        return late and self.status.runner_is_running

    @property
    def is_settled(self) -> bool:
        """Whether nothing is expected to change soon."""
        return self.poll_millis == POLL_IDLE

    @property
    def poll_millis(self) -> int:
        if self.is_busy or (self.focus and not self.focus.is_over and not self.is_lost):
            return POLL_BUSY
        return POLL_WAITING if self.waiting else POLL_IDLE


def _millis(begun: datetime | None, ended: datetime | None) -> float | None:
    return None if begun is None or ended is None else (ended - begun).total_seconds() * 1000


def _begun_at(result: Result) -> datetime | None:
    """Not when it was taken in: it may have waited for its turn."""
    return min((step.started_at for step in result.steps if step.started_at), default=None)


def _asked_focus(asked: str, result: Result | None) -> Focus:
    if result is None:
        return Focus("job", asked, None)
    return Focus(_kind(result), asked, result)


def _kind(result: Result) -> str:
    if result.dry_run:
        return "plan"
    return "look" if result.action == "check" else "job"


def _own_focus(
    status: Status, results: Sequence[Result], origin: str, now: datetime
) -> Focus | None:
    """What runs of our own; or else the last of our jobs, while it is news and nothing came after
    it."""
    running = status.running
    for each in results:
        if running is not None and (running.origin, running.id) == (origin, each.id):
            if _kind(each) == "job":
                return Focus("job", each.id or "", each)
    for each in results:
        if each.dry_run or each.action not in LASTING or not each.is_terminal:
            continue
        return Focus("job", each.id or "", each) if _is_news(each, status, now) else None
    return None


def _is_news(result: Result, status: Status, now: datetime) -> bool:
    if result.finished_at is None:
        return False
    ends = (each.finished_at for each in status.history if each.finished_at)
    limit = GOOD_NEWS if result.state in ("succeeded", "unchanged") else OTHER_NEWS
    return now - result.finished_at < limit and all(end <= result.finished_at for end in ends)


def _history(status: Status, results: Sequence[Result], origin: str) -> tuple[Entry, ...]:
    own = {each.id: each for each in results if each.id}
    entries = [_entry(each, own if each.origin == origin else {}) for each in status.history]
    told = {(each.origin, each.id) for each in entries}
    for each in results:
        if each.is_terminal and not each.dry_run and each.action in LASTING:
            if (origin, each.id) not in told and each.state not in ("unchanged", "succeeded"):
                entries.append(_own_entry(each, origin))
    oldest = datetime.min.replace(tzinfo=timezone.utc)
    entries.sort(key=lambda entry: entry.finished_at or oldest, reverse=True)
    return tuple(entries[:LONGEST_HISTORY])


def _entry(told: Past, own: Mapping[str, Result]) -> Entry:
    mine = own.get(told.id or "")
    return Entry(
        told.id or "",
        told.origin or "",
        told.action or "",
        told.state or "",
        told.from_,
        told.to,
        told.started_at,
        told.finished_at,
        told.downtime_millis,
        mine.requested_by if mine else None,
        mine is not None,
    )


def _own_entry(result: Result, origin: str) -> Entry:
    return Entry(
        result.id or "",
        origin,
        result.action or "",
        result.state or "",
        result.from_,
        result.to,
        _begun_at(result),
        result.finished_at,
        result.downtime_millis,
        result.requested_by,
        True,
    )
