"""JSON lines are read one by one, offsets to the character, and a bad line costs only itself."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from kg.documents import jsonl
from kg.documents.plain import scrub
from kg.errors import BadInput, BadRecord
from kg.model import Document


def read(data: bytes, *, record_bytes: int = 1_000_000) -> list[Document | BadInput]:
    return list(jsonl.read(io.BytesIO(data), origin="x.jsonl", record_bytes=record_bytes))


def one(**values: object) -> Document:
    (document,) = read(json.dumps(values).encode())
    assert isinstance(document, Document), document
    return document


def test_offsets_of_real_corpora_hold(shared: Path) -> None:
    """The text of every corpus record is kept to the character, in a document whose id gives the record's back."""
    count = 0
    for path in sorted((shared / "corpora").glob("*.jsonl.gz")):
        data = gzip.decompress(path.read_bytes())
        records = [json.loads(line) for line in data.splitlines()]
        for record, document in zip(records, read(data), strict=True):
            assert isinstance(document, Document)
            assert document.id.removeprefix("PMID:").removeprefix("record:") == record["id"]
            assert document.text == scrub(record["text"])
            count += len(record["mentions"])
    assert count > 10_000


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"id": "123"}, "PMID:123"),
        ({"id": 123}, "PMID:123"),
        ({"pmid": "123", "id": "9"}, "PMID:123"),
        ({"pmid": "123", "id": "123_4"}, "record:123_4"),
        ({"id": "ACTH-Deficiency"}, "record:ACTH-Deficiency"),
        ({"id": "record:a b/ü"}, "record:a b/ü"),
        ({"id": "PMID:123"}, "PMID:123"),
        ({"id": "DOI:10.5555/X"}, "DOI:10.5555/x"),
        ({"id": "PMC123"}, "PMCID:PMC123"),
        ({"doi": "https://doi.org/10.5555/X."}, "DOI:10.5555/x"),
        ({"id": "line-1", "doi": "10.5555/x"}, "DOI:10.5555/x"),
    ],
)
def test_record_is_named_by_its_paper_or_by_its_own_id(given: dict[str, object], expected: str) -> None:
    """Digits are a PMID; a part of a paper and an id of any other kind keep their own."""
    assert one(**given, title="T").id == expected


def test_text_that_begins_with_the_title_is_not_doubled() -> None:
    """`text` with the title in it counts from there; without it, it is the abstract."""
    assert one(title="On SSc", text="On SSc Of it.").text == "On SSc\nOf it."
    assert one(title="On SSc", text="Of it.").text == "On SSc\nOf it."
    assert one(title="", text=" Of it.").text == " Of it."
    assert one(title="On SSc", abstract=" Of  it. ", text="x").text == "On SSc\n Of  it. "


def test_metadata_are_kept() -> None:
    """Keywords as a list or a string, MeSH by number and by name, references as text and as objects."""
    document = one(
        pmid=7,
        title="T",
        abstract=[{"label": "AIM", "text": "A."}, "B."],
        year=2020,
        keywords="SSc; SLE",
        authors=["Lee A", {"first": "Tom", "last": "Moss"}],
        mesh=["D012595", {"ui": "D008180", "name": "Lupus", "major": True}, "Humans"],
        references=["Lee A. On SSc in mice. J Invent. 2020;1:2.", {"title": "On SLE in mice", "pmid": 8, "year": 2019}],
        publication_types=["Review"],
    )
    assert document.text.startswith("T\nAIM: A.\nB.\nSSc; SLE\n")
    assert (document.year, document.keywords, document.authors) == (2020, ("SSc", "SLE"), ("Lee A", "Tom Moss"))
    assert [(heading.ui, heading.name) for heading in document.mesh] == [
        ("D012595", "D012595"),
        ("D008180", "Lupus"),
        ("", "Humans"),
    ]
    assert [reference.ids.pmid for reference in document.references] == [None, "8"]


def test_lone_citation_is_the_cited_paper() -> None:
    """A line of a citing PMID and a citation is the cited paper, known by its citation; the citing one gives no
    document.
    """
    citation = "Lee A, Moss T. CAR-T cells in systemic sclerosis. J Invent. 2020;1:2."
    document = one(citing_pmid="1", citation=citation, cited_pmid="7", cited_doi=None)
    assert (document.id, document.title, document.text) == ("PMID:7", "CAR-T cells in systemic sclerosis", citation)
    assert [(section.kind, section.start, section.end) for section in document.sections] == [
        ("reference", 0, len(citation))
    ]
    assert document.references == ()


