"""The accounts, for admins."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy import select
from wtforms import PasswordField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from casebook.accounts import admin_required
from casebook.database import session
from casebook.models import ADMIN, MEMBER, User

pages = Blueprint("users", __name__, url_prefix="/users")
ROLES = {MEMBER: lazy_gettext("Member"), ADMIN: lazy_gettext("Admin")}


class UserForm(FlaskForm):  # type: ignore[misc]
    name = StringField(
        lazy_gettext("Name"), [DataRequired(), Length(max=80)], render_kw={"autocomplete": "off"}
    )
    password = PasswordField(
        lazy_gettext("Password"),
        [InputRequired(), Length(min=10)],
        render_kw={"autocomplete": "new-password"},
    )
    role = SelectField(lazy_gettext("Role"), choices=list(ROLES.items()))

    def validate_name(self, field: StringField) -> None:
        if session().scalar(select(User).where(User.name == field.data)) is not None:
            raise ValidationError(gettext("There is such an account already."))


@pages.route("/", methods=["GET", "POST"])
@admin_required
def index() -> ResponseReturnValue:
    form = UserForm()
    if form.validate_on_submit():
        user = User(name=form.name.data, role=form.role.data)
        user.set_password(form.password.data or "")
        session().add(user)
        session().commit()
        flash(gettext("%(name)s can log in now.", name=user.name))
        return redirect(url_for("users.index"), 303)
    everybody = session().scalars(select(User).order_by(User.name)).all()
    return render_template("users.html", form=form, users=everybody, roles=ROLES)


@pages.post("/<int:number>/role")
@admin_required
def change_role(number: int) -> ResponseReturnValue:
    user = another_user(number)
    role = request.form.get("role", "")
    if role not in ROLES:
        abort(400)
    user.role = role
    session().commit()
    return redirect(url_for("users.index"), 303)


@pages.post("/<int:number>/remove")
@admin_required
def remove(number: int) -> ResponseReturnValue:
    user = another_user(number)
    session().delete(user)
    session().commit()
    flash(gettext("The account %(name)s is gone; its cases stay.", name=user.name))
    return redirect(url_for("users.index"), 303)


def another_user(number: int) -> User:
    """The user of this number. Nobody changes an own account here, so that one admin stays."""
    user = session().get(User, number)
    if user is None:
        abort(404)
    if user.id == current_user.id:
        abort(403)
    return user
