"""A document and what the vocabulary found in it in, what the recogniser sees beyond or otherwise out.

Only sentences that need it are analysed: those where a word that no hit covers looks like part of a name, and those
with a short name that may be something else (docs/recogniser.md tells their share and what is missed).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from kg.extract.extraction import Extraction
from kg.extract.recogniser import Recogniser
from kg.lexicon import Hit, Lexicon
from kg.model import Document, Span

_SHORT = 6  # characters
# Endings and words that names of conditions are made of, whatever the vocabulary; regular expressions, one a blank.
_ENDINGS = (
    r"itis itides osis oses otic emia emic aemia aemic path(?:y|ies|ic) omas? omata uria algia plegi[ac] peni[ac] "
    r"rrhoe?a rrhag(?:e|ic) ectas[ie]s troph(?:y|ic) plasia plasms? megaly o?edema spasms? stenos[ie]s toxic "
    r"toxicit(?:y|ies) lysis ism rhythmias? cardia tensi(?:on|ve) phobia mania lep(?:sy|tic) ataxia dynia kinesias? "
    r"kinetic toni[ac] paresis phreni[ac] thymia cythemia phili[ac] ptosis lexia ache"
)
_WORDS = (
    r"tumou?rs? cancers? malignan\w+ carcino\w+ metasta\w+ diseases? disorders? syndromes? deficien\w+ deficits? "
    r"dysfunctions? failures? injur\w+ damages? infarct\w* thromb\w+ isch[ae]?emi\w+ necro\w+ inflammat\w+ infect\w+ "
    r"lesions? abnormalit\w+ anomal\w+ defects? malformations? impair\w* insufficien\w+ retardation seizures? "
    r"convulsi\w+ pains? nausea vomit\w* fevers? fatigue weakness ha?emorrhag\w* bleed\w* hypo\w{3,} hyper\w{3,} "
    r"tachy\w+ brady\w+ dys\w{3,} depress\w+ anxiety psych\w+ dement\w+ pals(?:y|ies) paraly\w+ shock arrest block "
    r"occlusions? obstructions? symptoms? complications? overdos\w+ poison\w* addictions? abuse dependence loss "
    r"blind\w* deaf\w* obes\w+ diabet\w+ allerg\w+ ulcer\w* cyst(?:s|ic)? strokes? rigid\w* tremors? agitat\w+ "
    r"confus\w+ deliri\w+ hallucinat\w+ amnesi\w+ rash(?:es)? gangrene"
)
# A short form with two capitals; whether it names a condition the model tells.
_ACRONYM = r"[A-Z][A-Za-z]{0,4}[A-Z]s?"
# Types whose unlisted names are looked for. Genes are not: their names are alike without being the same, and what the
# vocabulary lacks is mostly another species' or a family (docs/recogniser.md); the recogniser only checks short ones.
_CUES: Final[Mapping[str, re.Pattern[str]]] = {
    "disease": re.compile(
        rf"(?<![\w-])(?:(?i:\w{{2,}}(?:{'|'.join(_ENDINGS.split())})|{'|'.join(_WORDS.split())})|{_ACRONYM})(?!\w)"
    ),
}


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What a recogniser adds to the hits of the vocabulary; start, end and entity type, in text order.

    names: touch no hit. wider: hold hits and cut none. doubted: short names of the vocabulary's that the recogniser
    took for no name of their type anywhere in the document.
    """

    names: tuple[tuple[int, int, str], ...] = ()
    wider: tuple[tuple[int, int, str], ...] = ()
    doubted: frozenset[tuple[int, int, str]] = frozenset()


def find(document: Document, extraction: Extraction, recogniser: Recogniser, lexicon: Lexicon) -> Seen:
    """What the recogniser sees in the sentences that need it."""
    names: list[tuple[int, int, str]] = []
    wider: list[tuple[int, int, str]] = []
    doubted: set[tuple[int, int, str]] = set()
    for type_ in recogniser.types:
        short = [hit for hit in extraction.hits if is_short(document.text, hit) and _may_be(hit, type_, lexicon)]
        spans = list(_spans(document.text, extraction, short, recogniser, type_))
        doubted |= {(start, end, type_) for start, end in _doubted(document.text, short, spans)}
        if type_ not in _CUES:
            continue
        for start, end in spans:
            inside = [hit for hit in extraction.hits if hit.start < end and start < hit.end]
            if not inside:
                if all(end <= first or last <= start for first, last, _ in names):
                    names.append((start, end, type_))
            elif all(_held(hit, start, end) for hit in inside):
                wider.append((start, end, type_))
    return Seen(names=tuple(sorted(names)), wider=tuple(sorted(wider)), doubted=frozenset(doubted))


def is_short(text: str, hit: Hit) -> bool:
    """Whether what stands there is so short that it may well be something else.

    >>> is_short("the ACR score", Hit(4, 7, ())), is_short("lupus nephritis", Hit(0, 15, ()))
    (True, False)
    """
    return hit.end - hit.start <= _SHORT and " " not in text[hit.start : hit.end]


def needs(text: str, sentence: Span, hits: Sequence[Hit], type_: str) -> bool:
    """Whether words of the sentence that no hit covers look like part of a name of this type.

    >>> text = "Zebra nephropathy in lupus."
    >>> needs(text, Span(start=0, end=27), [Hit(0, 17, ()), Hit(21, 26, ())], "disease")
    False
    >>> needs(text, Span(start=0, end=27), [Hit(21, 26, ())], "disease")
    True
    """
    return type_ in _CUES and any(_CUES[type_].search(text, start, end) for start, end in _open(sentence, hits))


def _spans(
    text: str, extraction: Extraction, short: Sequence[Hit], recogniser: Recogniser, type_: str
) -> Iterator[tuple[int, int]]:
    wanted = [
        sentence
        for sentence in extraction.sentences
        if needs(text, sentence, extraction.hits, type_)
        or any(sentence.start <= hit.start < sentence.end for hit in short)
    ]
    if wanted:
        found = recogniser.spans([text[sentence.start : sentence.end] for sentence in wanted], type_)
        for sentence, spans in zip(wanted, found, strict=True):
            yield from ((sentence.start + span.start, sentence.start + span.end) for span in spans)


def _doubted(text: str, short: Sequence[Hit], spans: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """Short hits whose form the recogniser took for a name at none of its places."""
    seen = {
        text[hit.start : hit.end] for hit in short if any(start < hit.end and hit.start < end for start, end in spans)
    }
    return {(hit.start, hit.end) for hit in short if text[hit.start : hit.end] not in seen}


def _held(hit: Hit, start: int, end: int) -> bool:
    """Whether a hit is within a span and less than it."""
    return start <= hit.start and hit.end <= end and hit.end - hit.start < end - start


def _may_be(hit: Hit, type_: str, lexicon: Lexicon) -> bool:
    """Whether one reading of a hit is of the type; ICANS is only an adverse event, and no corpus marks it."""
    return any(lexicon.term(entry.term).type == type_ for entry in hit.entries)


def _open(sentence: Span, hits: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    """The stretches of a sentence that no hit covers."""
    start = sentence.start
    for hit in hits:
        if hit.end <= start or hit.start >= sentence.end:
            continue
        if hit.start > start:
            yield start, hit.start
        start = max(start, hit.end)
    if start < sentence.end:
        yield start, sentence.end
