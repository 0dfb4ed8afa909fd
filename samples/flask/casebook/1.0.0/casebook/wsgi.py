"""The application for a WSGI server: ``gunicorn casebook.wsgi:app``."""

from __future__ import annotations

from casebook import settings
from casebook.app import create_app

app = create_app(settings.read())
