"""Bad input: one clear line each, the exit code of DESIGN §8, and everything readable in the same run still built."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from kg.lexicon import shipped
from tests.cli.conftest import ROOT, Kg, snapshot

GOOD = b'{"pmid": "77", "title": "CD19 CAR-T cells in five patients with SSc"}\n'
ARTICLE = (
    "<PubmedArticle><MedlineCitation><PMID>{}</PMID><Article><ArticleTitle>{}</ArticleTitle></Article>"
    "</MedlineCitation></PubmedArticle>"
)
_TENFOLD = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY e0 "ha">{_TENFOLD}]>'
    f"<PubmedArticleSet>{ARTICLE.format(1, '&e9;')}</PubmedArticleSet>"
)
SECRET = "a line of a file that no record may show"
WHOLE_SET = f"<PubmedArticleSet>{ARTICLE.format(5, 'CD19 in SLE')}</PubmedArticleSet>".encode()

# Name, content, what the line must say, PMIDs that can be read all the same.
CASES: dict[str, tuple[bytes, str, set[str]]] = {
    "empty.txt": (b"", "an empty file", set()),
    "blank.txt": (b" \n\n \n", "only blanks", set()),
    "diary.txt": (b"Dear diary, today I read about lupus.\n", "text of another kind", set()),
    "site.html": (b"<!doctype html><html><body><h1>Hello</h1></body></html>", "an HTML page", set()),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture", set()),
    "other.xml": (b"<recipe><title>Soup</title></recipe>", "XML of another kind (<recipe>)", set()),
    "broken.xml": (WHOLE_SET.removesuffix(b"</PubmedArticleSet>") + b"<PubmedArticle><Med", "well-formed XML", {"5"}),
    "crossed.xml": (WHOLE_SET.replace(b"</Article>", b"</Other>"), "well-formed XML", set()),
    "laughs.xml": (LAUGHS.encode(), "declares its own entities", set()),
    "cut.xml.gz": (gzip.compress(WHOLE_SET, mtime=0)[:-9], "gzip data", {"5"}),
    "noise.gz": (b"\x1f\x8b\x08" + bytes(range(200)), "gzip data", set()),
    "latin.jsonl": (
        '{"pmid": "8", "title": "Sjögren"}\n'.encode("latin-1") + b'{"pmid": "9", "title": "SLE"}\n',
        "line 1: expected UTF-8 text, got byte 0xf6",
        {"9"},
    ),
    "line.jsonl": (b'{"pmid": "9", "title": "SLE"}\n[1, 2]\n{"pmid": "10", "title": "RA"}\n', "line 2", {"9", "10"}),
    "untitled.jsonl": (b'{"pmid": "9", "title": "SLE"}\n{"pmid": "10"}\n', "line 2", {"9"}),
}


@pytest.fixture(autouse=True)
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: a folder `in` with one good record."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "zz_good.jsonl").write_bytes(GOOD)
    return tmp_path / "in"


def _pmids(kg: Kg, graph: str) -> set[str]:
    ran = kg("ask", "SELECT ?d { ?d a kg:Record }", "--graph", graph, "--json")
    assert ran.code == 0, ran.err
    return {row["d"]["value"].rpartition(":")[2] for row in json.loads(ran.out)["results"]["bindings"]}


@pytest.mark.parametrize("name", CASES)
def test_one_line_names_the_file_and_the_rest_is_built(kg: Kg, tmp_path: Path, inputs: Path, name: str) -> None:
    """Exit code 3; the line says file, what was expected and what came; records around the bad one are in the graph."""
    content, said, readable = CASES[name]
    (inputs / name).write_bytes(content)
    before = snapshot(tmp_path)
    ran = kg("build", "in", "--graph", "g")
    assert ran.code == 3, ran.err
    assert len(ran.messages) == 1
    assert ran.messages[0].startswith(f"kg: skipped: in/{name}: ")
    assert "expected " in ran.messages[0]
    assert said in ran.messages[0]
    assert _pmids(kg, "g") == {"77"} | readable
    assert snapshot(tmp_path, without=tmp_path / "g") == before


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case[2]])
def test_a_run_without_any_record_builds_no_release(kg: Kg, inputs: Path, name: str) -> None:
    """The bad input and the lack of any record are told, the run has failed, and nothing can be queried."""
    (inputs / name).write_bytes(CASES[name][0])
    ran = kg("build", f"in/{name}", "--graph", "g")
    assert (ran.code, ran.out) == (1, "")
    assert [message.partition(": expected")[0] for message in ran.messages] == [
        f"kg: skipped: in/{name}",
        f"kg: in/{name}",
    ]
    assert kg("stats", "--graph", "g").code == 1


def test_an_external_entity_is_not_read(kg: Kg, tmp_path: Path, inputs: Path) -> None:
    """A file that an entity points to shows up nowhere in the graph's folder."""
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    doctype = f'<!DOCTYPE PubmedArticleSet [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'
    (inputs / "outside.xml").write_text(
        f"<?xml version='1.0'?>{doctype}<PubmedArticleSet>{ARTICLE.format(3, 'Say &x; it')}</PubmedArticleSet>", "utf-8"
    )
    ran = kg("build", "in", "--graph", "g")
    assert ran.code == 3
    assert len(ran.messages) == 1
    assert "in/outside.xml: expected " in ran.messages[0]
    assert _pmids(kg, "g") == {"77"}
    text = kg("annotate", "in")
    assert SECRET not in text.out + text.err


