"""Text in, the short forms it defines out, with where each definition stands.

Both directions ("systemic sclerosis (SSc)", "SSc (systemic sclerosis)"), both in one bracket ("(systemic sclerosis,
SSc)"), with a tail inside the brackets ("(CRS; grade 1)") or behind them ("(BCMA)-directed"). First the initials of the
words before the bracket are held against the short form, then the letters within words as Schwartz and Hearst (2003,
doi:10.1142/9789812776303_0042) do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.model import Abbreviation

# One bracket may be glued to a word inside another: "prostaglandin E2 (PGE(2))".
_BRACKET = re.compile(r"[(\[]((?:[^()\[\]]|(?<=[\w(\[])[(\[][^()\[\]\s]{0,12}[)\]]){1,160})[)\]]")
_GREEK = "alpha|beta|gamma|delta|kappa"
_SHORT = re.compile(rf"[^\W_][\w./+&()\[\]-]{{0,11}}(?: (?:[A-Z0-9][\w./+-]{{0,6}}|{_GREEK}))?$")
_NOUN = re.compile(r" [a-z]{3,12}$")
_TAIL = re.compile(r"\s*(?P<mark>[;:=]|,(?!\d))\s*|\s+(?:or|and|hereafter|also)\s+")
_WORDS = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BEFORE = re.compile(r"(?<![\w-])([^\W_][\w/+&.-]{1,11})\s*$")
# A clause's end before the bracket: the long form does not reach across it.
_STOP = re.compile(r"[.;:!?()\[\]\n](?:(?<=[()\[\]\n])|\s)")
# A bracket glued to a word is part of a chemical's or a protein's name: "c-Jun NH(2)-terminal kinase".
_GLUED = re.compile(
    r"(?<=-)[(\[](?!\w*[A-Z]{2})[^()\[\]\s]{1,20}[)\]]|(?<=[\w-])[(\[](?:(?![A-Z]{3})[^()\[\]\s]{1,20}[)\]](?=\S)|\d[^()\[\]\s]{0,3}[)\]])"
)
_TOUCHING = re.compile(r"[(\[](?<=[\w-].)")
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


def find(text: str) -> tuple[Abbreviation, ...]:
    """Every definition in a text, in text order.

    >>> [(a.short, a.long) for a in find("anti-B-cell maturation antigen (BCMA)-directed CAR-T")]
    [('BCMA', 'B-cell maturation antigen')]
    >>> [(a.short, a.long) for a in find("In SSc (systemic sclerosis), five (n = 5) of USA patients")]
    [('SSc', 'systemic sclerosis')]
    """
    found = (_definition(text, bracket) for bracket in _BRACKET.finditer(text))
    return tuple(definition for definition in found if definition is not None)


def _definition(text: str, bracket: re.Match[str]) -> Abbreviation | None:
    return _behind(text, bracket) or _inside(text, bracket) or _within(text, bracket)


def bracketed(text: str) -> Iterator[tuple[int, str]]:
    """Where something that looks like a short form stands alone in brackets, and what.

    >>> list(bracketed("rheumatoid arthritis (RA), n (5) of (all)"))
    [(22, 'RA')]
    """
    for bracket in _BRACKET.finditer(text):
        if looks_short(bracket[1]):
            yield bracket.start(1), bracket[1]


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


def _behind(text: str, bracket: re.Match[str]) -> Abbreviation | None:
    """Long form (SF)."""
    content: str = bracket[1]
    tail = None if content.isalnum() else _TAIL.search(content)
    short = (content[: tail.start()] if tail else content).strip(" \"'“”‘’")
    noun = _NOUN.search(short) if " " in short else None
    if not (_may_be_short(short) or (noun is not None and _may_be_short(short[: noun.start()]))):
        return None
    start = bracket.start(1) + content.index(short)
    first = max(0, bracket.start() - _FARTHEST)
    # What is glued to a word does not end the clause.
    shift = max(0, first - 24)
    plain = text[shift : bracket.end()]
    if _TOUCHING.search(plain, 0, bracket.start() - shift) is not None:
        plain = _GLUED.sub(lambda glued: "x" * len(glued.group()), plain)
    stops = (stop.end() + shift for stop in _STOP.finditer(plain, first - shift, bracket.start() - shift))
    first = max((stop for stop in stops if stop < bracket.start()), default=first)
    window = text[first : bracket.start()].rstrip(" \"'“”‘’")
    if noun is not None and window.endswith(noun.group()):
        # "mouse embryo fibroblast cells (MEF cells)": what both end with says nothing of where the long form begins.
        inner, shared = short[: noun.start()], noun.group()
    else:
        inner, shared = short, ""
    if not _may_be_short(inner):
        return None
    at = _long_form(inner, window.removesuffix(shared), counted=tail is not None and tail["mark"] == "=")
    if at is None:
        return None
    locant = _LOCANT.search(window, 0, at)
    at = locant.start() if locant else at
    if window.count(")", at) > window.count("(", at):
        # "4-(9-acridinylamino)…": the bracket that it begins in belongs to it.
        at = window.rfind(" ", 0, at) + 1
    return Abbreviation(short=short, long=window[at:], start=start, long_start=first + at)


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
    # "hTEP-1" without its number, "3D" with its number as a word, "OVX" for "ovariectomized".
    plain = bare.rstrip("0123456789-")
    one = len(bare) - len(plain.rstrip("-")) == 1 or bare[-2:-1] == "-"
    for form in (plain, bare.translate(_COUNTED), bare.lower().replace("x", "ec")):
        if form.lower() != bare.lower() and sum(c.isalpha() for c in form) > 1:
            at = _by_initials(form, window)
            if at is None and not counted and (one if form == plain else "x" in bare.lower()):
                at = _by_letters(form, window)
            if at is not None and _plausible(form, window[at:]) and bare.lower() not in window[at:].lower():
                return at
    return _numbered(short, window) if not counted else None


def _numbered(short: str, window: str) -> int | None:
    """Where the single word begins that a letter and a digit stand for: "triiodothyronine (T3)"."""
    if len(short) != 2 or not short[0].isupper() or not short[1].isdigit():
        return None
    last = re.search(r"(?<!\w)[^\W\d_]{7,}[^\W\d_s]$", window)
    return last.start() if last is not None and last.group()[0].upper() == short[0] else None


def _inside(text: str, bracket: re.Match[str]) -> Abbreviation | None:
    """SF (long form)."""
    content: str = bracket[1]
    if content.isalnum() and not (len(content) >= 5 and content.isalpha() and content.islower()):
        return None
    before = _BEFORE.search(text, max(0, bracket.start() - 16), bracket.start())
    if before is None or not _may_be_short(before[1]):
        return None
    long = re.split(r"[;,]", content, maxsplit=1)[0].rstrip()
    if not (_opens(before[1], long) and _plausible(before[1], long)):
        return None
    return Abbreviation(short=before[1], long=long, start=before.start(1), long_start=bracket.start(1))


def _opens(short: str, long: str) -> bool:
    """Whether a long form in brackets is one of the short form before them, from its first letter on."""
    if len(_WORDS.findall(long)) > 1:
        by_letters = looks_short(short) and _by_letters(short, long) == 0
        return _by_initials(short, long) == 0 or by_letters
    # One word: "IL (interleukin)".
    return len(short) > 1 and short.isupper() and long.isalpha() and long.islower() and _by_letters(short, long) == 0


def _within(text: str, bracket: re.Match[str]) -> Abbreviation | None:
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
    return Abbreviation(short=rest, long=long, start=start + len(long) + len(comma), long_start=start)


def _plain_short(text: str) -> bool:
    """A short form without a capital ("aa", "bg"): only where each of its letters begins a word."""
    return 2 <= len(text) <= 4 and text.isalpha() and text.islower() and text not in _NEVER | _LITTLE | {"eg", "ie"}


def _letter(text: str) -> bool:
    return len(text) == 1 and text.isupper()


def _one_word(short: str, window: str) -> int | None:
    """Where the single word begins that a single letter stands for ("progesterone (P)")."""
    last = re.search(r"(?<![\w-])[^\W\d_]{5,}$", window)
    return last.start() if last is not None and last.group()[0].upper() == short else None


def _in_one_word(short: str, window: str) -> int | None:
    """Where the last word begins, if a form in lower case is made of its letters: "beige (bg)"."""
    last = re.search(r"(?<![\w-])[^\W\d_]{5,}$", window)
    if last is None or last.group()[0].lower() != short[0]:
        return None
    rest = iter(last.group().lower())
    return last.start() if all(letter in rest for letter in short) else None


def _by_initials(short: str, window: str) -> int | None:
    """Where the long form begins when each letter of the short form begins a word, little words free to be skipped."""
    letters = [c.lower() for c in short if c.isalnum()]
    if len(letters) < 2:
        return None
    last = _WORDS.findall(window, window.rfind(" ") + 1)
    if last and last[-1].lower()[0] != letters[-1]:
        return None  # the last word has to take part, and mostly it is the one that does not
    words = [(word.start(), word.group().lower()) for word in _WORDS.finditer(window)]
    position = len(words) - 1
    first: int | None = None
    for letter in reversed(letters):
        while position >= 0 and words[position][1][0] != letter:
            # Only little words may be skipped on the way.
            if first is None or words[position][1] not in _LITTLE:
                return None
            position -= 1
        if position < 0:
            return None
        first = words[position][0]
        position -= 1
    return first


def _by_letters(short: str, window: str) -> int | None:
    """Where the long form begins by Schwartz and Hearst's backward match, within their window of words."""
    letters = [c.lower() for c in short if c.isalnum()]
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
    plain = set(words)
    letters = sum(c.isalnum() for c in short)
    # "APRIL" is "a proliferation-inducing ligand", but no long form begins with "the" or "of".
    opening = words[0].lower() if words else ""
    if len(opening) > 1 and opening in _LITTLE - {"type"}:
        return False
    if len(long) <= len(short) or short in plain or not words or not any(c.isalpha() for c in long):
        return False
    # A long form of one word has to be much longer ("methotrexate (MTX)"), one of many words not out of proportion.
    return (len(words) > 1 or len(long) >= 2 * letters + 1) and len(words) <= letters * 3 + 1
