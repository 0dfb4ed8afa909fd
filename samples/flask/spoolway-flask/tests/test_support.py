"""What leaves the server for support."""

from __future__ import annotations

import io
import json
import time
import zipfile
from pathlib import Path

import pytest
from flask import Flask
from spools import MadeSpool

from spoolway_client import Spool
from spoolway_flask.removal import without_secrets
from spoolway_flask.support import bundle, known_secrets

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
    ("SECRET_KEY=3&!xz,(9;w#s=", "w#s"),
    ("export DB_PASSWORD=two words", "words"),
    ("password: correct horse battery", "battery"),
    ('{"password": "ab\\"cd"}', "cd"),
    (r'body={\"password\": \"hunter2\"}', "hunter2"),
    ("SECRET_KEY: b'two words'", "words"),
    ('password = """first\nsecond"""', "second"),
    ('PASSWORD="first\nsecond" # of many lines', "second"),
    ("password: |\n  first\n  second\nport: 1", "second"),
    ("ImmutableMultiDict([('name', 'm'), ('password', 'hunter2')])", "hunter2"),
    ("'password' => 'hunter2'", "hunter2"),
    ("<server><password>hunter2</password></server>", "hunter2"),
    ("psql --password hunter2 notes", "hunter2"),
    ("curl -u maya:hunter2 https://h/", "hunter2"),
    ("machine h login maya password hunter2", "hunter2"),
    ("CREATE ROLE notes LOGIN PASSWORD 'hunter2'", "hunter2"),
    ("Authorization: Token hunter2", "hunter2"),
    ("authorization: AWS4-HMAC-SHA256 SignedHeaders=h, Signature=abcdef12", "abcdef12"),
    ("Cookie: theme=dark; other=hunter2", "hunter2"),
    ("postgresql://notes:pa/ss@db/notes", "pa/ss"),
    ("postgresql://notes:p'a@ss@db/notes", "ss@db"),
    ("MYSQL_PWD=hunter2", "hunter2"),
    ("Server=db;Uid=sa;Pwd=hunter2;", "hunter2"),
    ("FERNET_KEY=hunter2", "hunter2"),
    ("AccountName=n;AccountKey=hunter2==;x", "hunter2"),
    ("https://h/blob?sig=hunter2&x", "hunter2"),
    ("https://h/blob?X-Amz-Signature=hunter2", "hunter2"),
    ("https://hooks.slack.com/services/T0/B0/hunter2", "hunter2"),
    ("https://discord.com/api/webhooks/12/hunter2", "hunter2"),
    ("uploading with pypi-AgEIcHlwaS5vcmcCJ", "AgEIcHlwaS5vcmcCJ"),
    ("ASIAABCDEFGHIJKLMNOP", "ABCDEFGHIJKLMNOP"),
    ("[parameters: ('maya', 'scrypt:32768:8:1$salt$0a1b2c')]", "0a1b2c"),
    ("pbkdf2_sha256$600000$salt$0a1b2c/d=", "0a1b2c"),
    ("user $2b$12$abcdefghijklmnopqrstuv", "abcdefghijklmnopqrstuv"),
]

# Characters of a log that a search which goes back and forth would be at for minutes.
LONG = 512 * 1024

# What sends a search of one rule or the other back and forth, were it written without care.
ADVERSARIES = [
    "a", "a.", "pass", "eyJ-", "eyJa.", "a://b:", "://:", "-----BEGIN A-----", "-----BEGIN ",
    "password ", "password:", 'password="', "secret='\\\\", "token\\\\", "--token ", " ", "\n",
    "Basic ", "'token',", "<password>", "password: |\n  ", 'password="""', "$2b$", "scrypt:", "a@",
    "a.@",
    "login a password ",
]  # fmt: skip


@pytest.mark.parametrize(("text", "secret"), SECRETS)
def test_what_looks_like_a_secret_is_taken_out(text: str, secret: str) -> None:
    assert secret not in without_secrets(text)


@pytest.mark.parametrize("adversary", ADVERSARIES)
def test_a_log_is_cleaned_in_time_whatever_it_says(adversary: str) -> None:
    text = (adversary * LONG)[:LONG]
    began = time.process_time()
    without_secrets(text)
    assert time.process_time() - began < 10


@pytest.mark.parametrize("text", [
    "cannot pass the gate: 1.2.0 answered 503 at http://127.0.0.1:8080/health in 12 s",
    "TypeError: key 'status'",
    "KeyError: 'title'",
    'File "/opt/notes/auth.py", line 3, in login',
    'FATAL: password authentication failed for user "notes"',
    "PASSWORD=\nHOST=db",
    "PWD=/opt/notes",
    "git+https://example.org:8443/notes.git",
])  # fmt: skip
def test_what_helps_is_kept(text: str) -> None:
    assert without_secrets(text) == text


def test_what_comes_after_a_secret_of_many_lines_stays_on_its_own_line() -> None:
    text = "password: |\n  first\n  second\nport: 1"
    assert without_secrets(text) == "password: [removed]\nport: 1"


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


def test_what_it_holds_is_known_in_depth_and_in_each_spelling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://notes:p%40ss%2Fword@db/notes")
    app = Flask(__name__)
    app.config.update(
        SECRET_KEY='say "friend"',
        SECRET_KEY_FALLBACKS=["an old one"],
        SQLALCHEMY_ENGINE_OPTIONS={"connect_args": {"password": "inner-words"}},
    )
    with app.app_context():
        known = known_secrets()
    for printed in ("p@ss/word", "p%40ss%2Fword", r"say \"friend\"", "an old one", "inner-words"):
        assert without_secrets(f"it said {printed}", known) == "it said [removed]"


def test_names_of_cookies_and_kinds_of_sessions_are_no_secrets() -> None:
    app = Flask(__name__)
    app.config.update(SESSION_TYPE="filesystem", SESSION_COOKIE_PATH="/notes/")
    with app.app_context():
        known = known_secrets()
    text = "sqlalchemy.orm.session on the filesystem at /notes/"
    assert without_secrets(text, known) == text


def test_the_bundle_holds_outcome_log_and_status(tmp_path: Path) -> None:
    made = MadeSpool(tmp_path)
    made.result(
        "bad",
        "rolled_back",
        error={"code": "GATE_FAILED", "message": "no", "fix": "SECRET=abcdefgh"},
    )
    made.log("bad", "building\nDATABASE_URL=postgresql://u:geheim@h/d\n")
    with Flask(__name__).app_context():
        content = bundle(Spool(tmp_path, "web"), "bad") or b""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(parts) == {"result.json", "log.txt", "status.json", "about.txt"}
    assert json.loads(parts["result.json"])["error"]["code"] == "GATE_FAILED"
    assert json.loads(parts["status.json"])["current"] == "1.0.0"
    assert "building" in parts["log.txt"] and "flask" in parts["about.txt"]
    assert not any(secret in "".join(parts.values()) for secret in ("geheim", "abcdefgh"))
