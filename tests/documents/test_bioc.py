"""BioC in XML and JSON: titles, abstracts, legends and references by their infons; corpora to the character."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kg.documents import bioc, formats
from kg.errors import BadInput, BadRecord
from kg.model import Document
from kg.sources.files import Raw, open_inputs

FIXTURE = Path(__file__).resolve().parents[1] / "fixtures" / "records" / "bioc_pmc.json"
TITLE, ABSTRACT = "On  SSc, a study.", " Two  blanks stay. So does CD19\u207a."


def read(data: bytes) -> list[Document | BadInput]:
    return list(bioc.read(io.BytesIO(data), origin="given"))


def documents(data: bytes) -> list[Document]:
    found = read(data)
    assert all(isinstance(one, Document) for one in found), found
    return [one for one in found if isinstance(one, Document)]


def xml(*passages: str, identifier: str = "99100031", source: str = "PubMed") -> bytes:
    """A collection of one document."""
    inner = f"<document><id>{identifier}</id>{''.join(passages)}</document>"
    return f"<!DOCTYPE collection SYSTEM 'BioC.dtd'><collection><source>{source}</source>{inner}</collection>".encode()


def passage(kind: str, text: str, offset: int = 0) -> str:
    return f"<passage><infon key='type'>{kind}</infon><offset>{offset}</offset><text>{text}</text></passage>"


def plain(**more: object) -> dict[str, object]:
    """A document as PubTator has it."""
    return {
        "id": "99100031",
        "passages": [
            {"infons": {"type": "title"}, "offset": 0, "text": TITLE, "annotations": []},
            {"infons": {"type": "abstract"}, "offset": len(TITLE) + 1, "text": ABSTRACT, "annotations": []},
        ],
        **more,
    }


FORMS = {
    "xml": xml(passage("title", TITLE), passage("abstract", ABSTRACT)),
    "collection": json.dumps({"source": "PubMed", "documents": [plain()]}).encode(),
    "indented": json.dumps({"source": "PubMed", "infons": {}, "documents": [plain()]}, indent=1).encode(),
    "list": json.dumps([{"source": "PubMed", "documents": [plain()]}]).encode(),
    "pubtator": json.dumps({"PubTator3": [plain(_id="99100031|None", infons={})]}).encode(),
    "line": json.dumps(plain()).encode() + b"\n",
    "mark": b"\xef\xbb\xbf" + json.dumps(plain()).encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same_to_the_character(form: str) -> None:
    """So that the offsets of a corpus hold: title, a newline, abstract, blanks and the title's full stop kept."""
    assert formats.recognise(FORMS[form]) == ("bioc", bioc)
    (document,) = documents(FORMS[form])
    assert (document.id, document.title) == ("PMID:99100031", TITLE)
    assert document.text == f"{TITLE}\n{ABSTRACT}"


def test_full_text_of_pubmed_central_gives_front_abstract_legends_and_references() -> None:
    """Metadata from the infons; the introduction and the heading of the list stand nowhere."""
    (document,) = documents(FIXTURE.read_bytes())
    assert document.ids.curies == ("PMID:99100022", "DOI:10.5555/invent.22", "PMCID:PMC99100022")
    assert (document.year, document.volume, document.issue, document.pages) == (2024, "12", "4", "40-44")
    assert document.authors == ("Edda Ravn", "B B Quist")
    assert document.keywords == ("lupus nephritis", "CD20")
    parts = [(part.kind, part.label, document.text[part.start : part.end]) for part in document.sections]
    assert parts == [
        ("title", "", "Obinutuzumab in lupus nephritis: an invented trial"),
        ("abstract", "Methods", "Methods: Ten patients received obinutuzumab."),
        ("abstract", "", "Nobody was harmed."),
        ("keywords", "", "lupus nephritis; CD20"),
        ("figure", "F1", "Proteinuria over time. Bars: range."),
        ("reference", "1", "J Doe. B cells in lupus nephritis. Invent Med. 2019;3:7-9."),
    ]
    (reference,) = document.references
    assert (reference.title, reference.year, reference.journal) == ("B cells in lupus nephritis", 2019, "Invent Med")
    assert reference.ids.curies == ("PMID:99100901",)
    assert document.text[reference.title_start : reference.title_end] == reference.title


@pytest.mark.parametrize(
    ("identifier", "source", "expected"),
    [
        ("7", "PubMed", "PMID:7"),
        ("99100031", "a corpus of our own", "PMID:99100031"),
        ("99100031", "PMC", "PMCID:PMC99100031"),
        ("PMC99100031", "somewhere", "PMCID:PMC99100031"),
        ("10.5555/x", "somewhere", "DOI:10.5555/x"),
        ("1", "made up", "record:1"),
        ("doc-1", "PubMed", "record:doc-1"),
    ],
)
def test_the_id_is_what_the_collection_says_it_is(identifier: str, source: str, expected: str) -> None:
    """A small number is a PMID only where the collection comes from PubMed."""
    (document,) = documents(xml(passage("title", "T"), identifier=identifier, source=source))
    assert document.id == expected


