"""Document in, its sentences, abbreviations and the names found in it out: the whole stage in one call."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from kg.extract import abbreviation, defined, enumerated, matcher, sentence
from kg.extract.autoantibody import Autoantibodies
from kg.extract.engineered import Engineered
from kg.extract.masked import masked
from kg.extract.qualified import Qualified
from kg.lexicon import Hit, Lexicon
from kg.lexicon.prepare import squeezed
from kg.model import Abbreviation, Document, Span


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a document; what the names mean is decided by the next stage.

    left_out: names that longer hits overlap. text: the document's as names are looked for in it, character by
    character at the same place.
    """

    text: str

    sentences: tuple[Span, ...]
    abbreviations: tuple[Abbreviation, ...]
    hits: tuple[Hit, ...]
    left_out: Sequence[Hit] = ()


class Extractor:
    """Finds names. Immutable after its birth; one a process."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._engineered = Engineered(lexicon)
        self._autoantibodies = Autoantibodies(lexicon)
        self._qualified = Qualified(lexicon)

    def extract(self, document: Document) -> Extraction:
        """All names that stand inside of a sentence, in text order."""
        sentences = sentence.split(document)
        text = masked(document.text, sentences)
        found = matcher.in_case(text, self._lexicon.find_in(text, squeezed(text)))
        own: list[Abbreviation] = []
        alone: list[tuple[int, str]] = []
        for section in document.sections:
            here = text[section.start : section.end]
            if brackets := abbreviation.brackets(here):
                own += abbreviation.find(here, brackets, start=section.start)
                alone += abbreviation.alone(brackets, start=section.start)
        if alone:
            own += self._named(text, sentences, alone, {item.start for item in own})
        abbreviations = tuple(self._whole(text, item, found) for item in sorted(own, key=lambda item: item.start))
        known = (*defined.hits(text, abbreviations, self._lexicon), *enumerated.hits(text, found, self._lexicon))
        opened = {item.start: item.long_start for item in abbreviations}
        whole: list[Hit] = []
        halves: list[Hit] = []
        for hit in found:
            closing = _closing(text, hit)
            if closing > 0:
                halves.append(_closed(text, hit, opened))
            elif closing == 0:
                # None ends in a bracket that it holds the beginning of: "inflammatory bowel disease (13" of "… (13%)".
                whole.append(hit)
        whole += [hit for hit in known if _closing(text, hit) <= 0]
        whole += [half for half in halves if not any(w.start <= half.start and half.end <= w.end for w in whole)]
        whole += self._qualified.hits(text, whole)
        ends = [span.end for span in sentences]
        inside = [hit for hit in whole if _inside(hit, sentences, ends)]
        left_out: list[Hit] = []
        hits = matcher.choose(_merged(inside), self._lexicon, left_out=left_out)
        return Extraction(
            text=text,
            sentences=sentences,
            abbreviations=abbreviations,
            hits=self._autoantibodies.without(text, self._engineered.join(text, hits)),
            left_out=left_out,
        )

    def _named(
        self, text: str, sentences: Sequence[Span], alone: Iterable[tuple[int, str]], known: set[int]
    ) -> Iterator[Abbreviation]:
        """The definitions of short forms in brackets that are names of the vocabulary, where none was seen before."""
        for start, short in alone:
            if start in known or not self._lexicon.named(short):
                continue
            number = bisect_right(sentences, start, key=lambda span: span.end)
            if number == len(sentences) or sentences[number].start > start:
                continue
            here = sentences[number]
            at = abbreviation.across(text[here.start : here.end], start - 1 - here.start, short)
            if at is not None:
                long = text[here.start + at : start - 1].rstrip()
                yield Abbreviation(short=short, long=long, start=start, long_start=here.start + at)

    def _whole(self, text: str, item: Abbreviation, hits: Sequence[Hit]) -> Abbreviation:
        """The definition with the long form the vocabulary knows: letters alone cut "anti-neutrophil cytoplasmic
        antibody-associated vasculitis (AAV)" at "antibody"."""
        if self._lexicon.head_of(item.long):
            return item
        end = item.long_start + len(item.long)
        starts = [
            hit.start
            for hit in hits
            if hit.end == end
            and hit.start < item.long_start
            and hit.entries[0].scope != "abbreviation"
            and self._lexicon.term(hit.entries[0].term).type == "disease"
        ]
        if not starts:
            return item
        return Abbreviation(short=item.short, long=text[min(starts) : end], start=item.start, long_start=min(starts))


def _closing(text: str, hit: Hit) -> int:
    """How many brackets more end in a hit than begin in it: one for "NK) cells" in "natural killer (NK) cells"."""
    return text.count(")", hit.start, hit.end) - text.count("(", hit.start, hit.end)


def _closed(text: str, hit: Hit, opened: Mapping[int, int]) -> Hit:
    """The hit with both of its brackets, from where the long form begins."""
    bracket = text.rfind("(", max(0, hit.start - 2), hit.start)
    start = opened.get(hit.start, bracket if bracket >= 0 else hit.start)
    return Hit(start, hit.end, hit.entries)


def _inside(hit: Hit, sentences: Sequence[Span], ends: Sequence[int]) -> bool:
    number = bisect_right(ends, hit.start)
    return number < len(ends) and sentences[number].start <= hit.start and hit.end <= ends[number]


def _merged(hits: list[Hit]) -> list[Hit]:
    """Hits of the same span made one, with the readings of both."""
    spans: dict[tuple[int, int], Hit] = {}
    for hit in hits:
        place = (hit.start, hit.end)
        same = spans.get(place)
        if same is None:
            spans[place] = hit
        elif same.entries != hit.entries:
            spans[place] = Hit(hit.start, hit.end, tuple(dict.fromkeys((*same.entries, *hit.entries))))
    return list(spans.values())
