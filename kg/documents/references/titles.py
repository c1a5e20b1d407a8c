"""Part the title of a work from the journal that printed it.

What stands before the locator is a title and a journal; between them may be a closing quote, the
end of a sentence, or a comma. Each place is weighed by what would follow it: journals' names are
short, capitalised or shortened, and made of few hundred words (``journal_words.tsv``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kg.documents.references.cues import Cues, cues

_QUOTED = (
    re.compile(r"[“”\"«](?P<title>.+)[”“\"»][.,]?\s+(?P<journal>[^“”\"]*)\Z", re.S),
    re.compile(r"[‘'](?P<title>.+?)[.,]?[’'][.,]\s+(?P<journal>[^“”\"]*)\Z", re.S),
)
_BREAK = re.compile(
    r"(?P<stop>[.?!][”\"’')\]]{0,2}|[.?!]?[”\"]|,|(?<=\w)\s[–—-])\s+|(?P<tight>(?<=[a-z)])\.)(?=[A-Z])"
)
_WORD = re.compile(r"[^\s,;:()\[\]/]+")
_IN = re.compile(r"\A[Ii]n:?\s+(?=[A-Z])")
_SHORT_END = re.compile(
    r"(?:\b(?:vs|al|sp|spp|subsp|var|St|no|No|Dr|cf|ca|e\.g|i\.e|approx|ed|Ed|vol|pt|resp|inc|Inc|Ltd|Co)"
    r"|(?:^|[\s.(])[A-Za-z])\.\Z"
)
_COLLECTIVE = re.compile(r"(?:Group|Investigators|Committee|Consortium|Collaborators|Team|Network)")
_MOST_WORDS = 16
_LONGEST_SHORT = 11
_SUBTITLE = re.compile(r"\s[:=]\s|:\s")


@dataclass(frozen=True, slots=True)
class Parted:
    """A title and a journal, and how well the journal reads as one."""

    title: str | None
    journal: str | None
    score: float


def part(text: str, *, untitled: bool) -> Parted:
    """Part a title from a journal.

    Parameters
    ----------
    text
        What stands between the authors and the locator.
    untitled
        Whether the journal may come alone, as after "A. Smith, B. Jones, ".

    Examples
    --------
    >>> part("Who is it? Two cases. J. Clin. Oncol.", untitled=False).journal
    'J. Clin. Oncol'
    >>> part("“One title,” Blood Advances", untitled=False).title
    'One title'
    """
    text = text.strip().rstrip(" ,;:(")
    quoted = next((found for one in _QUOTED if (found := one.match(text))), None)
    if quoted is not None:
        journal = trim_journal(_IN.sub("", quoted["journal"], count=1))
        if journal and len(journal.split()) <= _MOST_WORDS:
            return Parted(trim_title(quoted["title"]), journal, 3.0)
    best = Parted(trim_title(text), None, 0.0)
    known = cues()
    for title, journal, bonus in _candidates(text, untitled):
        score = bonus + journal_score(journal, known) + _title_score(title, known)
        if score > best.score:
            best = Parted(trim_title(title), trim_journal(journal), score)
    return best


def _candidates(text: str, untitled: bool) -> Iterator[tuple[str, str, float]]:
    """Yield title, journal and what the place between them is worth."""
    if untitled:
        words = text.split()
        named = len(words) <= 8 and not any(w.islower() and w not in cues().small for w in words)
        yield "", text, 0.9 if named else -0.4
    comma = 0.4 if untitled else 0.1
    whole = cues().words - cues().abbreviations
    for found in _BREAK.finditer(text):
        stop = found["stop"] or "."
        journal = text[found.end() :]
        if not journal:
            continue
        head = text[: found.start()] + (stop if stop[0] in "?!" else "")
        bonus = 1.0 if stop[0] in ".?!" else comma
        first = journal.split()[0].strip(".,").lower()
        if stop[0] == "." and _SHORT_END.search(head + ".") and first not in whole:
            bonus -= 1.6
        if stop[-1] in '”"':
            bonus += 2.0
        if found["tight"]:
            bonus -= 0.5
        yield head, journal, bonus


def journal_score(journal: str, known: Cues) -> float:
    """Return how well words read as the name of a journal; about 2 for a sure one.

    Examples
    --------
    >>> journal_score("J Clin Oncol", cues()) > journal_score("Two cases of sarcoma", cues())
    True
    """
    name = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\s*\Z", "", journal).strip(" .,")
    words = _WORD.findall(name)
    if not words or len(words) > _MOST_WORDS or not name[0].isalnum():
        return -9.0
    hits = 0.0
    lower = content = breaks = 0
    for place, raw in enumerate(words):
        word = raw.strip(".'’\"“”&-").lower()
        if not word or word in known.small:
            continue
        content += 1
        parts = word.replace("\u2010", "-").split("-")
        hit = word in known.abbreviations or word in known.words or all(
            one in known.abbreviations or one in known.words for one in parts
        )  # fmt: skip
        dotted = raw.endswith(".") and raw[0].isupper() and _shortened(word, known)
        hits += 1.0 if hit else 0.7 * dotted
        plain = raw.strip("'’\"“”.-")
        lower += plain.islower() and not (hit and place == 0)
        if raw.endswith(".") and place < len(words) - 1 and not _shortened(word, known):
            breaks += 1
    if not content:
        return -2.0
    score = 1.9 * hits / content - 2.2 * lower / content - 1.2 * breaks
    score -= 0.07 * len(words) + 0.5 * ("?" in name or "!" in name)
    score -= 0.25 * name.count(",") + 0.8 * (": " in name and hits < content)
    if name[0].islower() and words[0].islower():
        score -= 1.0
    if len(words) == 1 and len(words[0]) == 1:
        score -= 1.5
    elif len(words) == 1 and (words[0].isupper() or any(c.isupper() for c in words[0][1:])):
        score += 0.5
    return score


def _shortened(word: str, known: Cues) -> bool:
    """Tell whether a full stop after a word may be that of an abbreviation."""
    return word in known.abbreviations or len(word) <= 2 or (
        len(word) <= _LONGEST_SHORT and word not in known.words and word[-1] not in "aeiouy"
    )  # fmt: skip


def _title_score(title: str, known: Cues) -> float:
    if not title:
        return 0.0
    words = title.split()
    score = -0.7 if len(words) < 3 else 0.0
    last = words[-1].strip("“”\"'").lower()
    capital = words[-1][:1].isupper()
    if capital and last in known.abbreviations and last not in known.words:
        score -= 1.2
    elif (
        capital and len(words) > 1 and words[-1].lower() in known.words and words[-2][:1].isupper()
    ):
        score -= 0.1
    tail = title.rpartition(". ")[2].split() if ". " in title else []
    if (
        0 < len(tail) <= 5
        and not _COLLECTIVE.fullmatch(tail[-1])
        and all(word[:1].isupper() for word in tail)
    ):
        score -= 1.4  # the journal's first words were left with the title
    if last in known.small:
        score -= 1.5
    if title.count("(") > title.count(")") or title.count("“") > title.count("”"):
        score -= 1.5
    return score


def trim_title(text: str) -> str | None:
    """Return a title without the quotes and stops around it; "?" and "!" are its own."""
    text = text.strip().strip('“”«»"').strip()
    if text[-1:] in ".,;:":
        text = text.rstrip(" .,;:")
    return text.rstrip('”"').strip() or None


def trim_journal(text: str) -> str | None:
    """Return a journal's name without the stops around it and a bracket left open."""
    text = text.strip(' ,;:.“”"')
    if text.endswith("(") or text.count("(") > text.count(")"):
        text = text.rpartition("(")[0].strip(" ,;:.")
    return text or None
