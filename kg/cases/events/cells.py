"""Cell doses told apart from the transplant they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from kg.cases.drafts import EventDraft
from kg.cases.events.exposures import case_dose
from kg.cases.passages import Passages

_CELL_THERAPIES = ("cell therapy", "transfusion")
_REACH = 4


def give_cell_doses(view: Passages, exposures: Sequence[EventDraft]) -> None:
    """Give doses that count cells, and are tied to no drug, to the last cell therapy before them.

    "The doses of total nucleated cells and CD34+ cells infused were 3.9×10⁷/kg and 3.0×10⁵/kg"
    stands a sentence or two after the transplantation it speaks of.
    """
    cellular = [e for e in exposures if e.is_a(*_CELL_THERAPIES) and e.realisation == "given"]
    if not cellular:
        return
    for dose in view.annotation.doses:
        if dose.drug is not None or not dose.of or "cell" not in dose.of.lower():
            continue
        before = [e for e in cellular if e.start < dose.start]
        if not before:
            continue
        last = before[-1]
        passage = view.all[last.sentence]
        until = view.all[min(passage.index + _REACH, len(view.all) - 1)].end
        if dose.start < until:
            last.doses.append(case_dose(dose))
            sentence = next(p for p in view.all if p.start <= dose.start < p.end)
            last.evidence.append(view.evidence(dose.start, dose.end, sentence.index))
