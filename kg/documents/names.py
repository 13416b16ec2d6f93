"""The front of a citation in, its authors out, and where they end. Each style of writing a name has its own pattern.

Styles: `Feagan BG` (Vancouver), `Adabi N.` (Frontiers, MDPI), `Irving, M. A.` (Nature, APA, Cell), `J. Smith`
(Elsevier).
"""

from __future__ import annotations

import re

import msgspec

_U = r"A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞȘŠŢȚŤŨŪŬŮŰŲŴŶŸŹŻŽΑ-Ω"
_L = r"a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıĵķĺļľŀłńņňōŏőœŕŗřśŝşșšţțťũūŭůűųŵŷźżžα-ω"
_LETTER = rf"[{_U}{_L}]"
_PARTICLE = (
    r"(?:[dD]e|[dD]el|[dD]er|[dD]en|[dD]ella|[dD]i|[dD]a|[dD]as|[dD]os|[dD]u|"
    r"[vV]an|[vV]on|[vV]om|[zZ]u|[zZ]ur|[tT]en|[tT]er|[lL]a|[lL]e|[eE]l|[aA]l|[bB]in|[bB]en|[yY]|’t|'t|in ’t|St\.?)"
)
_WORD = rf"(?:[dDlLO]['’‘`´])?[{_U}](?:{_LETTER}|['’‘`´-])*{_LETTER}|[{_U}][{_L}]|[{_L}]{{1,3}}[{_U}]{_LETTER}+"
_SURNAME = rf"(?:{_PARTICLE}[ -])*(?:{_WORD})(?:[ -](?:{_PARTICLE}[ -])*(?:{_WORD}))*?"
_SUFFIX = r"(?:,? (?:Jr|Sr|[23]rd|2nd|II|III|IV)\b\.?)?"
_BARE = rf"[{_U}](?:-?[{_U}]){{0,4}}(?:-[{_L}])?"  # BG, J-F, RMD
_DOTTED = rf"[{_U}][{_L}]?\.(?:[ -]{{0,2}}[{_U}][{_L}]?\.){{0,4}}"  # M. A., J.-P., Yu. V.
_STYLES = (
    re.compile(rf"(?P<name>{_SURNAME},? {_DOTTED}{_SUFFIX})"),  # Adabi N. / Irving, M. A.
    re.compile(
        rf"(?P<name>{_SURNAME}(?: (?:Jr|Sr|II|III|[23]rd|2nd))?,? {_BARE}{_SUFFIX})(?=\s*(?:[,.;:&(…]|and\b|et al|$))"
    ),  # Feagan BG
    re.compile(rf"(?P<name>{_DOTTED} ?{_SURNAME}{_SUFFIX})(?=[,;:.&(]| and | et al)"),  # J. Smith
)
_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:&|and\b)?|\.,\s*(?:&|and\b)?|&|\band\b|…|\.\.\.)\s*(?:(?:…|\.\.\.)\s*)?")
_ET_AL = re.compile(r"[\s,;…]*(?:&\s*|and\s+)?(?:et\s+al|and others|et\s+coll)\b\.?,?", re.I)
_EDITORS = re.compile(r"\s*,?\s*\((?:eds?|editors?)\.?\)|\s*,\s*editors?\b", re.I)
_GROUP = re.compile(
    r"\s*[;,.]\s*(?:(?:on behalf of|for|and) )?(?:the )?[^.;()]{3,140}?\b"
    r"(?:Group|Investigators|Consortium|Committee|Collaborators|Network|Team|"
    r"Association|Society|Collaboration|Initiative|Alliance|Trialists|Register|Registry|Foundation)s?\b(?=[.;:(]| \()",
)
# After `et al.` no mark divides the group from the title, so only names of a group's own kind are taken, and a title
# must follow.
_GROUP_AFTER_ET_AL = re.compile(
    r"\s*(?:for the )?(?:[\w’'-]+ ){1,7}?"
    r"(?:[Ss]tudy [Gg]roup|[Ii]nvestigators|Task Force|Consortium|Collaborators|Trialists|Writing Committee)\.\s+"
    r"(?=[^.?!]*(?: [a-z]\S*){2})"
)
_AND = re.compile(r",?\s*(?:&|and)\s*$")


class Front(msgspec.Struct, frozen=True):
    """authors: as printed, without `et al.`. end: where they end in the citation, in code points, their final dot
    included.
    """

    authors: tuple[str, ...]
    end: int


def front(citation: str) -> Front:
    """The authors that a citation begins with; none and 0 where it begins otherwise.

    >>> front("Feagan BG, van der Heijde D, et al. Vedolizumab in colitis.")
    Front(authors=('Feagan BG', 'van der Heijde D'), end=35)
    >>> front("Irving, M., Vuillefroy de Silly, R. & Coukos, G. Engineering T cells.").authors
    ('Irving, M.', 'Vuillefroy de Silly, R.', 'Coukos, G.')
    >>> front("CAR T cells in lupus. Blood 2020").authors
    ()
    """
    authors: list[str] = []
    position = end = 0
    style: re.Pattern[str] | None = None
    while position < len(citation):
        found = style.match(citation, position) if style else None
        if found is None and style is _STYLES[-1]:
            break  # initials first: what follows without them is the title
        if found is None:
            tried = [(match, one) for one in _STYLES if (match := one.match(citation, position))]
            if not tried:
                break
            # A dotted initial read as a bare one would leave its dot to the title; the longest reading is the right
            # one.
            found, style = max(tried, key=lambda pair: pair[0].end())
        authors.append(found["name"].strip())
        end = found.end()
        if editors := _EDITORS.match(citation, end):
            end = editors.end()
        if _ET_AL.match(citation, end):
            break
        between = _BETWEEN.match(citation, end)
        if between is None or not between[0].strip():
            break
        position = between.end()
    if not authors:
        return Front((), 0)
    if et_al := _ET_AL.match(citation, end):
        end = et_al.end()
    group = _GROUP.match(citation, end)
    if group is None and et_al:
        group = _GROUP_AFTER_ET_AL.match(citation, end)
    if group:
        authors.append(_AND.sub("", group[0].strip(" ;,.")))
        end = group.end()
    if citation[end - 1] != "." and citation[end : end + 1] == ".":
        end += 1
    return Front(tuple(authors), end)
