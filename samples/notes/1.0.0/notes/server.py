"""Serves the application in one process until SIGTERM, then finishes the requests in hand."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from waitress import serve

from notes.app import create_app
from notes.database import database_path


def stop(signum: int, frame: FrameType | None) -> None:
    sys.exit(0)


def main() -> None:
    port = os.environ.get("PORT")
    if not port:
        raise SystemExit("notes: cannot serve: set PORT to the port to listen on")
    signal.signal(signal.SIGTERM, stop)
    serve(create_app(database_path()), host="127.0.0.1", port=int(port), threads=4, ident="notes")


if __name__ == "__main__":
    main()
