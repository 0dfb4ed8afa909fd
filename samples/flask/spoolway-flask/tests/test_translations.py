"""Whether each language says all that the page says."""

from __future__ import annotations

import gettext
import re
import subprocess
import sys
from pathlib import Path

import pytest

from spoolway_flask.language import DOMAIN, SHIPPED, Language
from spoolway_flask.words import REASONS, STATES, STEPS, Words

PROJECT = Path(__file__).parents[1]
CATALOGUES = sorted(SHIPPED.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))


def test_every_message_is_translated_and_compiled() -> None:
    done = subprocess.run(
        [sys.executable, PROJECT / "translate", "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parts[-3])
def test_what_is_filled_in_is_the_same_in_each_language(path: Path) -> None:
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    for message in re.findall(
        r'^msgid "(.*)"$', path.with_suffix(".po").read_text("utf-8"), re.MULTILINE
    ):
        names = sorted(re.findall(r"%\((\w+)\)s", message))
        assert sorted(re.findall(r"%\((\w+)\)s", catalogue.gettext(message))) == names, message


def test_there_is_a_language_that_is_written_from_right_to_left() -> None:
    assert any(
        Language(path.parts[-3], gettext.NullTranslations()).direction == "rtl"
        for path in CATALOGUES
    )


def test_the_page_has_words_for_all_that_the_runner_says() -> None:
    """The contract beside this project names them; a copy of the package alone has nothing to
    compare with."""
    main = PROJECT.parents[2] / "runner" / "src" / "main" / "java" / "org" / "spoolway"
    if not main.is_dir():
        pytest.skip("there is no runner beside this copy of the project")
    states = (
        PROJECT.parents[2]
        / "queue-schema/src/main/resources/org/spoolway/schema/result.schema.json"
    ).read_text("utf-8")
    assert all(f'"{state}"' in states for state in STATES)
    named = set()
    for file in (main / "step").glob("*.java"):
        named |= set(
            re.findall(r'String name\(\) \{\s*return "([a-z-]+)";', file.read_text("utf-8"))
        )
    assert len(named) > 20 and named <= set(STEPS)
    codes = set(
        re.findall(
            r"^  ([A-Z_]+)\(", (main / "problem" / "Problem.java").read_text("utf-8"), re.MULTILINE
        )
    )
    assert len(codes) > 40 and set(REASONS) <= codes


def test_what_is_unknown_is_shown_as_it_came() -> None:
    words = Words(Language("en", gettext.NullTranslations()))
    assert (
        words.step("polish") == "polish"
        and words.state("odd") == "odd"
        and words.reason("NEW") == ""
    )
