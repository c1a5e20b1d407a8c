"""Two annotators against each other: the gold of one scored as if it were what kg made."""

from __future__ import annotations

from typing import Any

Record = dict[str, Any]


def as_case(gold: Record) -> Record:
    """Return a gold record in the shape of ``kg case``, so that the same scorer reads it.

    Examples
    --------
    >>> gold = {"patients": [{"key": "p1", "spans": [[0, 4]]}], "therapies": [], "outcomes": [],
    ...         "adverse_events": [], "diagnoses": [], "markers": [], "order": []}
    >>> as_case(gold)["patients"][0]["id"]
    'p1'
    """
    relations: list[Record] = []
    events: list[Record] = []
    for item in gold["therapies"]:
        events.append(_event(item, "Exposure", realisation=item["realisation"]))
    for item in gold["outcomes"]:
        events.append(_event(item, "Response", outcome=item["type"]))
        relations += _relations(item, "RESPONSE_TO", item.get("after") or ())
    for item in gold["adverse_events"]:
        polarity = "affirmed" if item["present"] else "negated"
        events.append(_event(item, "AdverseEvent", polarity=polarity))
        relations += _relations(item, "ATTRIBUTED_TO", item.get("due_to") or ())
    events += [_event(item, "Diagnosis") for item in gold["diagnoses"]]
    for item in gold["markers"]:
        events.append(
            _event(
                item,
                "Finding",
                polarity=item.get("polarity", "affirmed"),
                value=item.get("value"),
                value_text="as said",
            )
        )
    relations += [{"type": "BEFORE", "source": one, "target": two} for one, two in gold["order"]]
    patients = [
        {
            "id": patient["key"],
            "age_years": patient.get("age_years"),
            "sex": patient.get("sex"),
            "evidence": _evidence(patient),
        }
        for patient in gold["patients"]
    ]
    return {"patients": patients, "events": events, "relations": relations}


def _event(item: Record, kind: str, **fields: Any) -> Record:
    usual = {
        "polarity": "affirmed",
        "certainty": "certain",
        "realisation": None,
        "outcome": None,
        "value": None,
        "value_text": None,
    }
    return {
        **usual,
        "id": item["key"],
        "patient": item["patient"],
        "type": kind,
        "concept": "",
        "name": "",
        "ancestors": item.get("names", ()),
        "evidence": _evidence(item),
        **fields,
    }


def _evidence(item: Record) -> list[Record]:
    return [{"start": start, "end": end} for start, end in item["spans"]]


def _relations(item: Record, kind: str, targets: Any) -> list[Record]:
    return [{"type": kind, "source": item["key"], "target": target} for target in targets]
