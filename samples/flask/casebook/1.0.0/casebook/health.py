"""Whether this release can be used with the data that are there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from casebook import __version__, schema
from casebook.database import engine

pages = Blueprint("health", __name__)


@pages.get("/health")
def health() -> ResponseReturnValue:
    answer: dict[str, Any] = {"status": "ok", "version": __version__}
    try:
        with engine().connect() as connection:
            answer["schema"] = schema.revision(connection)
    except SQLAlchemyError as error:
        return {**answer, "status": "error", "reason": f"cannot open the cases: {error}"}, 503
    if answer["schema"] != schema.head():
        reason = f"needs the database's revision {schema.head()}"
        return {**answer, "status": "error", "reason": reason}, 503
    return answer
