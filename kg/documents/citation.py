"""One citation's text in, a Reference out: authors, year, title with its place, journal, volume, pages, identifiers.

Reference lists are printed in some thousand styles; they differ in where the year stands and in what divides title from
journal. So the authors are read from the front, and the title ends at the first full stop behind which only a
journal's name and numbers follow. Where no such place is found, no title is given rather than a wrong one.
"""

from __future__ import annotations

import re

from kg.documents import identity
from kg.documents.names import Front, front
from kg.documents.plain import squeeze
from kg.model import Ids, Reference

_NO_IDS = Ids()
_YEAR = r"(?:1[89]|20)\d{2}"
_YEAR_IN_BRACKETS = re.compile(rf"[\s.,]*[(\[]({_YEAR})[a-z]?(?:[,;]? [A-Z][\w –-]*)?[)\]]\s*[.,:]?\s*")
_YEAR_BARE = re.compile(rf"[\s.,]*({_YEAR})[a-z]?\s*[.:,;]\s+(?=[\[\"“‘']?[A-Z0-9α-ω])")
_ANY_YEAR = re.compile(rf"(?<![\d.:/–-])({_YEAR})(?![\d/])")
_BULLETS = re.compile(r"^(?:[•●▪◦*+‡†\-–]+\s*|\[?\(?\d{1,3}[.)\]]\s+)+")
# What stands behind the citation proper: identifiers, addresses, dates of access.
_URL = re.compile(
    r"(?:\bAvailable (?:at|from|online)\b:?|\bRetrieved\b|\bAccessed\b|\bdoi\b\s*:?|https?://|www\.).*$", re.I | re.S
)
_PMID = re.compile(r"\bPMID:?\s*(\d{1,9})\b", re.I)
_PMCID = re.compile(r"\bPMC\s?(\d{2,9})\b")
# Words that end in a full stop inside a sentence.
_ABBREVIATION = re.compile(r"\b(?:vs|al|e\.g|i\.e|cf|spp?|subsp|var|St|Dr|No|approx|ca|resp|incl|Fig|ssp|nov)$")
_JOURNAL_WORD = (
    r"(?:[A-ZÀ-ÞΑ-Ω0-9][\w’'&/-]*|[a-z]{1,4}[A-Z]\w*|"
    r"of|and|the|in|for|on|de|la|le|der|für|und|et|di|del|des|du|&|\+|e|y|i|en|to|from|with|as|s|–|-|--)"
)
_JOURNAL = re.compile(
    rf"(?P<journal>(?:The [a-z]+|[A-ZÀ-ÞΑ-Ω][\w’'&/-]*|[a-z]{{1,4}}[A-Z]\w*)"
    rf"(?:(?:[.,:]?[ ]|\.)(?:\((?:[^()]{{1,40}})\)|{_JOURNAL_WORD})){{0,14}}?(?:\s\([A-Z][^()\d]{{1,40}}\))?)"
    rf"(?:[.,;:\s]+|(?=\()|$)"
    rf"(?=$|(?:[Ss]uppl|vol|volume|no)\b|\(?{_YEAR}|[\[(]?[A-Za-z]?\d|[(;:]|"
    r"In press|Online (?:ahead|first|version)|Epub|Published|forthcoming|e\d)",
)
# `Nature medicine. 2025`: lower-case words, so only where nothing else fits and the year follows at once.
_JOURNAL_PLAIN = re.compile(
    rf"(?P<journal>[A-ZÀ-Þ][\w’'-]+(?: [\w’'&-]+){{0,7}})(?: \([^()]*\))?[.,]?\s*(?={_YEAR}\s*[;.,]|\d+\s*[(,:]|$)"
)
_INSTITUTION = re.compile(
    r"(?P<name>[A-Z][^.?!]{2,120}?\b(?:Organi[sz]ation|Foundation|Agency|Association|Administration|Society|Group|Consortium|Institutes?|College|Committee|Department|Ministry|Council|Network|League)"
    r"(?: of [A-Z][\w ]+)?)(?: \([A-Z]+\))?\.\s+(?=[\w“\"]+ [\w“\"]+)"
)
_INITIALS_FIRST = re.compile(r"[A-Z]\.")
# `Lee, Ann, and Bo Wu. "Title." Journal 29` (MLA, Chicago), `A. Lee, "Title," Journal, vol. 29` (IEEE).
_QUOTED = re.compile(
    r"(?P<lead>(?:(?:[A-ZÀ-Þ][\w.'’-]*|and|et al|de|van|von|der|&)[.,:]* ?){0,16})"
    r"[\"“](?P<title>[^\"“”]{15,400}?[?!]?)[.,]?[\"”][.,]? +(?=[A-Z])"
)
# A citation that stands alone: how long it is, how it is signed, and how little is told behind its journal.
_SHORTEST, _LONGEST, _LONGEST_TITLE = 30, 3_000, 500  # characters; a consortium may list all of its members
_SIGNED = re.compile(r"[^.?!]{2,100}\bet al\b|[A-ZÀ-Þ][\w'’-]+,? [A-Z]{1,3}[.,] ")
_PROSE = re.compile(r"(?<![\w.])[a-zß-ÿ]{3,}(?![\w.])")
_MOST_PROSE = 6  # words
_BOOK = re.compile(r"(?:In:|In [A-Z][\w.]* |In “|\(pp?\.|\(\d+(?:st|nd|rd|th) ed)")
_LOWER_STOP = re.compile(r"\b[a-zß-ÿ]{4,}[\d,]*[.]\s")
_END = re.compile(r"(?P<mark>[.?!])(?P<quote>[”\"’']?)\s+(?=[\[(“\"‘]?\S)|,[”\"’]\s+")
_MEDIUM = re.compile(
    r"\s*\[(?:Internet|Article|letter|abstract|published online[^\]]*|online|computer program|In [A-Z][a-z]+)\]$", re.I
)
_VOLUME_PAGES = (
    # 2013;369(4):699-710 / 2018, 11(1):132
    re.compile(
        rf"{_YEAR}[^;,:.]{{0,12}}[;,]\s*(?:vol\.?\s*)?"
        r"(?P<volume>[\w]+(?:[ (]*suppl[^():]*)?)\s*(?:\([^)]*\))?\s*[:,]\s*"
        r"(?:p{1,2}\.?\s*)?(?P<pages>[A-Za-z]?\d[\w.–-]*)",
        re.I,
    ),
    # 25 (5), e3484 / 7(10):e017293 / 12, e0180762 / 8, 267 (2017)
    re.compile(
        r"(?:vol\.?\s*)?(?P<volume>\d{1,4})\s*(?:\([^)]*\))?\s*[:,]\s*(?:p{1,2}\.?\s*)?(?P<pages>[A-Za-z]{0,4}\d[\w.–-]*)",
        re.I,
    ),
    # 110 (2020) 102357
    re.compile(rf"(?P<volume>\d{{1,4}})\s*\({_YEAR}\)\s*(?P<pages>[A-Za-z]?\d[\w–-]*)"),
)


