"""Deliveries as GitHub sends them, and as others would like to."""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask_wtf.csrf import CSRFProtect
from spools import SpoolDirectory
from werkzeug.test import TestResponse

from spoolway_client import Spool
from spoolway_flask.github import GitHubWebhook

SECRET = "a secret of these tests"
DELIVERY = "72d3162e-cc78-11e3-81ab-4c9367dc0958"
REPOSITORY = {"full_name": "Org/Notes"}
TAG = {"ref": "refs/tags/v3.2.0", "repository": REPOSITORY, "sender": {"login": "ann"}}
PUBLISHED = {
    "action": "published",
    "release": {"tag_name": "v3.2.0"},
    "repository": REPOSITORY,
    "sender": {"login": "ann"},
}


class Site:
    """An application with a webhook, and GitHub in front of it."""

    def __init__(self, path: Path, **options: Any) -> None:
        self.spool = SpoolDirectory(path / "spool", "github")
        self.app = Flask("casebook")
        self.app.secret_key = "of the tests"
        options.setdefault("spool", self.spool.path)
        GitHubWebhook(self.app, **{"secret": SECRET, **options})

    def deliver(
        self,
        payload: Any = TAG,
        event: str = "push",
        delivery: str = DELIVERY,
        secret: str = SECRET,
        **headers: str,
    ) -> TestResponse:
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        sent = {
            "X-GitHub-Event": event,
            "X-GitHub-Delivery": delivery,
            "X-Hub-Signature-256": f"sha256={signed}",
            "Content-Type": "application/json",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        return self.app.test_client().post("/hooks/github", data=body, headers=sent)


def test_a_tag_is_asked_for_under_the_deliverys_id(tmp_path: Path) -> None:
    site = Site(tmp_path)
    response = site.deliver()
    assert (response.status_code, response.get_json()) == (202, {"id": DELIVERY})
    assert site.spool.only_request() == {
        "schema": "spoolway/request/v1",
        "id": DELIVERY,
        "action": "check",
        "reason": "GitHub: tag v3.2.0 was pushed in Org/Notes",
        "requestedBy": "ann",
    }


def test_an_update_names_no_version_that_somebody_else_chose(tmp_path: Path) -> None:
    site = Site(tmp_path, action="update")
    assert site.deliver(PUBLISHED, event="release").status_code == 202
    request = site.spool.only_request()
    assert (request["action"], "params" in request) == ("update", False)
    assert request["reason"] == "GitHub: release v3.2.0 was published in Org/Notes"


def test_a_delivery_that_comes_again_is_the_same_request(tmp_path: Path) -> None:
    site = Site(tmp_path)
    answers = [site.deliver(delivery=id) for id in (DELIVERY, DELIVERY, DELIVERY.upper())]
    assert [(a.status_code, a.get_json()["id"]) for a in answers] == [(202, DELIVERY)] * 3
    contents = {(site.spool.inbox / name).read_bytes() for name in site.spool.dropped()}
    assert len(contents) == 1
    assert all(name.endswith(f"-{DELIVERY}.json") for name in site.spool.dropped())


def test_a_ping_is_answered(tmp_path: Path) -> None:
    response = Site(tmp_path).deliver({"zen": "Keep it simple."}, event="ping")
    assert (response.status_code, response.get_json()) == (200, {"message": "pong"})


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("push", {"ref": "refs/heads/main"}),
        ("push", {"ref": "refs/tags/v1", "deleted": True}),
        ("push", {"ref": ["refs/tags/v1"]}),
        ("push", {}),
        ("release", {"action": "created"}),
        ("release", {}),
        ("issues", {"action": "opened"}),
        ("", {}),
    ],
)
def test_what_means_nothing_is_left_alone(
    tmp_path: Path, event: str, payload: dict[str, Any]
) -> None:
    site = Site(tmp_path)
    assert site.deliver({**payload, "repository": REPOSITORY}, event=event).status_code == 204
    assert site.spool.dropped() == []


def test_branches_count_where_they_are_listed(tmp_path: Path) -> None:
    site = Site(tmp_path, branches=["main"])
    for ref, code in (("refs/heads/main", 202), ("refs/heads/mainly", 204), ("main", 204)):
        assert site.deliver({"ref": ref, "repository": REPOSITORY}).status_code == code
    assert len(site.spool.dropped()) == 1


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "sha256=",
        "sha256=" + "0" * 64,
        "sha1=" + "0" * 40,
        "sha256=ä",
        hmac.new(b"", b"", hashlib.sha256).hexdigest(),
    ],
)
def test_without_the_right_signature_nothing_is_looked_into(
    tmp_path: Path, signature: str
) -> None:
    site = Site(tmp_path)
    for body in (b" ", b"no JSON", json.dumps(TAG).encode()):
        refused = site.deliver(body, X_Hub_Signature_256=signature)
        assert (refused.status_code, refused.data) == (403, site.deliver(secret="x").data)
    assert site.spool.dropped() == []


def test_a_missing_signature_is_answered_like_a_wrong_one(tmp_path: Path) -> None:
    site = Site(tmp_path)
    missing = site.app.test_client().post("/hooks/github", json=TAG)
    assert missing.status_code == 403
    assert missing.data == site.deliver(secret="x").data
    assert missing.content_type == "application/problem+json"


def test_a_changed_body_is_not_signed(tmp_path: Path) -> None:
    site = Site(tmp_path)
    body = json.dumps(TAG).encode()
    signed = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    changed = site.deliver(body + b" ", X_Hub_Signature_256=f"sha256={signed}")
    assert changed.status_code == 403


