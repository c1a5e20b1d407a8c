"""Subject and object of a claim: the mentions beside its trigger that can bear them.

Precision comes first. A mention is taken only where it is the head of the phrase beside the
trigger: between them stand articles, adjectives and words that leave the head as it is ("the use
of", "treatment with"), or, before an object, what of it is meant ("the efficacy of").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.cases.claims.grammar import Rule, Trigger, cue
from kg.nlp.model import Mention

_CLAIMED = ("Therapy", "Marker", "Outcome", "Condition")
_PREPOSITION = re.compile(
    r"\b(?:of|in|to|with|for|by|on|from|after|during|between|among|against|following|without|via"
    r"|under|at|like|before|through|within|including|such|per|into)\b",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"[^,;]{0,120},\s+(?=\S)")
_ASPECT = re.compile(
    r"\s*(?:the |a |an |their |its |both )?(?P<aspect>(?:[\w/'’-]+\s+){1,6}?)"
    r"(?:of|in|to|against|for)\s+(?:the |a |an |human |donor |anti-?\w* )?(?:\w+ ){0,1}$",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"\s*(?:[\w%≥>±./-]+\s+){0,4}$")
_SOFT = r"(?:\s+(?:also|thus|thereby|may|can|might|could|\w+ly|to))*\s*$"
_AND = re.compile(rf"\b(?:and|or|but){_SOFT}")
_AUXILIARY = re.compile(r"(?:is|are|was|were|has|have|can|may|might|could)\b", re.IGNORECASE)
_COMMA = re.compile(rf",{_SOFT}")
_OF = re.compile(r"\bof\b")
_RELATIVE = re.compile(r"[\s)]*(?:\([^)]*\)|\[[^\]]*\])?\s*,?\s*(?P<word>\w+)\s*")
_PRONOUN_REACH = 4
_LONGEST_GAP = 70


@dataclass(frozen=True, slots=True)
class Arguments:
    """The subject and object mentions of a claim, the rule that took them, and the aspect."""

    rule: Rule
    subject: tuple[Mention, ...]
    object: tuple[Mention, ...]
    aspect: str | None


class Sentence:
    """A sentence's text and mentions, with offsets of the document."""

    def __init__(self, text: str, start: int, end: int, mentions: Sequence[Mention]) -> None:
        self.text, self.start, self.end = text, start, end
        named = [m for m in mentions if m.kind in _CLAIMED and m.concept is not None]
        heads = _heads_of_compounds(text, _outermost(named))
        self.mentions = [m for m in heads if not cue("generic").fullmatch(m.text)]

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
            if len(pair) < 2:
                return None
            return self._fit(trigger, pair[:1], pair[1:], None)
        right, aspect = self._behind(end, stop)
        if right and cue("limited").search(self.text, begin, right[0].start):
            return None
        if trigger.voice == "passive":
            # "caused by Aspergillus in a dialysis patient": the agent is no mention.
            named = aspect is None or _OF.search(self.text, end, right[0].start) is not None
            return self._fit(trigger, right if named else (), self._before(begin), None)
        return self._fit(trigger, self.subject(trigger, inherited), right, aspect)

    def _fit(
        self,
        trigger: Trigger,
        subject: tuple[Mention, ...],
        target: tuple[Mention, ...],
        aspect: str | None,
    ) -> Arguments | None:
        if self._turned(trigger, (*subject[:1], *subject[-1:], *target[:1], *target[-1:])):
            return None
        for rule in trigger.rules:
            first = tuple(m for m in subject if _kind(m) in rule.subject)
            second = tuple(m for m in target if _kind(m) in rule.object)
            names = {m.concept for m in first}
            second = tuple(m for m in second if m.concept not in names)
            # The mention nearest to the trigger must fit, or the phrase is about something else.
            if first and second and subject[0] in first and target[0] in second:
                return Arguments(rule, first, second, aspect or rule.aspect)
        return None

    def _turned(self, trigger: Trigger, mentions: Sequence[Mention]) -> bool:
        """Tell whether the words beside a mention turn it into something else: "TIGIT blockade"."""
        for mention in mentions:
            end = self.start + trigger.end
            floor = end if mention.start >= end else self.start
            before = self.text[max(floor, mention.start - 25) : mention.start].rstrip(" -‐‑–")
            if any(match.end() == len(before) for match in cue("turned").finditer(before)):
                return True
            after = self.text[mention.end : mention.end + 25].lstrip(" -‐‑–")
            if cue("turns").match(after):
                return True
            if mention.kind == "Therapy" and cue("treated").match(after):
                return True
        return False

    def subject(self, trigger: Trigger, inherited: tuple[Mention, ...]) -> tuple[Mention, ...]:
        """Return the subject of an active trigger, its own or that of the trigger before it."""
        begin = self.start + trigger.start
        before = self.text[self.start : begin]
        if _AND.search(before) and (inherited or not _AUXILIARY.match(self.text, begin)):
            return inherited
        own = self._before(begin) or (
            self._afflicting(begin) if trigger.voice == "patients" else ()
        )
        if own or not inherited:
            return own
        spoken_of = any(
            len(before[match.end() :].split()) <= _PRONOUN_REACH
            for match in cue("pronoun").finditer(before)
        )
        return inherited if spoken_of or _COMMA.search(before) else ()

    def _before(self, begin: int) -> tuple[Mention, ...]:
        """Return the head of the clause before the trigger, and what it is joined to."""
        zone = self._clause_start(begin)
        found = [m for m in self.mentions if zone <= m.start and m.end <= begin]
        if not found:
            return self._antecedent(zone)
        if not self._heads(zone, found[0]):
            return ()
        joined = self._joined(found)
        tail = self.text[joined[-1].end : begin]
        # What follows the head belongs to it: "interferon after chemotherapy can reduce".
        return joined if _ends_phrase(tail) and not ("," in tail and len(tail) > 40) else ()

    def _antecedent(self, zone: int) -> tuple[Mention, ...]:
        """Return the head of its sentence that a clause begins behind: "A (3), which reduces B"."""
        found = [m for m in self.mentions if m.end <= zone]
        if not found or not self._heads(self.start, found[0]):
            return ()
        joined = self._joined(found)
        relative = _RELATIVE.fullmatch(self.text, joined[-1].end, zone)
        return joined if relative and cue("relative").fullmatch(relative["word"]) else ()

    def _afflicting(self, begin: int) -> tuple[Mention, ...]:
        """Return the condition of the patients that a clause is about."""
        zone = self._clause_start(begin)
        found = [m for m in self.mentions if zone <= m.start and m.end <= begin]
        for match in cue("afflicted").finditer(self.text, zone, begin):
            held = [m for m in found if match.end() <= m.start]
            if held and _PLAIN.fullmatch(self.text[match.end() : held[0].start]):
                joined = self._joined(held)
                return joined if _ends_phrase(self.text[joined[-1].end : begin]) else ()
        return ()

    def _clause_start(self, begin: int) -> int:
        start = self.start
        text = self.text[start:begin]
        for match in cue("boundary").finditer(text):
            if match.end() < len(text):
                start = self.start + match.end()
        fronted = _FRONTED.match(self.text, start, begin)
        while fronted is not None and not self._lists(start, fronted.end(), begin):
            start = fronted.end()
            fronted = _FRONTED.match(self.text, start, begin)
        return start

    def _lists(self, start: int, comma: int, begin: int) -> bool:
        """Tell whether a comma stands in a list of subjects: "A, B and C reduce"."""
        inside = [m for m in self.mentions if start <= m.start and m.end <= comma]
        behind = [m for m in self.mentions if comma <= m.start and m.end <= begin]
        if not inside or not behind:
            return bool(inside)
        return self.text[inside[-1].end : behind[0].start].strip() == ","

    def _heads(self, zone: int, mention: Mention) -> bool:
        before = self.text[zone : mention.start]
        if cue("population").search(before):
            return False
        rest = cue("light").sub(" ", before)
        return not _PREPOSITION.search(rest) and len(rest.split()) <= 6

    def _joined(self, found: Sequence[Mention]) -> tuple[Mention, ...]:
        """Return the first mention and those joined to it by "and", "followed by" and the like."""
        out = [found[0]]
        for mention in found[1:]:
            between = self.text[out[-1].end : mention.start].strip()
            apposed = re.fullmatch(r"[(\[]", between) is not None
            if not apposed and not cue("join").fullmatch(between):
                break
            out.append(mention)
        unique = {mention.concept: mention for mention in reversed(out)}
        return tuple(sorted(unique.values(), key=lambda mention: mention.start))

    def _behind(self, end: int, stop: int) -> tuple[tuple[Mention, ...], str | None]:
        """Return the object behind the trigger and the aspect of it that is meant."""
        boundary = cue("boundary").search(self.text, end, stop)
        if boundary is not None:
            stop = boundary.start()
        found = [m for m in self.mentions if end <= m.start and m.end <= stop]
        if not found:
            return (), None
        gap = self.text[end : found[0].start]
        if len(gap) > _LONGEST_GAP or re.search(r"[,;:()]", gap):
            return (), None
        joined = self._joined(found)
        behind = cue("aspect").match(self.text[joined[-1].end : self.end].lstrip())
        if not _PREPOSITION.search(gap):
            return (
                (joined, behind and behind.group().lower())
                if _PLAIN.fullmatch(gap + " ") or not gap.strip()
                else ((), None)
            )
        light = cue("light").search(gap) or cue("population").search(gap)
        aspect = _ASPECT.fullmatch(gap)
        if aspect is not None and not _PREPOSITION.search(aspect["aspect"]):
            return joined, " ".join(aspect["aspect"].split()).lower()
        return (joined, None) if light else ((), None)


def _ends_phrase(tail: str) -> bool:
    """Tell whether the words between a mention and its verb leave the mention the head."""
    rest = re.sub(r"^\s*\([^)]*\)", "", tail).lstrip()
    return not rest or not rest[0].isalnum() or cue("head").match(rest) is not None


def _kind(mention: Mention) -> str:
    harmful = mention.kind == "Outcome" and cue("harm").fullmatch(mention.name or mention.text)
    return "Harm" if harmful else mention.kind


def _heads_of_compounds(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out mentions that the next one stands right behind: MSS in "MSS colorectal cancer"."""
    return [
        mention
        for place, mention in enumerate(mentions)
        if place + 1 == len(mentions)
        or text[mention.end : mentions[place + 1].start].strip(" -‐‑–")
    ]


def _outermost(mentions: Sequence[Mention]) -> list[Mention]:
    """Leave out mentions that lie within a longer one."""
    out: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not out or mention.end > out[-1].end:
            out.append(mention)
    return out
