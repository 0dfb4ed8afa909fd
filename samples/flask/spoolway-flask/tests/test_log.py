"""Logs, read in parts while they grow."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

import pytest
from spools import SpoolDirectory

from spoolway_client import InvalidArgument


def test_there_is_an_empty_log_before_there_is_one(tmp_path: Path) -> None:
    part = SpoolDirectory(tmp_path).client().log("spring")
    assert (part.text, part.start, part.end, part.size) == ("", 0, 0, 0)


def test_no_character_of_a_log_is_split(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    text = "aäb€c🙂d"
    content = text.encode()
    (spool.logs / "spring.log").write_bytes(content)
    for last in range(len(content) + 3):
        part = spool.client().log("spring", last=last)
        assert text.endswith(part.text)
        assert len(part.text.encode()) == part.end - part.start
        assert (part.end, part.size) == (len(content), len(content))
        assert part.end - part.start <= last
        assert last - (part.end - part.start) < 4 or part.start == 0


def test_a_log_is_read_on_from_where_the_last_part_ended(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    content = "aäb€c🙂d\n".encode() * 5 + b"\xff\x80\xe2\x82 broken \xf0\x9f\x99 end"
    for limit in range(4, 40):
        log = spool.logs / f"x{limit}.log"
        texts = []
        offset = 0
        for written in range(1, len(content) + 1):
            with open(log, "ab") as file:
                file.write(content[written - 1 : written])
            if written % 7 and written < len(content):
                continue
            while True:
                part = spool.client().log_from(f"x{limit}", offset, limit)
                assert part.start == offset
                if part.end == offset:
                    break
                texts.append(part.text)
                offset = part.end
        assert "".join(texts) == content.decode("utf-8", "replace")


def test_bytes_that_are_no_characters_are_replaced(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    (spool.logs / "spring.log").write_bytes(b"\x80\xff ok \x80")
    assert spool.client().log("spring").text == "\ufffd\ufffd ok \ufffd"


def test_a_log_that_has_become_shorter_is_at_its_end(tmp_path: Path) -> None:
    spool = SpoolDirectory(tmp_path)
    (spool.logs / "spring.log").write_bytes(b"abc")
    part = spool.client().log_from("spring", 100)
    assert (part.text, part.start, part.end, part.size) == ("", 3, 3, 3)


def test_no_place_of_a_log_is_negative(tmp_path: Path) -> None:
    client = SpoolDirectory(tmp_path).client()
    reads: list[Callable[[], object]] = [
        lambda: client.log("spring", last=-1),
        lambda: client.log_from("spring", -1),
        lambda: client.log_from("spring", 0, limit=3),
    ]
    for read in reads:
        with pytest.raises(InvalidArgument):
            read()
