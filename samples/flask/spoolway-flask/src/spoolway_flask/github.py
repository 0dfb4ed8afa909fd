"""Takes GitHub's webhooks, and asks for what they mean through an inbox.

Nothing of a delivery is looked into before its signature is found right, and nothing but a verb
goes into the request: which release there is to go to, the runner finds out by itself.

Content of a request follows from the delivery alone, and its id is the delivery's. So a delivery
that is sent again is the same request to the runner, which carries it out once.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
from http import HTTPStatus
from typing import Any, Callable, Iterable, Mapping, Union

from flask import Flask, request
from werkzeug.wrappers import Response

from spoolway_client import Spool, SpoolError
from spoolway_flask.problems import problem

Place = Union[str, "os.PathLike[str]", Spool]
Secret = Union[bytes, str, Callable[[], Union[bytes, str]]]

MAX_BYTES = 1024 * 1024
"""GitHub sends up to 25 MB; what is longer than this is a push of thousands of commits."""

RETRY_AFTER_SECONDS = 60
_LONGEST_WORDS = 200
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_TAGS = "refs/tags/"
_BRANCHES = "refs/heads/"


class GitHubWebhook:
    """A place for a repository's webhook, of content type application/json.

        GitHubWebhook(app, spool="/var/spool/spoolway/notes", secret=read_secret)

    | a delivery of | is answered |
    | --- | --- |
    | a pushed tag, a push to a listed branch, a published release | 202 and `{"id": …}` |
    | `ping` | 200 |
    | anything else | 204 |
    | no signature, or another one | 403 |
    | a repository without a route | 404 |
    | more than `max_bytes` | 413 |
    | a spool that takes nothing at present | 503; it can be redelivered at GitHub |
    """

    def __init__(
        self,
        app: Flask,
        *,
        secret: Secret,
        spool: Place | None = None,
        routes: Mapping[str, Place] | None = None,
        origin: str = "github",
        path: str = "/hooks/github",
        branches: Iterable[str] | None = None,
        action: str = "check",
        max_bytes: int = MAX_BYTES,
    ) -> None:
        """Adds the place to an application.

        secret: what the webhook was given at GitHub, or what returns it, asked with each delivery.
        spool: the deployment's spool, for any repository.
        routes: spools by repository, such as `org/notes`; other repositories go to `spool`, if any.
        origin: the inbox, where no Spool with one of its own is given.
        branches: the branches whose pushes count; tags always do.
        action: check or update; the deployment file has to allow the origin as much.
        max_bytes: the longest delivery that is read.
        """
        if action not in ("check", "update"):
            raise ValueError(f"action is {action!r}, and must be check or update")
        if spool is None and not routes:
            raise ValueError("neither spool nor routes is given")
        if not callable(secret):
            _require_secret(secret)
        self._app = app
        self._secret = secret
        self._spool = None if spool is None else _spool(spool, origin)
        # GitHub's names are the same in upper and lower case.
        self._routes = {
            name.lower(): _spool(place, origin) for name, place in (routes or {}).items()
        }
        self._branches = frozenset(branches or ())
        self._action = action
        self._max_bytes = max_bytes
        self._endpoint = f"spoolway_github_{len(app.view_functions)}"
        self._add(path)

    def _add(self, path: str) -> None:
        def receive() -> Response:
            return self._receive()

        def exempt() -> None:
            protection: Any = self._app.extensions.get("csrf")
            if request.endpoint == self._endpoint and hasattr(protection, "exempt"):
                protection.exempt(receive)

        self._app.add_url_rule(
            path, self._endpoint, receive, methods=["POST"], provide_automatic_options=False
        )
        # Before Flask-WTF's own look, whether that was installed earlier or comes later. What a
        # stranger could have somebody's browser send has no signature.
        self._app.before_request_funcs.setdefault(None, []).insert(0, exempt)

    def _receive(self) -> Response:
        length = request.content_length
        if length is None:
            return problem(HTTPStatus.LENGTH_REQUIRED, "The delivery does not say its length.")
        if length > self._max_bytes:
            return problem(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"The delivery has more than {self._max_bytes} bytes.",
            )
        body = request.get_data(cache=False)
        if not self._is_signed(body):
            return problem(HTTPStatus.FORBIDDEN, "The signature is not right.")
        return self._answer(body)

    def _is_signed(self, body: bytes) -> bool:
        secret = self._secret() if callable(self._secret) else self._secret
        digest = hmac.new(_require_secret(secret), body, hashlib.sha256).hexdigest()
        given = request.headers.get("X-Hub-Signature-256", "")
        return hmac.compare_digest(b"sha256=" + digest.encode(), given.encode("utf-8", "replace"))

    def _answer(self, body: bytes) -> Response:
        event = request.headers.get("X-GitHub-Event", "")
        if event == "ping":
            return _json(HTTPStatus.OK, {"message": "pong"})
        delivery = request.headers.get("X-GitHub-Delivery", "").lower()
        if not _GUID.fullmatch(delivery):
            return problem(HTTPStatus.BAD_REQUEST, "X-GitHub-Delivery is no GUID.")
        payload = _payload(body)
        if payload is None:
            return problem(
                HTTPStatus.BAD_REQUEST,
                "The delivery is no JSON object; the webhook's content type must be"
                " application/json.",
            )
        news = self._news(event, payload)
        if news is None:
            return Response(status=HTTPStatus.NO_CONTENT.value)
        return self._drop(delivery, news, payload)

    def _news(self, event: str, payload: Mapping[str, Any]) -> str | None:
        """What has happened that a release may come of, or None."""
        if event == "release" and payload.get("action") == "published":
            tag = _text(_object(payload, "release"), "tag_name")
            return f"release {tag} was published"
        ref = _text(payload, "ref")
        if event != "push" or payload.get("deleted") is True:
            return None
        if ref.startswith(_TAGS):
            return f"tag {ref[len(_TAGS):]} was pushed"
        if ref.startswith(_BRANCHES) and ref[len(_BRANCHES) :] in self._branches:
            return f"branch {ref[len(_BRANCHES):]} was pushed"
        return None

    def _drop(self, delivery: str, news: str, payload: Mapping[str, Any]) -> Response:
        repository = _text(_object(payload, "repository"), "full_name")
        spool = self._routes.get(repository.lower(), self._spool)
        if spool is None:
            return problem(HTTPStatus.NOT_FOUND, f"There is no route for {repository!r}.")
        try:
            id = spool.drop(
                self._action,
                id=delivery,
                reason=f"GitHub: {news} in {repository}"[:_LONGEST_WORDS],
                requested_by=_text(_object(payload, "sender"), "login")[:_LONGEST_WORDS] or None,
            )
        except SpoolError as e:
            self._app.logger.error("%s", e)
            response = problem(HTTPStatus.SERVICE_UNAVAILABLE, e.message, code=e.code, fix=e.fix)
            response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
            return response
        return _json(HTTPStatus.ACCEPTED, {"id": id})


def _spool(place: Place, origin: str) -> Spool:
    return place if isinstance(place, Spool) else Spool(place, origin)


def _require_secret(secret: bytes | str) -> bytes:
    encoded = secret.encode("utf-8") if isinstance(secret, str) else secret
    if not encoded:
        raise ValueError("the secret is empty, so that anybody could sign")
    return encoded


def _payload(body: bytes) -> Mapping[str, Any] | None:
    try:
        payload = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    return payload if isinstance(payload, dict) else None


def _object(payload: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = payload.get(name)
    return value if isinstance(value, dict) else {}


def _text(payload: Mapping[str, Any], name: str) -> str:
    """A text of whole characters, empty where there is none."""
    value = payload.get(name)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def _json(status: HTTPStatus, document: Mapping[str, str]) -> Response:
    return Response(
        json.dumps(document) + "\n", status=status.value, content_type="application/json"
    )
