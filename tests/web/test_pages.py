"""The pages of a real server, with a record whose text tries to break out of them."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import httpx
import pytest

if TYPE_CHECKING:
    from tests.web.conftest import Served

BROWSER = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}
PATHS = [
    "/",
    "/document/PMID:7",
    "/term/MONDO:0005100",
    "/term/HGNC:1633",
    "/term/MONDO:0010030",
    "/search?q=SS",
    "/query/targets-tried-in?disease=SSc",
    "/query/document-says?document=PMID:7",
    "/query/references-of?document=PMID:7",
    "/query/targets-tried-in?disease=%3Cscript%3Ealert(1)%3C/script%3E",
    "/search?q=%22onmouseover=alert(1)%20x=%22",
    "/document/PMID:%3Cscript%3E",
    "/sparql?query=SELECT%20*%20%7B%20%3Fs%20%3Fp%20%3Fo%20%7D",
    "/%3Cscript%3Ealert(1)%3C/script%3E",
]


class _Reader(HTMLParser):
    """The tags of a page, with their attributes' names, and whether open and close match."""

    _VOID = frozenset({"meta", "link", "input", "br", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.targets: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.ids.extend(value for name, value in attrs if name == "id" and value)
        self.targets.update(value for name, value in attrs if name in ("href", "src", "action") and value)
        if tag not in self._VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def read(text: str) -> _Reader:
    """A page as a browser's parser sees it."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == []
    return reader


def get(served: Served, path: str) -> httpx.Response:
    """What a browser gets."""
    return served.client.get(path, headers=BROWSER, follow_redirects=True)


@pytest.mark.parametrize("path", PATHS)
def test_no_text_of_a_record_or_a_request_becomes_markup(served: Served, path: str) -> None:
    """On every page all tags nest, none is a script or image, none has a handler, ids are unique, links are safe."""
    page = read(get(served, path).text)
    assert not page.tags & {"script", "img", "iframe", "object", "u", "i", "svg"}
    assert not {name for name in page.attributes if name.startswith("on") or name == "style"}
    assert len(page.ids) == len(set(page.ids))
    assert all(re.match(r"/|#|https?://", target) for target in page.targets)


@pytest.mark.parametrize("path", ["/", "/document/PMID:7", "/query/targets-tried-in?disease=SSc"])
def test_pages_load_nothing_from_elsewhere(served: Served, path: str) -> None:
    """Styles and icons come from this server."""
    text = get(served, path).text
    loaded = re.findall(r'<link[^>]+href="([^"]+)"', text) + re.findall(r'src="([^"]+)"', text)
    assert loaded
    for address in loaded:
        assert address.startswith("/static/")
        assert served.client.get(address).status_code == 200


def test_the_main_question_is_answered_with_its_sentence(served: Served) -> None:
    """ "Targets tried in SSc" shows target, grade and the quote, with a link to the document."""
    text = get(served, "/query/targets-tried-in?disease=SSc").text
    assert "SentenceAssertion" in text
    assert "received CD19 CAR-T cells." in text
    assert 'href="/document/PMID:7"' in text
    assert 'href="/term/HGNC:1633"' in text


@pytest.mark.parametrize("name", ["SSc", "systemic sclerosis", "MONDO:0005100", "mondo:0005100"])
def test_any_name_of_a_disease_gives_the_same_rows(served: Served, name: str) -> None:
    """Name, abbreviation and ID are one parameter."""
    answer = served.client.get("/query/targets-tried-in", params={"disease": name, "format": "json"})
    assert [row["target"] for row in answer.json()] == ["HGNC:1633"]


def test_an_unknown_name_is_404_with_the_nearest(served: Served) -> None:
    """A page lists near names as links; a program gets a problem document with them."""
    page = get(served, "/query/targets-tried-in?disease=sistemic+sclerosis")
    assert page.status_code == 404
    assert "systemic sclerosis" in page.text
    told = served.client.get("/query/targets-tried-in", params={"disease": "sistemic sclerosis", "format": "json"})
    assert told.status_code == 404
    assert "systemic sclerosis" in told.json()["nearest"]
    assert "targets-tried-in" in served.client.get("/query/nope").json()["nearest"]


def test_csv_of_a_query_runs_no_formula(served: Served) -> None:
    """A keyword that begins with an equals sign is a text in CSV, and columns are the query's."""
    answer = served.client.get("/query/targets-tried-in?disease=SSc&format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    header, row = csv.reader(io.StringIO(answer.text, newline=""))
    assert header[0] == "target"
    assert not any(cell.startswith(("=", "+", "@")) for cell in row)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/query/targets-tried-in?disease=SSc&format=xls", 400),
        ("/query/targets-tried-in?format=json", 400),
        ("/query/targets-tried-in?disease=SSc&nonsense=1", 400),
        ("/query/targets-tried-in?disease=SSc&min_grade=best", 404),
        ("/document/PMID:99", 404),
        ("/document/nonsense", 404),
        ("/term/MONDO:99", 404),
        ("/term/nonsense", 404),
        ("/static/../app.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
def test_bad_requests_have_their_status(served: Served, path: str, status: int) -> None:
    """Wrong parameters are 400, unknown names 404; each as a problem document for a program."""
    answer = served.client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_documents_other_id_leads_to_it(served: Served) -> None:
    """A DOI, slashes and all, leads to the record that stands under its PMID."""
    answer = get(served, "/search?q=doi:10.1000/a/b")
    assert answer.url.path == "/document/PMID:7"
    assert "resolved to" in answer.text


def test_search_leads_to_the_term_or_lists_several(served: Served) -> None:
    """One reading is a redirect, an ambiguous acronym a list, an empty box the home page."""
    assert get(served, "/search?q=SSc").url.path == "/term/MONDO:0005100"
    listed = get(served, "/search?q=SS").text
    assert "systemic sclerosis" in listed
    assert "Sjogren syndrome" in listed
    assert get(served, "/search?q=").url.path == "/"


def test_a_term_shows_hierarchy_statements_and_documents(served: Served) -> None:
    """A class shows what is said of the terms below it."""
    below = get(served, "/term/MONDO:0007179").text
    assert "systemic sclerosis" in below
    assert "target tried in" in below
    own = get(served, "/term/MONDO:0005100").text
    assert "autoimmune disease" in own
    assert 'href="/document/PMID:7"' in own
    assert "no record of this graph names it" in get(served, "/term/MONDO:0010030").text


def test_the_foot_names_release_and_licences(served: Served) -> None:
    """Every page says which release it shows and whose terms it uses."""
    text = get(served, "/").text
    assert served.client.get("/health").json()["release"][:16] in text
    assert "MONDO 2026-05 (CC-BY-4.0)" in text
