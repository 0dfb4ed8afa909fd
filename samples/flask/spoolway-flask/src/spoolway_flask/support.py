"""What somebody can send to whoever supports the application, with what is secret taken out."""

from __future__ import annotations

import io
import json
import os
import platform
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import metadata
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from flask import current_app

from spoolway_client import Spool, SpoolError
from spoolway_flask.removal import REMOVED, is_secret_name, without_secrets

WHOLE_LOG = 4 * 1024 * 1024
SHORTEST_SECRET = 6

# What a name ends with that speaks of a secret and does not hold one, as SESSION_COOKIE_NAME.
_ABOUT = re.compile(r"_(?:name|path|domain|samesite|sock|type|file|address)$", re.IGNORECASE)


def bundle(spool: Spool, identity: str) -> bytes | None:
    """A ZIP file with the result, the log, the status and what this application runs on; None of a
    request that has no result."""
    result = spool.result(identity)
    if result is None:
        return None
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


def known_secrets() -> set[str]:
    """What this process itself holds under a name that says it is secret, in each way in which it
    may have been printed."""
    held = [*_texts("", dict(os.environ)), *_texts("", current_app.config)]
    values = {value for name, value in held if is_secret_name(name) and not _ABOUT.search(name)}
    urls = {value for _, value in held if "://" in value and "@" in value}
    values |= urls | {secret for url in urls for secret in _passwords(url)}
    spelled = {spelling for value in values for spelling in _spellings(value)}
    return {value for value in spelled if len(value) >= SHORTEST_SECRET}


def _texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Each text in settings, with the nearest name that it goes by."""
    if isinstance(value, Mapping):
        for inner_name, inner in value.items():
            yield from _texts(str(inner_name), inner)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for inner in value:
            yield from _texts(name, inner)
    elif isinstance(value, (str, bytes)):
        yield name, str(value, "utf-8", "replace") if isinstance(value, bytes) else value


def _passwords(url: str) -> set[str]:
    try:
        password = urlsplit(url).password or ""
    except ValueError:
        return set()
    return {password, unquote(password)}


def _spellings(value: str) -> set[str]:
    return {value, json.dumps(value)[1:-1], repr(value)[1:-1], quote(value, safe="")}


def _json(document: Any, hidden: Iterable[str]) -> str:
    return json.dumps(_cleaned(document, hidden), indent=2, ensure_ascii=False) + "\n"


def _cleaned(value: Any, hidden: Iterable[str]) -> Any:
    """Each text by itself, so that what is left is JSON still."""
    if isinstance(value, str):
        return without_secrets(value, hidden)
    if isinstance(value, Mapping):
        return {
            name: REMOVED
            if isinstance(inner, str) and is_secret_name(name)
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
