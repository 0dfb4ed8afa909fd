"""What leaves the server for support."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from made import MadeSpool

from spoolway_client import Spool
from spoolway_flask.support import bundle, known_secrets, without_secrets

SECRETS = [
    ("connecting to postgresql://notes:hunter2@db/notes", "hunter2"),
    ("https://ghuser@example.org/x.git", "ghuser"),
    ("DB_PASSWORD=correct-horse", "correct-horse"),
    ("password: 'two words'", "two words"),
    ('{"api_key": "abc123"}', "abc123"),
    ("--token=s3cr3t-token next", "s3cr3t-token"),
    ("Authorization: Bearer abcdef0123456789", "abcdef0123456789"),
    ("Set-Cookie: session=eyJhbGciOi.eyJzdWIiOi.x_y-z", "eyJhbGciOi"),
    ("token ghp_0123456789abcdefghij", "ghp_0123456789abcdefghij"),
    (
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----",
        "b3BlbnNzaC1rZXk",
    ),
    ("-----BEGIN RSA PRIVATE KEY-----\nb3BlbnNzaC1rZXk and cut off", "b3BlbnNzaC1rZXk"),
    ("mail to maya@example.org failed", "maya@example.org"),
]


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_what_looks_like_a_secret_is_taken_out(text: str, secret: str) -> None:
    assert secret not in without_secrets(text)


def test_what_helps_is_kept() -> None:
    text = "cannot pass the gate: 1.2.0 answered 503 at http://127.0.0.1:8080/health in 12 s\nTypeError: key 'status'"
    assert without_secrets(text) == text


def test_what_the_application_itself_holds_is_taken_out_wherever_it_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MAIL_PASSWORD", "plain words")
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY=b"flask-key-1", SQLALCHEMY_DATABASE_URI="mysql://u:pw@h/d", DEBUG_LEVEL="plain"
    )
    with app.app_context():
        known = known_secrets()
    assert {"plain words", "flask-key-1", "mysql://u:pw@h/d"} <= known
    assert "plain" not in known
    assert (
        without_secrets("it said: plain words, flask-key-1", known)
        == "it said: [removed], [removed]"
    )


def test_the_bundle_holds_outcome_log_and_status(tmp_path: Path) -> None:
    made = MadeSpool(tmp_path)
    made.result(
        "bad",
        "rolled_back",
        error={"code": "GATE_FAILED", "message": "no", "fix": "SECRET=abcdefgh"},
    )
    made.log("bad", "building\nDATABASE_URL=postgresql://u:geheim@h/d\n")
    with Flask(__name__).app_context():
        content = bundle(Spool(tmp_path, "web"), "bad")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(parts) == {"result.json", "log.txt", "status.json", "about.txt"}
    assert json.loads(parts["result.json"])["error"]["code"] == "GATE_FAILED"
    assert json.loads(parts["status.json"])["current"] == "1.0.0"
    assert "building" in parts["log.txt"] and "flask" in parts["about.txt"]
    assert not any(secret in "".join(parts.values()) for secret in ("geheim", "abcdefgh"))