def parse(text: str, *, number: int, ids: Ids = _NO_IDS) -> Reference:
    """The reference that a citation is. Its offsets count in its own `citation`.

    Args:
        text: the citation as printed; blanks in it are squeezed.
        number: its place in the list.
        ids: identifiers known from elsewhere; those printed in the text complete them.

    >>> text = "Baker D. J., June C. H. (2023). CAR T therapy beyond cancer. Nature 619 (7971), 707–715. 10.1038/x"
    >>> one = parse(text, number=5)
    >>> one.title, one.year, one.journal, one.volume, one.pages, one.ids.doi
    ('CAR T therapy beyond cancer', 2023, 'Nature', '619', '707–715', '10.1038/x')
    >>> one.citation[one.title_start : one.title_end]
    'CAR T therapy beyond cancer'
    """
    citation = squeeze(text)
    bullets = _BULLETS.match(citation)
    offset = bullets.end() if bullets else 0
    body, found_ids = _without_ids(citation)
    authors, year, start = _start(body, offset)
    commas = bool(authors) and bool(_INITIALS_FIRST.match(authors[0]))
    if quoted := _QUOTED.match(body, start):
        start, (end, journal, tail) = quoted.start("title"), _end_at_quote(body, quoted)
        authors = authors or tuple(filter(None, (quoted["lead"].strip(" .,"),)))
    else:
        end, journal, tail = _end(body, start, commas=commas)
    title_start, title_end = _bare(citation, start, end)
    known = bool(re.search(r"[^\W\d_]{3}", citation[title_start:title_end]))
    volume, pages = _volume_pages(body[tail:])
    return Reference(
        number=number,
        citation=citation,
        start=0,
        end=len(citation),
        title=citation[title_start:title_end] if known else None,
        title_start=title_start if known else 0,
        title_end=title_end if known else 0,
        authors=authors,
        year=year if year else _last_year(body[tail:]),
        journal=journal,
        volume=volume,
        pages=pages,
        ids=identity.joined((ids, found_ids)),
    )


