"""An abstract's paragraphs in, its labelled parts out, whether the headings stand alone, inline or in one paragraph.

The labels are those NLM maps (its list of structured abstract labels) as far as clinical journals print them; an
unknown
one is taken for a label only beside a known one, since a colon also stands in plain sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.documents.assemble import Passage
from kg.documents.plain import squeeze

_WORDS = (
    "aim|aims|aims? and objectives?|analysis|background|background and (?:aims?|objectives?|purpose)|background/aims?|"
    "background/objectives?|case|cases|case (?:presentation|report|description|series|summary|study)|clinical "
    "relevance|"
    "clinical significance|clinical trials? (?:information|registration)|clinicaltrials\\.gov|conclusions?|"
    "conclusions? and (?:relevance|significance|implications)|conclusions?/(?:significance|interpretation)|context|"
    "data (?:collection|extraction|sources|synthesis|sources and (?:study )?selection)|design|design and methods|"
    "design, setting,? and participants|diagnosis|discussion|eligibility criteria|ethics and dissemination|"
    "evidence (?:acquisition|synthesis|review)|expert opinion|exposures?|findings|funding|highlights|hypothesis|impact|"
    "implications|importance|in conclusion|interpretation|interventions?|introduction|key (?:findings|messages?|"
    "points)|"
    "key indexing terms|limitations|main (?:outcome measures?|outcomes and measures|results|findings|body)|"
    "materials? and methods|materials? & methods|measurements?|measurements and main results|methodology|methods?|"
    "methods? and (?:analysis|findings|materials|results)|methods?/(?:design|results)|objectives?|objectives? "
    "and methods|"
    "observations?|originality|outcomes?|outcome measures|participants?|patients?|patients? and methods|perspectives?|"
    "plain language summary|principal findings|problem|prospero registration number|purpose|purpose of (?:the )?review|"
    "question|rationale|recent findings|recommendations|relevance|research design(?: and methods)?|results?|"
    "results and (?:conclusions?|discussion)|scope|setting|significance|significance statement|study (?:design|"
    "registration|selection)|"
    "subjects?|subjects and methods|summary|systematic review registration|trial registration(?: number)?|"
    "unlabelled|what (?:is|was) (?:already )?known(?: on this topic)?|what this study adds|areas covered|"
    "how this study might affect research,? practice or policy"
)
_KNOWN = re.compile(rf"(?:{_WORDS})", re.I)
_INLINE = re.compile(r"([A-Z][\w()&/,.’' -]{1,70}?)\s?:\s+(?=\S)")
_UPPER_INSIDE = re.compile(rf"(?:(?<=^)|(?<=[.!?)\]] ))((?-i:[A-Z][A-Z /&,]+)|(?:{_WORDS})): ", re.I)
_NO_LABEL = ("unassigned", "unlabelled", "unlabeled", "abstract", "none")


def parts(paragraphs: Iterable[str]) -> tuple[Passage, ...]:
    """The labelled parts of an abstract; a paragraph without a label is a part without one.

    >>> parts(["Background: SSc is rare.", "Methods: We tried.", "No ICANS was seen: none."])
    (Passage(label='Background', text='SSc is rare.'), Passage(label='Methods', text='We tried.'), \
Passage(label='', text='No ICANS was seen: none.'))
    >>> parts(["Results", "It worked."])
    (Passage(label='Results', text='It worked.'),)
    >>> parts(["AIM: To try. RESULTS: It worked."])
    (Passage(label='AIM', text='To try.'), Passage(label='RESULTS', text='It worked.'))
    """
    lines = [flat for paragraph in paragraphs if (flat := squeeze(paragraph))]
    if len(lines) == 1:
        return _inside(lines[0])
    structured = any(_leading(line, trusted=False) or _alone(line) for line in lines)
    found: list[Passage] = []
    label = ""
    for line in lines:
        if _alone(line):
            label = line.rstrip(": ")
            continue
        leading = _leading(line, trusted=structured)
        if not label and len(_UPPER_INSIDE.findall(line)) > 1:
            found += _inside(line)
        elif leading:
            found.append(Passage(leading[0], leading[1]))
        else:
            found.append(Passage(label, line))
        label = ""
    return tuple(found)


def labelled(label: str, text: str) -> Passage:
    """A part of which a format gives the label by itself; those that say there is none are dropped.

    >>> labelled("UNLABELLED", "SSc is rare.")
    Passage(label='', text='SSc is rare.')
    """
    flat = squeeze(label).rstrip(": ")
    return Passage("" if flat.lower() in _NO_LABEL else flat, squeeze(text))


def _inside(line: str) -> tuple[Passage, ...]:
    """One paragraph, cut where labels stand in it, if at least two do."""
    labels = list(_UPPER_INSIDE.finditer(line))
    if len(labels) < 2:
        leading = _leading(line, trusted=False)
        return (Passage(*leading),) if leading else (Passage("", line),)
    found = [Passage("", line[: labels[0].start()].strip())] if labels[0].start() else []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        found.append(labelled(label[1], line[label.end() : following.start() if following else len(line)]))
    return tuple(part for part in found if part.text)


def _alone(line: str) -> bool:
    return len(line) < 60 and bool(_KNOWN.fullmatch(line.rstrip(": ")))


def _leading(line: str, *, trusted: bool) -> tuple[str, str] | None:
    found = _INLINE.match(line)
    if found is None:
        return None
    label = found[1].strip()
    # An unknown label is a few words, each of a heading's kind: "Study population:", "WHAT THIS STUDY ADDS:".
    heading = trusted and len(label.split()) <= 4 and "." not in label and (label.isupper() or len(label.split()) <= 2)
    if not _KNOWN.fullmatch(label) and not heading:
        return None
    part = labelled(label, line[found.end() :])
    return part.label, part.text
