"""The engine, and a session for each request."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timezone
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import DateTime, MetaData, create_engine, event
from sqlalchemy.engine import URL, Connection, Dialect, Engine
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

PATIENCE_SECONDS = 10


class Base(DeclarativeBase):
    """What the tables have in common: names that migrations can rely on."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """An instant, in UTC also where the database knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=timezone.utc)


def now() -> datetime:
    return datetime.now(timezone.utc)


def make_engine(url: URL) -> Engine:
    """An engine that has not connected yet."""
    if url.get_backend_name() != "sqlite":
        return create_engine(url, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": PATIENCE_SECONDS})
    event.listen(engine, "connect", _leave_transactions_to_the_engine)
    event.listen(engine, "begin", _begin)
    return engine


def _leave_transactions_to_the_engine(connection: sqlite3.Connection, record: Any) -> None:
    """Python's own driver would commit before a change of the schema."""
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def init_app(app: Flask, engine: Engine) -> None:
    app.extensions["engine"] = engine
    app.teardown_appcontext(_close)


def engine() -> Engine:
    """The engine of the application that is asked."""
    made: Engine = current_app.extensions["engine"]
    return made


def session() -> Session:
    """The session of this request; what is not committed is rolled back at its end."""
    if "session" not in g:
        g.session = Session(engine())
    opened: Session = g.session
    return opened


def _close(error: BaseException | None) -> None:
    opened = g.pop("session", None)
    if opened is not None:
        opened.close()
