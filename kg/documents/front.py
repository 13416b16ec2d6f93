"""The lines above a PubMed page's first heading in, what they say out: title, authors, journal, date, identifiers,
types.

The order is: publication type, journal, citation, title, authors, affiliations, identifiers; a page saved from a narrow
window has the title a second time and a short line `First Author et al. Journal. Date.` instead of the authors.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from kg.documents import identity
from kg.documents.imprint import Imprint, imprint
from kg.model import Ids

# The publication types that PubMed prints above a title (MeSH category V03 of 2025, as far as they are common).
_TYPES = re.compile(
    r"review|systematic review|scoping review|meta-analysis|network meta-analysis|case reports?|clinical "
    r"trial(?:, (?:phase (?:I|II|III|IV|I/II|II/III)|veterinary))?|"
    r"clinical trial protocol|randomized controlled trial(?:, veterinary)?|controlled clinical trial|pragmatic "
    r"clinical trial|adaptive clinical trial|equivalence trial|"
    r"clinical study|observational study(?:, veterinary)?|comparative study|multicenter study|evaluation study|"
    r"validation study|twin study|"
    r"practice guideline|guideline|consensus development conference|consensus statement|editorial|comment|letter|"
    r"news|published erratum|"
    r"retraction of publication|retraction notice|retracted publication|expression of concern|preprint|"
    r"historical article|introductory journal article|"
    r"biography|interview|lecture|video-audio media|dataset|duplicate publication|corrected and republished "
    r"article|patient education handout|"
    r"english abstract|technical report|personal narrative|address|autobiography|journal article|research support, .+",
    re.I,
)
_LANGUAGE = re.compile(r"\[?article in (?P<name>[a-z, ]+)\]?\.?", re.I)
_SHORT = re.compile(r"(?P<first>[^.;:]{3,80}?)\s+et\s+al\.?\s+(?P<rest>.+)", re.I)
_AFFILIATIONS = re.compile(
    r"(?:author )?(?:affiliations?|information)(?: and .*)?:?(?: expand)?|authors?|collaborators|free (?:pmc )?article",
    re.I,
)
_IDENTIFIER = re.compile(r"\b(?P<kind>PMID|PMCID|DOI)\s*:\s*(?P<value>10\.\S+|(?:PMC)?\d+)", re.I)
_AFTER_CITATION = re.compile(r"(?:doi|pii|E-?pub|eCollection|Online ahead of print|Print|PMID|PMCID)\b.*", re.I)
_MARKS = re.compile(r"(?:\s*[\d#*†‡§¶∥ǁ✉@^]+(?:\s*,\s*(?=\d))?|\s+(?:[a-z]\b)?)+$")
_NAME = re.compile(r"(?:[^\W\d_][\w.'’‘-]*\s+){1,6}[^\W\d_][\w.'’‘-]*(?:,? (?:Jr|Sr|II|III)\.?)?")
_LONE = re.compile(
    r"[A-ZÀ-Þ][\w'’-]+(?: (?:[A-ZÀ-Þ]\.?|[A-ZÀ-Þ][\w'’-]+|van|von|de|der|den|la|del|di|da)){0,3} [A-ZÀ-Þ][\w'’-]+"
)
_NUMBER_INSIDE = re.compile(r"(?<=[\w.)])\s*(?:[#*†‡§¶✉^]\s*)*\d+(?:\s*[,\s]\s*\d+)*(?:\s*[#*†‡§¶✉^])*\s*(?=,|;|$)")


class Front(msgspec.Struct, frozen=True, kw_only=True):
    """What the front matter says; title is empty where it could not be told."""

    title: str = ""
    ids: Ids = Ids()
    authors: tuple[str, ...] = ()
    imprint: Imprint | None = None
    journal: str | None = None
    language: str | None = None
    publication_types: tuple[str, ...] = ()


def parse(lines: Sequence[str]) -> Front:
    """What these lines say.

    >>> above = ["Review", "J Invent", ". 2024 Dec 12:15:1.", "doi: 10.5555/x."]
    >>> front = parse([*above, "A title", "Ann Lee 1, Bo Wu 2", "Affiliations", "PMID: 7"])
    >>> front.title, front.authors, front.journal, front.imprint.date, front.ids.pmid, front.ids.doi
    ('A title', ('Ann Lee', 'Bo Wu'), 'J Invent', '2024-12-12', '7', '10.5555/x')
    """
    types: list[str] = []
    ids: list[Ids] = []
    rest: list[str] = []
    printed: Imprint | None = None
    language = journal = first = None
    divider: int | None = None
    for line in lines:
        ids += _ids(line)
        if not line:
            rest.append(line)
        elif found := imprint(line):
            if printed is None:
                printed = found
                above = [kept for kept in rest if kept]
                if found.journal is None and above:
                    journal = above[-1].rstrip(" .")
                rest = []  # whatever stood above was the journal, or the site's
        elif _TYPES.fullmatch(line):
            types.append(line)
        elif found_language := _LANGUAGE.fullmatch(line):
            language = found_language["name"]
        elif _AFFILIATIONS.fullmatch(line):
            divider = len(rest) if divider is None else divider
        elif short := _SHORT.fullmatch(line):
            first = first or _name(short["first"])
            journal = journal or _short_journal(short["rest"])
        elif not _AFTER_CITATION.fullmatch(line) and not re.match(r"\.\s*\d{4}\b", line):
            rest.append(line)
    title, position = _title(rest, before=divider)
    authors = _authors(
        rest[position:divider] if divider is not None and divider > position else rest[position:],
        divided=divider is not None,
    )
    return Front(
        title=title,
        ids=identity.joined(ids),
        authors=authors or ((first,) if first else ()),
        imprint=printed,
        journal=(printed.journal if printed else None) or journal,
        language=language,
        publication_types=tuple(dict.fromkeys(types)),
    )


def _ids(line: str) -> list[Ids]:
    found = []
    for match in _IDENTIFIER.finditer(line):
        kind = match["kind"].lower()
        if kind == "pmid":
            found.append(Ids(pmid=identity.pmid(match["value"])))
        elif kind == "pmcid":
            found.append(Ids(pmcid=identity.pmcid(match["value"])))
        else:
            found.append(Ids(doi=identity.doi(match["value"])))
    return found


def _title(lines: Sequence[str], *, before: int | None) -> tuple[str, int]:
    """The title and the position behind it: the line that stands twice, else the first one, with its wrapped rest."""
    counted = Counter(line for line in lines if len(line) > 3)
    repeated = next((line for line in lines if counted[line] > 1), None)
    for position, line in enumerate(lines):
        if not line or (repeated is not None and line != repeated):
            continue
        title, after = line, position + 1
        while (
            repeated is None and after < (len(lines) if before is None else before) and _continues(title, lines[after])
        ):
            title, after = f"{title} {lines[after]}", after + 1
        return title, after
    return "", 0


def _continues(title: str, line: str) -> bool:
    """Whether a line is the wrapped rest of a title and not the authors below it."""
    if not line or len(title) < 50 or _authors([line], divided=False):
        return False
    return (
        line[0].islower()
        or title.rstrip()[-1] in ",:-–"
        or bool(re.search(r"\b(?:of|and|the|in|for|with|a|to|by|on|from)$", title))
    )


def _authors(lines: Sequence[str], *, divided: bool) -> tuple[str, ...]:
    """Names from the lines between title and affiliations; without that divider from a line of names throughout."""
    block: list[str] = []
    for line in lines:
        if not line and block:
            break
        if line:
            block.append(line)
        if not divided and block:
            break
    whole = _NUMBER_INSIDE.sub("", " ".join(block))
    names = [name for piece in re.split(r"\s*[,;]\s*|\s+and\s+(?=[A-Z])", whole) if (name := _name(piece))]
    if not names or len(whole) > 6000:
        return ()
    named = sum(bool(_NAME.fullmatch(name)) and sum(word[0].isupper() for word in name.split()) >= 2 for name in names)
    # Without that divider a lone line may be one author's name, but not a name among other words.
    lone = len(names) == 1 and (bool(re.search(r"\d\s*$", " ".join(block))) or bool(_LONE.fullmatch(names[0])))
    enough = named >= 0.6 * len(names) if divided else named == len(names) and (len(names) > 1 or lone)
    return tuple(name for name in names if not re.fullmatch(r"[\W\d]*|on behalf of", name)) if enough else ()


def _name(text: str) -> str:
    return _MARKS.sub("", text.strip(" .,;·")).strip(" .,;")


def _short_journal(rest: str) -> str | None:
    name = re.split(r"\.(?:\s|$)", rest, maxsplit=1)[0].strip()
    return name if name and not name[0].isdigit() else None
