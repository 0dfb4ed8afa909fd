"""The update page, as a blueprint: ``SpoolwayUpdates(app, spool=…, authorize=…)``.

Each form of the page leaves one request in the inbox and answers with the address of the page about
it. Nothing is remembered here: what is shown is read anew from the spool each time, so the page is
right whoever acts, in whichever process, and after any restart.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from flask import (
    Blueprint,
    Flask,
    Response,
    abort,
    jsonify,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from spoolway_client import InvalidArgument, Result, Spool, SpoolError
from spoolway_flask import guard, quantities, support
from spoolway_flask.language import Language, current_language
from spoolway_flask.view import Page
from spoolway_flask.words import Words

# In their order on the page.
SECTIONS = ("notices", "focus", "now", "waiting", "history", "storage")

# What an address of the page may say: which request it is about, and what a plan was asked for
# with.
ASKED = ("request", "version", "data")

LOG_TAIL = 16 * 1024
WHOLE_LOG = 4 * 1024 * 1024

# A request that nobody took for so long is not what somebody at a page still waits for.
PATIENCE = timedelta(hours=1)
AFTER_ITS_TIME = timedelta(hours=6)


@dataclass(frozen=True)
class _Settings:
    spool: Spool
    origin: str
    authorize: guard.Authorize
    requested_by: Callable[[], str | None]
    static_status: str
    support_address: str | None


class SpoolwayUpdates:
    """The page at ``url_prefix``, for one deployment.

    ``spool`` is the deployment's directory in the spool (``/var/spool/spoolway/NAME``), ``origin``
    the inbox that this application may write to. ``authorize`` is called for each request: True
    admits; a response, such as a redirection to where one logs in, is answered; everything else is
    403. ``requested_by`` names whoever asks, for display. ``static_status`` is where the proxy
    serves the status while the application is away. ``support_address`` is a mail address for the
    bundle that the page makes when something went wrong.
    """

    def __init__(
        self,
        app: Flask | None = None,
        *,
        spool: str | os.PathLike[str],
        origin: str = "web",
        authorize: guard.Authorize,
        requested_by: Callable[[], str | None] | None = None,
        url_prefix: str = "/updates",
        static_status: str = "/.spoolway/status.json",
        support_address: str | None = None,
    ) -> None:
        self.url_prefix = url_prefix
        self._settings = _Settings(
            Spool(spool, origin),
            origin,
            authorize,
            requested_by or (lambda: None),
            static_status,
            support_address,
        )
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Registers the page with an application."""
        app.register_blueprint(_blueprint(self._settings), url_prefix=self.url_prefix)