def test_pubmeds_own_document_type_is_no_bomb(kg: Kg, inputs: Path) -> None:
    """NLM's DOCTYPE, which every PubMed file has, is read and nothing is fetched for it."""
    doctype = (
        '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN" '
        '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_240101.dtd">'
    )
    (inputs / "set.xml").write_bytes(b'<?xml version="1.0"?>' + doctype.encode() + WHOLE_SET)
    assert kg("build", "in", "--graph", "g").code == 0
    assert _pmids(kg, "g") == {"5", "77"}


@pytest.mark.parametrize(
    ("given", "got"), [("void", "none"), ("missing", "nothing there"), ("in\udcff", "nothing there")]
)
def test_an_input_with_nothing_in_it_is_named(kg: Kg, tmp_path: Path, given: str, got: str) -> None:
    """A folder without files and a path that is not there are each one line; the other inputs are built."""
    (tmp_path / "void").mkdir()
    ran = kg("build", given, "in", "--graph", "g")
    assert ran.code == 3
    assert len(ran.messages) == 1
    assert got in ran.messages[0]
    assert _pmids(kg, "g") == {"77"}


def test_a_folder_in_which_nothing_can_be_read_names_each_file(kg: Kg, tmp_path: Path) -> None:
    """Every file that is no record has its line."""
    (tmp_path / "notes").mkdir()
    for name in ("a.txt", "b.txt"):
        (tmp_path / "notes" / name).write_text("only a note\n", "utf-8")
    ran = kg("build", "notes", "--graph", "g")
    assert ran.code == 1
    assert [message.split(": ")[2] for message in ran.messages[:2]] == ["notes/a.txt", "notes/b.txt"]


def test_reading_a_bad_record_does_not_lose_the_good_ones_of_before(kg: Kg, inputs: Path) -> None:
    """A file that turns bad takes its own records along, and no others."""
    (inputs / "a.jsonl").write_bytes(b'{"pmid": "9", "title": "SLE"}\n')
    assert kg("build", "in", "--graph", "g").code == 0
    (inputs / "a.jsonl").write_bytes(b"no record any more\n")
    assert kg("build", "in", "--graph", "g").code == 3
    assert "77" in _pmids(kg, "g")


def test_annotate_skips_and_goes_on(kg: Kg, inputs: Path) -> None:
    """`kg annotate` prints what can be read and ends with 3."""
    (inputs / "a.txt").write_bytes(b"no record\n")
    ran = kg("annotate", "in")
    assert ran.code == 3
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["PMID:77"]
    assert len(ran.messages) == 1


# The most that the program itself held; getrusage would begin with what the tests held that started it.
_MEASURED = """
import sys
from pathlib import Path
from kg.cli import run
code = run(sys.argv[1:])
held = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
print(held, file=sys.stderr)
sys.exit(code)
"""


@pytest.mark.slow
@pytest.mark.parametrize("start", [b'{"pmid": "9", "title": "', b"PMID- 9\nTI  - ", b"Dear diary "])
def test_a_line_of_200_megabytes_is_refused_in_bounded_memory(
    kg: Kg, tmp_path: Path, inputs: Path, start: bytes
) -> None:
    """One line tells of it, the other file is built, and the process never holds more than 600 MB."""
    shipped("full")  # the first start after a change spells the vocabulary out, which takes more; not what is asked
    with (inputs / "long.txt").open("wb") as stream:
        stream.write(start)
        for _ in range(200):
            stream.write(b"lupus nephritis " * 65536)
    done = subprocess.run(
        [sys.executable, "-c", _MEASURED, "build", "in", "--graph", "g"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    *messages, kilobytes = done.stderr.splitlines()
    (inputs / "long.txt").unlink()
    assert done.returncode == 3, done.stderr
    assert len(messages) == 1
    assert messages[0].startswith("kg: skipped: in/long.txt: ")
    assert int(kilobytes) < 600_000
    assert _pmids(kg, "g") == {"77"}


def test_a_name_in_an_archive_cannot_forge_a_line(kg: Kg, tmp_path: Path) -> None:
    """Line breaks and escape sequences of a member's name are spelled out, so that each skipped record is one line."""
    with zipfile.ZipFile(tmp_path / "in.zip", "w") as packed:
        packed.writestr("a\nkg: all is well\x1b[2J.txt", "hello")
        packed.writestr("b.jsonl", GOOD)
    ran = kg("build", tmp_path / "in.zip", "--graph", tmp_path / "g")
    assert ran.code == 3
    (message,) = ran.messages
    assert r"in.zip!a\nkg: all is well\x1b[2J.txt: " in message
