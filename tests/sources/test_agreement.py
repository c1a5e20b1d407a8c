"""Whether a work that a source describes is the work that a list names."""

from __future__ import annotations

import pytest

from kg.sources.agreement import Description, agreement

TITLE = "Donor lymphocyte infusion after transplantation for acute leukaemia"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (Description(TITLE, "Lee A", 2001), Description(TITLE.upper(), "Lee, Ann", 2001)),
        (Description(TITLE, "Lee A", 2001), Description(TITLE, "Lee, Ann", 2002)),
        (Description(TITLE + ".", "Müller-Öz KL"), Description(TITLE, "Muller-Oz, Karl")),
        (Description(TITLE, "van der Berg J"), Description(TITLE, "Berg, Jan")),
        (Description(TITLE, "Ann Lee"), Description(TITLE, "Lee, Ann")),
        (Description(None, "Lee A", 2001, f"Lee A. {TITLE}. Blood 2001;1:2."), Description(TITLE)),
        (Description("CD34+ cells in the blood of donors"), Description(
            "CD34<sup>+</sup> cells in the blood of donors")),
        (Description("Case report", "Lee A", 2001), Description("Case Report", "Lee, Ann", 2001)),
    ],
)  # fmt: skip
def test_one_work(written: Description, told: Description) -> None:
    assert agreement(written, told).agrees


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (Description(TITLE, "Lee A", 2001), Description(TITLE, "Park, Jo", 2001)),
        (Description(TITLE, "Lee A", 2001), Description(TITLE, "Lee, Ann", 2009)),
        (Description(TITLE, "Lee A"), Description("Cord blood for acute leukaemia", "Lee, Ann")),
        (Description(TITLE, "de Souza M"), Description(TITLE, "de Lima, M")),
        (Description("Case report"), Description("Case report")),
        (Description("Case report", "Lee A", 2001), Description("Case report", "Park, J", 2001)),
        (Description(None, None, None, "Lee A. Blood 2001;1:2."), Description(TITLE)),
        (Description(TITLE), Description(None, "Lee, Ann", 2001)),
    ],
)
def test_two_works(written: Description, told: Description) -> None:
    assert not agreement(written, told).agrees


def test_a_list_may_leave_the_subtitle_out() -> None:
    told = Description("Interferon after cell therapy")
    written = Description("Interferon after cell therapy: a report of two cases and a review")
    assert not agreement(written, told).agrees
    assert agreement(written, told, "a report of two cases and a review").score == 1.0