def told(text: str) -> bool:
    """Whether a text of its own is one citation: no sentence, and no list of several.

    >>> told("Lee A, Wu B. CAR T cells in lupus. Lupus 2020;29:1-9."), told("Lee and Wu gave CAR T cells in 2020.")
    (True, False)
    """
    flat = squeeze(text)
    if not _SHORTEST <= len(flat) <= _LONGEST:
        return False
    lines = text.strip().split("\n")
    if len(lines) > 1 and any(map(told, lines)):
        return False
    one = parse(flat, number=1)
    if one.title is None or len(one.title) > _LONGEST_TITLE:
        return False
    if len(one.authors) > 1 or _SIGNED.match(flat):
        return (one.journal is not None or one.year is not None) and _only_cites(one, flat)
    if (
        one.journal is None
        or one.year is None
        or not (one.volume or one.pages or one.authors)
        or one.title[0].islower()
    ):
        return False
    behind = flat[one.title_end :].partition(one.journal)[2]
    return len(_PROSE.findall(_without_ids(behind)[0])) <= _MOST_PROSE


def _only_cites(one: Reference, flat: str) -> bool:
    """Whether a signed text tells of nothing but the paper, unlike a letter that begins with "Lee et al." """
    if len(one.authors) > 1 and one.volume and one.pages:
        return True
    lead, behind = flat[: one.title_start], _without_ids(flat[one.title_end :])[0]
    told_before, told_behind = len(_PROSE.findall(lead)), len(_PROSE.findall(behind))
    if not one.authors or max(told_before, told_behind) > _MOST_PROSE:
        return False
    return told_behind == 0 or bool(one.volume or one.pages or one.ids.curies)


def _without_ids(citation: str) -> tuple[str, Ids]:
    """The citation with the identifiers behind it blanked out (so that places stay), and those identifiers."""
    names = identity.dois(citation)
    pmid, pmcid = _PMID.search(citation), _PMCID.search(citation)
    body = citation
    for _, start, end in names:
        body = body[:start] + " " * (end - start) + body[end:]
    for found in (_PMID.search(body), _PMCID.search(body), _URL.search(body)):
        # An address at the very front belongs to a web page's citation, not behind it.
        if found and found.start() > 20:
            body = body[: found.start()] + " " * (len(found[0])) + body[found.end() :]
    ids = Ids(
        pmid=identity.pmid(pmid[1]) if pmid else None,
        pmcid=identity.pmcid(f"PMC{pmcid[1]}") if pmcid else None,
        doi=names[-1][0] if names else None,
    )
    return body, ids


def _start(body: str, offset: int) -> tuple[tuple[str, ...], int | None, int]:
    """Authors, the year where it follows them, and where the title begins."""
    lead = front(body[offset:])
    found = Front(lead.authors, lead.end + offset if lead.authors else offset)
    position = found.end
    year = _YEAR_IN_BRACKETS.match(body, position) or (_YEAR_BARE.match(body, position) if found.authors else None)
    authors = found.authors
    if year is None:
        # An institution, or names in a style we do not know, before `(2017)` with the title behind it.
        year = next(iter(_YEAR_IN_BRACKETS.finditer(body, offset, offset + 400)), None)
        if year and not _is_front_year(body, year.start(), year.end(), offset):
            year = None
        elif year and not authors:
            authors = (body[offset : year.start()].strip(" .,;:"),)
    if year:
        return authors, int(year[1]), year.end()
    if not authors and (institution := _INSTITUTION.match(body, offset)):
        return (institution["name"],), None, institution.end()
    while position < len(body) and body[position] in " ,.:;":
        position += 1
    return authors, None, position


