"""Which language somebody reads."""

from __future__ import annotations

from flask import Flask, request, session, url_for
from flask_babel import Babel, get_locale

LANGUAGES = {"en": "English", "ar": "العربية"}


def init_app(app: Flask) -> None:
    Babel(app, locale_selector=language)
    app.before_request(keep_choice)
    app.jinja_env.globals.update(get_locale=get_locale, other_languages=other_languages)


def keep_choice() -> None:
    """A link that says ``?lang=ar`` holds until another is followed."""
    chosen = request.args.get("lang")
    if chosen in LANGUAGES:
        session["language"] = chosen


def language() -> str:
    """The one that was chosen, or the first that the browser asks for."""
    if session.get("language") in LANGUAGES:
        return str(session["language"])
    return request.accept_languages.best_match(list(LANGUAGES), default="en")


def other_languages() -> dict[str, tuple[str, str]]:
    """The name of each other language and where this page is in it."""
    endpoint = request.endpoint if request.method == "GET" else None
    view = request.view_args or {}
    if endpoint is None or request.url_rule is None:
        endpoint, view = "cases.index", {}
    return {
        code: (name, url_for(endpoint, **{**request.args, **view, "lang": code}))
        for code, name in LANGUAGES.items()
        if code != language()
    }
