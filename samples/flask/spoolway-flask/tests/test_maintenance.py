"""An application that is closed while a file is there, and sessions that end with a release."""

from __future__ import annotations

import json
import logging
import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request, session
from flask_wtf.csrf import CSRFProtect
from spools import become_nobody, directory_for_all, in_child, require_root
from werkzeug.test import TestResponse

from spoolway_flask.maintenance import Maintenance

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def make_app(root: Path, **options: Any) -> Flask:
    app = Flask("casebook")
    app.secret_key = "of the tests"

    @app.before_request
    def ask_the_database() -> None:
        if (root / "migrating").exists():
            raise RuntimeError("the data are being migrated")

    @app.route("/", methods=["GET", "POST"])
    def start() -> str:
        return f"hello {session.get('user', 'stranger')}"

    @app.post("/login")
    def login() -> str:
        session["user"] = request.form["user"]
        return "welcome"

    @app.get("/health")
    @app.get("/healthy")
    @app.get("/health/deep")
    def health() -> str:
        return "well"

    Maintenance(app, file=root / "maintenance", **options)
    return app


def close(root: Path) -> None:
    (root / "maintenance").write_text("{}")


def open_again(root: Path) -> None:
    (root / "maintenance").unlink()


def make_live(root: Path, version: str) -> None:
    """What the runner does: a new link, renamed into place."""
    new = root / ".current.tmp"
    new.symlink_to(f"releases/{version}")
    if os.path.lexists(root / "current"):
        while os.lstat(new).st_mtime_ns == os.lstat(root / "current").st_mtime_ns:
            new.unlink()
            new.symlink_to(f"releases/{version}")
    os.rename(new, root / "current")


def assert_closed(response: TestResponse) -> None:
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "10"
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Vary"] == "Accept"
    assert "ETag" not in response.headers


def test_an_open_application_answers_itself(tmp_path: Path) -> None:
    client = make_app(tmp_path).test_client()
    assert client.get("/", headers={"Accept": BROWSER}).text == "hello stranger"
    assert client.get("/.spoolway/maintenance.css").status_code == 404


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW"])
@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthy", "/health-not", "/static/x.js"])
def test_a_closed_one_answers_every_request_alike(tmp_path: Path, method: str, path: str) -> None:
    app = make_app(tmp_path)
    close(tmp_path)
    (tmp_path / "migrating").touch()
    response = app.test_client().open(path, method=method)
    assert_closed(response)
    assert response.text == (
        "" if method == "HEAD" else "This site is closed for a short while. Ask again later.\n"
    )


def test_it_opens_and_closes_with_the_file(tmp_path: Path) -> None:
    client = make_app(tmp_path).test_client()
    for _ in range(2):
        close(tmp_path)
        assert client.get("/").status_code == 503
        open_again(tmp_path)
        assert client.get("/").status_code == 200


def test_a_browser_gets_a_page_that_comes_back_by_itself(tmp_path: Path) -> None:
    client = make_app(tmp_path).test_client()
    close(tmp_path)
    response = client.get("/", headers={"Accept": BROWSER})
    assert_closed(response)
    assert response.content_type == "text/html; charset=utf-8"
    assert '<meta http-equiv="refresh" content="10">' in response.text
    style = assert_nothing_inline(response.text)
    css = client.get(style)
    assert (css.status_code, css.mimetype) == (200, "text/css")
    assert css.headers["Cache-Control"] == "no-store"


def test_what_was_sent_is_not_sent_again(tmp_path: Path) -> None:
    client = make_app(tmp_path).test_client()
    close(tmp_path)
    page = client.post("/", headers={"Accept": BROWSER}).text
    assert "http-equiv" not in page
    assert "may not have been saved" in page
    assert_nothing_inline(page)


def test_the_style_lies_below_the_applications_own_place(tmp_path: Path) -> None:
    client = make_app(tmp_path).test_client()
    close(tmp_path)
    page = client.get(
        "/", headers={"Accept": BROWSER}, environ_overrides={"SCRIPT_NAME": '/no"tes'}
    ).text
    assert 'href="/no&quot;tes/.spoolway/maintenance.css"' in page


@pytest.mark.parametrize("accept", ["application/json", "application/problem+json, */*;q=0.1"])
def test_a_program_gets_a_problem(tmp_path: Path, accept: str) -> None:
    client = make_app(tmp_path).test_client()
    close(tmp_path)
    response = client.get("/", headers={"Accept": accept})
    assert_closed(response)
    assert response.content_type == "application/problem+json"
    assert json.loads(response.text) == {
        "title": "Service Unavailable",
        "status": 503,
        "detail": "This site is closed for a short while. Ask again later.",
    }


def test_what_stays_served(tmp_path: Path) -> None:
    client = make_app(tmp_path, allow=["/health/", "/static"]).test_client()
    close(tmp_path)
    answers = {
        path: client.get(path).status_code
        for path in ("/health", "/health/deep", "/healthy", "/static/none.css", "/")
    }
    assert answers == {
        "/health": 200,
        "/health/deep": 200,
        "/healthy": 503,
        "/static/none.css": 404,
        "/": 503,
    }


def test_the_gate_gets_through_unless_it_is_said_otherwise(tmp_path: Path) -> None:
    close(tmp_path)
    assert make_app(tmp_path).test_client().get("/health").status_code == 200
    assert make_app(tmp_path, allow=()).test_client().get("/health").status_code == 503


def test_an_own_page_is_made_before_its_file_is_gone(tmp_path: Path) -> None:
    app = Flask("casebook", template_folder=str(tmp_path))
    own = tmp_path / "closed.html"
    own.write_text("{% if again %}again in {{ retry_after }}{% else %}go back{% endif %}")
    Maintenance(app, file=tmp_path / "maintenance", template="closed.html")
    own.unlink()
    close(tmp_path)
    client = app.test_client()
    assert client.get("/", headers={"Accept": BROWSER}).text == "again in 10"
    assert client.post("/", headers={"Accept": BROWSER}).text == "go back"


