"""Raw records by origin, annotations by id, all or nothing."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import BadGraph
from kg.model import Document, Ids
from kg.records import Annotated, Records


def document(number: int, title: str = "T") -> Document:
    return Document(
        id=f"PMID:{number}",
        ids=Ids(pmid=str(number)),
        title=title,
        text=title,
        sections=(),
        format="jsonl",
        sha256=f"{number:03}{title}",
    )


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """New, empty records."""
    made = Records(tmp_path / "records.sqlite", create=True)
    yield made
    made.close()


def test_reading_an_input_again_replaces_what_it_brought(records: Records) -> None:
    """A record that the input lost is gone; one that another input also brought stays."""
    records.put_raw("a.jsonl", [document(1), document(2), document(3)])
    records.put_raw("b.jsonl", [document(2)])
    assert records.put_raw("a.jsonl", [document(1)]) == 1
    assert [one.id for one in records.raw()] == ["PMID:1", "PMID:2"]
    assert records.origins() == ("a.jsonl", "b.jsonl")


def test_the_same_record_of_two_inputs_is_kept_once(records: Records) -> None:
    """And forgotten with the last of them."""
    records.put_raw("a", [document(1)])
    records.put_raw("b", [document(1)])
    assert len(list(records.raw())) == 1
    records.drop_origin("a")
    assert len(list(records.raw())) == 1
    records.drop_origin("b")
    assert list(records.raw()) == []


def test_order_of_inputs_does_not_matter(tmp_path: Path) -> None:
    """Raw records come in an order of their own."""
    found = []
    for order in ((1, 2, 3), (3, 1, 2)):
        made = Records(tmp_path / f"{order[0]}.sqlite", create=True)
        for number in order:
            made.put_raw(f"{order.index(number)}", [document(number)])
        found.append(list(made.raw()))
        made.close()
    assert found[0] == found[1]


def test_an_error_while_reading_leaves_what_was(records: Records) -> None:
    """Half an input is none."""

    def broken() -> Iterator[Document]:
        yield document(2)
        raise ValueError("torn")

    records.put_raw("a", [document(1)])
    with pytest.raises(ValueError, match="torn"):
        records.put_raw("a", broken())
    assert [one.id for one in records.raw()] == ["PMID:1"]


def test_annotations_come_by_id_and_are_replaced(records: Records) -> None:
    """The bytes come back as they were put; the keys say what need not be done again."""
    one, two = (Annotated(id=i, input="i", annotator="a", annotation=i.encode()) for i in ("PMID:1", "DOI:10.1/x"))
    records.put_annotations([one, two])
    records.put_annotations([Annotated(id="PMID:1", input="j", annotator="a", annotation=b"new")])
    assert list(records.annotations()) == [b"DOI:10.1/x", b"new"]
    assert records.annotation_keys() == {"PMID:1": ("j", "a"), "DOI:10.1/x": ("i", "a")}
    assert records.annotation("PMID:1") == b"new"
    assert records.annotation("PMID:9") is None
    records.drop_annotations(["PMID:1"])
    assert list(records.annotations()) == [b"DOI:10.1/x"]


def test_another_database_is_not_touched(tmp_path: Path) -> None:
    """A database of some other program is refused and stays as it is."""
    path = tmp_path / "records.sqlite"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE diary (entry TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(BadGraph, match="another database"):
        Records(path, create=True)
    assert path.read_bytes() == before


def test_what_is_no_database_is_one_line(tmp_path: Path) -> None:
    """Damaged, or missing where it must be there."""
    path = tmp_path / "records.sqlite"
    path.write_bytes(b"not a database at all" * 100)
    with pytest.raises(BadGraph, match="records"):
        Records(path)
    with pytest.raises(BadGraph, match="records"):
        Records(tmp_path / "none.sqlite")
    assert not (tmp_path / "none.sqlite").exists()


_KILLED = """
import os, signal, sys
from pathlib import Path
from kg.records import Records
from tests.test_records import document
records = Records(Path(sys.argv[1]))
def documents():
    yield document(2)
    os.kill(os.getpid(), signal.SIGKILL)
records.put_raw("a", documents())
"""


def test_a_killed_process_loses_only_what_it_was_writing(tmp_path: Path) -> None:
    """SIGKILL inside a transaction leaves the state before it."""
    path = tmp_path / "records.sqlite"
    records = Records(path, create=True)
    records.put_raw("a", [document(1)])
    records.close()
    root = Path(__file__).resolve().parent.parent
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(path)], cwd=root, env={**os.environ, "PYTHONPATH": "."})
    assert killed.returncode == -signal.SIGKILL
    again = Records(path)
    assert [one.id for one in again.raw()] == ["PMID:1"]
    again.put_raw("a", [document(3)])
    assert [one.id for one in again.raw()] == ["PMID:3"]
    again.close()
