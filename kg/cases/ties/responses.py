"""RESPONSE_TO: the therapies that a response followed, as stated or by the order of the telling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from kg.cases.coreference import SETBACKS, Telling
from kg.cases.drafts import EventDraft, Link
from kg.cases.events.harms import is_growth
from kg.cases.passages import Passages
from kg.cases.ties.courses import LASTING, OPERATION, Course
from kg.cases.ties.purposes import SUPPORT
from kg.cases.ties.stated import Stated, stated_therapies
from kg.cases.vocabulary import table

_BARE_OPERATIONS = ("surgery", "removal", "resection")
"""Names of operations that tell nothing of what was done, the barest first."""


def response_to(
    view: Passages, telling: Telling, parts: Sequence[Link], purposes: Sequence[Link]
) -> list[Link]:
    """Return the therapies that the responses of one telling followed.

    A sentence that joins the two states the tie; else the last main therapies before the response
    are inferred, unless the disease came back in between; where there is none, the last that merely
    support. That the patient is free of recurrence, lives or died is inferred to follow all main
    therapies from the last operation on. Therapies that only prepare, prevent or treat a
    complication are not followed by the response of the disease. What follows a regimen follows its
    drugs.
    """
    main = _main(telling, purposes)
    course = Course(view, telling, main)
    supported = Course(view, telling, _supporting(telling, main, purposes))
    whole = {id(link.source): link.target for link in parts}
    drugs = drugs_of(parts)
    links: list[Link] = []
    for response in telling.events:
        if response.type != "Response" or response.polarity != "affirmed":
            continue
        found = stated_therapies(view, telling, response)
        named = [whole.get(id(e), e) for e in found.therapies]
        if found.operation:
            named = course.operation(named)
        stated = with_drugs(named, drugs)
        links += (
            Link("RESPONSE_TO", response, e, "stated", None, list(found.evidence)) for e in stated
        )
        if not stated or _may_follow_more(response, found):
            known = {id(e) for e in stated}
            inferred = with_drugs(course.before(response) or supported.before(response), drugs)
            links += (
                Link("RESPONSE_TO", response, e, "inferred") for e in inferred if id(e) not in known
            )
    return links


def _may_follow_more(response: EventDraft, found: Stated) -> bool:
    """Whether a response that is told to be after a therapy may be of those before it as well."""
    return response.outcome in LASTING or (response.outcome in SETBACKS and found.dated)


def drugs_of(parts: Sequence[Link]) -> dict[int, list[EventDraft]]:
    """Return the drugs of each regimen, by the identity of its draft."""
    drugs: dict[int, list[EventDraft]] = defaultdict(list)
    for link in parts:
        if link.role == "component":
            drugs[id(link.target)].append(link.source)
    return drugs


def with_drugs(
    therapies: Sequence[EventDraft], drugs: Mapping[int, Sequence[EventDraft]]
) -> list[EventDraft]:
    """Return therapies, each with the drugs that it consists of."""
    found = {id(e): e for therapy in therapies for e in (therapy, *drugs.get(id(therapy), ()))}
    return _exact(list(found.values()))


def _exact(therapies: list[EventDraft]) -> list[EventDraft]:
    """Return therapies without "the resection" beside the hepatectomy that it was."""
    for bare in _BARE_OPERATIONS:
        operations = [e for e in therapies if e.is_a(OPERATION) and e.name != bare]
        if operations:
            therapies = [e for e in therapies if e.name != bare]
    return therapies


def _main(telling: Telling, purposes: Sequence[Link]) -> list[EventDraft]:
    """Return the therapies of a telling that a response of the disease can be inferred from."""
    supporting = {id(link.source) for link in purposes if _serves_another(link)}
    given = [e for e in telling.events if e.given and not e.part]
    return [e for e in given if id(e) not in supporting and not _parts(e)]


def _supporting(
    telling: Telling, main: Sequence[EventDraft], purposes: Sequence[Link]
) -> list[EventDraft]:
    """Return the therapies that a response is inferred to be of where it can be of no other."""
    prepare = {id(link.source) for link in purposes if link.role in SUPPORT}
    left_out = prepare | {id(e) for e in main}
    given = [e for e in telling.events if e.given and not e.part and id(e) not in left_out]
    return [e for e in given if "accompanies" not in _parts(e)]


def _serves_another(link: Link) -> bool:
    """Whether a therapy prepares, prevents, or treats a complication and not the disease."""
    if link.role != "treatment":
        return link.role in SUPPORT
    symptom = (
        not link.source.is_a(OPERATION)
        and link.target.type == "Finding"
        and link.target.kind == "Condition"
        and not is_growth(link.target.name, link.target.ancestors)
    )
    return symptom or link.target.type == "AdverseEvent"


def _parts(exposure: EventDraft) -> set[str]:
    """Return what a therapy, or a class of it, is in the table of supporting therapies, if any."""
    own = {exposure.name.lower(), exposure.text.lower(), *map(str.lower, exposure.ancestors)}
    parts = _parts_by_name()
    return {parts[name] for name in own if name in parts}


@cache
def _parts_by_name() -> dict[str, str]:
    return {row[0]: row[1] for row in table("supporting_therapies.tsv")}
