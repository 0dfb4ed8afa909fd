"""The command line behind ./manage."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from casebook import __version__, schema, settings
from casebook.database import make_engine
from casebook.models import ADMIN, MEMBER, User

NOTHING_PENDING = 0
FAILED = 1
PENDING = 10


def main() -> int:
    arguments = _arguments()
    if arguments.command == "version":
        print(__version__)
        return 0
    engine = make_engine(settings.read().database)
    try:
        if arguments.command == "pending":
            return pending(engine)
        if arguments.command == "migrate":
            return migrate(engine)
        role = ADMIN if arguments.command == "create-admin" else MEMBER
        return create_user(engine, arguments.name, arguments.password_file, role)
    except (SQLAlchemyError, OSError) as error:
        print(f"casebook: cannot {arguments.command}: {error}", file=sys.stderr)
        return FAILED


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="manage")
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    commands.add_parser("version", help="print the version of this release")
    commands.add_parser("pending", help="exit 0: nothing to migrate; 10: migrations are pending")
    commands.add_parser("migrate", help="apply the pending migrations in order")
    for kind in ("admin", "user"):
        purpose = f"make an account of an {kind}'s" if kind == "admin" else "make an account"
        command = commands.add_parser(f"create-{kind}", help=f"{purpose}, if it is not there")
        command.add_argument("--name", required=True, help="what one logs in with")
        command.add_argument(
            "--password-file", required=True, type=Path, help="a file with the password alone"
        )
    return parser.parse_args()


def pending(engine: Engine) -> int:
    """Looks without touching: a database that does not exist yet is not created."""
    file = engine.url.database if engine.url.get_backend_name() == "sqlite" else None
    if file is None or Path(file).exists():
        with engine.connect() as connection:
            found = schema.revision(connection)
    else:
        found = None
    if found == schema.head():
        return NOTHING_PENDING
    print(f"from {found or 'nothing'} to {schema.head()}")
    return PENDING


def migrate(engine: Engine) -> int:
    logging.basicConfig(format="%(message)s", stream=sys.stdout)
    logging.getLogger("alembic").setLevel(logging.INFO)
    schema.migrate(engine)
    return 0


def create_user(engine: Engine, name: str, password_file: Path, role: str) -> int:
    """An account that is there keeps its password; it becomes an admin's when that is asked."""
    password = password_file.read_text(encoding="utf-8").strip()
    if not password:
        print(f"casebook: cannot make {name}: {password_file} is empty", file=sys.stderr)
        return FAILED
    with Session(engine) as session:
        user = session.scalar(select(User).where(User.name == name))
        if user is None:
            user = User(name=name, role=role)
            user.set_password(password)
            session.add(user)
            print(f"made the account {name}")
        elif role == ADMIN and not user.is_admin:
            user.role = ADMIN
            print(f"made {name} an admin")
        session.commit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
