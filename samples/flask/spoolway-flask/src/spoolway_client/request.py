"""What is asked for: one JSON document, judged here by the runner's own rules before it is dropped.

The content follows from the arguments alone, so that asking again under the same id is the same
request to the runner, byte for byte.
"""

from __future__ import annotations

import json
import re
import secrets
from datetime import datetime, timezone
from typing import Any

from spoolway_client.errors import InvalidArgument, RequestTooLarge

SCHEMA = "spoolway/request/v1"
MAX_BYTES = 65_536

ACTIONS = (
    "check",
    "update",
    "rollback",
    "restart",
    "backup",
    "restore",
    "prune",
    "cancel",
    "hotfix",
    "modules",
)
"""What a request may ask for; which of these an origin may is up to the deployment file."""

_TAKES_VERSION = frozenset({"update", "rollback", "hotfix", "modules"})
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
_ORIGIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_PRE_PART = r"(?:0|[1-9]\d*|\d*[A-Za-z-][0-9A-Za-z-]*)"
_VERSION = re.compile(
    r"(?:0|[1-9]\d{0,17})(?:\.(?:0|[1-9]\d{0,17})){2}"
    rf"(?:-{_PRE_PART}(?:\.{_PRE_PART})*)?"
    r"(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?",
    re.ASCII,
)

_FRESH_ID = re.compile(r"\d{8}T\d{6}\.\d{3}Z-[0-9a-z]+", re.ASCII)
_RANDOM_LETTERS = "0123456789bcdfghjkmnpqrstvwxyz"
"""Without vowels and look-alikes, so that no id is a word or is misread."""


def fresh_id() -> str:
    """An id such as 20261121T091203.250Z-k3v9q2wz: the time for people, then random letters."""
    now = datetime.now(timezone.utc)
    time = now.strftime("%Y%m%dT%H%M%S") + f".{now.microsecond // 1000:03d}Z"
    return time + "-" + "".join(secrets.choice(_RANDOM_LETTERS) for _ in range(8))


def time_of_id(id: str) -> datetime | None:
    """When an id was made, to the second, if fresh_id made it; None of any other."""
    if not _FRESH_ID.fullmatch(id):
        return None
    try:
        return datetime.strptime(id[:15], "%Y%m%dT%H%M%S").replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def is_version(text: str) -> bool:
    """Whether a text is a semantic version without a leading v, as releases have it."""
    return len(text) <= 128 and _VERSION.fullmatch(text) is not None


def is_id(text: str) -> bool:
    """Whether a text may be a request's id, which is also safe as a file's name."""
    return _ID.fullmatch(text) is not None


def require_id(value: object, name: str = "id") -> str:
    """The id, which may become part of a path from here on."""
    if isinstance(value, str) and is_id(value):
        return value
    raise _invalid(
        name, value, "1 to 64 letters, digits, '.', '_' or '-', the first a letter or digit"
    )


def require_origin(value: object) -> str:
    """The name of an inbox, which is a path's part and never leads out of it."""
    if isinstance(value, str) and _ORIGIN.fullmatch(value):
        return value
    raise _invalid("origin", value, "the name of an inbox, such as web")


def document(
    action: str,
    *,
    id: str,
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
) -> dict[str, Any]:
    """The request as a document; what was left out is left out.

    Raises InvalidArgument for what no runner would accept.
    """
    if action not in ACTIONS:
        raise _invalid("action", action, "one of " + ", ".join(ACTIONS))
    _require_what_the_action_needs(action, snapshot, cancels)
    if cancels is not None and cancels == id:
        raise _invalid("cancels", cancels, "the id of another request")
    params = {
        "version": _version(action, version),
        "id": _cancels(action, cancels),
        "snapshot": _snapshot(action, snapshot),
        "data": _data(action, data),
    }
    request = {
        "schema": SCHEMA,
        "id": require_id(id),
        "action": action,
        "params": _given(params) or None,
        "reason": _words("reason", reason),
        "requestedBy": _words("requested_by", requested_by),
        "dryRun": _flag("dry_run", dry_run) or None,
        "plan": _plan(plan),
        "notBefore": _time("not_before", not_before),
        "expires": _time("expires", expires),
    }
    return _given(request)


