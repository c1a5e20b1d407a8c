"""Finding definitions of short forms in a text.

References
----------
Schwartz AS, Hearst MA. A simple algorithm for identifying abbreviation definitions in biomedical
text. Pac Symp Biocomput 2003:451-462.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.terms.normal import GREEK

_BRACKETS = re.compile(r"\(([^()]{2,120})\)|\[([^\[\]()]{2,120})\]")
_SAID = re.compile(
    r"(?:hereafter|hereinafter|henceforth|so-called|abbreviated(?:\sas)?|termed)[:,]?\s+"
)
_WITH_VALUE = re.compile(r"(\S+)\s+(?:[=<>≤≥~]|[\d.,]+(?:\s?%|\s[A-Za-zμ°]))")
"""A short form in brackets with its value: "(LDH 450 U/L)", "(CRP = 12 mg/L)"."""
_SHORT = re.compile(r"[A-Za-z0-9α-ωΑ-Ω][\w\-−–/+&.'’α-ω]{0,11}(?: [A-Z0-9][\w\-−–/]{0,5})?")
_LIST_ITEM = re.compile(
    r"(?:^|[;.,:(]\s*|\bAbbreviations?:?\s+)"
    r"(?P<short>[A-Za-z0-9][\w\-−–/+α-ω]{1,11})\s*(?:,|:|=|,?\s+indicates)\s+"
    r"(?P<long>[^;.,:=()]{4,120}(?:,[^;.:=()]{4,60})?)(?=[;.)]|$)"
)
_CUT = re.compile(r"[A-Z][a-z]{1,4}")
"""A short form that is the beginning of its word: "melphalan (Mel)"."""
_TAIL = re.compile(r"\s*[;,:].*$", re.DOTALL)
_SENTENCE_BREAK = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[A-Z])|\n")
_ALNUM = re.compile(r"[^\W_]")
_INITIALS = re.compile(r"[^\W_]+")


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Yield (short form, long form) for each definition in brackets.

    Both orders are found: "minimal residual disease (MRD)" and "CRS (cytokine release
    syndrome)".

    Examples
    --------
    >>> dict(definitions("Donor cell-derived leukemia (DCL) and CRP (C-reactive protein)."))
    {'DCL': 'Donor cell-derived leukemia', 'CRP': 'C-reactive protein'}
    >>> dict(definitions("Tumor necrosis factor-alpha [TNF-α], melphalan (Mel)"))
    {'TNF-α': 'Tumor necrosis factor-alpha', 'Mel': 'melphalan'}
    """
    for match in _BRACKETS.finditer(text):
        inner = _inner(match.group(1) or match.group(2))
        before = _SENTENCE_BREAK.split(text[max(0, match.start() - 200) : match.start()])[-1]
        if is_short_form(inner):
            long_form = _long_form(inner, _last_words(before, inner))
            if long_form:
                yield inner, long_form
        elif _CUT.fullmatch(inner) and before.split():
            word = before.split()[-1]
            if word.lower().startswith(inner.lower()) and len(word) > len(inner) + 2:
                yield inner, word
        elif before.split():
            short = before.split()[-1]
            if is_short_form(short) and _long_form(short, inner) == inner:
                yield short, inner


def _inner(words: str) -> str:
    """Return what brackets hold, without what only leads to it or follows it."""
    inner = _SAID.sub("", _TAIL.sub("", words).strip(" “”\"'"), count=1)
    valued = _WITH_VALUE.match(inner)
    return valued.group(1) if valued else inner


def listed(text: str) -> Iterator[tuple[str, str]]:
    """Yield the definitions of an abbreviation list, as legends and tables end in.

    Examples
    --------
    >>> dict(listed("MRD, minimal residual disease; WBC: white blood cell."))
    {'MRD': 'minimal residual disease', 'WBC': 'white blood cell'}
    """
    for match in _LIST_ITEM.finditer(text):
        short, long_form = match["short"], match["long"].strip()
        if is_short_form(short) and _starts_alike(short, long_form):
            yield short, long_form


def is_short_form(text: str) -> bool:
    """Tell whether a text may be a short form: 2 to 10 characters, a capital, not a number.

    Examples
    --------
    >>> [is_short_form(word) for word in ("MRD", "CAR-T", "see", "2019", "Figure 1")]
    [True, True, False, False, False]
    """
    return (
        2 <= len(text) <= 12
        and _SHORT.fullmatch(text) is not None
        and sum(char.isupper() for char in text) >= min(2, len(text) - 1)
        and text[0].isalnum()
    )


def _last_words(before: str, short: str) -> str:
    """Return the words in which a long form is looked for: min(|A| + 5, 2|A|) of them."""
    size = len(short)
    words = list(re.finditer(r"\S+", before))[-min(size + 5, size * 2) :]
    return before[words[0].start() :].strip() if words else ""


def _long_form(short: str, text: str) -> str | None:
    """Return the shortest end of ``text`` that holds the characters of the short form in order.

    The first character must begin a word; a plural s of the short form may be missing. The last
    words that begin with these characters, one each, come first: "tuberculin skin test (TST)" is
    no "test".
    """
    if len(short) > 2 and short.endswith("s") and short[:-1].isupper():
        return _long_form(short[:-1], text)
    by_initials = _words_of_initials(short, text)
    if by_initials:
        return by_initials
    at = len(text)
    for n, char in reversed(list(enumerate(_spelt(short)))):
        if not char.isalnum():
            continue
        at -= 1
        while at >= 0 and not (
            _same(text[at], char) and (n > 0 or at == 0 or not _ALNUM.match(text[at - 1]))
        ):
            at -= 1
        if at < 0:
            return None
    start = text.rfind(" ", 0, at + 1) + 1 if text[at - 1 : at] in ("", " ") else at
    found = text[start:].strip(" ,;:“”\"'")
    if len(found) <= len(short) or short in found.split() or found.count(",") > 3:
        return None
    return found


def _words_of_initials(short: str, text: str) -> str | None:
    """Return the end of a text whose words begin with the characters of a short form, one each.

    Examples
    --------
    >>> _words_of_initials("TST", "with a tuberculin skin test")
    'tuberculin skin test'
    """
    wanted = [char for char in _spelt(short) if char.isalnum()]
    words = list(_INITIALS.finditer(text))[-len(wanted) :]
    if len(wanted) < 3 or len(words) < len(wanted):
        return None
    if not all(_same(word.group()[0], char) for word, char in zip(words, wanted, strict=True)):
        return None
    return text[words[0].start() :].strip(" ,;:“”\"'")


def _spelt(short: str) -> str:
    """Return a short form in lower case, a Greek letter as the first of its name."""
    return "".join(GREEK.get(char, char)[0] for char in short.lower())


def _same(char: str, wanted: str) -> bool:
    return GREEK.get(char.lower(), char.lower())[:1] == wanted


def _starts_alike(short: str, long_form: str) -> bool:
    """Tell whether the long form's first letter is the short form's, and holds most of it."""
    letters = [char for char in short.lower() if char.isalpha()]
    text = long_form.lower()
    if not letters or letters[0] != text[0]:
        return False
    initials = {word[0] for word in re.findall(r"[^\W_]+", text)}
    return sum(char in initials for char in letters) * 2 >= len(letters)