def _is_front_year(body: str, start: int, end: int, offset: int) -> bool:
    """Whether `(2017)` stands before the title: a name before it, words behind it."""
    words = re.findall(r"[A-Za-zÀ-ÿ]{3,}", body[end:])
    lead = body[offset:start].strip(" .")
    return len(words) >= 4 and bool(lead) and not re.search(r"\d|[a-z]{3}[.?!] ", lead)


def _end(body: str, start: int, *, commas: bool) -> tuple[int, str | None, int]:
    """Where the title ends, the journal, and where the numbers behind it begin. The title is empty where it cannot be
    told.
    """
    if commas and (found := _end_at_comma(body, start)):
        return found
    stops = [stop for stop in _END.finditer(body, start) if not _ABBREVIATION.search(body, start, stop.start())]
    for stop in stops:
        if _BOOK.match(body, stop.end()):
            return _title_end(stop), None, stop.end()
        if journal := _journal(body, stop.end()):
            return _title_end(stop), *journal
    if found := _end_at_comma(body, start):
        return found
    for stop in stops:
        if plain := _JOURNAL_PLAIN.match(body, stop.end()):
            return _title_end(stop), plain["journal"].strip(), plain.end()
    whole = start + len(body[start:].rstrip(" ."))
    if len(body[start:whole].split()) < 3:
        return start, None, start
    first = next((stop for stop in stops if stop["mark"]), None)
    return (_title_end(first), None, first.end()) if first else (whole, None, whole)


def _title_end(stop: re.Match[str]) -> int:
    return stop.end("mark") if stop["mark"] in ("?", "!") else stop.start()


def _end_at_quote(body: str, quoted: re.Match[str]) -> tuple[int, str | None, int]:
    """`"Title," Journal, vol. 1`: the end of what stands in quotation marks, and the journal behind it."""
    return quoted.end("title"), *(_journal(body, quoted.end()) or (None, quoted.end()))


def _end_at_comma(body: str, start: int) -> tuple[int, str, int] | None:
    """`Title, J. Autoimmun. 110 (2020)`: the first comma behind which only journal, volume and year follow."""
    for comma in re.finditer(r",\s+", body[start:]):
        found = _journal(body, start + comma.end())
        if found and re.match(rf"\s*[A-Za-z]?\d+\s*(?:\([^)]*\))?\s*[,(:]|\s*{_YEAR}", body[found[1] :]):
            return start + comma.start(), *found
    return None


def _journal(body: str, start: int) -> tuple[str, int] | None:
    """The journal's name that stands here, with numbers or the end behind it, and where those begin."""
    found = _JOURNAL.match(body, start)
    if found is None:
        return None
    name = found["journal"]
    if _LOWER_STOP.search(name + " ") or not re.search(r"[A-Za-zÀ-ÿ]{2}", name):
        return None
    rest = body[found.end() :].strip(" .")
    if not rest and len(name.split()) > 8:
        return None
    return name.strip(" .,:"), found.end()


def _bare(citation: str, start: int, end: int) -> tuple[int, int]:
    """The title without quotation marks, the word for its medium, and blanks."""
    if medium := _MEDIUM.search(citation, start, end):
        end = medium.start()
    while start < end and citation[start] in " “\"‘'.,:":
        start += 1
    while end > start and citation[end - 1] in " ”\"’',.:;":
        end -= 1
    return start, end


def _volume_pages(tail: str) -> tuple[str | None, str | None]:
    for pattern in _VOLUME_PAGES:
        if found := pattern.search(tail):
            return found["volume"].strip(), found["pages"].rstrip(".–-") or None
    return None, None


def _last_year(tail: str) -> int | None:
    years = _ANY_YEAR.findall(tail)
    return int(years[0]) if years else None
