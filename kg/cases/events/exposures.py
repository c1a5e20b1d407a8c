"""Exposures: therapies that a patient had, declined, or that were considered or planned."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from kg.cases.drafts import Account, EventDraft
from kg.cases.events.base import days_of, draft, duration_after, widen
from kg.cases.model import CaseDose
from kg.cases.narration import Telling
from kg.cases.passages import Passage, Passages
from kg.cases.vocabulary import table
from kg.nlp.model import Dose, Mention, Realisation

_DETERMINER = re.compile(r"^(?:the|this|that|these|such|her|his|our|an?)\s+")
_NO_VERB_BETWEEN = 45
_LEVEL_OF = re.compile(
    r"(?:levels?|concentrations?|tit(?:er|re)s?|number|copies)\s+of\s+(?:the\s+)?$", re.IGNORECASE
)
_PHASE = re.compile(
    r"(?<!the )\b(?:adjuvant|postoperative|maintenance|consolidation)\s+"
    r"(?:(?!and\b)[\w\-]+\s+){0,3}$",
    re.IGNORECASE,
)
_ALONE = re.compile(r"\s+(?:monotherapy|alone|as a single agent)\b", re.IGNORECASE)
_STAINING = re.compile(
    r"\b(?:immunohisto\w+|immunostain\w*|stain\w*|antibod(?:y|ies))\s+(?:with|using|against|for|by)"
    r"\s+(?:[\w\-]+\s+){0,3}$",
    re.IGNORECASE,
)
_TESTING = re.compile(
    r"\bsuppress(?:ed|ion|ible)\s+(?:by|with|after)\s+(?:[\w\-]+\s+){0,3}$", re.IGNORECASE
)
_PARTING = re.compile(
    r"[.;,]|\b(?:after|following|during|since|post|before|until|despite|under|on)\b", re.IGNORECASE
)
"""What parts a word like "again" from a therapy: "relapsed again after UCBT" is no second UCBT."""


_AFTERWARDS = ("again", "once more", "restart", "resum", "reintroduc", "reinitiat", "rechalleng")
_POINTING = ("this ", "the same ", "these ")
_POINTED = re.compile(r"\b(?:this|that|these|the\s+same)\s+(?:[\w-]+\s+)?$", re.IGNORECASE)
_KNOWN_BEFORE = re.compile(r"\b(?:history|known|previous|prior|past)\b", re.IGNORECASE)
_COMPOUND = re.compile(
    r"[-\s]*(?:induced|related|associated|naive|refractory|resistant)", re.IGNORECASE
)
_NEW_CLAUSE = re.compile(r"[,;:]|\b(?:was|were|is|had|has|and then)\b", re.IGNORECASE)


def exposure_events(
    view: Passages,
    passage: Passage,
    index: int,
    owner: int,
    telling: Telling,
    account: Account,
) -> list[EventDraft]:
    """Return the exposure that a therapy mention states; none where it is only spoken of."""
    mention = view.mentions[index]
    reason = _only_named(view, passage, mention)
    if reason is not None:
        account.drop(reason)
        return []
    event = draft(view, passage, index, "Exposure", owner, telling)
    event.realisation = realisation_of(mention)
    event.generic = is_generic(mention)
    event.anew = _anew(passage, mention)
    event.refers_back = mention.ended or _refers_back(passage, mention)
    event.phased = not event.refers_back and _in_new_phase(passage, mention)
    event.told_given = passage.has("giving") or event.realisation != "given"
    doses = view.doses_of.get(index, [])
    event.doses = [case_dose(dose) for dose in doses]
    if event.realisation == "given" and not event.generic:
        duration = duration_after(view, passage, mention.start, mention.end)
        if duration is not None:
            event.duration_days = days_of(duration)
    widen(view, event, ((d.start, d.end) for d in doses))
    return [event]


def realisation_of(mention: Mention) -> Realisation:
    """Return whether a therapy was given, from the mention's assertion where it does not say."""
    if mention.ended:
        return "given"
    if mention.polarity == "negated" and mention.realisation == "given":
        return "not_given"
    if mention.realisation is not None:
        return mention.realisation
    if mention.polarity == "negated":
        return "not_given"
    if mention.certainty == "possible":
        return "considered"
    return "planned" if mention.time == "future" else "given"


def is_generic(mention: Mention) -> bool:
    """Whether the mention names no therapy of its own: "treatment", "the infusion"."""
    return (
        mention.text.lower() == "adjuvant"
        or is_generic_text(mention.text)
        or is_generic_text(mention.name or "")
    )


def is_generic_text(text: str) -> bool:
    """Whether words name no therapy of their own.

    Examples
    --------
    >>> is_generic_text("this treatment"), is_generic_text("interferon treatment")
    (True, False)
    """
    return _DETERMINER.sub("", text.lower()) in _generic_words()


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(row[0] for row in table("generic_therapies.tsv"))


def case_dose(dose: Dose) -> CaseDose:
    """Return the dose as the case keeps it."""
    return CaseDose(
        text=dose.text,
        start=dose.start,
        end=dose.end,
        value=dose.value,
        value_to=dose.value_to,
        unit=dose.unit,
        per=dose.per,
        of=dose.of,
        route=dose.route,
        schedule=dose.schedule,
    )


def _only_named(view: Passages, passage: Passage, mention: Mention) -> str | None:
    """Return why a therapy mention is no exposure, or None where it is one."""
    for reason, test in _ONLY_NAMED.items():
        if test(view, passage, mention):
            return reason
    return None


