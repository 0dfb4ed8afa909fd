"""Who is logged in, and what that allows."""

from __future__ import annotations

from functools import wraps
from typing import Callable, TypeVar
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, url_for
from flask import session as browser
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_login import LoginManager, current_user, login_required, login_user, logout_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from werkzeug import Response
from werkzeug.security import check_password_hash, generate_password_hash
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from casebook.database import session
from casebook.models import User

pages = Blueprint("accounts", __name__)
View = TypeVar("View", bound=Callable[..., ResponseReturnValue])

# So that a name that nobody has takes as long as one that somebody has.
NOBODYS_PASSWORD = generate_password_hash("")


class LoginForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        lazy_gettext("Name"), [InputRequired()], render_kw={"autocomplete": "username"}
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired()],
        render_kw={"autocomplete": "current-password"},
    )


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.login_view = "accounts.login"
    manager.login_message = lazy_gettext("Log in first.")

    @manager.user_loader  # type: ignore[untyped-decorator]
    def load(number: str) -> User | None:
        return session().get(User, int(number))


def is_admin() -> bool:
    """Whether an admin asks."""
    return bool(current_user.is_authenticated and current_user.is_admin)


def may_update() -> bool | Response:
    """Whether an admin asks; whoever is not logged in is led to where one does that."""
    if not current_user.is_authenticated:
        return redirect(url_for("accounts.login", next=request.full_path))
    return is_admin()


def name_of_user() -> str:
    """The name of who asks."""
    return str(current_user.name)


def admin_required(view: View) -> View:
    @wraps(view)
    @login_required  # type: ignore[untyped-decorator]
    def guarded(*arguments: object, **named: object) -> ResponseReturnValue:
        if not is_admin():
            abort(403)
        return view(*arguments, **named)

    return guarded  # type: ignore[return-value]


@pages.route("/login", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    form = LoginForm()
    if form.validate_on_submit():
        user = session().scalar(select(User).where(User.name == form.name.data))
        password = form.password.data or ""
        if user is None:
            check_password_hash(NOBODYS_PASSWORD, password)
        elif user.has_password(password):
            begin_anew()
            login_user(user)
            return redirect(own_page(request.args.get("next")), 303)
        flash(gettext("There is no such account, or the password is another."), "problem")
    return render_template("login.html", form=form)


def begin_anew() -> None:
    """Nothing that was begun in this browser goes on with somebody else, such as the token of a
    form; only the language does."""
    language = browser.get("language")
    browser.clear()
    if language is not None:
        browser["language"] = language


def own_page(address: str | None) -> str:
    """The page of this application that is named, or its first one."""
    parts = urlsplit(address or "")
    path = parts.path
    # To a browser, what two slashes or a backslash begin is another host.
    if parts.scheme or parts.netloc or path[:1] != "/" or path[:2] == "//" or "\\" in path:
        return url_for("cases.index")
    return parts.geturl()


@pages.post("/logout")
@login_required  # type: ignore[untyped-decorator]
def logout() -> ResponseReturnValue:
    logout_user()
    begin_anew()
    return redirect(url_for("accounts.login"), 303)
