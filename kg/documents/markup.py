"""A stream of XML in, its records' elements out one by one; what every format in XML needs: its root, texts, hash.

Nothing is fetched, no entity is expanded, and what declares entities of its own is refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from lxml import etree

from kg.documents.plain import peek, squeeze
from kg.errors import BadInput

_CHUNK = 1 << 15
_ROOT = re.compile(r"<([A-Za-z_][\w.:-]*)[\s>/]")
_PROLOG = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)", re.S)


def root(head: bytes) -> str | None:
    """The name of an XML text's first element, or None where it is no XML.

    >>> root(b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a/>'), root(b"PMID- 1")
    ('a', None)
    """
    text = peek(head)
    position = 0
    while found := _PROLOG.match(text, position):
        position = found.end()
    first = _ROOT.match(text.lstrip("\ufeff") if not position else text[position:].lstrip())
    return first[1] if first else None


def elements(
    stream: BinaryIO,
    *,
    origin: str,
    record_bytes: int,
    roots: frozenset[str],
    records: frozenset[str],
    kind: str,
    start: bytes = b"",
) -> Iterator[etree._Element | BadInput]:
    """Each record's element, whole, in the file's order; it is emptied when the next one is asked for.

    Where the XML breaks, what stood before is kept and one BadInput ends it.

    Args:
        stream: the file.
        origin: its name, for messages.
        record_bytes: how large a record may be.
        roots: names of the elements that such a file may begin with.
        records: names of the elements that are records; without namespace.
        kind: what it should be, for messages.
        start: what was read of it before.
    """
    parser = etree.XMLPullParser(
        events=("start", "end"),
        tag=tuple(f"{{*}}{name}" for name in roots | records),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    ordinal = since = depth = 0
    seen_root = False
    while True:
        chunk, start = start or stream.read(_CHUNK), b""
        since += len(chunk)
        failure: etree.XMLSyntaxError | None = None
        try:
            if chunk:
                parser.feed(chunk)
            else:
                parser.close()
        except etree.XMLSyntaxError as error:
            failure = error
        for event, element in _events(parser):
            if not seen_root:
                seen_root = True
                if _declares_entities(element):
                    yield BadInput(origin, expected=kind, got="XML that declares its own entities")
                    return
            if name_of(element) not in records:
                continue
            depth += 1 if event == "start" else -1
            if event == "end" and depth == 0:
                ordinal += 1
                since = 0
                yield element
                _forget(element)
        if failure is not None:
            line, column = failure.position
            at = f"line {line}, column {column}"
            yield BadInput(
                origin,
                expected="well-formed XML",
                got=f"{failure.msg or 'an early end'} ({at}, after {ordinal} records)",
            )
            return
        if since > record_bytes:
            yield BadInput(
                origin, expected=f"records of at most {record_bytes} bytes", got=f"a larger one after record {ordinal}"
            )
            return
        if not chunk:
            break
    if ordinal == 0:
        yield BadInput(origin, expected=f"at least one record of {kind}", got="none")


def name_of(element: etree._Element) -> str:
    """An element's name without its namespace.

    >>> name_of(etree.fromstring('<a:b xmlns:a="urn:x"/>'))
    'b'
    """
    return str(etree.QName(element).localname)


def canonical(element: etree._Element) -> bytes:
    """The canonical form (C14N), so that the same record in two files is the same record."""
    return etree.tostring(element, method="c14n", with_comments=False, with_tail=False)


def text(element: etree._Element | None) -> str:
    """All text inside, on one line: `<i>`, `<sup>` and MathML are dropped, what they hold stays.

    >>> text(etree.fromstring("<t>CD19<sup>+</sup>  B cells</t>"))
    'CD19+ B cells'
    """
    return (
        squeeze("".join(piece for piece in element.itertext(etree.Element) if isinstance(piece, str)))
        if element is not None
        else ""
    )


def prose(element: etree._Element | None, *, without: Callable[[etree._Element], bool], left: str = "") -> str:
    """The text inside, on one line and without soft hyphens; elements that are not wanted are left out, not their tail.

    `left` is put where one of them stood.

    >>> title = etree.fromstring("<t>On SSc<xref>*</xref> in 2024</t>")
    >>> prose(title, without=lambda one: one.tag == "xref")
    'On SSc in 2024'
    """
    pieces: list[str] = []

    def walk(one: etree._Element) -> None:
        if not isinstance(one, etree._Entity):
            if without(one):
                pieces.append(left)
            else:
                pieces.append(one.text or "")
                for child in one:
                    walk(child)
        if one is not element:
            pieces.append(one.tail or "")

    if element is not None:
        walk(element)
    return squeeze("".join(pieces).replace("\xad", ""))


def _events(parser: etree.XMLPullParser) -> Iterator[tuple[str, etree._Element]]:
    """What was understood before a failure, without the failure: that comes once, from `feed`."""
    while True:
        try:
            event, element = next(iter(parser.read_events()))
        except (StopIteration, etree.XMLSyntaxError):
            return
        if isinstance(element, etree._Element):
            yield str(event), element


def _declares_entities(element: etree._Element) -> bool:
    subset: Any = element.getroottree().docinfo.internalDTD  # the stubs do not know a DTD's entities
    return subset is not None and any(True for _ in subset.iterentities())


def _forget(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
