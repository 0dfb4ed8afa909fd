"""How Alembic reaches the database."""

from __future__ import annotations

from alembic import context
from sqlalchemy.engine import Connection

from casebook import settings
from casebook.database import Base, make_engine
from casebook.models import Case, Tag, User

__all__ = ["Case", "Tag", "User"]


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with make_engine(settings.read().database).connect() as opened:
        run(opened)
