"""What programs are told when something goes wrong: problem documents as RFC 9457 has them."""

from __future__ import annotations

import json
from http import HTTPStatus

from werkzeug.wrappers import Response


def problem(status: HTTPStatus, detail: str, **more: str) -> Response:
    """A problem with a sentence for people, and with members of its own for programs."""
    document = {"title": status.phrase, "status": status.value, "detail": detail, **more}
    response = Response(
        json.dumps(document, ensure_ascii=False) + "\n",
        status=status.value,
        content_type="application/problem+json",
    )
    response.headers["Cache-Control"] = "no-store"
    return response
