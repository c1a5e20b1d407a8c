"""Claims: what a report says in general, as subject, predicate and object.

Read by a cue grammar over mentions, since no parser is at hand; see ``docs/explanation/claims.md``
for the way and ``docs/reference/predicates.md`` for what each predicate says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from kg.cases import narration
from kg.cases.claims.arguments import Arguments, Sentence
from kg.cases.claims.grammar import Trigger, triggers
from kg.cases.claims.qualify import claims_nothing, qualities
from kg.cases.claims.results import results
from kg.cases.model import Citation, Claim, Evidence
from kg.cases.passages import Passages
from kg.nlp.model import Annotation, Mention

__all__ = ["claims_of"]

_SECTIONS = frozenset(
    {"title", "abstract", "introduction", "case", "methods", "results", "discussion", "conclusion"}
)
_ACTIVE = frozenset({"active", "patients", "participle"})

_NOMINAL = frozenset({"naming", "named", "linking", "both"})
"""Voices of nouns, which may stand in the object of a verb."""


def claims_of(
    annotation: Annotation,
    report_id: str,
    citations: Sequence[Citation],
    told: Sequence[str | None] | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of a report, in order of the text.

    Parameters
    ----------
    annotation
        The annotated document.
    report_id
        The id that the claims' ids begin with.
    citations
        The cited works; a claim cites those whose marks follow it in its sentence.
    told
        For each sentence the telling of the case that it belongs to
        (:func:`kg.cases.narration.tellings`); found here where it is not given. Only sentences
        that tell no case claim anything.
    """
    if told is None:
        told = narration.tellings(Passages(annotation).all)
    works = {citation.number: citation.id for citation in citations}
    return tuple(_Reader(annotation, report_id, works, told).claims())


class _Reader:
    def __init__(
        self,
        annotation: Annotation,
        report: str,
        works: dict[int, str],
        told: Sequence[str | None],
    ) -> None:
        self.annotation, self.report, self.works = annotation, report, works
        self.told = told
        self.text = annotation.document.text
        self._starts = [mention.start for mention in annotation.mentions]

    def claims(self) -> Iterator[Claim]:
        before: Sequence[Mention] = ()
        section = -1
        for index, sentence in enumerate(self.annotation.sentences):
            kind = self.annotation.document.sections[sentence.section].kind
            words = self.text[sentence.start : sentence.end]
            general = kind in _SECTIONS and self.told[index] is None
            general = general and not claims_nothing(words, kind)
            here = Sentence(
                self.text,
                sentence.start,
                sentence.end,
                self._mentions(sentence.start, sentence.end),
                before if general and sentence.section == section else (),
            )
            if general:
                yield from self._of_sentence(index, kind, words, here)
            before, section = here.mentions, sentence.section

    def _mentions(self, start: int, end: int) -> Sequence[Mention]:
        first = bisect_left(self._starts, start)
        return self.annotation.mentions[first : bisect_left(self._starts, end)]

    def _of_sentence(
        self,
        index: int,
        kind: str,
        words: str,
        sentence: Sentence,
    ) -> Iterator[Claim]:
        subject: tuple[Mention, ...] = ()
        if len(sentence.mentions) < 2:
            return
        found = triggers(words)
        for trigger in found:
            following = min(
                (t.start for t in found if t.start > trigger.start and _ends_object(words, t)),
                default=len(words),
            )
            stop = sentence.start + max(following, trigger.end)
            read: tuple[Trigger, Arguments] | None = None
            for option in (trigger, *trigger.otherwise):
                arguments = sentence.arguments(option, subject, stop)
                if arguments is not None:
                    read = option, arguments
                    break
            if read is None:
                subject = _carried(sentence, trigger, subject)
                continue
            if read[0].voice in _ACTIVE:
                subject = read[1].subject
            yield self._claim(index, kind, words, sentence, *read)

    def _claim(
        self,
        index: int,
        kind: str,
        words: str,
        sentence: Sentence,
        trigger: Trigger,
        arguments: Arguments,
    ) -> Claim:
        begin, end = sentence.start + trigger.start, sentence.start + trigger.end
        spans = [(m.start, m.end) for m in (*arguments.subject, *arguments.object)]
        inside = [s for s in spans if sentence.start <= s[0] and s[1] <= sentence.end]
        start = min(begin, *(s[0] for s in inside))
        stop = max(end, *(s[1] for s in inside))
        cites = self._cites(stop, sentence.end)
        told = results(words, (start - sentence.start, stop - sentence.start))
        held = qualities(words, (trigger.start, trigger.end), bool(cites), kind)
        return Claim(
            id=f"{self.report}#claim-{begin}-{end}",
            subject=_concepts(arguments.subject),
            predicate=arguments.rule.predicate.name,
            object=_concepts(arguments.object),
            polarity=held.polarity,
            certainty=held.certainty,
            sign=arguments.rule.predicate.sign,
            aspect=arguments.aspect,
            setting=held.setting,
            own=held.own,
            n=told.n,
            rate=told.rate,
            follow_up_days=told.follow_up_days,
            cites=cites,
            evidence=(Evidence(start, stop, self.text[start:stop], index),),
        )

    def _cites(self, after: int, end: int) -> tuple[str, ...]:
        """Return the works whose marks stand next behind a claim, in its sentence."""
        marks = [m for m in self.annotation.marks if after <= m.start < end]
        numbers: list[int] = []
        last: int | None = None
        for mark in marks:
            if last is not None and mark.start - last > 3:
                break
            numbers.extend(mark.references)
            last = mark.end
        works = (self.works[number] for number in numbers if number in self.works)
        return tuple(dict.fromkeys(works))


def _ends_object(words: str, trigger: Trigger) -> bool:
    """Tell whether an object ends before a trigger: a verb, no noun and no "-related"."""
    return trigger.voice not in _NOMINAL and words[trigger.start] != "-"


def _carried(
    sentence: Sentence, trigger: Trigger, subject: tuple[Mention, ...]
) -> tuple[Mention, ...]:
    """Return the subject for the next verb after one that claims nothing of a mention."""
    if trigger.voice not in _ACTIVE:
        return subject
    return sentence.subject(trigger, subject) or subject


def _concepts(mentions: Sequence[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.concept for m in mentions if m.concept is not None))
