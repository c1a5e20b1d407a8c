"""The figures of adverse events: what counts as found, of the right drug, and wrongly made."""

import json

import pytest

from kg.cases import build_case
from tests.cases.markup import annotate
from tools.evaluate import adverse


def row(identifier, text, kind, effect, drug):
    event = {
        "event_type": kind,
        "Treatment": {"Drug": {"text": [[drug]], "start": [[text.index(drug)]]}},
        "Effect": {"text": [[effect]], "start": [[text.index(effect)]]},
    }
    return json.dumps({"id": identifier, "context": text, "annotations": [{"events": [event]}]})


@pytest.fixture
def told(tmp_path, monkeypatch):
    rows = [
        row("1_1", "Gold-induced rash arose.", "Adverse_event", "rash", "Gold"),
        row("1_2", "A rash was seen with gold.", "Adverse_event", "rash", "gold"),
        row("1_3", "The rash due to gold cleared.", "Potential_therapeutic_event", "rash", "gold"),
    ]
    marked = {
        "1_1": "[Gold|Therapy]-induced [rash|Condition] arose.",
        "1_2": "A [rash|Condition] was seen with [gold|Therapy].",
        "1_3": "The [rash|Condition] due to [gold|Therapy] cleared.",
    }
    path = tmp_path / "train.json"
    path.write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setattr(
        adverse, "case_of", lambda s: build_case(annotate(adverse.OPENING + marked[s.id]))
    )
    return list(adverse.sentences(path))


def test_effects_and_drugs_lie_where_the_case_has_them(told):
    text = adverse.OPENING + told[0].text
    (harm,) = told[0].harms
    assert text[slice(*harm.effect)] == "rash"
    assert [text[slice(*drug)] for drug in harm.drugs] == ["Gold"]
    assert [s.wanted_only for s in told] == [False, False, True]


def test_the_figures(told):
    figures = {
        f["figure"]: f.get("recall", f.get("precision", f.get("share")))
        for f in adverse.score(told)
    }
    assert figures == {
        "effects found": 0.5,
        "effects found, of their drug": 0.5,
        "of the right drug, of those tied": 1.0,
        "events that share words with an effect": 1.0,
        "sentences of wanted effects only, with an event": 1.0,
    }
