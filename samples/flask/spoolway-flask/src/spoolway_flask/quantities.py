"""Durations, sizes and times of day as people read them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from spoolway_flask.language import Language

UNITS = ("B", "kB", "MB", "GB", "TB", "PB")


def duration(language: Language, millis: float) -> str:
    """Such as ``0.8 s``, ``12 s``, ``3 min 20 s`` or ``2 h 5 min``."""
    seconds = max(0.0, millis / 1000)
    if seconds < 9.95:
        return language.text("%(seconds)s s", seconds=f"{seconds:.1f}")
    whole = round(seconds)
    if whole < 60:
        return language.text("%(seconds)s s", seconds=whole)
    if whole < 3600:
        minutes, rest = divmod(whole, 60)
        return language.text("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest)
    hours, rest = divmod(whole // 60, 60)
    return language.text("%(hours)s h %(minutes)s min", hours=hours, minutes=rest)


def size(count: float) -> str:
    """Such as ``14 MB``, in powers of a thousand (IEC 80000-13), as disks are sold."""
    amount, unit = float(max(0, count)), 0
    while amount >= 999.5 and unit < len(UNITS) - 1:
        amount, unit = amount / 1000, unit + 1
    digits = 1 if unit and amount < 9.95 else 0
    return f"{amount:.{digits}f} {UNITS[unit]}"


def moment(at: datetime) -> str:
    """For those whose browser runs no script; others see it in the time of where they are."""
    return f"{at.astimezone(timezone.utc):%Y-%m-%d %H:%M} UTC"


def next_time(clock: str, minutes_west: int | None, now: datetime) -> datetime:
    """The next instant at which a clock shows ``HH:MM``.

    ``minutes_west`` is how far that clock is behind UTC, as browsers tell it; None means this
    server's clock. Raises ValueError for what is no time of day.
    """
    hour, minute = (int(part) for part in clock.split(":", 1))
    if minutes_west is None:
        zone = now.astimezone().tzinfo
    elif abs(minutes_west) <= 24 * 60 - 1:
        zone = timezone(timedelta(minutes=-minutes_west))
    else:
        raise ValueError(f"no clock is {minutes_west} minutes from UTC")
    there = now.astimezone(zone)
    due = there.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if due <= there:
        due += timedelta(days=1)
    return due.astimezone(timezone.utc)
