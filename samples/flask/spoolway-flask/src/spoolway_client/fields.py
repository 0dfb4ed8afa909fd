"""The fields of a document, asked for by name and type.

What a later runner writes must not stop a page. So a field of another type than expected is as good
as absent, here and nowhere else.
"""

from __future__ import annotations

import math
import re
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any, Callable, Mapping, TypeVar

T = TypeVar("T")
Document = Mapping[str, Any]

_RFC_3339 = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])(\d{2}):(\d{2}))",
    re.ASCII,
)
_NOTHING: Document = MappingProxyType({})


def text(document: Document, name: str) -> str | None:
    """A text that can be shown: half of a surrogate pair, which JSON can spell, becomes a mark."""
    value = document.get(name)
    return whole_characters(value) if isinstance(value, str) else None


def flag(document: Document, name: str) -> bool:
    return document.get(name) is True


def whole(document: Document, name: str) -> int | None:
    """A whole number. JSON's true and false are numbers to Python, and none here."""
    value = document.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def fraction(document: Document, name: str) -> float | None:
    value = document.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def time(document: Document, name: str) -> datetime | None:
    return instant(document.get(name))


def object_of(document: Document, name: str, make: Callable[[Document], T]) -> T | None:
    """What is made of an object, or None where there is none."""
    value = document.get(name)
    return make(value) if isinstance(value, dict) else None


def list_of(document: Document, name: str, make: Callable[[Document], T]) -> tuple[T, ...]:
    """What is made of the objects in a list; anything else in it is left out."""
    value = document.get(name)
    items = value if isinstance(value, list) else []
    return tuple(make(item) for item in items if isinstance(item, dict))


def texts(document: Document, name: str) -> tuple[str, ...]:
    value = document.get(name)
    items = value if isinstance(value, list) else []
    return tuple(whole_characters(item) for item in items if isinstance(item, str))


def map_of(document: Document, name: str, make: Callable[[Document], T]) -> Mapping[str, T]:
    """What is made of the objects in an object, by their names."""
    value = mapping(document, name)
    return MappingProxyType(
        {whole_characters(key): make(item) for key, item in value.items() if isinstance(item, dict)}
    )


def mapping(document: Document, name: str) -> Document:
    value = document.get(name)
    return value if isinstance(value, dict) else _NOTHING


def instant(value: object) -> datetime | None:
    """An RFC 3339 time in UTC; what is finer than a microsecond is cut off."""
    match = _RFC_3339.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    micros = int(((match[7] or "") + "000000")[:6])
    ahead = timedelta(hours=int(match[9] or 0), minutes=int(match[10] or 0))
    try:
        local = datetime(year, month, day, hour, minute, second, micros, timezone.utc)
        return local + ahead if match[8] == "-" else local - ahead
    except (ValueError, OverflowError):
        return None


def whole_characters(value: str) -> str:
    return value.encode("utf-8", "replace").decode("utf-8")
