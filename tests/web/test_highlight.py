"""Marked text: nesting, escaping, and that the page stands alone."""

from __future__ import annotations

import html
import random
import re
from pathlib import Path

import pytest

import kg.web
from kg.model import Annotation, Document, Grounding, Ids, Mention, Section, Span, Tagged
from kg.web.highlight import Interval, html_page, marked
from tests.web.conftest import QUOTE, TITLE, annotation
from tests.web.test_pages import read

STYLE = Path(kg.web.__file__).parent / "static" / "style.css"


def test_any_spans_nest_and_the_text_stays_whole() -> None:
    """Whatever spans are given, tags are well formed and the text without them is the text."""
    choose = random.Random(5)
    text = "a<b>&\"c'd</mark>é\U0001f600 xyz"
    for _ in range(300):
        spans = [
            sorted((choose.randint(0, len(text)), choose.randint(0, len(text)))) for _ in range(choose.randint(0, 6))
        ]
        intervals = [Interval(start, end, f'<mark class="m{n}">', "</mark>") for n, (start, end) in enumerate(spans)]
        made = str(marked(text, intervals, 0, len(text)))
        read(made)
        assert html.unescape(re.sub(r"</?mark[^>]*>", "", made)) == text


def test_every_character_of_a_span_is_inside_its_mark() -> None:
    """A span that crosses another is cut, and all of its pieces are marked."""
    made = str(marked("abcdef", [Interval(0, 4, "<b>", "</b>"), Interval(2, 6, "<i>", "</i>")], 0, 6))
    assert made == "<b>ab<i>cd</i></b><i>ef</i>"


def test_a_stretch_shows_only_what_it_holds() -> None:
    """Marks are clipped to the stretch that is shown, empty ones left out."""
    intervals = [Interval(0, 3, "<b>", "</b>"), Interval(3, 3, "<i>", "</i>"), Interval(4, 9, "<u>", "</u>")]
    assert str(marked("abcdef", intervals, 2, 5)) == "<b>c</b>d<u>e</u>"


def test_the_page_is_safe_and_stands_alone() -> None:
    """Hostile text stays text; nothing is loaded; the page forbids scripts by itself."""
    page = html_page([annotation(), annotation()])
    read_page = read(page)
    assert not read_page.tags & {"script", "img", "link", "iframe", "i", "u"}
    assert not {name for name in read_page.attributes if name.startswith("on")}
    assert "default-src 'none'" in page
    assert "url(" not in page
    assert "@import" not in page
    assert html.escape(TITLE, quote=False)[-30:-10] in page


def test_the_page_tells_what_was_found_and_said() -> None:
    """ID, label and reason stand in the mark; statement, grade, quote, antecedent, numbers and references below."""
    page = html_page([annotation()])
    assert 'data-title="MONDO:0005100 · systemic sclerosis · only &#34;sense&#34; &lt;i&gt;here&lt;/i&gt;"' in page
    text = html.unescape(re.sub(r"<[^>]+>", " ", page))
    for words in (
        "target tried in",
        "SentenceAssertion",
        QUOTE,
        "these <u>conditions</u>",
        "5 of 8",
        "via CD19 CAR-T cells",
        "DOI:10.1000/c",
    ):
        assert words in text, words


def test_qualifiers_and_open_choices_are_shown() -> None:
    """A negated mention says so; one without an ID is marked as open."""
    text = "No lupus."
    mention = Mention(
        start=3, end=8, text="lupus", type="disease", section="title", sentence=0, qualifiers=("negated",)
    )
    tagged = Tagged(
        document=Document(
            id="record:1", ids=Ids(), title=text, text=text, format="x", sha256="0",
            sections=(Section(kind="title", start=0, end=9),),
        ),
        sentences=(Span(start=0, end=9),),
        abbreviations=(),
        groundings=(Grounding(mention=mention, term=None, label="", score=0.1, reason="several senses"),),
    )  # fmt: skip
    page = html_page([Annotation(tagged=tagged, statements=())])
    assert '<mark class="disease open" data-title="no ID chosen · several senses · negated">lupus</mark>' in page


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colours_have_enough_contrast(scheme: int) -> None:
    """Every text colour stands out from its ground by 4.5 to 1 at least (WCAG 2.2, 1.4.3)."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE.read_text("utf-8"), re.DOTALL)
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[scheme]))
    types = ("disease", "target", "therapy", "adverse_event", "cell_type", "other")
    pairs = [(f"{name}-ink", name) for name in types]
    pairs += [("badge-ink", f"g{rank}") for rank in range(1, 7)]
    pairs += [(ink, ground) for ink in ("ink", "soft", "link", "warn") for ground in ("paper", "panel")]
    pairs += [("paper", "accent"), ("paper", "ink")]
    for ink, ground in pairs:
        low, high = sorted((_luminance(colours[ink]), _luminance(colours[ground])))
        assert (high + 0.05) / (low + 0.05) >= 4.5, (ink, ground)
