"""Texts in, the same as XML attribute values or element text out; what XML 1.0 (§2.2) cannot hold becomes U+FFFD.

Own escaping and not an XML writer's: lxml's `xmlfile` made 60,000 edges a second where these make ten times as many.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

# A tab or line break in an attribute would be read as a blank (XML 1.0 §3.3.3), so they are written by number.
_SPECIAL = re.compile('[&<>"\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]')
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
_UNPRINTABLE = re.compile("[%\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"\s+")


def escaped(text: str) -> str:
    """For an attribute in double quotes, or between tags.

    >>> escaped('5 < 6 & "so"\\x00\\n')
    '5 &lt; 6 &amp; &quot;so&quot;\\ufffd&#10;'
    """
    return text if _SPECIAL.search(text) is None else _SPECIAL.sub(_one, text)


@lru_cache(maxsize=1 << 17)
def identifier(curie: str) -> str:
    """An ID, escaped; two IDs stay two.

    >>> identifier("record:a&b")
    'record:a&amp;b'
    """
    return escaped(printable(curie))


def printable(curie: str) -> str:
    """An ID without control characters: they are percent-encoded, and so is, wherever one stands, the percent sign.

    >>> printable("record:a\\x00"), printable("record:a%00")
    ('record:a%00', 'record:a%2500')
    """
    if "%" not in curie and _UNPRINTABLE.search(curie) is None:
        return curie
    return _UNPRINTABLE.sub(lambda found: quote(found[0], errors="surrogatepass"), curie)


def line(text: str) -> str:
    """A label: on one line, escaped.

    >>> line(" a\\n b ")
    'a b'
    """
    return escaped(_SPACES.sub(" ", text).strip())


def _one(found: re.Match[str]) -> str:
    return _NAMED.get(found[0], "\x7f" if found[0] == "\x7f" else "\ufffd")
