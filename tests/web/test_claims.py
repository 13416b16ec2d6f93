"""The pages that explain a statement, or what relates two terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.graph.statements import name
from kg.web import claims
from tests.web.test_pages import get, read

if TYPE_CHECKING:
    from tests.web.conftest import Served

STATEMENT = name("HGNC:1633", "kg:target_tried_in", "MONDO:0005100", False)
PATHS = [
    f"/statement/{STATEMENT}",
    "/explain?subject=CD19&object=SSc",
    "/explain?subject=HGNC:1633&object=autoimmune+disease",
]


@pytest.mark.parametrize("path", PATHS)
def test_quote_numbers_and_reasons_are_shown(served: Served, path: str) -> None:
    """With its names marked, the antecedent, the therapy it is meant through, and the way to the text."""
    text = get(served, path).text
    assert "5 of 8" in text
    assert "via CD19 CAR-T cells" in text
    assert "SentenceAssertion" in text
    assert "1 for" in text
    assert "0 against" in text
    assert 'href="/document/PMID:7#q' in text
    assert "<mark" in text
    assert "only &#34;sense&#34;" in text


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_the_record_becomes_markup(served: Served, path: str) -> None:
    """Title, quote, antecedent and reason of the hostile record stay text, and all tags nest."""
    page = read(get(served, path).text)
    assert not page.tags & {"script", "img", "iframe", "object", "u", "i", "svg"}
    assert not {attribute for attribute in page.attributes if attribute.startswith("on") or attribute == "style"}
    assert len(page.ids) == len(set(page.ids))


def test_the_sparql_link_gives_the_same_evidence(served: Served) -> None:
    """The page's own link to the endpoint answers with the passage that is shown."""
    page = read(get(served, PATHS[0]).text)
    (address,) = (target for target in page.targets if target.startswith("/sparql?query="))
    answer = served.client.get(address, headers={"accept": "application/sparql-results+json"}).json()
    (row,) = answer["results"]["bindings"]
    assert row["statement"]["value"].endswith(STATEMENT.removeprefix("statement:"))
    assert row["n"]["value"] == "5"


def test_other_pages_lead_here(served: Served) -> None:
    """The evidence link of a term's page is the statement's page; so is a statement in a table."""
    assert f'href="/statement/{STATEMENT}"' in get(served, "/term/HGNC:1633").text
    assert f'href="/statement/{STATEMENT}"' in get(served, "/query/document-says?document=PMID:7").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/statement/statement:" + "0" * 32, 404),
        ("/statement/nonsense", 400),
        ("/statement/%3Cscript%3E", 400),
        ("/explain", 400),
        ("/explain?subject=CD19", 400),
        ("/explain?subject=CD19&object=nobody", 404),
        ("/explain?subject=CD19&object=SSc&colour=red", 400),
    ],
)
def test_bad_requests_have_their_status(served: Served, path: str, status: int) -> None:
    """Unknown things are 404, requests that are none 400, as a page and as a problem document."""
    assert served.client.get(path).status_code == status
    page = read(get(served, path).text)
    assert "script" not in page.tags


def test_two_terms_that_nothing_relates_are_said_to_be_so(served: Served) -> None:
    """No error: the graph says nothing."""
    answer = get(served, "/explain?subject=SSc&object=CD19")
    assert answer.status_code == 200
    assert "The graph says nothing about this." in answer.text


def test_more_than_a_page_holds_is_cut_and_said_to_be(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server makes no page without end; the whole is a table away."""
    assert "has them all" not in get(served, PATHS[1]).text
    monkeypatch.setattr(claims, "SHOWN", 0)
    text = get(served, PATHS[1]).text
    assert "Only the best 0 rows" in text
    assert 'href="/query/evidence-for?subject=CD19&amp;object=SSc"' in text
