"""The scoring of cases against gold (``tools/evaluate/cases.py``)."""

import json

from kg.cases import build_case
from kg.records import to_plain
from tests.cases.markup import annotate
from tools.evaluate.cases import GOLD, Tally, manifest, score

MARKED = (
    "A 20-year-old woman was diagnosed with [lymphoma|Condition:disease]. She received "
    "[R-CHOP|Therapy:regimen] and achieved [CR|Outcome:response]. She refused "
    "[HSCT|Therapy declined]. Her [LDH|Marker] was [400 U/L|Value:400:U/L]."
)


def spans(text, *words):
    return [[text.index(word), text.index(word) + len(word)] for word in words]


def rows(change=lambda gold: None):
    annotation = annotate(MARKED)
    text = annotation.document.text
    gold = {
        "patients": [
            {"key": "p1", "spans": spans(text, "20-year-old"), "age_years": 20, "sex": "female"}
        ],
        "therapies": [
            {"key": "t1", "patient": "p1", "spans": spans(text, "R-CHOP"), "realisation": "given"},
            {"key": "t2", "patient": "p1", "spans": spans(text, "HSCT"), "realisation": "declined"},
        ],
        "outcomes": [
            {
                "key": "o1",
                "patient": "p1",
                "spans": spans(text, "CR. She refused"),
                "type": "complete_remission",
                "after": ["t1"],
            }
        ],
        "adverse_events": [],
        "diagnoses": [{"key": "d1", "patient": "p1", "spans": spans(text, "lymphoma")}],
        "markers": [{"key": "m1", "patient": "p1", "spans": spans(text, "LDH"), "value": 400}],
        "order": [["t1", "o1"]],
    }
    change(gold)
    tally = Tally()
    score(to_plain(build_case(annotation)), gold, tally)
    return {row["figure"]: (row["precision"], row["recall"]) for row in tally.rows()}


def test_a_right_case_scores_in_full():
    figures = rows()
    for row in ("age", "sex", "therapies given", "outcomes", "diagnoses", "markers"):
        assert figures[row] == (1.0, 1.0), row
    assert figures["realisation"] == (1.0, 1.0)
    assert figures["outcome tied to therapy"] == (1.0, 1.0)
    assert figures["order"] == (1.0, 1.0)
    assert figures["adverse events"] == (None, None)


def test_what_is_wrong_or_missing_costs():
    def change(gold):
        gold["patients"][0]["age_years"] = 30
        gold["therapies"][1]["realisation"] = "given"
        gold["outcomes"][0]["type"] = "relapse"
        gold["markers"][0]["value"] = 401000

    figures = rows(change)
    assert figures["age"] == (0.0, 0.0)
    assert figures["therapies given"] == (1.0, 0.5)
    assert figures["outcomes"] == (0.0, 0.0)
    assert figures["markers"] == (0.0, 0.0)


def test_nothing_is_both_measured_and_mended():
    measure, mend = manifest("measure"), manifest("mend")
    drawn = [pair for pair in mend if pair[0] != "maccrobat"]
    assert (len(measure), len(drawn)) == (24, 24 + 39 + 11)
    assert not set(measure) & set(mend)


def test_gold_holds_no_text():
    for path in GOLD.glob("*/*.json"):
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert "text" not in json.dumps(gold)