def _blueprint(settings: _Settings) -> Blueprint:
    page = Blueprint("spoolway", __name__, template_folder="templates", static_folder="static")
    build = _build()

    @page.before_request
    def admit() -> Any:
        if request.endpoint == "spoolway.static":
            return None
        refused = guard.admit(settings.authorize)
        if refused is None and request.method == "POST":
            guard.requires_own_form()
        return refused

    @page.after_request
    def lock_down(response: Response) -> Response:
        return response if request.endpoint == "spoolway.static" else guard.lock_down(response)

    @page.get("/")
    def index() -> ResponseReturnValue:
        language = current_language()
        shown = _Shown(settings, language, build)
        response = make_response(render_template("spoolway/page.html", **shown.context()))
        response.headers["Content-Language"] = language.code
        return response, 503 if shown.trouble else 200

    @page.get("/live")
    def live() -> ResponseReturnValue:
        shown = _Shown(settings, current_language(), build)
        context = shown.context()
        sections = {name: render_template(f"spoolway/_{name}.html", **context) for name in SECTIONS}
        return jsonify(
            build=build,
            now=datetime.now(timezone.utc).isoformat(),
            poll=shown.page.poll_millis if shown.page else 3000,
            heading=render_template("spoolway/_heading.txt", **context).strip(),
            sections=sections,
        )

    @page.post("/check")
    def check() -> ResponseReturnValue:
        return _drop(settings, "check")

    @page.post("/plan")
    def plan() -> ResponseReturnValue:
        action = request.form.get("action", "")
        if action not in ("update", "rollback"):
            abort(400, "only an update or a rollback is planned here")
        return _drop(
            settings,
            action,
            version=request.form.get("version") or None,
            data=_data(),
            dry_run=True,
        )

    @page.post("/start")
    def start() -> ResponseReturnValue:
        planned = _planned(settings, request.form.get("plan", ""))
        later = _later()
        return _drop(
            settings,
            planned.action or "",
            version=planned.to,
            data=_data(),
            plan=planned.plan_sha256,
            not_before=later,
            expires=None if later is None else later + AFTER_ITS_TIME,
        )

    @page.post("/cancel")
    def cancel() -> ResponseReturnValue:
        identity = request.form.get("id", "")
        _guarded(lambda: settings.spool.cancel(identity, requested_by=settings.requested_by()))
        return _to(identity, {})

    @page.get("/log/<identity>")
    def log(identity: str) -> ResponseReturnValue:
        part = _guarded(lambda: settings.spool.log(identity, last=WHOLE_LOG))
        return Response(part.text, mimetype="text/plain")

    @page.get("/support/<identity>.zip")
    def bundle(identity: str) -> ResponseReturnValue:
        content = _guarded(lambda: support.bundle(settings.spool, identity))
        if content is None:
            abort(404)
        name = f"{settings.origin}-{identity}.zip"
        return Response(
            content,
            mimetype="application/zip",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    @page.errorhandler(SpoolError)
    def failed(error: SpoolError) -> ResponseReturnValue:
        return render_template(
            "spoolway/error.html", error=error, **_frame(current_language(), build)
        ), 503

    @page.errorhandler(InvalidArgument)
    @page.errorhandler(400)
    def refused(_: Exception) -> ResponseReturnValue:
        return render_template("spoolway/refused.html", **_frame(current_language(), build)), 400

    return page


def _guarded(look: Callable[[], Any]) -> Any:
    """What a malformed id in an address names is not there."""
    try:
        return look()
    except InvalidArgument:
        abort(404)


def _drop(settings: _Settings, action: str, **what: Any) -> ResponseReturnValue:
    if what.get("not_before") is None:
        what["expires"] = datetime.now(timezone.utc) + PATIENCE
    identity = settings.spool.drop(action, requested_by=settings.requested_by(), **what)
    is_plan = what.get("dry_run", False)
    return _to(identity, {name: what.get(name) for name in ("version", "data")} if is_plan else {})


def _to(identity: str, asked_with: dict[str, str | None]) -> ResponseReturnValue:
    """The page about a request; a plan's address keeps what it was asked for with."""
    values: dict[str, Any] = {"request": identity, **asked_with}
    return redirect(url_for("spoolway.index", **values), 303)


def _planned(settings: _Settings, identity: str) -> Result:
    """The plan that was shown, as the runner wrote it: of the form only its name is believed."""
    planned: Result | None = _guarded(lambda: settings.spool.result(identity))
    if planned is None or planned.state != "planned" or planned.plan_sha256 is None:
        abort(400, "there is no such plan any more")
    return planned


def _data() -> str | None:
    data = request.form.get("data") or None
    if data not in (None, "keep", "restore"):
        abort(400, "data are kept or restored")
    return data


def _later() -> datetime | None:
    if request.form.get("when") != "later":
        return None
    west = request.form.get("minutes_west", "")
    try:
        return quantities.next_time(
            request.form.get("time", ""), int(west) if west else None, datetime.now(timezone.utc)
        )
    except (ValueError, OverflowError):
        abort(400, "this is no time of day")


def _build() -> str:
    """Changes with whatever the browser holds of this package, so that a page left open renews
    itself."""
    here = Path(__file__).parent
    digest = hashlib.sha256()
    for file in sorted([*here.glob("static/*"), *here.glob("templates/**/*"), *here.glob("*.py")]):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _frame(language: Language, build: str) -> dict[str, Any]:
    """What each template may use."""
    return {
        "t": language.text,
        "language": language,
        "words": Words(language),
        "duration": lambda millis: quantities.duration(language, millis),
        "size": lambda count: language.kept_apart(quantities.size(count)),
        "moment": quantities.moment,
        "token_field": guard.FIELD,
        "token": guard.token,
        "application_token": guard.application_token,
        "build": build,
    }


class _Shown:
    """What one look at the spool shows; or, where that cannot be read, why."""

    def __init__(self, settings: _Settings, language: Language, build: str) -> None:
        self.settings = settings
        self.language = language
        self.build = build
        self.trouble: SpoolError | None = None
        self.page: Page | None = None
        try:
            self.page = self._look()
        except SpoolError as error:
            self.trouble = error

    def _look(self) -> Page:
        spool = self.settings.spool
        asked = request.args.get("request") or None
        result = _guarded(lambda: spool.result(asked)) if asked else None
        return Page.of(
            spool.status(),
            spool.results(),
            self.settings.origin,
            datetime.now(timezone.utc),
            asked,
            result,
        )

    def context(self) -> dict[str, Any]:
        return {
            **_frame(self.language, self.build),
            "page": self.page,
            "sections": SECTIONS,
            "now": datetime.now(timezone.utc),
            "home": f"{request.script_root}/",
            "trouble": self.trouble,
            "log_tail": self._log_tail(),
            "asked": {name: request.args[name] for name in ASKED if request.args.get(name)},
            "data": request.args.get("data"),
            "static_status": self.settings.static_status,
            "support_address": self.settings.support_address,
        }

    def _log_tail(self) -> str:
        focus = self.page.focus if self.page else None
        if focus is None or focus.result is None or focus.result.log is None:
            return ""
        try:
            return str(self.settings.spool.log(focus.id, last=LOG_TAIL).text)
        except SpoolError as error:
            return error.message