@pytest.mark.parametrize("body", [b" ", b"{", b"[]", b"\xff{}", b"[" * 100_000])
def test_what_is_no_object_is_told(tmp_path: Path, body: bytes) -> None:
    site = Site(tmp_path)
    assert site.deliver(body).status_code == 400
    assert site.spool.dropped() == []


@pytest.mark.parametrize(
    "delivery", ["", "spring", "../" * 12, DELIVERY + "0", DELIVERY + "\u00e9"]
)
def test_a_delivery_without_a_guid_is_refused(tmp_path: Path, delivery: str) -> None:
    site = Site(tmp_path)
    assert site.deliver(delivery=delivery).status_code == 400
    assert site.spool.dropped() == []


def test_no_more_is_read_than_allowed(tmp_path: Path) -> None:
    site = Site(tmp_path)
    filled = json.dumps(TAG).encode()
    filled += b" " * (1024 * 1024 - len(filled))
    assert site.deliver(filled).status_code == 202
    assert site.deliver(filled + b" ").status_code == 413
    small = Site(tmp_path / "small", max_bytes=10)
    assert small.deliver().status_code == 413


def test_a_delivery_without_a_length_is_refused(tmp_path: Path) -> None:
    site = Site(tmp_path)
    response = site.deliver(Transfer_Encoding="chunked")
    assert response.status_code == 411


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
def test_only_posts_are_taken(tmp_path: Path, method: str) -> None:
    response = Site(tmp_path).app.test_client().open("/hooks/github", method=method)
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_a_spool_that_takes_nothing_is_told_with_its_fix(tmp_path: Path) -> None:
    site = Site(tmp_path, spool=tmp_path / "none")
    response = site.deliver()
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert response.content_type == "application/problem+json"
    told = json.loads(response.text)
    assert told["code"] == "INBOX_MISSING"
    assert told["detail"].startswith("cannot drop a request into ") and told["fix"]


def test_repositories_go_to_their_own_spools(tmp_path: Path) -> None:
    wiki = SpoolDirectory(tmp_path / "wiki", "hooks")
    site = Site(
        tmp_path,
        spool=None,
        routes={"org/NOTES": tmp_path / "spool", "org/wiki": Spool(wiki.path, "hooks")},
    )
    assert site.deliver().status_code == 202
    assert site.deliver({**TAG, "repository": {"full_name": "org/wiki"}}).status_code == 202
    other = site.deliver({**TAG, "repository": {"full_name": "org/other"}})
    assert other.status_code == 404 and "org/other" in other.text
    assert site.deliver({"ref": "refs/tags/v1"}).status_code == 404
    assert (len(site.spool.dropped()), len(wiki.dropped())) == (1, 1)


@pytest.mark.parametrize("is_first", [True, False])
def test_a_protection_of_forms_lets_deliveries_through_and_nothing_else(
    tmp_path: Path, is_first: bool
) -> None:
    spool = SpoolDirectory(tmp_path, "github")
    app = Flask("casebook")
    app.secret_key = "of the tests"

    @app.post("/form")
    def form() -> str:
        return "taken"

    if is_first:
        CSRFProtect(app)
    GitHubWebhook(app, spool=spool.path, secret=SECRET)
    if not is_first:
        CSRFProtect(app)
    body = json.dumps(TAG).encode()
    signed = "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "X-GitHub-Event": "push",
        "X-GitHub-Delivery": DELIVERY,
        "X-Hub-Signature-256": signed,
    }
    client = app.test_client()
    for _ in range(2):
        assert client.post("/hooks/github", data=body, headers=headers).status_code == 202
        assert client.post("/form").status_code == 400


def test_a_secret_may_change_while_the_application_runs(tmp_path: Path) -> None:
    secrets = [b"old"]
    site = Site(tmp_path, secret=lambda: secrets[-1])
    assert site.deliver(secret="old").status_code == 202
    secrets.append(b"new")
    assert site.deliver(secret="old").status_code == 403
    assert site.deliver(secret="new").status_code == 202


def test_no_secret_is_no_secret(tmp_path: Path) -> None:
    for secret in ("", b""):
        with pytest.raises(ValueError, match="anybody could sign"):
            Site(tmp_path / repr(secret), secret=secret)
    site = Site(tmp_path, secret=lambda: "")
    assert site.deliver(secret="").status_code == 500
    assert site.spool.dropped() == []


def test_what_cannot_work_is_refused_at_once(tmp_path: Path) -> None:
    wrong: list[dict[str, Any]] = [
        {"action": "rollback"},
        {"spool": None},
        {"spool": None, "routes": {}},
    ]
    for options in wrong:
        with pytest.raises(ValueError):
            Site(tmp_path / repr(options), **options)


def test_the_secret_is_never_told(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    site = Site(tmp_path, spool=tmp_path / "none")
    answers = [site.deliver(), site.deliver(secret="x"), site.deliver(b"{")]
    told = caplog.text + "".join(capsys.readouterr()) + "".join(a.text for a in answers)
    assert "cannot drop a request" in told
    assert SECRET not in told


def test_two_webhooks_can_stand_side_by_side(tmp_path: Path) -> None:
    site = Site(tmp_path)
    GitHubWebhook(site.app, spool=site.spool.path, secret="other", path="/hooks/other.v2")
    assert site.deliver().status_code == 202
    other = site.app.test_client().post("/hooks/other.v2", data=b"{}")
    assert other.status_code == 403


def test_long_and_odd_words_are_cut(tmp_path: Path) -> None:
    site = Site(tmp_path)
    odd = {
        "ref": "refs/tags/" + "x" * 70_000,
        "repository": {"full_name": "\ud800"},
        "sender": {"login": "y" * 70_000},
    }
    assert site.deliver(odd).status_code == 202
    request = site.spool.only_request()
    assert len(request["reason"]) == len(request["requestedBy"]) == 200
