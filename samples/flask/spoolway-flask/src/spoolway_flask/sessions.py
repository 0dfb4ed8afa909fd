"""Sessions that end with the release that they began under."""

from __future__ import annotations

import os
from typing import Any

from flask import Flask, Request, request
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.wrappers import Response as BaseResponse

_STAMP = "_spoolway_release"
_ENVIRON = "spoolway.release"


class ReleaseSessions(SessionInterface):
    """Hands everything on to an application's own sessions, and has those end that are older than
    the exchange of the release.

    The fact is kept where it needs neither a privilege nor a file of the application's: the link
    `current` is made anew whenever a release goes live, so the time of the link itself tells one
    exchange from the next. Each session carries the time that it was begun under, and is empty as
    soon as the link has another one. Clocks are not compared, only equal times.
    """

    def __init__(self, inner: SessionInterface, current: str) -> None:
        self._inner = inner
        self._current = current

    def __getattr__(self, name: str) -> Any:
        """What other libraries' sessions have besides."""
        return getattr(self._inner, name)

    def is_null_session(self, obj: object) -> bool:
        return self._inner.is_null_session(obj)

    def make_null_session(self, app: Flask) -> Any:
        return self._inner.make_null_session(app)

    def open_session(self, app: Flask, request: Request) -> SessionMixin | None:
        session = self._inner.open_session(app, request)
        now = self._exchange()
        request.environ[_ENVIRON] = now
        if session and now is not None and session.get(_STAMP) != now:
            session.clear()
        return session

    def save_session(self, app: Flask, session: SessionMixin, response: Any) -> None:
        began = request.environ.get(_ENVIRON)
        if session and session.modified and began is not None and _STAMP not in session:
            session[_STAMP] = began
        self._inner.save_session(app, session, response)

    def forget(self, app: Flask, response: BaseResponse) -> None:
        """Has the browser forget its session."""
        response.delete_cookie(
            self._inner.get_cookie_name(app),
            path=self._inner.get_cookie_path(app),
            domain=self._inner.get_cookie_domain(app),
            secure=self._inner.get_cookie_secure(app),
            httponly=self._inner.get_cookie_httponly(app),
            samesite=self._inner.get_cookie_samesite(app),
        )

    def _exchange(self) -> str | None:
        """When the release was exchanged, or None where there is no such link to look at."""
        try:
            return str(os.lstat(self._current).st_mtime_ns)
        except OSError:
            return None
