"""The authors at the head of a reference, in the ways that publishers write names.

"Smith AB" (Vancouver), "Smith A.B.", "Smith, A. B." (APA, Nature, MDPI), "A. B. Smith" (Wiley,
Elsevier, IEEE), the first turned round and the rest not (Chicago), names in full, and groups.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kg.documents.references.cues import cues
from kg.documents.references.letters import LOWER, UPPER

_U, _L = f"[{UPPER}]", f"[{LOWER}]"
_DASH = "\\-\u2010\u2011\u2012\u2013"
_APOSTROPHE = "'’‘ʼ´`"
_PARTICLE = (
    r"(?:(?:d[aeiou]s?|de[lrn]|la|le|van|von|ten|ter|zu[rm]?|vom|af|al|el|bin|ibn|st\.|y|e"
    r"|D[aeiou]s?|De[lrn]|La|Le|Van|Von|Ten|Ter|Al|El|St\.?|'t|d['’])\s+|[dDlO]['’])"
)
_WORD = rf"{_U}[\w{_DASH}{_APOSTROPHE}]+"
_SURNAME = rf"(?:{_PARTICLE}){{0,3}}{_WORD}(?:\s{_PARTICLE}?{_WORD}){{0,3}}?"
_SMALL = rf"(?:{_PARTICLE}){{1,3}}{_WORD}"
_SUFFIX = r"(?:,?\s(?:Jr|Sr|II|III|IV|2nd|3rd)\b\.?)?"
_CLOSE = rf"(?:{_U}{{1,4}}(?:[\s{_DASH}]{_U}{{1,2}}){{0,3}})\b(?![{LOWER}{_APOSTROPHE}])"
_DOTTED = (
    rf"(?:{_U}{_L}?\.(?:[\s{_DASH}]*{_U}{_L}?\.){{0,5}}(?:\s?[{_DASH}]\s?{_L}\.?(?=[\s,;]))?)"
    rf"(?![\w{_APOSTROPHE}])"
)
_GIVEN = rf"{_U}{_L}+(?:[\s{_DASH}](?:{_U}{_L}+|{_U}\.?))*"

_VANCOUVER = re.compile(rf"(?P<s>{_SURNAME})\s(?P<g>{_CLOSE}\.?){_SUFFIX}")
_VANCOUVER_DOTTED = re.compile(rf"(?P<s>{_SURNAME})\s(?P<g>{_DOTTED}){_SUFFIX}")
_TURNED = re.compile(rf"(?P<s>{_SURNAME})\s?,\s?(?P<g>{_DOTTED}|{_CLOSE}){_SUFFIX}")
_STRAIGHT = re.compile(
    rf"(?P<g>{_U}{_L}?\.(?:[\s{_DASH}]*{_U}{_L}?\.|\s{_U}(?=\s{_U})|[{_DASH}]{_L}\.){{0,4}})\s*"
    rf"(?P<s>{_SURNAME}|{_L}{{2,}}(?=\s?,)|d[aeu](?=\s?,)){_SUFFIX}"
    rf"(?=\s?[,;.(:“\"]|\s(?:and|&|et al)\b|\s*\Z)"
)
_INITIALLED = (_TURNED, _VANCOUVER_DOTTED, _VANCOUVER, _STRAIGHT)
_STRAIGHT_ONLY = (_STRAIGHT,)
_REST = (
    re.compile(rf"(?P<s>d[aeiu]|van|von|le|el|al)\s(?P<g>{_CLOSE})(?=\s?[,.;])"),
    re.compile(rf"(?P<s>{_WORD})(?P<g>)(?=;)"),
)
"""What stands for a name inside a list only: "du DF", and one word between semicolons."""
_FULL_TURNED = re.compile(rf"(?P<s>{_SURNAME}),\s(?P<g>{_GIVEN})(?=\s*[;.(]|,\s|\s(?:and|&)\s)")
_FULL = re.compile(
    rf"(?P<g>{_U}{_L}+(?:[{_DASH}]{_U}?{_L}+)?(?:\s{_U}\.?)*)\s(?P<s>{_SURNAME})"
    rf"(?=,\s|\s(?:and|&)\s|\s?[.(]|\s*\Z)"
)
_GROUP = re.compile(
    rf"(?:(?:on behalf of|for)\s)?(?:the\s)?(?P<s>(?:The\s)?{_U}"
    r"(?:[^.,;:()?!“\"]|\([^()]{1,30}\)){2,120}?\b(?:Group|"
    r"Consortium|Collaborat(?:ors|ion|ive)|Investigators|Committee|Society|Association|Team|"
    r"Organi[sz]ation|Network|Task Force|Panel|Initiative|Federation|Academy|Foundation|Board|"
    r"Council|Institute|Agency|Ministry|Commission|Authors|Members|Trialists|Registry|Union|"
    r"Alliance|Project|Department|Cent(?:er|re)|Collaborative Group|Working Party)s?\b"
    r"(?:\sof\s[^.,;:()]{2,40})?(?:\s\([^()]{1,30}\))?)(?=\s?[.,;:(]|\s+et al)"
)
_ACRONYM = re.compile(rf"(?P<s>{_U}{{2,8}})(?=\.\s{_U})")
_YEAR_AFTER = re.compile(r",?\s(?:18|19|20)\d\d[,;]")
_SEPARATOR = re.compile(
    r"\s*(?:[,;]\s*(?:\.{3}|…)\s*|[,;]\s*(?:and|&|y|und|et)\s(?!al\b)|[;,]\s*&\s*|[,;]"
    r"|\s(?:and|&|y|und|et)\s(?!al\b)|…|\.{3})\s*"
)
_RUN_ON = re.compile(rf"(?<=[{UPPER}])\s+(?={_WORD}\s(?:{_CLOSE})(?:[\s.,;:(]|\Z))")
"""Between names that no comma parts: "Liu SM Zhong J Zhao XJ."."""
_ET_AL = re.compile(
    r"\s*[,;.]?\s*(?:and\s)?(?:et[\s.]+(?:al|coll)|and (?:others|colleagues))\b\.?", re.I
)
_EDITORS = re.compile(r"\s*,?\s*\(?\b(?:eds?|editors?)\b\.?\)?", re.I)
_CLOSING = re.compile(r"\s*[.,:;]*\s*")
_YEAR_NEXT = re.compile(r"\s*[.,]?\s*(?:\(?(?:18|19|20)\d\d[a-z]?\)?[.:,]|[“\"(])")
_INITIALS = re.compile(r"[^\W\d_]+")

_Name = tuple[str, str, int]
_Form = Callable[[str, int, list[str], bool, bool], "_Name | None"]


@dataclass(frozen=True, slots=True)
class Authors:
    """The names read, where the text after them begins, and what closed the list.

    ``close`` is "," where only a comma parts the names from what follows: then a title need not
    come (chemical journals print none).
    """

    names: tuple[str, ...]
    end: int
    close: str


def authors_of(text: str) -> Authors:
    """Read the names that begin a reference.

    Examples
    --------
    >>> authors_of("van der Berg AB, O'Shea E-K, et al. A title.").names
    ('van der Berg AB', "O'Shea EK")
    >>> authors_of("Benoit, L., I. Hristovska, and N. Liaudet. 2025. “T”").names
    ('Benoit L', 'Hristovska I', 'Liaudet N')
    >>> authors_of("X. Li, J. Gao, R. Kuai, Sci. Adv. 2024, 10, 1.")
    Authors(names=('Li X', 'Gao J', 'Kuai R'), end=24, close=',')
    """
    names: list[str] = []
    at = 0
    close = ""
    for form in (_initialled, _in_full):
        names, at = _list(text, form)
        if names:
            break
    if not names:
        return Authors((), 0, "")
    if tail := _ET_AL.match(text, at):
        at = tail.end()
    if tail := _EDITORS.match(text, at):
        at = tail.end()
    if tail := _CLOSING.match(text, at):
        close = tail.group().strip()
        at = tail.end()
    return Authors(tuple(names), at, close)


def _list(text: str, form: _Form) -> tuple[list[str], int]:
    """Read names of one form, one after another; return them and where the last ends."""
    names: list[str] = []
    dotted, straight = True, False
    at = last = 0
    while True:
        found = form(text, at, names, dotted, straight)
        if found is None:
            return names, last
        surname, given, end = found
        if given and not names:
            dotted = given.endswith(".")
            straight = dotted and text.startswith(given)
        names.append(_written(surname, given))
        last = end
        separator = _SEPARATOR.match(text, last) or _RUN_ON.match(text, last)
        if separator is None or _ET_AL.match(text, last):
            return names, last
        at = separator.end()


def _initialled(text: str, at: int, names: list[str], dotted: bool, straight: bool) -> _Name | None:
    """Read one name with initials, or a group's; ``dotted`` as the first name's initials are."""
    for pattern in _STRAIGHT_ONLY if straight else _INITIALLED:
        found = pattern.match(text, at)
        if found is None:
            continue
        surname, end = found["s"], found.end()
        if pattern is _VANCOUVER_DOTTED and not dotted:
            continue
        if pattern is _STRAIGHT and not _is_name(text, found):
            continue
        if pattern is not _STRAIGHT and not _may_follow(text, end, found["g"]):
            continue
        return surname, found["g"], end
    for pattern in _REST if names else ():
        if found := pattern.match(text, at):
            return found["s"], found["g"], found.end()
    group = _GROUP.match(text, at) or (None if names else _ACRONYM.match(text))
    if group and _YEAR_AFTER.match(text, group.end()):
        return None
    if group and (names or not text[group.end() :].lstrip(" .").startswith("of ")):
        return group["s"], "", group.end()
    return None


def _may_follow(text: str, end: int, given: str) -> bool:
    """Tell whether what stands after a name can: "Vitamin D levels" holds no name."""
    return end == len(text) or text[end] in ",;.:(–" or given.endswith(".") or bool(
        re.match(r"\s*(?:[,;.:(…“\"]|(?:and|&|et|y|und)\s|(?:18|19|20)\d\d)", text[end:])
        or _RUN_ON.match(text, end)
    )  # fmt: skip


def _is_name(text: str, found: re.Match[str]) -> bool:
    """Tell "N. Cowan. 2018." from the beginning of "J. Immunol. 2018, 12, 1"."""
    after = text[found.end() : found.end() + 1]
    if re.match(r"[.,]?\s(?:18|19|20)\d\d(?:[,;]|\.?\Z)", text[found.end() :]):
        return False
    word = found["s"].split()[-1].lower()
    if word in cues().abbreviations or found["s"].split()[0].lower() in cues().abbreviations:
        if after == "." and not re.match(
            r"\.\s\(?(?:18|19|20)\d\d[a-z]?\)?\.", text[found.end() :]
        ):
            return False
        if re.match(r"\s(?:18|19|20)\d\d", text[found.end() :]):
            return False
    return True


def _in_full(text: str, at: int, names: list[str], dotted: bool, straight: bool) -> _Name | None:
    """Read names with given names in full; two of them at least, or a year after one."""
    for pattern in (_FULL, _FULL_TURNED):
        found = pattern.match(text, at)
        if found is None:
            continue
        listed = _SEPARATOR.match(text, found.end()) or _ET_AL.match(text, found.end())
        if names or listed or _YEAR_NEXT.match(text, found.end()):
            return found["s"], found["g"], found.end()
    return None


def _written(surname: str, given: str) -> str:
    """Return "Surname II"."""
    surname = re.sub(r"\s+", " ", surname).strip()
    if not given:
        return surname
    parts = _INITIALS.findall(given)
    letters = "".join(p if p.isupper() and len(p) <= 4 else p[0] for p in parts)
    return f"{surname} {letters}"
