"""Subject and object of a claim: the mentions beside its trigger that can bear them.

Precision comes first. A mention is taken only where it is the head of the phrase beside the
trigger: between them stand articles, adjectives and words that leave the head as it is ("the use
of", "treatment with"), or, before an object, what of it is meant ("the efficacy of").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.cases.claims.anaphora import stand_ins
from kg.cases.claims.clauses import bare_head, clause_start, heads, joined_to, without_next
from kg.cases.claims.grammar import Rule, Trigger, cue
from kg.cases.claims.phrases import (
    CLAIMED,
    PLAIN,
    PREPOSITION,
    bare,
    ends_phrase,
    heads_of_compounds,
    kind_of,
    outermost,
    past_aside,
    turned,
    without_examples,
)
from kg.nlp.model import Mention

_ASPECT = re.compile(
    r"\s*(?:the |a |an |their |its |both )?(?P<aspect>(?:[\w/'’-]+\s+){1,6}?)"
    r"(?:of|in|to|against|for)\s+(?:the |a |an |human |donor |anti-?\w* )?(?:\w+ ){0,1}$",
    re.IGNORECASE,
)
_SOFT = r"(?:\s+(?:also|thus|thereby|may|can|might|could|\w+ly|to))*\s*$"
_AND = re.compile(rf"\b(?:and|or|but)(?:\s+(?:is|are|was|were|has|have|had)(?:\s+been)?)?{_SOFT}")
_AUXILIARY = re.compile(r"(?:is|are|was|were|has|have|can|may|might|could)\b", re.IGNORECASE)
_COMMA = re.compile(rf",{_SOFT}")
_IN_PEOPLE = re.compile(
    r"\s*(?:the |a |an )?(?P<aspect>(?!use\b)[\w-]+(?: [\w-]+){0,3}) (?:in|of|among) "
    r"(?:\w+ )?(?:patients|people|individuals|women|men|children|those|adults) with (?:\w+ )?",
    re.IGNORECASE,
)
_MIXED = re.compile(rf"{PREPOSITION.pattern}|\b(?:and|or)\b", re.IGNORECASE)
_GERUND = re.compile(r"\s*(?:the )?\w+ing\b")
_OF_PATIENTS = frozenset({"applied_to_treat", "effective_against"})
"""What is said of patients and means the disease they have."""
_RELATIVE = re.compile(r"\s*,?\s*(?P<word>\w+)\s*")
_APPOSED = re.compile(r",\s+(?:an?|the|one|another|also)\s[^;]{0,100}?,\s*$")
_FINITE = re.compile(r"\s*(?:\w+ly\s+)?(?!has\b|its\b|this\b)[a-z]{2,}(?:s|ed)\b")
_RESTRICTIVE = re.compile(r"\s+(?:that|which)\s+")
_CLAUSE = re.compile(r"\b(?:and|but)\s+")
_PEOPLE = re.compile(
    r"\s+(?:patients?|individuals|subjects|cases)\b(?!\s+(?:with|who|treated|receiving))"
)
_UNDERGONE = re.compile(r"\s*(?:is|are|was|were|be|been)(?: \w+ly)? (?!associated|linked)\w+ed\b")
_REDUCED = re.compile(
    r"(?:associated|correlated|linked|due|secondary|resistant|refractory|unresponsive)\b",
    re.IGNORECASE,
)
_OF_SITE = re.compile(r"\s*(?:(?:of|in)(?: the)?(?: \w+){1,2}\s*)?(?:\w+ly\s+)?")
_PARTICIPLE = re.compile(r"\w+ed\b(?! (?:with|to)\b)")
_PRONOUN_REACH = 4
_LONGEST_GAP = 80
Pair = tuple[tuple[Mention, ...], str | None]


@dataclass(frozen=True, slots=True)
class Arguments:
    """The subject and object mentions of a claim, the rule that took them, and the aspect."""

    rule: Rule
    subject: tuple[Mention, ...]
    object: tuple[Mention, ...]
    aspect: str | None


class Sentence:
    """A sentence's text and mentions, with offsets of the document.

    ``before`` are the mentions of the sentence before, which this one may refer to.
    """

    def __init__(
        self,
        text: str,
        start: int,
        end: int,
        mentions: Sequence[Mention],
        before: Sequence[Mention] = (),
    ) -> None:
        self.text, self.start, self.end = text, start, end
        named = [m for m in mentions if m.kind in CLAIMED and m.concept is not None]
        heads = heads_of_compounds(text, outermost(named))
        own = [m for m in heads if not cue("generic").fullmatch(m.text)]
        if before:
            own += stand_ins(text, start, end, before, own)
            own.sort(key=lambda mention: mention.start)
        self.mentions = own

    def arguments(
        self, trigger: Trigger, inherited: tuple[Mention, ...], stop: int
    ) -> Arguments | None:
        """Return the arguments of a trigger, null where one is wanting.

        ``inherited`` is the subject that the trigger before it had, for "A reduces B and improves
        C"; an object ends at ``stop``, where the next trigger begins.
        """
        begin, end = self.start + trigger.start, self.start + trigger.end
        if trigger.voice == "both":
            pair, _ = self._behind(end, self.end)
            return self._fit(trigger, pair[:1], pair[1:], None)
        if trigger.voice in ("naming", "named", "linking"):
            return self._around(trigger, end)
        right, aspect = self._behind(end, stop)
        if right and cue("limited").search(self.text, begin, right[0].start):
            return None
        if trigger.voice == "passive":
            # "caused by Aspergillus in a dialysis patient": the agent is no mention.
            named = aspect is None or cue("light").search(self.text, end, right[0].start)
            left = self.subject(trigger, inherited)
            return self._fit(trigger, right if named else (), left, None)
        return self._fit(trigger, self.subject(trigger, inherited), right, aspect)

    def _around(self, trigger: Trigger, end: int) -> Arguments | None:
        """Return the arguments of words that both stand behind: "risk factors for A are B"."""
        first, _ = self._behind(end, self.end)
        if not first:
            return None
        link = cue("linking" if trigger.voice == "linking" else "copula")
        match = link.match(self.text, past_aside(self.text, first[-1].end), self.end)
        if match is None:
            return None
        if cue("limited").search(self.text, self.start, match.end()):
            return None
        second, aspect = self._behind(match.end(), self.end)
        if trigger.voice == "named":
            return self._fit(trigger, second, first, None)
        return self._fit(trigger, first, second, aspect)

    def _fit(
        self,
        trigger: Trigger,
        subject: tuple[Mention, ...],
        target: tuple[Mention, ...],
        aspect: str | None,
    ) -> Arguments | None:
        if not subject or not target:
            return None
        if self._turned(trigger, (*subject[:1], *subject[-1:], *target[:1], *target[-1:])):
            return None
        for rule in trigger.rules:
            first = tuple(m for m in subject if kind_of(m) in rule.subject)
            second = tuple(m for m in target if kind_of(m) in rule.object)
            names = {m.concept for m in first}
            second = tuple(m for m in second if m.concept not in names)
            # The mention nearest to the trigger must fit, or the phrase is about something else.
            if first and second and subject[0] in first and target[0] in second:
                return Arguments(rule, first, second, aspect or rule.aspect)
        return None

    def _turned(self, trigger: Trigger, mentions: Sequence[Mention]) -> bool:
        end = self.start + trigger.end
        return self.text[self.start + trigger.start] != "-" and any(
            turned(self.text, end if m.start >= end else self.start, self.end, m) for m in mentions
        )

    def subject(self, trigger: Trigger, inherited: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return what stands before a trigger: its own head, or that of the verb before it."""
        begin = self.start + trigger.start
        before = self.text[self.start : begin]
        coordinated = _AND.search(before)
        if coordinated and (inherited or not _AUXILIARY.match(self.text, begin)):
            if inherited or _PARTICIPLE.match(self.text, begin):
                return inherited  # "and improved survival" may be an adjective's
            return self._sharing(self.start + coordinated.start())
        if trigger.voice == "participle":
            return inherited or self._sharing(begin, participle=True)
        if _REDUCED.match(self.text, begin):
            return self._adjacent(begin)
        people = trigger.voice == "patients" or trigger.rules[0].predicate.name in _OF_PATIENTS
        own = self._before(begin, people=people) or (self._afflicted(begin) if people else ())
        own = own or self._second_clause(before)
        if own or not inherited:
            return own
        spoken_of = any(
            len(before[match.end() :].split()) <= _PRONOUN_REACH
            for match in cue("pronoun").finditer(before)
        )
        return inherited if spoken_of or _COMMA.search(before) else ()

    def _adjacent(self, begin: int) -> tuple[Mention, ...]:
        """Return the mention right before a participle: "a case of A associated with B"."""
        near = [m for m in self.mentions if m.end <= begin][-1:]
        if not near or not _OF_SITE.fullmatch(bare(self.text[near[0].end : begin])):
            return ()
        return tuple(near)

    def _second_clause(self, before: str) -> tuple[Mention, ...]:
        """Return the subject behind the last "and": "A reduces B and C increases D"."""
        ends = [match.end() for match in _CLAUSE.finditer(before)]
        if not ends:
            return ()
        zone, stop = self.start + ends[-1], self.start + len(before)
        found = [m for m in self.mentions if zone <= m.start and m.end <= stop]
        if not found or not heads(self.text, zone, found[0]):
            return ()
        joined = joined_to(self.text, found)
        return joined if ends_phrase(self.text[joined[-1].end : stop]) else ()

    def _sharing(self, stop: int, *, participle: bool = False) -> tuple[Mention, ...]:
        """Return the subject of a clause that ends at ``stop``, for a second verb of it."""
        zone = clause_start(self.text, self.start, stop, self.mentions)
        found = [m for m in self.mentions if zone <= m.start and m.end <= stop]
        if not found or not bare_head(self.text, zone, found[0]):
            return ()
        joined = joined_to(self.text, found)
        tail = bare(self.text[joined[-1].end : stop])
        if participle and _UNDERGONE.match(tail):
            return ()
        return joined if cue("verb").match(tail.lstrip()) or _FINITE.match(tail) else ()

    def _before(self, begin: int, *, people: bool = False) -> tuple[Mention, ...]:
        """Return the head of the clause before the trigger, and what it is joined to.

        With ``people`` it may be what patients have: "IPF patients present with cough".
        """
        zone = clause_start(self.text, self.start, begin, self.mentions)
        apposed = _APPOSED.search(self.text, zone, begin)
        stop = begin if apposed is None else apposed.start()
        found = [m for m in self.mentions if zone <= m.start and m.end <= stop]
        if not found:
            return self._antecedent(zone)
        if not heads(self.text, zone, found[0]):
            return ()
        joined = joined_to(self.text, found)
        tail = self.text[joined[-1].end : stop]
        if people and (of_people := _PEOPLE.match(tail)):
            tail = tail[of_people.end() :]
        # What follows the head belongs to it: "interferon after chemotherapy can reduce".
        return joined if ends_phrase(tail) and not ("," in tail and len(tail) > 40) else ()

    def _antecedent(self, zone: int) -> tuple[Mention, ...]:
        """Return the head of its sentence that a clause begins behind: "A (3), which reduces B"."""
        found = [m for m in self.mentions if m.end <= zone]
        if found and _RESTRICTIVE.fullmatch(self.text, found[-1].end, zone):
            return (found[-1],)
        if not found or not heads(self.text, self.start, found[0]):
            return ()
        joined = joined_to(self.text, found)
        relative = _RELATIVE.fullmatch(bare(self.text[joined[-1].end : zone]))
        return joined if relative and cue("relative").fullmatch(relative["word"]) else ()

    def _afflicted(self, begin: int) -> tuple[Mention, ...]:
        """Return what the patients have or are given that a clause is about."""
        zone = clause_start(self.text, self.start, begin, self.mentions)
        found = [m for m in self.mentions if zone <= m.start and m.end <= begin]
        for match in cue("afflicted").finditer(self.text, zone, begin):
            held = [m for m in found if match.end() <= m.start]
            if PREPOSITION.search(cue("light").sub(" ", self.text[zone : match.start()])):
                return ()
            if held and PLAIN.fullmatch(self.text[match.end() : held[0].start]):
                joined = joined_to(self.text, held)
                return joined if ends_phrase(self.text[joined[-1].end : begin]) else ()
        return ()

    def _behind(self, end: int, stop: int) -> Pair:
        """Return the object behind the trigger and the aspect of it that is meant."""
        boundary = cue("boundary").search(self.text, end, stop)
        if boundary is not None:
            stop = boundary.start()
        found = [m for m in self.mentions if end <= m.start and m.end <= stop]
        if not found:
            return (), None
        gap = without_examples(self.text[end : found[0].start])
        if len(gap) > _LONGEST_GAP or re.search(r"[,;:()]", gap):
            return (), None
        joined = without_next(self.text, joined_to(self.text, found), self.end)
        if PREPOSITION.search(gap):
            if _GERUND.match(gap) and self.text[:end].endswith((" in", " for", " to")):
                return (), None
            bears, aspect = _aspect_before(gap)
            return (joined, aspect) if bears else ((), None)
        behind = cue("aspect").match(self.text[joined[-1].end : self.end].lstrip())
        plain = PLAIN.fullmatch(gap + " ") or not gap.strip()
        return (joined, behind and behind.group().lower()) if plain else ((), None)


def _aspect_before(gap: str) -> tuple[bool, str | None]:
    """Tell whether words with a preposition lead to an object, and what of it they mean."""
    match = _IN_PEOPLE.fullmatch(gap) or _ASPECT.fullmatch(gap)
    if match is not None and not _MIXED.search(match["aspect"]):
        return True, " ".join(match["aspect"].split()).lower()
    return bool(cue("light").search(gap) or cue("population").search(gap)), None
