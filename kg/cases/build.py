"""From one annotated document to its CaseReport."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from kg.cases import merging, narration, patients
from kg.cases.care import care_items
from kg.cases.citations import citations_of
from kg.cases.claims import claims_of
from kg.cases.coreference import Telling
from kg.cases.drafts import Account, EventDraft, Link
from kg.cases.events import draft_events
from kg.cases.events.cells import give_cell_doses
from kg.cases.model import CaseReport, Event, Evidence, Patient, Relation, ReportInfo
from kg.cases.passages import Passages
from kg.cases.patients import Cast
from kg.cases.ties.adverse_events import attributed
from kg.cases.ties.purposes import given_for
from kg.cases.ties.regimens import dose_parts, part_of
from kg.cases.ties.responses import response_to
from kg.cases.timeline import solve
from kg.documents.model import Document
from kg.nlp.model import Annotation

_TELLINGS = ("case", "abstract", "discussion")


def build_case(annotation: Annotation) -> CaseReport:
    """Return the patients of a report, what happened to them, and what the report claims.

    Parameters
    ----------
    annotation
        The annotated document, of :func:`kg.nlp.annotate`.

    Returns
    -------
    CaseReport
        Events in order of the text, with times solved; ``dropped`` counts by reason what was
        mentioned and became no event.
    """
    view = Passages(annotation)
    report = report_info(annotation.document)
    told = narration.tellings(view.all)
    cast = patients.find(view, told)
    account = Account()
    drafts = draft_events(view, told, cast, account)
    events: list[EventDraft] = []
    links: list[Link] = []
    for index in range(len(cast.persons)):
        own = [d for d in drafts if d.patient == index]
        course, ties = _course(view, own, account)
        events.extend(course)
        links.extend(ties)
    names = _ids(report.id, events)
    people = _patients(report.id, cast)
    frozen = tuple(_event(e, names[id(e)], people[e.patient].id) for e in events)
    relations = tuple(_relation(link, names) for link in links)
    timeline = solve(annotation, people, frozen, relations)
    citations = citations_of(annotation.document)
    return CaseReport(
        report=_with_care(report, care_items(annotation, timeline.patients, timeline.events)),
        patients=timeline.patients,
        events=timeline.events,
        relations=timeline.relations,
        claims=claims_of(annotation, report.id, citations, told),
        citations=citations,
        contradictions=timeline.contradictions,
        dropped=account.counts(),
    )


def report_info(document: Document) -> ReportInfo:
    """Return what the graph keeps of a document as a report."""
    meta = document.meta
    return ReportInfo(
        id=document.id,
        title=meta.title,
        authors=meta.authors,
        journal=meta.journal,
        year=meta.year,
        published=meta.published,
        doi=meta.doi,
        pmid=meta.pmid,
        pmcid=meta.pmcid,
        article_type=meta.article_type,
        language=meta.language,
        licence=meta.licence,
        source_format=document.format,
        sha256=document.sha256,
        source_sha256=document.source_sha256,
        retracted=meta.retracted,
        retracted_on=meta.retracted_on,
        related=meta.related,
    )


def _with_care(report: ReportInfo, items: tuple[str, ...]) -> ReportInfo:
    return replace(report, care_items=items)


def _course(
    view: Passages, drafts: Sequence[EventDraft], account: Account
) -> tuple[list[EventDraft], list[Link]]:
    """Return the events and relations of one patient, every telling laid over the first."""
    events: list[EventDraft] = []
    links: list[Link] = []
    for name in _TELLINGS:
        own = [d for d in drafts if d.telling == name]
        if not own:
            continue
        telling, ties = _tell(view, own, account)
        if not events:
            events, links = telling.events, ties
        else:
            merging.merge(events, links, telling.events, ties, account)
    return events, links


def _tell(
    view: Passages, drafts: Sequence[EventDraft], account: Account
) -> tuple[Telling, list[Link]]:
    """Put one telling together: regimens, events told twice, purposes, responses, attributions."""
    exposures = [d for d in drafts if d.type == "Exposure"]
    give_cell_doses(view, exposures)
    generic = {id(e) for e in exposures if e.generic}
    parts = part_of(view, exposures)
    stepped_back = {id(e) for e in exposures if e.generic and id(e) not in generic}
    account.drop("a class told with its members", len(stepped_back))
    telling = Telling(view, account)
    kept: dict[int, EventDraft | None] = {}
    for draft in drafts:
        if id(draft) not in stepped_back:
            kept[id(draft)] = telling.add(draft)
    links = [
        Link(link.type, source, target, link.basis, link.role, link.evidence)
        for link in parts
        if (source := kept.get(id(link.source))) is not None
        and (target := kept.get(id(link.target))) is not None
        and source is not target
    ]
    for exposure in [e for e in telling.events if e.type == "Exposure"]:
        doses, joined = dose_parts(view, exposure)
        telling.events.extend(doses)
        links.extend(joined)
    purposes = given_for(view, telling)
    links.extend(purposes)
    composed = [link for link in links if link.type == "PART_OF"]
    links.extend(response_to(view, telling, composed, purposes))
    links.extend(attributed(view, telling, composed))
    return telling, _unique(links)


def _unique(links: Iterable[Link]) -> list[Link]:
    seen: dict[tuple[str, int, int, str | None], Link] = {}
    for link in links:
        seen.setdefault((link.type, id(link.source), id(link.target), link.role), link)
    return list(seen.values())


def _ids(report: str, events: Sequence[EventDraft]) -> dict[int, str]:
    """Return an id for each event: its type and place, its concept where two share them."""
    events_by_place: dict[str, list[EventDraft]] = {}
    for event in sorted(events, key=lambda e: (e.start, e.end, e.type)):
        place = f"{report}#{event.type.lower()}-{event.start}-{event.end}"
        events_by_place.setdefault(place, []).append(event)
    names: dict[int, str] = {}
    for place, here in events_by_place.items():
        taken: set[str] = set()
        for event in here:
            name = place if len(here) == 1 else f"{place}-{_distinction(event)}"
            while name in taken:
                name += "'"
            taken.add(name)
            names[id(event)] = name
    return names


def _distinction(event: EventDraft) -> str:
    """Return what tells apart two events of one type at one place."""
    parts = [str(event.patient), event.concept, event.outcome or ""]
    if event.value is not None:
        parts.append(f"{event.value:g}")
    return re.sub(r"[^\w.:]+", "-", "-".join(p for p in parts if p)).strip("-")


def _patients(report: str, cast: Cast) -> tuple[Patient, ...]:
    out = []
    for person in cast.persons:
        first = person.evidence[0] if person.evidence else None
        place = f"{first.start}-{first.end}" if first else f"case-{person.label}"
        out.append(
            Patient(
                id=f"{report}#patient-{place}",
                age_years=person.age_years,
                age_text=person.age_text,
                sex=person.sex,
                evidence=tuple(_distinct(person.evidence)),
                trials=tuple(person.trials),
            )
        )
    return tuple(out)


def _distinct(evidence: Iterable[Evidence]) -> list[Evidence]:
    return list(dict.fromkeys(evidence))


def _event(draft: EventDraft, name: str, patient: str) -> Event:
    return Event(
        id=name,
        patient=patient,
        type=draft.type,
        concept=draft.concept,
        name=draft.name,
        text=draft.text,
        ancestors=draft.ancestors,
        polarity=draft.polarity,
        certainty=draft.certainty,
        time=draft.time,
        realisation=draft.realisation,
        reason=draft.reason,
        outcome=draft.outcome,
        grade=draft.grade,
        site=draft.site,
        specimen=draft.specimen,
        doses=tuple(draft.doses),
        value=draft.value,
        value_to=draft.value_to,
        value_text=draft.value_text,
        comparator=draft.comparator,
        unit=draft.unit,
        size_mm=draft.size_mm,
        duration_days=draft.duration_days,
        evidence=tuple(_distinct(draft.evidence)),
    )


def _relation(link: Link, names: dict[int, str]) -> Relation:
    return Relation(
        type=link.type,
        source=names[id(link.source)],
        target=names[id(link.target)],
        basis=link.basis,
        role=link.role,
        evidence=tuple(_distinct(link.evidence)),
    )
