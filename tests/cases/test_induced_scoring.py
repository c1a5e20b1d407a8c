"""The figures of drug-induced diseases: which records are cases, what is found, what is wrong."""

import pytest

from kg.cases import build_case
from tests.cases.markup import annotate
from tools.evaluate import induced

RECORD = """1|t|Gold.
1|a|A 40-year-old woman had a rash due to gold. She had cough due to gold.
1\t32\t36\trash\tDisease\tD1
1\t44\t48\tgold\tChemical\tC1
1\t58\t63\tcough\tDisease\tD2
1\t71\t75\tgold\tChemical\tC1
1\tCID\tC1\tD1
1\tCID\tC1\tD3
"""


@pytest.mark.parametrize(
    ("abstract", "case"),
    [
        ("We saw a 62-year-old man with fever.", True),
        ("A patient developed fever after gold.", True),
        ("We report a case of fever.", True),
        ("Fever is frequent.", False),
        ("Rats had fever; a patient had none.", False),
        ("A patient population was studied.", False),
        ("In 30 patients a case report was read.", False),
    ],
)
def test_a_record_is_a_case_where_it_tells_of_a_patient(abstract, case):
    assert induced.tells_of_a_patient(abstract) is case


def test_the_figures(tmp_path, monkeypatch):
    (tmp_path / "a.PubTator.txt").write_text(RECORD, encoding="utf-8")
    (item,) = induced.induced(tmp_path)
    text = item.record.document().text
    assert [text[slice(*place)] for place in item.places["C1"]] == ["gold", "gold"]
    marked = (
        "Gold. A 40-year-old woman had a [rash|Condition] due to [gold|Therapy]. "
        "She had [cough|Condition] due to [gold|Therapy]."
    )
    monkeypatch.setattr(induced, "case_of", lambda item: build_case(annotate(marked)))
    figure = induced.score([item])
    assert (figure["precision"], figure["recall"]) == (0.5, 0.5)
    assert (figure["made"], figure["wanted"], figure["documents"]) == (2, 2, 1)
