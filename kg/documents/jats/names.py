"""Authors' names as a citation writes them: surname and initials."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.documents.xml import Element, words_of

_PARTS = re.compile(r"[^\s.\-\u2010\u2011]+")
_NAMES = frozenset({"name", "string-name", "collab"})
_AUTHOR_LIKE = ("author", "allauthors", "", None)


@lru_cache(maxsize=65_536)
def initials(given: str) -> str:
    """Return the initials of given names; what is initials already stays.

    Examples
    --------
    >>> initials("Xiao-Dong"), initials("J. L"), initials("MR"), initials("L.")
    ('XD', 'JL', 'MR', 'L')
    """
    parts: list[str] = _PARTS.findall(given)
    if len(parts) == 1 and given.isupper() and len(parts[0]) <= 3:
        return parts[0]
    return "".join(part if part.isupper() and len(part) <= 2 else part[0].upper() for part in parts)


def name_of(element: Element) -> str | None:
    """Return "Surname II" of a name element, or the words of a collaboration."""
    surname = given = None
    for child in element:
        if child.tag == "surname":
            surname = words_of(child)
        elif child.tag == "given-names":
            given = words_of(child)
    if surname is None:
        return words_of(element) or None
    return f"{surname} {initials(given)}" if given else surname


def cited_authors(citation: Element) -> tuple[str, ...]:
    """Return the authors of a citation; its editors only where it names no author."""
    groups = citation.findall("person-group")
    wanted = [group for group in groups if group.get("person-group-type") in _AUTHOR_LIKE]
    scopes = wanted or groups
    if not any(len(scope) for scope in scopes):
        scopes = [citation]
    names: list[str] = []
    for scope in scopes:
        for child in scope:
            if child.tag == "name-alternatives" and len(child):
                child = child[0]
            if child.tag in _NAMES and (name := name_of(child)):
                names.append(name)
    return tuple(names)