def test_pubtators_infons_are_read() -> None:
    """The journal's name ends where its year begins."""
    record = plain()
    record["passages"] = [
        {
            "infons": {
                "type": "title",
                "journal": "Invent Med; 2020 01 05 3 (1) 7-9. doi:10.5555/y",
                "year": "2020",
                "authors": "Doe J, Roe R, ",
                "article-id_pmc": "PMC99100031",
                "volume": None,
            },
            "text": "T",
        }
    ]
    (document,) = documents(json.dumps({"PubTator3": [record]}).encode())
    assert (document.journal, document.year, document.authors) == ("Invent Med", 2020, ("Doe J", "Roe R"))
    assert (document.ids.pmcid, document.volume) == ("PMC99100031", None)


def test_sentences_make_the_text_where_a_passage_has_none() -> None:
    """With the blanks between them that their offsets leave."""
    sentences = (
        "<sentence><offset>10</offset><text>One.</text></sentence>"
        "<sentence><offset>16</offset><text>Two.</text></sentence>"
        "<sentence><offset>20</offset><text>Three.</text></sentence>"
    )
    inner = f"<passage><infon key='type'>abstract</infon><offset>10</offset>{sentences}</passage>"
    (document,) = documents(xml(passage("title", "T"), inner))
    assert document.text == "T\nOne.  Two.Three."


def test_text_of_an_unnamed_kind_is_read_where_nothing_has_a_kind() -> None:
    """Corpora of plain sentences say nothing of their passages; a paragraph of a full text is left."""
    bare = "<passage><offset>0</offset><text>SSc is rare.</text></passage>"
    (document,) = documents(xml(bare, source="sentences", identifier="s1"))
    assert (document.title, document.text.strip()) == ("", "SSc is rare.")
    (left,) = read(xml(passage("paragraph", "Rituximab was given.")))
    assert isinstance(left, BadRecord)


def test_a_broken_document_costs_only_itself() -> None:
    """A wrong kind of value, an empty document, and a line that is none."""
    empty = {"id": "2", "passages": []}
    wrong = {"id": "3", "passages": [{"text": 5}]}
    lines = [json.dumps(one).encode() for one in (plain(), empty, wrong, plain())]
    for data in (b"\n".join(lines), b'{"documents": [' + b",".join(lines) + b"]}"):
        assert [type(one) for one in read(data)] == [Document, BadRecord, BadRecord, Document]
    found = read(lines[0] + b"\n{not json}\n" + lines[3])
    assert [type(one) for one in found] == [Document, BadRecord, Document]


def test_deep_and_broken_json_is_told() -> None:
    """Neither a stack nor the program ends."""
    for data in (b'{"documents": [' + b"[" * 100_000, b'{"documents": [', b'{"documents": 3}', b'[{"passages": 1}]'):
        assert [isinstance(one, BadInput) for one in read(data)] == [True]


def test_plain_records_stay_json_lines() -> None:
    """An abstract that speaks of passages is no BioC."""
    record = json.dumps({"pmid": "7", "title": 'He said "passages": [1]', "abstract": '"documents": [x]'}).encode()
    known = formats.recognise(record)
    assert known is not None
    assert known[0] == "jsonl"


def test_every_shared_collection_is_read(shared: Path) -> None:
    """Each file is told as BioC; documents without a word in them are reported, one by one."""
    empty = 0
    for raw in open_inputs([str(shared / "samples" / "bioc")], record_bytes=50_000_000):
        assert isinstance(raw, Raw)
        assert formats.recognise(raw.head) == ("bioc", bioc), raw.origin
        with raw.open() as stream:
            found = list(bioc.read(stream, origin=raw.origin))
        assert found
        assert all(isinstance(one, (Document, BadRecord)) for one in found), raw.origin
        if not any(isinstance(one, Document) for one in found):
            empty += 1
    # Two files of annotations without their texts, and one of tokens.
    assert empty == 3


def test_xml_and_json_of_one_collection_are_the_same_records(shared: Path) -> None:
    """As their makers say they are."""
    folder = shared / "samples" / "bioc"
    texts = [
        [one.text for one in documents((folder / f"collection.{suffix}").read_bytes())] for suffix in ("xml", "json")
    ]
    assert texts[0] == texts[1]
    assert len(texts[0]) == 10
