"""The pages."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from notes import __version__, schema
from notes.database import opened


def create_app(database: Path) -> Flask:
    """The application over the notes in the file ``database``, which it never creates."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.json.sort_keys = False  # type: ignore[attr-defined]

    def page(problem: str | None = None) -> str:
        return render_template(
            "index.html", notes=all_notes(database), problem=problem, version=__version__
        )

    @app.get("/")
    def index() -> str:
        return page()

    @app.post("/")
    def add() -> ResponseReturnValue:
        text = request.form.get("text", "")
        if not text.strip():
            return page("An empty note says nothing: write something first."), 400
        with opened(database) as connection:
            connection.execute("INSERT INTO notes (text) VALUES (?)", (text,))
        return redirect(url_for("index"), 303)

    @app.get("/notes.json")
    def as_json() -> ResponseReturnValue:
        return {"notes": all_notes(database)}

    @app.get("/health")
    def health() -> ResponseReturnValue:
        answer: dict[str, Any] = {"status": "ok", "version": __version__}
        try:
            with opened(database, "ro") as connection:
                answer["schema"] = schema.version(connection)
        except sqlite3.Error as error:
            return {**answer, "status": "error", "reason": f"cannot open the notes: {error}"}, 503
        if answer["schema"] != schema.LATEST:
            return {**answer, "status": "error", "reason": f"needs schema {schema.LATEST}"}, 503
        return answer

    @app.template_filter()
    def moment(epoch_seconds: int) -> str:
        return f"{datetime.fromtimestamp(epoch_seconds, timezone.utc):%d %b %Y, %H:%M} UTC"

    app.before_request(refuse_other_sites)
    app.after_request(load_nothing_from_elsewhere)
    return app


def all_notes(database: Path) -> list[dict[str, Any]]:
    """Every note, newest first."""
    with opened(database, "ro") as connection:
        rows = connection.execute("SELECT id, text, created_at FROM notes ORDER BY id DESC")
        return [dict(row) for row in rows]


def refuse_other_sites() -> None:
    """A form on another site must not write here; browsers say where a request comes from."""
    site = request.headers.get("Sec-Fetch-Site", "none")
    if request.method == "POST" and site not in ("none", "same-origin"):
        abort(403)


def load_nothing_from_elsewhere(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = "default-src 'self'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