@pytest.mark.parametrize(
    ("line", "got"),
    [
        (b'{"pmid": "7", "title": }', "broken JSON (Expecting value at column 24)"),
        (b'{"title": "\xff"}', "byte 0xff at 11"),
        (b"[1]", "a list"),
        (b"7", "a bare value"),
        (b'{"pmid": "7"}', "neither title nor text"),
        (b'{"pmid": "x7", "title": "T"}', "'pmid' is 'x7', which is none"),
        (b'{"title": ["T"]}', "'title' is a list, not text"),
        (b'{"title": "T", "references": 7}', "'references' is a number, not a list"),
        (b'{"a":' * 100_000, "JSON nested too deeply"),
        (b'{"title": "T", "year": ' + b"9" * 5000 + b"}", "a number too long"),
    ],
)
def test_bad_line_costs_only_itself(line: bytes, got: str) -> None:
    """Whatever is wrong with a line, it is told with its number, and the lines around it are read."""
    first, bad, last = read(b'{"pmid": "1", "title": "T"}\n' + line + b'\n{"pmid": "2", "title": "T"}\n')
    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(bad, BadRecord)
    assert str(bad).startswith("x.jsonl: line 2: expected ")
    assert bad.got == got


def test_huge_line_is_skipped_without_being_held() -> None:
    """A line far over the limit is read in pieces, none larger than the limit, and the next line is read."""

    class Watched(io.BytesIO):
        largest = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            piece = super().readline(size)
            self.largest = max(self.largest, len(piece))
            return piece

    stream = Watched(b'{"title": "' + b"a" * 5_000_000 + b'"}\n{"pmid": "2", "title": "T"}')
    bad, good = jsonl.read(stream, origin="x.jsonl", record_bytes=100_000)
    assert isinstance(bad, BadRecord)
    assert bad.got == "5000014"
    assert isinstance(good, Document)
    assert stream.largest <= 100_001


@pytest.mark.parametrize(
    "text",
    [
        '[{"pmid":"1","title":"A"},{"pmid":"2","title":"Ü"}]',
        '[\n {"pmid": "1",\n "title": "A"},\n\n {"pmid": "2", "title": "Ü"}\n]\n',
    ],
)
def test_array_is_read_as_lines_are(text: str) -> None:
    """The objects of one array, on one line or many."""
    assert [item.id for item in read(text.encode()) if isinstance(item, Document)] == ["PMID:1", "PMID:2"]


def test_object_over_several_lines_is_read() -> None:
    """Indented objects that follow each other are records too."""
    found = read(b'{\n "pmid": "1",\n "title": "A"\n}\n{\n "pmid": "2",\n "title": "B"\n}\n')
    assert [item.id for item in found if isinstance(item, Document)] == ["PMID:1", "PMID:2"]


def test_broken_array_keeps_what_stands_before() -> None:
    """An array that breaks off gives its objects so far, and one BadRecord."""
    found = read(b'[{"pmid":"1","title":"A"},{"pmid":"2","ti')
    assert isinstance(found[0], Document)
    assert [str(bad) for bad in found[1:]] == [
        "x.jsonl: record 2: expected a JSON object with a title or a text, got broken JSON; the rest cannot be read"
    ]


def test_what_stands_behind_an_array_is_told_of() -> None:
    """A second list, or lines, after the first list's end; blanks are nothing."""
    found = read(b'[{"pmid":"1","title":"A"}]\n{"pmid":"2","title":"B"}\n')
    assert isinstance(found[0], Document)
    assert [str(bad) for bad in found[1:]] == [
        "x.jsonl: behind the list: expected the end, or one object a line, got more"
    ]
    assert all(isinstance(item, Document) for item in read(b'[{"pmid":"1","title":"A"}]\n \n'))


def test_array_longer_than_a_piece_is_read_whole() -> None:
    """An array of many pieces loses no object."""
    many = json.dumps([{"pmid": str(number), "title": "T" * 500} for number in range(1, 1001)]).encode()
    assert len([item for item in read(many) if isinstance(item, Document)]) == 1000


def test_lone_surrogates_are_replaced() -> None:
    """A lone surrogate in an escape becomes U+FFFD, and the offsets stay."""
    (document,) = read(b'{"title": "a\\ud800b", "abstract": "c\\u0000d"}')
    assert isinstance(document, Document)
    assert document.text == "a\N{REPLACEMENT CHARACTER}b\nc d"
