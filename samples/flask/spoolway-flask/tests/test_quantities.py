"""Durations, sizes and times of day."""

from __future__ import annotations

import gettext
from datetime import datetime, timezone

import pytest

from spoolway_flask.language import Language
from spoolway_flask.quantities import duration, next_time, size

ENGLISH = Language("en", gettext.NullTranslations())
NOON = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("millis", "said"),
    [(0, "0.0 s"), (812, "0.8 s"), (9_949, "9.9 s"), (9_951, "10 s"), (59_400, "59 s"),
     (59_600, "1 min 0 s"), (200_000, "3 min 20 s"), (7_500_000, "2 h 5 min"), (-5, "0.0 s")],
)  # fmt: skip
def test_durations(millis: float, said: str) -> None:
    assert duration(ENGLISH, millis) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (14_200_000, "14 MB"),
        (999_600, "1.0 MB"),
        (10**19, "10000 PB"),
    ],
)
def test_sizes(count: int, said: str) -> None:
    assert size(count) == said


def test_a_time_of_day_is_the_next_one_on_the_clock_of_who_asks() -> None:
    in_berlin = next_time("03:00", -60, NOON)
    assert in_berlin == datetime(2026, 11, 22, 2, tzinfo=timezone.utc)
    later_today = next_time("13:30", 0, NOON)
    assert later_today == datetime(2026, 11, 21, 13, 30, tzinfo=timezone.utc)
    assert next_time("12:00", 0, NOON) == datetime(2026, 11, 22, 12, tzinfo=timezone.utc)


@pytest.mark.parametrize(
    ("clock", "west"), [("25:00", 0), ("noon", 0), ("", 0), ("3", 0), ("03:00", 10**6)]
)
def test_what_is_no_time_of_day_is_refused(clock: str, west: int) -> None:
    with pytest.raises(ValueError):
        next_time(clock, west, NOON)
