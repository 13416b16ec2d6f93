"""Tables as files: what a spreadsheet, a parser and a Markdown reader make of them."""

from __future__ import annotations

import csv
import io
import json

import pytest

from kg.query import Table
from kg.web.tables import to_csv, to_json, to_markdown


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_text_is_a_formula(start: str) -> None:
    """A text that a spreadsheet would run begins with an apostrophe instead."""
    (_, (cell,)) = csv.reader(io.StringIO(to_csv(Table(("a",), ((f"{start}1+1",),))), newline=""))
    assert cell == f"'{start}1+1"


def test_numbers_stay_numbers() -> None:
    """A negative number is data, not a formula."""
    assert to_csv(Table(("a", "b"), ((-1, -0.5),))) == "a,b\r\n-1,-0.5\r\n"


def test_quotes_breaks_and_holes_survive() -> None:
    """What goes into CSV and JSON comes out again; a hole is empty in one and null in the other."""
    table = Table(("a", "b", "c"), (('x "y", z\nw', None, True),))
    assert list(csv.reader(io.StringIO(to_csv(table), newline="")))[1] == ['x "y", z\nw', "", "true"]
    assert json.loads(to_json(table)) == [{"a": 'x "y", z\nw', "b": None, "c": True}]


def test_markdown_has_one_line_a_row() -> None:
    """Breaks, pipes and markup in a cell stay inside the cell."""
    lines = to_markdown(Table(("a",), (("x|y\n<script>[a](javascript:b)",),))).splitlines()
    assert lines[2] == "| x\\|y &lt;script&gt;\\[a\\](javascript:b) |"
