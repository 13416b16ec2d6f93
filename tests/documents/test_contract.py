"""What every format's plugin keeps to, whatever it reads."""

from __future__ import annotations

import gzip
import io
import random
from pathlib import Path

import pytest

from kg.documents import formats
from kg.errors import BadInput, BadRecord
from kg.model import Document
from kg.plugins import DocumentFormat, discover
from kg.resources import folder
from kg.sources.files import Raw, open_inputs

ROOT = Path(__file__).resolve().parents[2]
PLUGINS = discover("kg.documents", DocumentFormat)

# An invented record in each format, with letters outside of ASCII and of the basic plane.
SAMPLES: dict[str, bytes] = {
    "bioc": "<collection><source>PubMed</source><document><id>99100010</id><passage><infon key='type'>title</infon>"
    "<offset>0</offset><text>Sjögren 𝛼</text></passage><passage><infon key='type'>abstract</infon><offset>10</offset>"
    "<text>CD19⁺ cells: naïve 😀 SSc.</text></passage></document></collection>".encode(),
    "jats": "<article article-type='research-article'><front><article-meta><article-id pub-id-type='pmid'>99100010"
    "</article-id><title-group><article-title>Sjögren 𝛼</article-title></title-group><abstract><p>CD19⁺ cells: naïve "
    "😀 SSc.</p></abstract></article-meta></front></article>".encode(),
    "jsonl": '{"pmid": "99100010", "title": "Sjögren 𝛼", "abstract": "CD19⁺ cells: naïve 😀 SSc."}\n'.encode(),
    "medline": "PMID- 99100010\nOWN - NLM\nTI  - Sjögren 𝛼.\nAB  - CD19⁺ cells: naïve 😀\n      SSc.\nMH  - "
    "*Scleroderma, Systemic/therapy\n".encode(),
    "pubmed_html": (ROOT / "tests/fixtures/records/page.html").read_bytes(),
    "pubmed_page": (ROOT / "tests/fixtures/records/page_full_header.txt").read_bytes(),
    "pubmed_text": "1. J Invent. 2020 May;1(2):3-4. doi: 10.5555/x.\n\nSjögren 𝛼.\n\nOberg Å(1), Lee "
    "B.\n\nAuthor information:\n(1)Nowhere.\n\nCD19⁺ cells: naïve 😀 \nSSc.\n\nPMID: 99100010\n".encode(),
    "pubmed_xml": (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>99100010</PMID><Article><ArticleTitle>Sjögren "
        "𝛼.</ArticleTitle>"
        "<Abstract><AbstractText>CD19⁺ cells: naïve 😀 "
        "SSc.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    ).encode(),
    "pubtator": "99100010|t|Sjögren 𝛼\n99100010|a|CD19⁺ cells: naïve 😀 "
    "SSc.\n99100010\t0\t7\tSjögren\tDisease\tD012859\n\n".encode(),
}
each = pytest.mark.parametrize("name", sorted(PLUGINS))


def read(name: str, data: bytes, *, record_bytes: int = 50_000_000) -> list[Document | BadInput]:
    return list(PLUGINS[name].read(io.BytesIO(data), origin="given", record_bytes=record_bytes))


@each
def test_sample_is_recognised_by_its_format_alone(name: str) -> None:
    """No two formats claim the same bytes."""
    assert [other for other, plugin in PLUGINS.items() if plugin.recognises(SAMPLES[name])] == [name]


@each
def test_sections_lie_in_the_text_in_order(name: str) -> None:
    """Sections follow each other without overlap; the title's and each reference's offsets give their text."""
    (document,) = read(name, SAMPLES[name])
    assert isinstance(document, Document)
    assert document.format == name
    ends = 0
    for section in document.sections:
        assert section.start >= ends
        ends = section.end
    assert ends == len(document.text)
    first = document.sections[0]
    assert document.text[first.start : first.end] == document.title
    for reference in document.references:
        assert document.text[reference.start : reference.end] == reference.citation
        assert reference.title is None or document.text[reference.title_start : reference.title_end] == reference.title


@pytest.mark.parametrize("name", sorted(set(PLUGINS) - {"pubmed_page", "pubmed_html"}))
def test_offsets_count_code_points(name: str) -> None:
    """Letters outside of the basic plane count one each."""
    (document,) = read(name, SAMPLES[name])
    assert isinstance(document, Document)
    assert document.title == "Sjögren 𝛼"
    assert document.text == "Sjögren 𝛼\nCD19⁺ cells: naïve 😀 SSc."
    abstract = document.sections[1]
    assert (abstract.start, abstract.end) == (10, 35)
    assert document.id == "PMID:99100010"


@each
def test_same_bytes_give_the_same_document(name: str) -> None:
    """Reading twice gives equal documents."""
    assert read(name, SAMPLES[name]) == read(name, SAMPLES[name])


@each
def test_empty_input_raises_nothing(name: str) -> None:
    """An empty stream gives no document, and at most one BadInput."""
    found = read(name, b"")
    assert not any(isinstance(one, Document) for one in found)
    assert len(found) <= 1
    assert not PLUGINS[name].recognises(b"")


@each
def test_rubbish_raises_nothing(name: str) -> None:
    """Random bytes are recognised by none and give no document and no other exception."""
    rubbish = random.Random(1).randbytes(5000)
    assert not PLUGINS[name].recognises(rubbish)
    assert all(isinstance(one, BadInput) for one in read(name, rubbish))


@each
def test_cut_record_raises_nothing(name: str) -> None:
    """A record cut at any place gives documents and BadInputs only."""
    data = SAMPLES[name]
    for end in range(0, len(data), max(1, len(data) // 60)):
        PLUGINS[name].recognises(data[:end])
        assert all(isinstance(one, (Document, BadInput)) for one in read(name, data[:end]))


@each
def test_too_large_record_is_a_bad_input(name: str) -> None:
    """A record over the limit is reported and gives no document."""
    found = read(name, SAMPLES[name], record_bytes=10)
    assert found
    assert all(isinstance(one, BadInput) for one in found)


@each
def test_cut_compression_ends_in_one_bad_input(name: str, tmp_path: Path) -> None:
    """The reader of a truncated gzip ends with a BadInput that names the file."""
    packed = gzip.compress(SAMPLES[name] + random.Random(2).randbytes(200_000).hex().encode(), mtime=0)
    path = tmp_path / "cut.gz"
    path.write_bytes(packed[: len(packed) - 5000])
    (raw,) = open_inputs([str(path)], record_bytes=50_000_000)
    assert isinstance(raw, Raw)
    with raw.open() as stream:
        found = list(PLUGINS[name].read(stream, origin=raw.origin))
    assert isinstance(found[-1], BadInput)
    # What stands behind an XML document's end is an error before the cut comes.
    assert "truncated" in str(found[-1]) or name in ("pubmed_xml", "jats", "bioc")


def test_unknown_bytes_are_named() -> None:
    """What no format reads is told apart: blanks, HTML, MeSH, other XML, PDF, binary, text."""
    got = {
        b" \n": "only blanks",
        b"<html><p>x": "an HTML page that is no PubMed article's",
        b"<?xml version='1.0'?><QualifierRecordSet>": "MeSH vocabulary in XML (<QualifierRecordSet>)",
        b"<svg>": "XML of another kind (<svg>)",
        b"%PDF-1.7": "a PDF",
        bytes(range(256)): "binary data",
        b"Dear Sir or Madam": "text of another kind",
    }
    for head, words in got.items():
        assert formats.recognise(head) is None
        assert formats.unknown(head, origin="x").got == words


def test_shared_samples_are_read_or_reported(shared: Path) -> None:
    """Every real sample of a known kind gives documents; the four MeSH files and the old ASN.1 page are reported."""
    refused = set()
    folders = ("pubmed_xml", "medline_nbib", "pubmed_abstract_txt", "html", "abstracts", "jats")
    for raw in open_inputs([str(shared / "samples" / name) for name in folders], record_bytes=50_000_000):
        assert isinstance(raw, Raw)
        known = formats.recognise(raw.head)
        if known is None:
            refused.add(Path(raw.origin).name)
            continue
        with raw.open() as stream:
            found = list(known[1].read(stream, origin=raw.origin))
        assert any(isinstance(one, Document) for one in found), raw.origin
        assert all(isinstance(one, (Document, BadRecord)) for one in found), raw.origin
    assert refused == {
        "mesh_desc_sample.xml",
        "mesh_pa_sample.xml",
        "mesh_qual_sample.xml",
        "mesh_supp_sample.xml",
        "pubmed3.html",
    }


@pytest.mark.parametrize(("name", "count"), [("records", 10), ("studies", 24)])
def test_examples_are_read_whole(name: str, count: int) -> None:
    """The examples give these many documents and nothing that cannot be read."""
    documents: list[Document | BadInput] = []
    for raw in open_inputs([str(folder("examples") / name)], record_bytes=50_000_000):
        assert isinstance(raw, Raw)
        known = formats.recognise(raw.head)
        assert known is not None
        with raw.open() as stream:
            documents += list(known[1].read(stream, origin=raw.origin))
    read = [one for one in documents if isinstance(one, Document)]
    assert len(read) == len(documents) == count
    assert all(one.id.startswith(("PMID:990000", "DOI:10.5555/")) for one in read)
