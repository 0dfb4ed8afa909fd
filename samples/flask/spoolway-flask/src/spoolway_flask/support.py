"""What somebody can send to whoever supports the application, with what is secret taken out."""

from __future__ import annotations

import io
import json
import os
import platform
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from importlib import metadata
from typing import Any

from flask import current_app

from spoolway_client import Spool, SpoolError

WHOLE_LOG = 4 * 1024 * 1024
REMOVED = "[removed]"
SHORTEST_SECRET = 6

_SECRET_NAME = r"[\w.-]*(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|private[_-]?key|credential|auth|cookie|session|salt|dsn)[\w.-]*"
_NAMES = re.compile(_SECRET_NAME, re.IGNORECASE)

# Each takes the secret out and leaves what surrounds it.
_RULES = (
    (
        re.compile(r"-----BEGIN [A-Z0-9 ]+-----.*?(?:-----END [A-Z0-9 ]+-----|\Z)", re.DOTALL),
        REMOVED,
    ),
    (
        re.compile(r"([a-z][a-z0-9+.-]*://)[^/\s:@\"']*(?::[^/\s\"']*)?@", re.IGNORECASE),
        rf"\1{REMOVED}@",
    ),
    (re.compile(r"\b(Bearer|Basic)\s+[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1 {REMOVED}"),
    (
        re.compile(
            rf"(?P<name>[\"']?\b{_SECRET_NAME}[\"']?\s*[=:]\s*)(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s,;&]+)",
            re.IGNORECASE,
        ),
        rf"\g<name>{REMOVED}",
    ),
    (re.compile(r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), REMOVED),
    (
        re.compile(
            r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|AKIA|sk-|sk_live_|rk_live_)[\w-]{8,}"
        ),
        REMOVED,
    ),
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[address]"),
)


def bundle(spool: Spool, identity: str) -> bytes:
    """A ZIP file with the result, the log, the status and what this application runs on."""
    result = spool.result(identity)
    if result is None:
        raise SpoolError(
            "RESULT_MISSING", f"cannot find {identity}: it has no result", "Look at the history."
        )
    hidden = known_secrets()
    parts = {
        "result.json": _json(result.document, hidden),
        "log.txt": without_secrets(
            _or_reason(lambda: spool.log(identity, last=WHOLE_LOG).text), hidden
        ),
        "status.json": _or_reason(lambda: _json(spool.status().document, hidden)),
        "about.txt": _about(),
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def without_secrets(text: str, known: Iterable[str] = ()) -> str:
    """The text without the values that are ``known``, and without what looks like a secret or an address."""
    for secret in sorted(known, key=len, reverse=True):
        text = text.replace(secret, REMOVED)
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    return text


def known_secrets() -> set[str]:
    """What this process itself holds under a name that says it is secret, wherever it may have been printed."""
    named: list[tuple[str, Any]] = [*os.environ.items(), *current_app.config.items()]
    values = {
        str(value, "utf-8", "replace") if isinstance(value, bytes) else str(value)
        for name, value in named
        if _NAMES.search(str(name)) and isinstance(value, (str, bytes))
    }
    urls = {
        str(value)
        for _, value in named
        if isinstance(value, str) and "://" in value and "@" in value
    }
    return {value for value in values | urls if len(value) >= SHORTEST_SECRET}


def _json(document: Any, hidden: Iterable[str]) -> str:
    return json.dumps(_cleaned(document, hidden), indent=2, ensure_ascii=False) + "\n"


def _cleaned(value: Any, hidden: Iterable[str]) -> Any:
    """Each text by itself, so that what is left is JSON still."""
    if isinstance(value, str):
        return without_secrets(value, hidden)
    if isinstance(value, Mapping):
        return {
            name: REMOVED
            if isinstance(inner, str) and _NAMES.search(name)
            else _cleaned(inner, hidden)
            for name, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_cleaned(inner, hidden) for inner in value]
    return value


def _or_reason(read: Callable[[], str]) -> str:
    try:
        return read()
    except SpoolError as error:
        return f"{error.message}\n"


def _about() -> str:
    lines = [f"python {platform.python_version()}", f"system {platform.platform()}"]
    for name in ("flask", "werkzeug", "spoolway-flask"):
        try:
            lines.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            lines.append(f"{name} (copied)")
    return "\n".join(lines) + "\n"
