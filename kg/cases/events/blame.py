"""Which therapy another sentence blames for a condition: the title, or what the case teaches.

A title states no event, but "Seizures after bupropion" settles what the seizures of the case are;
so does "to our knowledge this is the first case of bupropion-induced seizures".
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from kg.cases.events.harms import ADVERSE_NAMES, Harm, had_before, harms_of, is_no_harm
from kg.cases.passages import Passage, Passages
from kg.nlp.model import Mention

_OWN = ("lesson", "patient_noun", "opening")
_NOT_OWN = ("others_case", "others_hint", "general")
_KNOWN: WeakKeyDictionary[Passages, dict[str, tuple[Harm, ...]]] = WeakKeyDictionary()
"""What was read of each report, while its annotation is at work."""


def blamed_elsewhere(view: Passages, passage: Passage, index: int) -> tuple[Harm, ...]:
    """Return what titles and lessons say of a condition as a harm of a therapy.

    Parameters
    ----------
    view, passage, index
        The report, and a mention of a condition in a sentence that tells the case.
    """
    mention = view.mentions[index]
    if mention.kind != "Condition" or mention.polarity != "affirmed" or is_no_harm(mention):
        return ()
    if view not in _KNOWN:
        _KNOWN[view] = _read(view)
    blamed = _KNOWN[view]
    if had_before(passage, mention):
        return ()
    own = blamed.get(_name(mention), ())
    # A title may name the class of what the case tells exactly: arrhythmia, torsade de pointes.
    titled = (h for name in mention.ancestors for h in blamed.get(name, ()))
    return own or tuple(h for h in titled if view.all[h.sentence].kind == "title")


def _read(view: Passages) -> dict[str, tuple[Harm, ...]]:
    found: dict[str, list[Harm]] = {}
    for passage in view.all:
        if not _speaks_of_the_case(passage):
            continue
        for index in view.mentions_in[passage.index]:
            mention = view.mentions[index]
            if mention.kind != "Condition" or mention.name in ADVERSE_NAMES:
                continue
            harms = [h for h in harms_of(view, passage, index) if _settles(passage, h)]
            found.setdefault(_name(mention), []).extend(harms)
    return {name: tuple(harms) for name, harms in found.items() if harms}


def _speaks_of_the_case(passage: Passage) -> bool:
    if passage.kind == "title":
        return True
    return passage.has(*_OWN) and not passage.has(*_NOT_OWN)


def _settles(passage: Passage, harm: Harm) -> bool:
    """Whether the words blame a named therapy, and beyond a title not only by the time."""
    kinds = {"called"} if passage.kind == "title" else {"called", "time"}
    return bool(harm.therapies) and harm.kind not in kinds


def _name(mention: Mention) -> str:
    return mention.name or mention.text.lower()
