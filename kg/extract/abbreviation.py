"""Text in, the short forms it defines out, with where each definition stands.

Both directions ("systemic sclerosis (SSc)", "SSc (systemic sclerosis)"), both in one bracket ("(systemic sclerosis,
SSc)"), with a tail inside the brackets ("(CRS; grade 1)") or behind them ("(BCMA)-directed"). First the initials of the
words before the bracket are held against the short form, then the letters within words as Schwartz and Hearst (2003,
doi:10.1142/9789812776303_0042) do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.model import Abbreviation

# One bracket may be glued to a word inside another: "prostaglandin E2 (PGE(2))".
_BRACKET = re.compile(
    r"[(\[]([^()\[\]]{1,160}+(?=[)\]])|(?:[^()\[\]]|(?<=[\w(\[])[(\[][^()\[\]\s]{0,12}[)\]]){1,160})[)\]]"
)
_GREEK = "alpha|beta|gamma|delta|kappa"
_SHORT = re.compile(rf"[^\W_][\w./+&()\[\]-]{{0,11}}(?: (?:[A-Z0-9][\w./+-]{{0,6}}|{_GREEK}))?$")
_NOUN = re.compile(r" [a-z]{3,12}$")
_TAIL = re.compile(r"\s*(?P<mark>[;:=]|,(?!\d))\s*|\s+(?:or|and|hereafter|also)\s+")
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{5,}$")
_LONG_WORD = re.compile(r"(?<!\w)[^\W\d_]{7,}[^\W\d_s]$")
_BEFORE = re.compile(r"(?<![\w-])([^\W_][\w/+&.-]{1,11})\s*$")
# A clause's end before the bracket, read backwards: the long form does not reach across it.
_STOP = re.compile(r"[()\[\]\n]|\s[.;:!?]")
# A bracket glued to a word is part of a chemical's or a protein's name: "c-Jun NH(2)-terminal kinase".
_GLUED = re.compile(
    r"(?<=-)[(\[](?!\w*[A-Z]{2})[^()\[\]\s]{1,20}[)\]]|(?<=[\w-])[(\[](?:(?![A-Z]{3})[^()\[\]\s]{1,20}[)\]](?=\S)|\d[^()\[\]\s]{0,3}[)\]])"
)
# A position in front of a chemical's name belongs to it: "2,6-diaminopurine", "alpha-1-antitrypsin deficiency".
_LOCANT = re.compile(rf"(?<![\w-])(?:\d+ ?(?={_GREEK}))?(?:(?:\d+[a-z]?'?(?:,\d+[a-z]?'?)*|[NOSDLc]|{_GREEK})-)+$")
_BRACKETED = re.compile(r"\([^()]*\)")
# Behind an inner bracket another name begins: "CD19 (B4) and CD20".
_JOINED = re.compile(r"\),? (?:and|or)\b|\), |[;:] ")
_LITTLE = frozenset(
    {"a", "an", "and", "as", "at", "by", "de", "for", "from", "in", "of", "on", "or", "the", "to", "type", "with"}
)
_FARTHEST = 250  # characters before the bracket that a long form may begin in
_NEVER = frozenset({"i", "ii", "iii", "vii", "fig", "figure", "table", "ref", "usa", "uk", "eu", "pp", "see"})
# "3D" is short for "three-dimensional": a digit may stand for the first letter of its word.
_COUNTED = str.maketrans("123456789", "ottffssen")

# A short form, its long form, and where each begins.
_Places = tuple[str, str, int, int]


def brackets(text: str) -> tuple[re.Match[str], ...]:
    """What stands in brackets; the content is the first group."""
    if "[" in text:
        return tuple(_BRACKET.finditer(text))
    found = []
    at = text.find("(")
    while at >= 0:
        bracket = _BRACKET.match(text, at)
        if bracket is not None:
            found.append(bracket)
        at = text.find("(", at + 1 if bracket is None else bracket.end())
    return tuple(found)


def find(text: str, bracketed: Iterable[re.Match[str]] | None = None, *, start: int = 0) -> tuple[Abbreviation, ...]:
    """Every definition in a text, in text order, offsets moved by `start`.

    bracketed: the `brackets` of the text, where they are known.

    >>> [(a.short, a.long) for a in find("anti-B-cell maturation antigen (BCMA)-directed CAR-T")]
    [('BCMA', 'B-cell maturation antigen')]
    >>> [(a.short, a.long) for a in find("In SSc (systemic sclerosis), five (n = 5) of USA patients")]
    [('SSc', 'systemic sclerosis')]
    """
    found = []
    for bracket in brackets(text) if bracketed is None else bracketed:
        places = _behind(text, bracket) or _inside(text, bracket) or _within(bracket)
        if places is not None:
            short, long, at, long_at = places
            found.append(Abbreviation(short=short, long=long, start=at + start, long_start=long_at + start))
    return tuple(found)


def alone(bracketed: Iterable[re.Match[str]], *, start: int = 0) -> Iterator[tuple[int, str]]:
    """Where something that looks like a short form stands alone in brackets, and what; offsets moved by `start`.

    >>> list(alone(brackets("rheumatoid arthritis (RA), n (5) of (all)")))
    [(22, 'RA')]
    """
    for bracket in bracketed:
        if looks_short(bracket[1]):
            yield bracket.start(1) + start, bracket[1]


@lru_cache(maxsize=4096)
def looks_short(text: str) -> bool:
    """Whether a string may be a short form: 2 to 12 characters, a letter, and a capital or a digit.

    >>> [looks_short(text) for text in ("SSc", "n = 5", "IL-6", "the", "95%", "2023")]
    [True, False, True, False, False, False]
    """
    if not 2 <= len(text) <= 12 or _SHORT.fullmatch(text) is None or (lower := text.lower()) in _NEVER:
        return False
    return lower != text or (any(map(str.isdigit, text)) and sum(map(str.isalpha, text)) > 1)


def across(sentence: str, bracket: int, short: str) -> int | None:
    """Where the long form of what stands in brackets begins, brackets and commas on its way not looked at.

    For short forms that are names and that `find` leaves open: it may hold brackets of its own, be one word that is
    hardly longer, or run over commas.

    >>> text = "The poly (ADP-ribose) polymerase (PARP)"
    >>> text[across(text, text.index("(PARP"), "PARP") :]
    'poly (ADP-ribose) polymerase (PARP)'
    >>> across("A friend of time (TNT)", 17, "TNT") is None
    True
    """
    window = sentence[:bracket].rstrip()
    if window.endswith(")") or not short[0].isalpha():
        return None
    plain = _BRACKETED.sub(lambda inner: " " * len(inner.group()), window)
    for words in (plain, window) if plain != window else (window,):
        at = _by_initials(short, words)
        at = _by_letters(short, words) if at is None else at
        if at is not None and _own(short, window[at:]):
            return at
    return None


def _own(short: str, long: str) -> bool:
    """Whether a long form that may hold anything is one and not a stretch of text."""
    opening = _WORDS.match(long)
    return (
        len(long) > len(short)
        and (opening is None or opening.group().lower() not in _LITTLE)
        and len(long.split()) <= min(len(short) + 5, len(short) * 2)
        and short.lower() not in long.lower()
        and long.count("(") == long.count(")")
        and _JOINED.search(long) is None
    )


class _Content(NamedTuple):
    """What may be a short form at the beginning of a bracket.

    inner: without the noun that its long form may end with too; offset: within the bracket; counted: a value follows.
    """

    short: str
    inner: str
    offset: int
    counted: bool


@lru_cache(maxsize=16_384)
def _content(content: str) -> _Content | None:
    tail = None if content.isalnum() else _TAIL.search(content)
    short = (content[: tail.start()] if tail else content).strip(" \"'“”‘’")
    noun = _NOUN.search(short) if " " in short else None
    inner = short[: noun.start()] if noun is not None else short
    if not (_may_be_short(short) or (noun is not None and _may_be_short(inner))):
        return None
    return _Content(short, inner, content.index(short), counted=tail is not None and tail["mark"] == "=")


def _behind(text: str, bracket: re.Match[str]) -> _Places | None:
    """Long form (SF)."""
    content = _content(bracket[1])
    if content is None:
        return None
    short, inner, offset, counted = content
    first = _clause(text, bracket)
    window = text[first : bracket.start()].rstrip(" \"'“”‘’")
    whole = window
    if inner != short:
        if window.endswith(noun := short[len(inner) :]):
            # "mouse embryo fibroblast cells (MEF cells)": what both end with does not say where the long form begins.
            whole = window.removesuffix(noun)
        else:
            inner = short
        if not _may_be_short(inner):
            return None
    at = _long_form(inner, whole, counted=counted)
    if at is None:
        return None
    if window[at - 1 : at] == "-" and (locant := _LOCANT.search(window, 0, at)) is not None:
        at = locant.start()
    if window.count(")", at) > window.count("(", at):
        # "4-(9-acridinylamino)…": the bracket that it begins in belongs to it.
        at = window.rfind(" ", 0, at) + 1
    return short, window[at:], bracket.start(1) + offset, first + at


def _clause(text: str, bracket: re.Match[str]) -> int:
    """Where the clause before a bracket begins, or the farthest that a long form may."""
    end = bracket.start()
    first = max(0, end - _FARTHEST)
    stop = _STOP.search(text[first:end][::-1], 1)
    if stop is not None and stop[0] in "()[]":
        shift, behind = max(0, first - 24), end - stop.start()
        opening = max(text.rfind("(", shift, behind), text.rfind("[", shift, behind))
        if opening > shift and (text[opening - 1].isalnum() or text[opening - 1] in "-_"):
            # What is glued to a word does not end the clause.
            plain = _GLUED.sub(lambda glued: "x" * len(glued.group()), text[shift : bracket.end()])
            stop = _STOP.search(plain[first - shift : end - shift][::-1], 1)
    return first if stop is None else end - stop.start()


@lru_cache(maxsize=16_384)
def _may_be_short(text: str) -> bool:
    return looks_short(text) or _plain_short(text) or _letter(text)


def _long_form(short: str, window: str, *, counted: bool) -> int | None:
    """Where the long form begins. counted: "(OR = 6.9)", a value, where letters inside words prove nothing."""
    if len(short) == 1:
        return _one_word(short, window)
    bare = short[:-1] if len(short) > 2 and short.endswith("s") and short[:-1].isupper() else short
    at = _by_initials(bare, window)
    if at is None and not counted:
        at = _by_letters(bare, window) if looks_short(short) else _in_one_word(short, window)
    if at is not None and _plausible(bare, window[at:]):
        return at
    for form, by_letters in _other_forms(bare):
        at = _by_initials(form, window)
        if at is None and by_letters and not counted:
            at = _by_letters(form, window)
        if at is not None and _plausible(form, window[at:]) and bare.lower() not in window[at:].lower():
            return at
    return _numbered(short, window) if not counted else None


@lru_cache(maxsize=16_384)
def _other_forms(bare: str) -> tuple[tuple[str, bool], ...]:
    """ "hTEP-1" without its number, "3D" with its number as a word, "OVX" for "ovariectomized"; whether letters within
    words may prove it."""
    plain = bare.rstrip("0123456789-")
    one = len(bare) - len(plain.rstrip("-")) == 1 or bare[-2:-1] == "-"
    return tuple(
        (form, one if form == plain else "x" in bare.lower())
        for form in (plain, bare.translate(_COUNTED), bare.lower().replace("x", "ec"))
        if form.lower() != bare.lower() and sum(map(str.isalpha, form)) > 1
    )


def _numbered(short: str, window: str) -> int | None:
    """Where the single word begins that a letter and a digit stand for: "triiodothyronine (T3)"."""
    if len(short) != 2 or not short[0].isupper() or not short[1].isdigit():
        return None
    last = _LONG_WORD.search(window, window.rfind(" ") + 1)
    return last.start() if last is not None and last.group()[0].upper() == short[0] else None


def _inside(text: str, bracket: re.Match[str]) -> _Places | None:
    """SF (long form)."""
    content: str = bracket[1]
    if content.isalnum() and not (len(content) >= 5 and content.isalpha() and content.islower()):
        return None
    if content.lower()[0] not in text[max(0, bracket.start() - 16) : bracket.start()].lower():
        return None  # a short form begins as its long form does
    before = _BEFORE.search(text, max(0, bracket.start() - 16), bracket.start())
    if before is None or not _may_be_short(before[1]):
        return None
    long = re.split(r"[;,]", content, maxsplit=1)[0].rstrip()
    if not (_opens(before[1], long) and _plausible(before[1], long)):
        return None
    return before[1], long, before.start(1), bracket.start(1)


def _opens(short: str, long: str) -> bool:
    """Whether a long form in brackets is one of the short form before them, from its first letter on."""
    if len(_WORDS.findall(long)) > 1:
        by_letters = looks_short(short) and _by_letters(short, long) == 0
        return _by_initials(short, long) == 0 or by_letters
    # One word: "IL (interleukin)".
    return len(short) > 1 and short.isupper() and long.isalpha() and long.islower() and _by_letters(short, long) == 0


def _within(bracket: re.Match[str]) -> _Places | None:
    """(long form, SF)."""
    long, comma, rest = bracket[1].rpartition(", ")
    if not comma or ", " in long or not looks_short(rest) or len(_WORDS.findall(long)) < 2:
        return None
    found = (_by_initials(rest, long), _by_letters(rest, long))
    locant = _LOCANT.match(long, 0, found[1] or 0)
    if 0 not in found and (locant is None or locant.end() != found[1]):
        return None
    if not _plausible(rest, long):
        return None
    start = bracket.start(1)
    return rest, long, start + len(long) + len(comma), start


def _plain_short(text: str) -> bool:
    """A short form without a capital ("aa", "bg"): only where each of its letters begins a word."""
    return 2 <= len(text) <= 4 and text.isalpha() and text.islower() and text not in _NEVER | _LITTLE | {"eg", "ie"}


def _letter(text: str) -> bool:
    return len(text) == 1 and text.isupper()


def _one_word(short: str, window: str) -> int | None:
    """Where the single word begins that a single letter stands for ("progesterone (P)")."""
    last = _WORD.search(window, window.rfind(" ") + 1)
    return last.start() if last is not None and last.group()[0].upper() == short else None


def _in_one_word(short: str, window: str) -> int | None:
    """Where the last word begins, if a form in lower case is made of its letters: "beige (bg)"."""
    last = _WORD.search(window, window.rfind(" ") + 1)
    if last is None or last.group()[0].lower() != short[0]:
        return None
    rest = iter(last.group().lower())
    return last.start() if all(letter in rest for letter in short) else None


@lru_cache(maxsize=16_384)
def _letters(short: str) -> tuple[str, ...]:
    """The letters and digits of a short form in lower case."""
    return tuple(c.lower() for c in short if c.isalnum())


def _by_initials(short: str, window: str) -> int | None:
    """Where the long form begins when each letter of the short form begins a word, little words free to be skipped."""
    letters = _letters(short)
    if len(letters) < 2:
        return None
    # From the last word on, read backwards: mostly it is the one that does not take part.
    words = _WORDS.finditer(window[::-1])
    first: int | None = None
    for letter in reversed(letters):
        for word in words:
            begin = len(window) - word.end()
            if window[begin].lower()[0] == letter:
                break
            # Only little words may be skipped on the way.
            if first is None or window[begin : begin + len(word[0])].lower() not in _LITTLE:
                return None
        else:
            return None
        first = begin
    return first


def _by_letters(short: str, window: str) -> int | None:
    """Where the long form begins by Schwartz and Hearst's backward match, within their window of words."""
    letters = _letters(short)
    reach = min(len(letters) + 5, len(letters) * 2)
    words = window.rsplit(None, reach)
    floor = 0
    if len(words) > reach > 0:
        floor = len(window) - len(window[len(words[0]) :].lstrip())
    lower = window.lower()
    position = len(lower) - 1
    last = window.rstrip().rfind(" ")
    for index in range(len(letters) - 1, -1, -1):
        position = lower.rfind(letters[index], floor, position + 1)
        while index == 0 and position > 0 and lower[position - 1].isalnum():
            position = lower.rfind(letters[index], floor, position)
        if position < floor or (index == 1 == len(letters) - 1 and position <= last):
            return None  # of two letters one stands in the last word: no "contrast medium (CT)"
        position -= 1
    start = position + 1
    return None if _enumerates(window[start:], len(letters)) else start


def _enumerates(long: str, letters: int) -> bool:
    """Whether a long form runs over commas as lists do; "gap junction protein, alpha 8 (GJA8)" has one."""
    tail = long.split(", ")[1:]
    return len(tail) > 1 or (len(tail) == 1 and (letters < 4 or tail[0].count(" ") > 2))


def _plausible(short: str, long: str) -> bool:
    """Longer than its short form, not built of it, not too many words, and not cut from a bare number."""
    words = _WORDS.findall(long)
    if len(long) <= len(short) or not words or short in words or not any(map(str.isalpha, long)):
        return False
    # "APRIL" is "a proliferation-inducing ligand", but no long form begins with "the" or "of".
    opening = words[0].lower()
    if len(opening) > 1 and opening in _LITTLE and opening != "type":
        return False
    letters = len(_letters(short))
    # A long form of one word has to be much longer ("methotrexate (MTX)"), one of many words not out of proportion.
    return (len(words) > 1 or len(long) >= 2 * letters + 1) and len(words) <= letters * 3 + 1
