"""What differs from one host to the next, from the environment and from the file ``.env``."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from dotenv import load_dotenv
from sqlalchemy.engine import URL, make_url

HOME = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Settings:
    """The settings of one process.

    ``database``: where the cases are. ``secret_key``: signs sessions; empty where nobody logs in.
    ``spool``: the queue of a Spoolway, where there is one. ``secure_cookies``: whether browsers
    send cookies over HTTPS only.
    """

    database: URL
    secret_key: str
    spool: Path | None
    secure_cookies: bool


def read() -> Settings:
    """The settings; what the environment has wins over ``.env``."""
    load_dotenv(HOME / ".env")
    spool = os.environ.get("SPOOLWAY_SPOOL")
    return Settings(
        database=_database(os.environ.get("DATABASE_URL")),
        secret_key=os.environ.get("SECRET_KEY", ""),
        spool=Path(spool) if spool else None,
        secure_cookies=os.environ.get("SECURE_COOKIES") == "1",
    )


def _database(address: str | None) -> URL:
    if not address:
        return URL.create("sqlite", database=str(_directory() / "casebook.db"))
    url = make_url(address)
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def _directory() -> Path:
    """The database outlives every release, so it lies in the directory that they share.

    On a host that is not writable for the application, but for the directory ``data`` in it.
    """
    shared = Path(os.environ.get("SPOOLWAY_SHARED", HOME)).resolve()
    return shared / "data" if (shared / "data").is_dir() else shared
