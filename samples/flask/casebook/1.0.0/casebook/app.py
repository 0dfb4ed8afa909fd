"""Puts the application together."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, render_template
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from werkzeug.exceptions import HTTPException

from casebook import __version__, accounts, cases, database, health, languages, users
from casebook.settings import Settings

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def create_app(settings: Settings) -> Flask:
    """The application over the database of the settings, which it never creates."""
    if not settings.secret_key:
        raise SystemExit("casebook: cannot serve: set SECRET_KEY, in the environment or in .env")
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        MAX_CONTENT_LENGTH=1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
    )
    app.jinja_env.globals.update(version=__version__, blueprints=app.blueprints)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    CSRFProtect(app)
    database.init_app(app, database.make_engine(settings.database))
    languages.init_app(app)
    accounts.init_app(app)
    for blueprint in (health.pages, accounts.pages, cases.pages, users.pages):
        app.register_blueprint(blueprint)
    if settings.spool is not None:
        embed_updates(app, settings.spool)
    app.register_error_handler(HTTPException, error_page)
    app.after_request(protect)
    return app


def embed_updates(app: Flask, spool: Path) -> None:
    """The page on which admins update this application."""
    from spoolway_flask import SpoolwayUpdates

    SpoolwayUpdates(
        app,
        spool=spool,
        origin="web",
        authorize=accounts.may_update,
        requested_by=accounts.name_of_user,
    )


def error_page(error: HTTPException) -> ResponseReturnValue:
    return render_template("error.html", error=error), error.code or 500


def protect(response: Response) -> Response:
    """Nothing is loaded from elsewhere, and no other page shows this one inside itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
