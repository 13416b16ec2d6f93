"""The lines of a PubMed page in, its headed sections out, without the words that belong to the site.

PubMed puts the same headings on every article's page; what stands before the first of them is the front matter (title,
authors, citation). A heading is printed again in the page's navigation, so the first one with content counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec

from kg.documents.imprint import imprint
from kg.documents.plain import squeeze

ABSTRACT, KEYWORDS, FIGURES, REFERENCES = "abstract", "keywords", "figures", "references"
TYPES, MESH, SUBSTANCES = "publication types", "mesh terms", "substances"

_HEADINGS = (
    ABSTRACT,
    KEYWORDS,
    FIGURES,
    REFERENCES,
    TYPES,
    MESH,
    SUBSTANCES,
    "pubmed disclaimer",
    "similar articles",
    "cited by",
    "related information",
    "conflict of interest statement",
    "conflict of interest",
    "grants and funding",
    "grant support",
    "linkout - more resources",
    "full text links",
    "full text sources",
    "other literature sources",
    "supplementary info",
    "supplementary concepts",
    "associated data",
    "comment in",
    "comment on",
    "erratum in",
    "erratum for",
    "retraction in",
    "retraction of",
    "partial retraction in",
    "retracted and republished in",
    "republished in",
    "republished from",
    "corrected and republished in",
    "corrected and republished from",
    "expression of concern in",
    "expression of concern for",
    "update of",
    "update in",
    "summary for patients in",
    "original report in",
    "dataset use reported in",
    "personal name as subject",
    "medical",
    "research materials",
    "miscellaneous",
    "molecular biology databases",
    "figure legends",
    "publication history",
    "see also",
    "collaborators",
)
_HEADING = re.compile(
    rf"(?P<name>{'|'.join(re.escape(name) for name in _HEADINGS)})s?(?:(?<=abstract) in [\w, ]+)?\s*(?:\(\d+\)|:)?",
    re.I,
)
# "Associated data", "Actions" and the like; and every line of the site's header, buttons and dialogues.
_SITE = re.compile(
    r"skip to (?:main )?(?:page )?content|u\.?s\.? flag|an official website of the united states government|"
    r"here.s how you know.*|"
    r"dot gov|\.?\s*the \.gov means it.s official\.?|federal government websites often end in .*|official "
    r"websites use \.gov.*|secure \.gov websites use https.*|"
    r"https|the site is secure\.?|the https:// ensures that .*|a lock \(.*|a \.gov website belongs to .*|access "
    r"keys.*|ncbi homepage|myncbi homepage|main content|main navigation|"
    r"log ?in|log out|close|account|logged in as:?.*|username|dashboard|publications|account settings|show "
    r"account info|"
    r"search:?(?: search)?|advanced|clipboard|user guide|save|email|send to.*|my bibliography|my citations|"
    r"collections|citation manager|"
    r"display options|format:?(?: abstract)?|pubmed|pmid|abstract pubmed pmid|add to (?:search|collections|my "
    r"bibliography)|search in (?:pubmed|mesh|nlm catalog)|"
    r"full text links|full[- ]text|free(?: pmc)? article\.?|actions|cite|favorites|share|permalink|copy|item in "
    r"clipboard|expand|collapse|affiliations? expand|"
    r"create (?:rss|alert|file).*|your (?:saved search|rss feed).*|email citation.*|save citation to file.*|"
    r"unable to load your .*|please try again.*|"
    r"(?:see|show|view) (?:all|more).*|display on pmc|see this image and copyright information in pmc|all "
    r"figures \(\d+\)|prev(?:ious)?|next|navigate .*|"
    r"page navigation|title & authors|back to top|follow ncbi.*|connect with nlm.*|national library of "
    r"medicine.*|nlm|nih|hhs(?: vulnerability disclosure)?|usa\.gov|"
    r"twitter|facebook|linkedin|github.*|youtube|foia|accessibility|careers|help|web policies|8600 rockville "
    r"pike.*|bethesda, md.*|"
    r"×|✕|❮|❯|\[?x\]?|\.|pubmed disclaimer|no(?:t)? available|free pmc article|choose a destination.*|"
    r".*clipboard 0.*|\d+ (?:figures?|references?)|"
    r"toggle .*|cookies? .*|link to publisher.*|linkout - more resources|.*\bencrypted and transmitted securely\.?",
    re.I,
)
_INLINE = re.compile(r"(?P<name>keywords|key words)\s*:\s*(?P<rest>.+)", re.I)
_COPYRIGHT = re.compile(
    r"(?:copyright\b|©|\(c\) ?(?:19|20)\d\d|this (?:is an open access|article is (?:protected|licensed)|work is "
    r"licensed)|published by elsevier|all rights reserved|crown copyright|trademark)",
    re.I,
)
_NONE = re.compile(r"no abstract(?: is)? available\.?|\[?no abstract\]?\.?", re.I)


class Page(msgspec.Struct, frozen=True):
    """front: the lines before the first heading. sections: the lines below each heading, by its lower-case name.

    A blank line is kept as an empty string, since it parts paragraphs.
    """

    front: tuple[str, ...]
    sections: Mapping[str, tuple[str, ...]]


def parse(lines: Iterable[str]) -> Page:
    """The page's parts.

    >>> above = ["Skip to main page content", "Review", ". 2024 Dec 12:15:1.", "A title"]
    >>> page = parse([*above, "Abstract", "SSc is rare.", "Similar articles"])
    >>> page.front, dict(page.sections)
    (('Review', '. 2024 Dec 12:15:1.', 'A title'), {'abstract': ('SSc is rare.',)})
    """
    flat = [squeeze(line) for line in lines]
    start, cited = _beginning(flat)
    # Above the citation stand menus whose items look like headings.
    front = [line for line in flat[start:cited] if not _SITE.fullmatch(line) and not _HEADING.fullmatch(line)]
    sections: dict[str, list[str]] = {}
    into, named = front, False
    for line in flat[cited:]:
        heading = _HEADING.fullmatch(line)
        if heading and heading["name"].lower() != "keywords":
            name = heading["name"].lower()
            # In the navigation at the page's end, or in a menu, a heading stands again with nothing below.
            into, named = sections.setdefault(name, []) if not any(sections.get(name, ())) else [], True
        elif inline := _INLINE.fullmatch(line):
            sections.setdefault(KEYWORDS, []).append(inline["rest"])
        elif heading:
            into, named = sections.setdefault(KEYWORDS, []), True
        elif not _SITE.fullmatch(line) and not (named and _COPYRIGHT.match(line)) and not _NONE.fullmatch(line):
            into.append(line)
    return Page(
        tuple(_trimmed(front)), {name: kept for name, below in sections.items() if (kept := tuple(_trimmed(below)))}
    )


def _beginning(lines: list[str]) -> tuple[int, int]:
    """Where the article begins and where its citation stands, which is the anchor: journal and publication type are
    just above it.

    What stands further up is the site's header, whatever its words are this year.
    """
    for position, line in enumerate(lines):
        if imprint(line) is not None or re.fullmatch(r"doi:\s*10\.\S+.*", line, re.I):
            above = next(
                (other for other in range(position - 1, max(-1, position - 9), -1) if len(lines[other].split()) > 12),
                position - 9,
            )
            return max(0, above + 1), position
    return 0, 0


def _trimmed(lines: list[str]) -> list[str]:
    while lines and not lines[0]:
        lines = lines[1:]
    while lines and not lines[-1]:
        lines = lines[:-1]
    return lines
