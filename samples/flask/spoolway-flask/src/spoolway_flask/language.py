"""The language of the page: the application's own choice, where it makes one."""

from __future__ import annotations

import gettext
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import bidirectional

from flask import current_app, has_request_context, request

DOMAIN = "spoolway_flask"
SHIPPED = Path(__file__).parent / "translations"

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})

# Keeps a value, such as a version, from being reordered by the text that runs the other way around
# it (Unicode 9.0, UAX 9).
ISOLATE, ISOLATE_END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

# What in a value would turn the text around it, or end its isolation.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True)
class Language:
    """One language, and what is said in it."""

    code: str
    catalogue: gettext.NullTranslations

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``, for the ``dir`` attribute."""
        return "rtl" if self.code.split("-")[0] in RIGHT_TO_LEFT else "ltr"

    def text(self, message: str, **values: Any) -> str:
        """The message in this language, with its ``%(name)s`` filled in."""
        return self._filled(self.catalogue.gettext(message), values)

    def _filled(self, message: str, values: dict[str, Any]) -> str:
        if not values:
            return message
        return message % {name: self.kept_apart(str(value)) for name, value in values.items()}

    def kept_apart(self, value: str) -> str:
        """A value such as a version, so that the text around it does not reorder its parts."""
        value = value.translate(TURNING)
        if self.direction == "rtl" or any(bidirectional(each) in ("R", "AL") for each in value):
            return f"{ISOLATE}{value}{ISOLATE_END}"
        return value


def current_language() -> Language:
    """The language of the request at hand: that of Flask-Babel, or of the browser where there is
    none."""
    directories = _directories()
    code = _babel_code()
    if code is None:
        known = ["en", *_codes(directories)]
        code = request.accept_languages.best_match(known) if has_request_context() else None
    return Language((code or "en").replace("_", "-"), _catalogue(code or "en", directories))


def _babel_code() -> str | None:
    if "babel" not in current_app.extensions:
        return None
    from flask_babel import get_locale

    locale = get_locale()
    return None if locale is None else str(locale)


def _directories() -> tuple[str, ...]:
    """Where the application keeps its translations, which come first, and the shipped ones."""
    own = current_app.config.get("BABEL_TRANSLATION_DIRECTORIES", "translations")
    places = [os.path.join(current_app.root_path, place) for place in str(own).split(";")]
    return (*places, str(SHIPPED))


@lru_cache(maxsize=64)
def _codes(directories: tuple[str, ...]) -> tuple[str, ...]:
    found = {
        catalogue.parts[-3].replace("_", "-")
        for directory in directories
        for catalogue in Path(directory).glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    }
    return tuple(sorted(found))


@lru_cache(maxsize=64)
def _catalogue(code: str, directories: tuple[str, ...]) -> gettext.NullTranslations:
    found = gettext.NullTranslations()
    for directory in reversed(directories):
        for name in (code.split("_")[0].split("-")[0], code.replace("-", "_")):
            for path in gettext.find(DOMAIN, directory, languages=[name], all=True):
                with open(path, "rb") as file:
                    nearer = gettext.GNUTranslations(file)
                nearer.add_fallback(found)
                found = nearer
    return found
