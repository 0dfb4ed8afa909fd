"""The application for a WSGI server: ``gunicorn notes.wsgi:app``."""

from __future__ import annotations

from notes.app import create_app
from notes.database import database_path

app = create_app(database_path())
