"""Which language somebody reads."""

from __future__ import annotations

from urllib.parse import urlencode

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
    return {
        code: (name, in_language(code)) for code, name in LANGUAGES.items() if code != language()
    }


def in_language(code: str) -> str:
    """The address of this page in a language; what was sent by a form is not sent again."""
    if request.method != "GET":
        return url_for("cases.index", lang=code)
    # Relative, and spelled here: to url_for some names of parameters are orders.
    return "?" + urlencode({**request.args.to_dict(flat=False), "lang": code}, doseq=True)
