"""What a literal of each datatype of the graph may look like (XML Schema 1.1, part 2), and its number."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from kg.namespaces import PREFIXES

_XSD = PREFIXES["xsd"]
_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"-?(?:[1-9]\d{3,}|0\d{3})"
_MONTH = r"(?:0[1-9]|1[0-2])"
# Lexical forms by datatype, to be matched whole (sections 3.3.1 to 3.4.13).
LEXICAL = {
    f"{_XSD}string": r"(?s:.*)",
    f"{_XSD}boolean": r"true|false|1|0",
    f"{_XSD}integer": r"[+-]?[0-9]+",
    f"{_XSD}decimal": r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)",
    f"{_XSD}date": rf"{_YEAR}-{_MONTH}-(?:0[1-9]|[12][0-9]|3[01]){_ZONE}",
    f"{_XSD}gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
    f"{_XSD}gYear": rf"{_YEAR}{_ZONE}",
}
NUMBERS = frozenset({f"{_XSD}integer", f"{_XSD}decimal"})


def well_formed(text: str, datatype: str) -> bool:
    """Whether a text is a literal of a datatype (one of `LEXICAL`); a date must be in the calendar.

    >>> [well_formed(text, f"{_XSD}date") for text in ("2024-02-29", "2023-02-29", "2024")]
    [True, False, False]
    """
    if not re.fullmatch(LEXICAL[datatype], text, re.ASCII):
        return False
    if datatype == f"{_XSD}date" and re.match(r"\d{4}-", text):
        try:
            date.fromisoformat(text[:10])
        except ValueError:
            return False
    return True


def number(text: str) -> Decimal | None:
    """The value of an integer or decimal; None for what is no number.

    >>> number("-1.50") == number("-1.5"), number("many") is number("NaN") is None
    (True, True)
    """
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
