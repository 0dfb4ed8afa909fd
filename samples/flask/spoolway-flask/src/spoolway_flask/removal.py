"""Takes out of a text what looks like a secret, as logs, settings and tracebacks spell them.

Where in doubt more is taken than need be. A log may be written by anybody and is megabytes long, so
each rule goes over it once: none begins within a word, and none looks for an end across the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

REMOVED = "[removed]"

_WORDS = re.compile(
    r"pass|secret|token|credential|auth|cookie|session|salt|dsn|signature|jwt|[_-]pwd$|^sig$"
    r"|connection[_-]?string"
    r"|(?:access|account|api|app|encryption|master|private|shared|signing)[_-]?key",
    re.IGNORECASE,
)
# As settings are written. In other letters, primary_key is a part of programs and PWD a directory.
_SETTING = re.compile(r"[A-Z0-9]_KEY$|^[Pp]wd$")

# A name and what leads from it to its value: `name=`, `"name": `, `('name', ` or `name => `.
_HEAD = re.compile(
    r"(?<![\w.-])(?P<name>[\w.-]+)(?![\w.-])"
    r"(?:(?P<quote>\\{0,8}[\"'])?(?P<sign>[ \t]{0,8}(?:=>|:=|[=:])[ \t]{0,8})"
    r"|\\{0,8}[\"'],[ \t]{0,8}(?=\\{0,8}[\"']))"
)
_LONGEST_INDENT = 80
_LINE_START = re.compile(r"[ \t]*(?:export[ \t]+|-[ \t]+)?")

_TRIPLE = r"(?P<triple>\"\"\"|''')[\s\S]{0,4096}?(?P=triple)"
_ESCAPED = r"(?P<escaped>\\{1,8}[\"'])[^\n]*?(?:(?P=escaped)|(?=\n)|\Z)"
_QUOTED = r"\"[^\"\n\\]*(?:\\.[^\"\n\\]*)*\"?|'[^'\n\\]*(?:\\.[^'\n\\]*)*'?"
_OF_MANY_LINES = r"\"[^\"\\]{1,4096}\"|'[^'\\]{1,4096}'"
_BLOCK = r"[|>][-+0-9]{0,2}[ \t]*(?:\n[ \t]+[^\n]*)+"
_IN_QUOTES = rf"[bBrRuU]{{0,2}}(?:{_TRIPLE}|{_ESCAPED}|{_QUOTED})"

_LITERAL = re.compile(rf"{_IN_QUOTES}|[^\s,;)\]}}]+")
_WORD = re.compile(rf"{_IN_QUOTES}|\S+")
_LINE = re.compile(rf"{_BLOCK}|{_OF_MANY_LINES}|{_IN_QUOTES}|[^\n]+")
# The schemes and the parameters of these have many forms, so that the line goes as a whole.
_HEADERS = re.compile(r"(?:proxy-)?authorization|(?:set-)?cookie", re.IGNORECASE)
_REST = re.compile(r"[^\n]+")

# Each takes the secret out and leaves what surrounds it.
_RULES = (
    (re.compile(r"-----BEGIN [A-Z0-9 ]+-----[\s\S]*?(?:-----END [A-Z0-9 ]+-----|\Z)"), REMOVED),
    (
        re.compile(r"://(?:[^\s/:@\"']*@|[^\s/:@\"']*:(?!\d{1,5}/)(?:(?!://)\S){0,512}@)"),
        f"://{REMOVED}@",
    ),
    (
        re.compile(
            r"(hooks\.slack\.com/(?:services|workflows)/|discord(?:app)?\.com/api/webhooks/"
            r"|api\.telegram\.org/bot)[\w/:-]+"
        ),
        rf"\1{REMOVED}",
    ),
    (re.compile(r"\b(Bearer|Basic)\s{1,8}[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1 {REMOVED}"),
    (re.compile(r"(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*"), REMOVED),
    (
        re.compile(
            r"\b(?:gh[pousr]_|github_pat_|glpat-|xox[abprs]-|xapp-|AKIA|ASIA|AIza|sk-|[sr]k_live_"
            r"|[sr]k_test_|whsec_|pypi-|npm_|hf_|AGE-SECRET-KEY-)[\w-]{8,}"
        ),
        REMOVED,
    ),
    (re.compile(r"(?<![\w:])(?:scrypt|pbkdf2|bcrypt|argon2)[\w:]*\$[^\s'\",)]+"), REMOVED),
    (re.compile(r"\$(?:2[abxy]|[156y]|argon2\w{1,2})\$[^\s'\",)]+"), REMOVED),
    (
        re.compile(r"\b(password|identified by)([ \t]{1,8})'[^'\n]*'?", re.IGNORECASE),
        rf"\1\2{REMOVED}",
    ),
    (re.compile(r"(\blogin[ \t]{1,8}\S+[ \t]{1,8}password[ \t]{1,8})\S+"), rf"\1{REMOVED}"),
    (re.compile(r"(?<!\S)(-u|--user)([ \t=]{1,8})[^\s:]+:\S+"), rf"\1\2{REMOVED}"),
    (re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"), "[address]"),
)
# These have a name first, which tells whether the rest is secret.
_NAMED = (
    re.compile(r"(?P<head>(?<!\S)--?(?P<name>[\w-]+)[ \t]{1,8})(?P<value>[^\s-]\S*)"),
    re.compile(r"(?P<head><(?P<name>[\w.-]+)>)(?P<value>[^<\n]+)(?=</)"),
)


def is_secret_name(name: str) -> bool:
    """Whether what has this name is likely to be a secret."""
    return _WORDS.search(name) is not None or _SETTING.search(name) is not None


def without_secrets(text: str, known: Iterable[str] = ()) -> str:
    """The text without the values that are ``known``, and without what looks like a secret or a
    mail address."""
    for secret in sorted(known, key=len, reverse=True):
        text = text.replace(secret, REMOVED)
    for pattern, instead in _RULES:
        text = pattern.sub(instead, text)
    for pattern in _NAMED:
        text = pattern.sub(_without_value, text)
    return "".join(_without_values(text))


def _without_value(match: re.Match[str]) -> str:
    return match["head"] + REMOVED if is_secret_name(match["name"]) else match[0]


def _without_values(text: str) -> Iterator[str]:
    """The text in parts, with a mark in place of each value whose name says that it is secret."""
    told = 0
    for head in _HEAD.finditer(text):
        if head.start() < told or not is_secret_name(head["name"]):
            continue
        value = _form(text, head).match(text, head.end())
        if value is not None:
            yield text[told : head.end()]
            yield REMOVED
            told = value.end()
    yield text[told:]


def _form(text: str, head: re.Match[str]) -> re.Pattern[str]:
    """How the value is written: in JSON and programs, in an address or among others, or alone."""
    if head["sign"] is None or head["quote"] is not None:
        return _LITERAL
    if _HEADERS.fullmatch(head["name"]):
        return _REST
    return _LINE if head["sign"] != "=" or _begins_line(text, head.start()) else _WORD


def _begins_line(text: str, at: int) -> bool:
    farthest = max(0, at - _LONGEST_INDENT)
    line = text.rfind("\n", farthest, at) + 1
    return (line > 0 or farthest == 0) and _LINE_START.fullmatch(text, line, at) is not None