def test_each_request_costs_one_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = make_app(tmp_path).test_client()
    client.get("/")
    looks: list[object] = []
    really = os.stat

    def count(path: Any, **more: Any) -> os.stat_result:
        if str(path).startswith(str(tmp_path / "maintenance")):
            looks.append(path)
        return really(path, **more)

    monkeypatch.setattr("os.stat", count)
    client.get("/")
    assert looks == [str(tmp_path / "maintenance")]


def test_a_file_that_cannot_be_looked_at_closes_nothing_and_is_told_once() -> None:
    require_root()
    with directory_for_all() as root:
        (root / "closed").mkdir(mode=0o700)
        close(root / "closed")
        app = Flask("casebook")
        app.route("/")(lambda: "well")
        Maintenance(app, file=root / "closed" / "maintenance")
        told = Told()
        app.logger.addHandler(told)

        def act() -> Any:
            client = app.test_client()
            return [client.get("/").status_code for _ in range(3)], told.lines

        codes, lines = in_child(become_nobody, act)
    assert codes == [200, 200, 200]
    assert len(lines) == 1
    assert "Permission denied" in lines[0] and "Fix: " in lines[0]


def test_people_stay_signed_in_unless_it_is_wanted(tmp_path: Path) -> None:
    make_live(tmp_path, "1.0.0")
    client = make_app(tmp_path).test_client()
    client.post("/login", data={"user": "Ann"})
    close(tmp_path)
    client.get("/")
    make_live(tmp_path, "2.0.0")
    open_again(tmp_path)
    assert client.get("/").text == "hello Ann"


def test_whoever_did_not_come_by_is_signed_out_too(tmp_path: Path) -> None:
    make_live(tmp_path, "1.0.0")
    ann = make_app(tmp_path, log_out=True).test_client()
    cookie = ann.post("/login", data={"user": "Ann"}).headers["Set-Cookie"].split(";")[0]
    assert ann.get("/").text == "hello Ann"
    close(tmp_path)
    make_live(tmp_path, "2.0.0")
    open_again(tmp_path)
    # The next release's process, which has seen nothing of that.
    restarted = make_app(tmp_path, log_out=True)
    browser = restarted.test_client(use_cookies=False)
    first = browser.get("/", headers={"Cookie": cookie})
    assert first.text == "hello stranger"
    assert "session=;" in first.headers["Set-Cookie"]
    again = restarted.test_client()
    again.post("/login", data={"user": "Ann"})
    assert again.get("/").text == "hello Ann"


def test_whoever_comes_by_is_signed_out_although_nothing_was_exchanged(tmp_path: Path) -> None:
    make_live(tmp_path, "1.0.0")
    client = make_app(tmp_path, log_out=True).test_client()
    client.post("/login", data={"user": "Ann"})
    close(tmp_path)
    for accept in (BROWSER, "application/json", "*/*"):
        assert "session=;" in client.get("/", headers={"Accept": accept}).headers["Set-Cookie"]
    open_again(tmp_path)
    assert client.get("/").text == "hello stranger"


def test_what_was_begun_under_the_older_release_ends_with_it(tmp_path: Path) -> None:
    make_live(tmp_path, "1.0.0")
    app = make_app(tmp_path, log_out=True)

    @app.post("/slow-login")
    def slow_login() -> str:
        session["user"] = "Ann"
        make_live(tmp_path, "2.0.0")
        return "welcome"

    client = app.test_client()
    client.post("/slow-login")
    assert client.get("/").text == "hello stranger"


def test_without_a_link_nobody_is_signed_out(tmp_path: Path) -> None:
    client = make_app(tmp_path, log_out=True).test_client()
    client.post("/login", data={"user": "Ann"})
    assert client.get("/").text == "hello Ann"


def test_answers_that_have_no_session_do_not_vary_by_it(tmp_path: Path) -> None:
    make_live(tmp_path, "1.0.0")
    response = make_app(tmp_path, log_out=True).test_client().get("/health")
    assert "Vary" not in response.headers
    assert "Set-Cookie" not in response.headers


def test_other_libraries_sessions_are_kept(tmp_path: Path) -> None:
    make_live(tmp_path, "1.0.0")
    app = make_app(tmp_path, log_out=True)
    later = type(app.session_interface)()
    later.mark = "theirs"  # type: ignore[attr-defined]
    app.session_interface = later
    CSRFProtect(app)
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    client = app.test_client()
    client.post("/login", data={"user": "Ann"})
    assert client.get("/").text == "hello Ann"
    assert app.session_interface.mark == "theirs"  # type: ignore[attr-defined]


def test_an_application_without_sessions_is_served(tmp_path: Path) -> None:
    make_live(tmp_path, "1.0.0")
    app = make_app(tmp_path, log_out=True)
    app.secret_key = None
    assert app.test_client().get("/health").status_code == 200


class Told(logging.Handler):
    """What an application has logged."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class _Inline(HTMLParser):
    """Refuses what a policy of default-src 'self' would not let through."""

    def __init__(self) -> None:
        super().__init__()
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in ("style", "script", "iframe", "object")
        for name, value in attrs:
            assert name != "style" and not name.startswith("on")
            assert not re.match(r"(?i)[a-z]+:|//", value or "")
        found = dict(attrs)
        if found.get("rel") == "stylesheet":
            self.styles.append(found["href"] or "")


def assert_nothing_inline(page: str) -> str:
    """The page's only style sheet."""
    parser = _Inline()
    parser.feed(page)
    (style,) = parser.styles
    return style
