"""Closes an application while Spoolway must keep people out, where no proxy does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Iterable

from flask import Flask

from spoolway_flask import closed
from spoolway_flask.sessions import ReleaseSessions

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SAFE = ("GET", "HEAD")


class Maintenance:
    """Answers every request with 503 while a file is there, before any code of the application's.

    Each request costs one look at the file. What is answered is what `samples/proxy` answers.

        Maintenance(app, file="/opt/notes/maintenance", allow=("/health",))

    The gate asks `health.url` while the file is there, and a release that does not answer it well
    is undone: that path has to stay among those that are allowed.
    """

    def __init__(
        self,
        app: Flask,
        file: str | os.PathLike[str],
        *,
        log_out: bool = False,
        allow: Iterable[str] = ("/health",),
        template: str | None = None,
    ) -> None:
        """Closes an application from now on, whenever the file is there.

        file: `maintenance` in the deployment's root. One that this account cannot look at closes
            nothing, which is logged once.
        log_out: whether people have to sign in again afterwards. Whoever comes by while the
            application is closed loses the session at once, everybody else's ends with the exchange
            of the release: of the link `current` beside the file. What closes the application and
            exchanges nothing, such as a restore, signs out only those who came by; what exchanges
            the release without closing signs out all, as does turning this on. Cookies of other
            libraries, such as Flask-Login's to remember people, are theirs.
        allow: paths that stay served, with all that lies below them.
        template: an own page, rendered once, now, without a request: `again` tells whether it may
            be loaded again by itself, `retry_after` after how many seconds.
        """
        self._app = app
        self._file = os.fspath(file)
        self._log_out = log_out
        self._allow = tuple(path.rstrip("/") for path in allow)
        self._pages = None if template is None else _render(app, template)
        self._has_told = False
        self._inner: WSGIApplication = app.wsgi_app
        app.wsgi_app = self  # type: ignore[method-assign]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        sessions = self._sessions() if self._log_out else None
        path = environ.get("PATH_INFO", "")
        if not self._is_closed() or self._is_allowed(path):
            return self._inner(environ, start_response)
        if path == closed.STYLE_PATH:
            return closed.style()(environ, start_response)
        response = closed.answer(environ.get("HTTP_ACCEPT", ""), self._page(environ))
        if sessions is not None:
            sessions.forget(self._app, response)
        return response(environ, start_response)

    def _is_closed(self) -> bool:
        try:
            os.stat(self._file)
            return True
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as e:
            self._tell_once(e)
            return False

    def _tell_once(self, error: OSError) -> None:
        if not self._has_told:
            self._has_told = True
            self._app.logger.warning(
                "cannot look at %s: %s. Fix: let this account pass through its directories;"
                " until then the site stays open during maintenance",
                self._file,
                error.strerror,
            )

    def _is_allowed(self, path: str) -> bool:
        return any(path == allowed or path.startswith(allowed + "/") for allowed in self._allow)

    def _page(self, environ: WSGIEnvironment) -> str:
        again = environ.get("REQUEST_METHOD") in _SAFE
        if self._pages is not None:
            return self._pages[again]
        return closed.own_page(environ.get("SCRIPT_NAME", ""), again)

    def _sessions(self) -> ReleaseSessions:
        """The application's sessions, whichever library has put them in place by now."""
        present = self._app.session_interface
        if isinstance(present, ReleaseSessions):
            return present
        current = os.path.join(os.path.dirname(self._file), "current")
        sessions = ReleaseSessions(present, current)
        self._app.session_interface = sessions
        return sessions


def _render(app: Flask, template: str) -> dict[bool, str]:
    """Both pages, made before anything is exchanged on the disk."""
    page = app.jinja_env.get_template(template)
    return {
        again: page.render(again=again, retry_after=closed.RETRY_AFTER_SECONDS)
        for again in (True, False)
    }
