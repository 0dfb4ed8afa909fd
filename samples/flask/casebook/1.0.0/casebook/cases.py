"""The cases: a list, a page for each, and a form."""

from __future__ import annotations

import re

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext
from flask_login import current_user, login_required
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from casebook.database import session
from casebook.models import Case, Tag

pages = Blueprint("cases", __name__)
COMMAS = re.compile("[,،]")
# What somebody writes may be in another script than the page.
EITHER_DIRECTION = {"dir": "auto"}


class CaseForm(FlaskForm):  # type: ignore[misc]
    title = StringField(
        lazy_gettext("Title"), [DataRequired(), Length(max=200)], render_kw=EITHER_DIRECTION
    )
    text = TextAreaField(
        lazy_gettext("What happened"), [DataRequired()], render_kw={**EITHER_DIRECTION, "rows": 10}
    )
    tags = StringField(
        lazy_gettext("Tags"),
        [Length(max=600)],
        description=lazy_gettext("Words that the case is found by, with commas between them"),
        render_kw=EITHER_DIRECTION,
    )


@pages.before_request
@login_required  # type: ignore[untyped-decorator]
def require_login() -> None:
    """Cases are for those who have an account."""


@pages.get("/")
def index() -> ResponseReturnValue:
    newest = select(Case).options(selectinload(Case.tags)).order_by(Case.id.desc())
    return render_template("cases.html", cases=session().scalars(newest).all())


@pages.get("/cases/<int:number>")
def show(number: int) -> ResponseReturnValue:
    return render_template("case.html", case=found(number))


@pages.route("/cases/new", methods=["GET", "POST"])
def write() -> ResponseReturnValue:
    form = CaseForm()
    if form.validate_on_submit():
        case = Case(author_id=current_user.id)
        session().add(case)
        return kept(case, form)
    return render_template("write.html", form=form, case=None)


@pages.route("/cases/<int:number>/edit", methods=["GET", "POST"])
def edit(number: int) -> ResponseReturnValue:
    case = found(number)
    names = ", ".join(tag.name for tag in case.tags)
    form = CaseForm(data={"title": case.title, "text": case.text, "tags": names})
    if form.validate_on_submit():
        return kept(case, form)
    return render_template("write.html", form=form, case=case)


def found(number: int) -> Case:
    case = session().get(Case, number)
    if case is None:
        abort(404)
    return case


def kept(case: Case, form: CaseForm) -> ResponseReturnValue:
    """Writes down what the form says, and shows it."""
    case.title = (form.title.data or "").strip()
    case.text = (form.text.data or "").strip()
    case.tags = tags(form.tags.data or "")
    session().commit()
    return redirect(url_for("cases.show", number=case.id), 303)


def tags(text: str) -> list[Tag]:
    """The tags of these names; new ones are made."""
    names = dict.fromkeys(filter(None, (name.strip()[:60] for name in COMMAS.split(text))))
    with session().no_autoflush:
        known = session().scalars(select(Tag).where(Tag.name.in_(names)))
        by_name = {tag.name: tag for tag in known}
    return [by_name.get(name) or Tag(name=name) for name in names]