def content(request: dict[str, Any]) -> bytes:
    """The bytes of the file; raises RequestTooLarge where no runner would read them."""
    encoded = (json.dumps(request, ensure_ascii=False, indent=2) + "\n").encode("utf-8")
    if len(encoded) > MAX_BYTES:
        raise RequestTooLarge(
            "REQUEST_TOO_LARGE",
            f"cannot drop request {request['id']}: it has {len(encoded)} bytes,"
            f" and {MAX_BYTES} are allowed",
            "shorten its reason",
        )
    return encoded


def _given(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _require_what_the_action_needs(
    action: str, snapshot: str | None, cancels: str | None
) -> None:
    if action == "cancel" and cancels is None:
        raise _invalid("cancels", cancels, "the id of the request to take back")
    if action == "restore" and snapshot is None:
        raise _invalid("snapshot", snapshot, "the name of the snapshot to put in place")


def _version(action: str, version: str | None) -> str | None:
    if version is None:
        return None
    if action not in _TAKES_VERSION:
        raise _idle("version", action)
    if isinstance(version, str) and is_version(version):
        return version
    raise _invalid("version", version, "a semantic version such as 3.2.0")


def _cancels(action: str, cancels: str | None) -> str | None:
    if cancels is None:
        return None
    if action != "cancel":
        raise _idle("cancels", action)
    return require_id(cancels, "cancels")


def _snapshot(action: str, snapshot: str | None) -> str | None:
    if snapshot is not None and action != "restore":
        raise _idle("snapshot", action)
    return _words("snapshot", snapshot)


def _data(action: str, data: str | None) -> str | None:
    if data is None:
        return None
    if action != "rollback":
        raise _idle("data", action)
    if data not in ("keep", "restore"):
        raise _invalid("data", data, "keep or restore")
    return data


def _plan(plan: str | None) -> str | None:
    if plan is not None and not (isinstance(plan, str) and _SHA256.fullmatch(plan)):
        raise _invalid("plan", plan, "the plan_sha256 of a dry run's result")
    return plan


def _words(name: str, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        if isinstance(value, str):
            value.encode("utf-8")
            return value
    except UnicodeEncodeError:
        pass  # half of a surrogate pair, which no UTF-8 can spell
    raise _invalid(name, value, "a text of whole characters")


def _flag(name: str, value: bool) -> bool:
    if isinstance(value, bool):
        return value
    raise _invalid(name, value, "True or False")


def _time(name: str, value: datetime | None) -> str | None:
    if value is None:
        return None
    if not isinstance(value, datetime) or value.utcoffset() is None:
        raise _invalid(name, value, "a datetime with a time zone")
    try:
        return value.astimezone(timezone.utc).replace(tzinfo=None).isoformat() + "Z"
    except OverflowError:
        raise _invalid(name, value, "a time between the years 1 and 9999") from None


def _idle(name: str, action: str) -> InvalidArgument:
    return InvalidArgument(
        "INVALID_ARGUMENT",
        f"cannot ask for {action}: it does not take {name}",
        f"leave out {name}",
    )


def _invalid(name: str, value: object, expected: str) -> InvalidArgument:
    return InvalidArgument(
        "INVALID_ARGUMENT",
        f"cannot use {name}: it is {_shown(value)}",
        f"give {expected}",
    )


def _shown(value: object) -> str:
    """A value for a message: on one line, without what commands a terminal, and not too long."""
    if value is None:
        return "missing"
    spelled = ascii(value)
    return spelled if len(spelled) <= 80 else spelled[:79] + "…"