def _examines(_view: Passages, _passage: Passage, mention: Mention) -> bool:
    names = {row[0] for row in table("not_therapies.tsv")}
    own = {(mention.name or "").lower(), mention.text.lower(), *mention.ancestors}
    return not names.isdisjoint(own)


def _is_allergen(view: Passages, passage: Passage, mention: Mention) -> bool:
    """Whether an allergy that the patient has is told, not a reaction to what was given."""
    after = view.text[mention.end : mention.end + 10]
    cue = passage.before(mention.start, "allergy", reach=25)
    if cue is None:
        return bool(re.match(r"[\s-]*allerg", after, re.IGNORECASE))
    before = passage.text[: cue.start - passage.start][-40:]
    reacted = "reaction" in view.text[cue.end : mention.start].lower()
    allergic = cue.text.lower().startswith("allerg") and not reacted
    return allergic or bool(_KNOWN_BEFORE.search(before))


def _is_measured(_view: Passages, passage: Passage, mention: Mention) -> bool:
    """Whether a level or a property of the drug is meant: "ciclosporin level"."""
    before = passage.text[: mention.start - passage.start][-40:]
    if _LEVEL_OF.search(before) or _TESTING.search(before):
        return True
    after = passage.after(mention.end, "measured", reach=3)
    return after is not None and not mention.text.lower().endswith(("therapy", "treatment"))


def _is_stained(_view: Passages, passage: Passage, mention: Mention) -> bool:
    """Whether a receptor or antibody is meant: "negative for estrogen and progesterone"."""
    if _STAINING.search(passage.text[: mention.start - passage.start]):
        return True
    cue = passage.before(mention.start, "positive", "negative", reach=60)
    if cue is None:
        return False
    between = passage.text[cue.end - passage.start : mention.start - passage.start]
    giving = any(cue.end <= c.start < mention.start for c in passage.find("giving"))
    return not giving and bool(re.match(r"\s+(?:for|with)\b[^.;]*$", between, re.IGNORECASE))


def _is_test_of_germs(_view: Passages, passage: Passage, mention: Mention) -> bool:
    return not _given(mention) and (
        passage.before(mention.start, "susceptibility", reach=_NO_VERB_BETWEEN) is not None
    )


def _is_spoken_of(view: Passages, passage: Passage, mention: Mention) -> bool:
    if passage.before(mention.start, "alternative", reach=12):
        return True
    standard = passage.before(mention.start, "standard", reach=110)
    if standard is not None and "," in view.text[standard.end : mention.start]:
        standard = None
    spoken = passage.before(mention.start, "preparation", reach=30) or standard
    ruled_out = mention.rule is not None and mention.realisation in {"declined", "not_given"}
    return not _given(mention) and not ruled_out and spoken is not None


def _given(mention: Mention) -> bool:
    return mention.rule is not None and mention.realisation == "given"


def _is_act(_view: Passages, _passage: Passage, mention: Mention) -> bool:
    """Whether a bare verb of handling was read as a therapy: "the wound was closed"."""
    return mention.label == "act"


_ONLY_NAMED: dict[str, Callable[[Passages, Passage, Mention], bool]] = {
    "given to examine, not to treat": _examines,
    "an allergy": _is_allergen,
    "a level or a property of a drug": _is_measured,
    "a stain, not a therapy": _is_stained,
    "a susceptibility": _is_test_of_germs,
    "therapy only spoken of": _is_spoken_of,
    "an act without an object": _is_act,
}


def _anew(passage: Passage, mention: Mention) -> bool:
    """Whether the words make it another course: "second", "re-induction with"."""
    for cue in passage.find("anew"):
        between = passage.text[cue.end - passage.start : mention.start - passage.start]
        if cue.end <= mention.start and len(between) <= 30 and not _PARTING.search(between):
            return True
        if mention.start <= cue.start < mention.end:
            return True
        after = cue.text.lower().startswith(_AFTERWARDS)
        if after and 0 <= cue.start - mention.end <= 25:
            return True
    return False


def _in_new_phase(passage: Passage, mention: Mention) -> bool:
    """Whether the words put it into a phase of its own: "adjuvant X" after X, "X alone"."""
    before = passage.text[: mention.start - passage.start]
    after = passage.text[mention.end - passage.start :]
    return bool(_PHASE.search(before) or _ALONE.match(after))


def _refers_back(passage: Passage, mention: Mention) -> bool:
    """Whether the therapy stands where known things are named: "after CAR-T infusion"."""
    before = passage.text[: mention.start - passage.start][-40:]
    after = passage.text[mention.end - passage.start :][:12]
    pointed = mention.text.lower().startswith(_POINTING) or _POINTED.search(before)
    if pointed or _COMPOUND.match(after):
        return True
    stopped = passage.before(mention.start, "stopping", reach=25) or passage.after(
        mention.end, "stopping", reach=25
    )
    return stopped is not None or _anchors(passage, mention)


def _anchors(passage: Passage, mention: Mention) -> bool:
    """Whether a time or a cause hangs on the therapy: "after", "during", "due to"."""
    anchor = passage.before(mention.start, "anchor", reach=60)
    if anchor is None:
        return False
    between = passage.text[anchor.end - passage.start : mention.start - passage.start]
    giving = [c for c in passage.find("giving") if anchor.end <= c.start and c.end <= mention.start]
    return not giving and not _NEW_CLAUSE.search(between)
