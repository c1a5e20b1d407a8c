from __future__ import annotations

import re

import pytest

from kg.cases.care import care_items, items
from kg.cases.model import Event, Patient
from kg.documents.model import Document, Mark, Metadata, Section
from kg.nlp.model import Annotation, Mention, TimeExpression

ITEMS = ["1", "2", "3a", "3b", "3c", "3d", "4", "5a", "5b", "5c", "5d", "6", "7"]
ITEMS += [
    *[
        "8a",
        "8b",
        "8c",
        "8d",
        "9a",
        "9b",
        "9c",
        "10a",
        "10b",
        "10c",
        "10d",
        "11a",
        "11b",
        "11c",
        "11d",
    ],
    "12",
    "13",
]


def report(*parts, patients=(), events=(), keywords=(), **lists):
    text, sections = "", []
    for kind, words in parts:
        sections.append(Section(kind, None, len(text), len(text) + len(words)))
        text += words + "\n"
    document = Document(
        "x", "x", "text", "", "", text, Metadata(keywords=tuple(keywords)), tuple(sections)
    )
    return care_items(Annotation(document, **lists), patients, events)


def test_the_items_are_those_of_the_guideline_in_its_order():
    assert list(dict.fromkeys(item.item for item in items())) == ITEMS


@pytest.mark.parametrize(
    ("item", "part"),
    [
        ("1", ("title", "Gout in a boy: a case report")),
        ("3a", ("abstract", "This is the first report.")),
        ("3d", ("abstract", "Physicians should think of it.")),
        ("5b", ("case", "She complained of pain.")),
        ("5c", ("case", "Her family history was unremarkable.")),
        ("6", ("case", "On examination the liver was large.")),
        ("8a", ("case", "Biopsy was done.")),
        ("8b", ("discussion", "This was a diagnostic challenge.")),
        ("8c", ("case", "Lymphoma was ruled out.")),
        ("8d", ("case", "Stage IV was found.")),
        ("9c", ("case", "Aspirin was stopped.")),
        ("10b", ("case", "At follow-up she was well.")),
        ("10c", ("case", "It was well tolerated.")),
        ("10d", ("case", "No adverse events occurred.")),
        ("11a", ("discussion", "A limitation is the short time.")),
        ("11d", ("conclusion", "Think of it.")),
        ("12", ("case", "The patient's perspective: I am well.")),
        ("13", ("boilerplate", "Written informed consent was obtained.")),
    ],
)
def test_words_are_found_in_their_sections(item, part):
    assert item in report(part)
    assert item not in report((part[0] if item != "11d" else "discussion", "Nothing of the kind."))


def test_words_of_a_cited_title_do_not_count():
    assert report(("references", "A case report of a biopsy on examination.")) == ()


def test_what_the_case_holds():
    patient = Patient("p", age_years=40.0)
    events = [
        Event("a", "p", kind, "c", "n", "t")
        for kind in ("Exposure", "Response", "Diagnosis", "AdverseEvent")
    ]
    found = report(("case", "x"), patients=[patient], events=events, keywords=["a", "b"])
    assert {"2", "5a", "8c", "9a", "10a", "10d"} <= {*found}
    assert "9b" not in found


def test_times_and_marks_and_mentions():
    parts = (
        ("introduction", "Rare (1)."),
        ("case", "Day 1, day 2 and day 3."),
        ("abstract", "A b."),
    )
    text = "\n".join(words for _, words in parts)
    times = tuple(
        TimeExpression(m.start(), m.end(), m.group(), "day", "P1D")
        for m in re.finditer(r"[Dd]ay \d", text)
    )
    at = text.index("(1)")
    mentions = tuple(
        Mention(text.index("A b") + place, text.index("A b") + place + 1, "A", kind, "x")
        for place, kind in ((0, "Therapy"), (2, "Condition"))
    )
    found = report(*parts, times=times, marks=(Mark(at, at + 3, "(1)", (1,)),), mentions=mentions)
    assert {"4", "7", "3b", "3c"} <= {*found}


def test_an_empty_report_has_none():
    assert report(("case", "")) == ()
