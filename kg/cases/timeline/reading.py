"""Where things stand in the text: sentences, sections, times, and the cues around them."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path

from kg.nlp.model import Annotation, Mention, TimeExpression
from kg.terms.tables import rows

_NARRATIVE = frozenset({"case"})
_NARRATIVE_ELSE = frozenset({"abstract", "methods", "results"})


@cache
def cue(name: str) -> re.Pattern[str]:
    """Return the pattern of a class of ``cues.tsv``, over text as it stands.

    Examples
    --------
    >>> cue("within").search("seen within the first 3 weeks").group()
    'within the first'
    """
    table = rows(Path(__file__).with_name("cues.tsv"), 2)
    found = [pattern for kind, pattern in table if kind == name]
    found.sort(key=len, reverse=True)
    union = "|".join(_whole(pattern) for pattern in found)
    return re.compile(union.replace(" ", r"\s+"), re.IGNORECASE)


def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a pattern of a cue file: whole words, any case, any white space."""
    return re.compile(_whole(pattern).replace(" ", r"\s+"), re.IGNORECASE)


def _whole(pattern: str) -> str:
    """Bound a pattern by whole words, where it begins and ends with letters."""
    begin = "" if pattern[0] in ",;" else r"\b"
    end = "" if pattern[-1] in ",;" else r"(?!\w)"
    return f"{begin}(?:{pattern}){end}"


class Layout:
    """The annotated text by sentence, with the lookups that the timeline needs."""

    def __init__(self, annotation: Annotation) -> None:
        self.annotation = annotation
        self.text = annotation.document.text
        self._starts = [sentence.start for sentence in annotation.sentences]
        kinds = {section.kind for section in annotation.document.sections}
        narrative = _NARRATIVE if kinds & _NARRATIVE else _NARRATIVE_ELSE
        self._narrative = [
            self.section_kind(index) in narrative for index in range(len(annotation.sentences))
        ]
        self._times: dict[int, list[TimeExpression]] = defaultdict(list)
        for time in annotation.times:
            self._times[self.sentence_at(time.start)].append(time)
        self._mention_starts = [mention.start for mention in annotation.mentions]
        self._says: dict[str, frozenset[int]] = {}

    def sentence_at(self, offset: int) -> int:
        """Return the index of the sentence in which an offset stands."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def section_of(self, sentence: int) -> int:
        """Return the index of the section in which a sentence stands."""
        return self.annotation.sentences[sentence].section

    def section_kind(self, sentence: int) -> str:
        """Return the kind of the section in which a sentence stands."""
        sections = self.annotation.document.sections
        index = self.section_of(sentence)
        return sections[index].kind if index < len(sections) else "case"

    def narrates(self, sentence: int) -> bool:
        """Tell whether a sentence stands where the case is told in order."""
        return self._narrative[sentence]

    def times_in(self, sentence: int) -> list[TimeExpression]:
        """Return the times of a sentence, in order of the text."""
        return self._times.get(sentence, [])

    def mentions_in(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions that begin in ``[start, end)``."""
        first = bisect_left(self._mention_starts, start)
        return self.annotation.mentions[first : bisect_left(self._mention_starts, end)]

    def saying(self, name: str) -> frozenset[int]:
        """Return the sentences in which a cue of a class stands; searched once a report."""
        found = self._says.get(name)
        if found is None:
            search, text = cue(name).search, self.text
            numbered = enumerate(self.annotation.sentences)
            found = frozenset(n for n, s in numbered if search(text, s.start, s.end))
            self._says[name] = found
        return found

    @cached_property
    def visit(self) -> int | None:
        """The first sentence of the narrative that tells the presentation."""
        told = (sentence for sentence in self.saying("presentation") if self.narrates(sentence))
        return min(told, default=None)

    @cached_property
    def timed(self) -> frozenset[int]:
        """The sentences that tell a visit or a date: they count for patients they do not name."""
        times = self._times.items()
        dated = {sentence for sentence, told in times if any(t.type == "date" for t in told)}
        return self.saying("presentation") | self.saying("last_visit") | dated

    def bounds(self, sentence: int) -> tuple[int, int]:
        """Return where a sentence begins and ends."""
        found = self.annotation.sentences[sentence]
        return found.start, found.end

    def before(self, offset: int, width: int = 40) -> str:
        """Return the words of the sentence that stand just before an offset."""
        start, _ = self.bounds(self.sentence_at(offset))
        return self.text[max(start, offset - width) : offset]

    def after(self, offset: int, width: int = 40) -> str:
        """Return the words of the sentence that stand just after an offset."""
        _, end = self.bounds(self.sentence_at(max(0, offset - 1)))
        return self.text[offset : min(end, offset + width)]

    def clauses(self, sentence: int) -> list[int]:
        """Return where the clauses of a sentence begin, its own beginning first."""
        start, end = self.bounds(sentence)
        found = cue("clause").finditer(self.text, start, end)
        return [start, *(match.start() for match in found if match.start() > start)]


_FILLERS = re.compile(r"(?:\s|\bthe|\ba|\ban|\babout|\bapproximately|[(,])*$", re.IGNORECASE)


def ends_with(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a cue stands at the end of the words, blanks and "the" aside."""
    return any(leads_to(match.end(), text) for match in pattern.finditer(text))


def leads_to(place: int, text: str) -> bool:
    """Tell whether nothing but blanks and articles stands behind a place of the words."""
    return _FILLERS.match(text, place) is not None


def starts_with(pattern: re.Pattern[str], text: str) -> bool:
    """Tell whether a cue stands at the beginning of the words, blanks aside.

    Examples
    --------
    >>> starts_with(cue("back"), " ago, she")
    True
    """
    return pattern.match(text.lstrip(" \u00a0-–,")) is not None
