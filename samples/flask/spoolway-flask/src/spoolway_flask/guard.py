"""Who may use the page, and that a form really comes from it."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from typing import Any, Union

from flask import Response, abort, current_app, request, session
from werkzeug.wrappers import Response as AnyResponse

# True and False, or what to answer instead, such as a redirection to where one logs in.
Authorize = Callable[[], Union[bool, AnyResponse]]

FIELD = "spoolway_token"


def admit(authorize: Authorize) -> AnyResponse | None:
    """What to answer to somebody who may not; None for whoever may. Everything but True is no."""
    verdict = authorize()
    if isinstance(verdict, AnyResponse):
        return verdict
    if verdict is not True:
        abort(403)
    return None


def token() -> str:
    """The secret of this session that every form of the page carries."""
    kept = session.get(FIELD)
    if not isinstance(kept, str):
        kept = secrets.token_hex(32)
        session[FIELD] = kept
    return kept


def requires_own_form() -> None:
    """Refuses what another site may have made a browser send.

    The token decides; what browsers say of a request's source is asked too, which holds where a
    token has leaked.
    """
    kept, sent = session.get(FIELD), request.form.get(FIELD, "")
    if not isinstance(kept, str) or not hmac.compare_digest(kept.encode(), sent.encode()):
        abort(400, "the form's token is missing or old")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site not in ("none", "same-origin"):
        abort(400, "the form comes from another site")


def application_token() -> str | None:
    """The token that the application's own protection asks for in each form, where it has one
    (Flask-WTF)."""
    made: Any = current_app.jinja_env.globals.get("csrf_token")
    return str(made()) if callable(made) else None


def lock_down(response: Response) -> Response:
    """Nothing from elsewhere, nothing inline, in nobody's frame; and nothing of it is kept on the
    way."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
        " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
