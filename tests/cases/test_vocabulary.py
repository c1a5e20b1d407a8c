import pytest

from kg.cases.vocabulary import CueSet, cue_set


def find(cue, text):
    return [c.text for c in CueSet(iter([("x", cue)])).find(text)]


@pytest.mark.parametrize(
    ("cue", "text", "found"),
    [
        ("re induc*", "Re-induction failed", ["Re-induction"]),
        (
            "we (report|present) … case",
            "We report a very rare case",
            ["We report a very rare case"],
        ),
        ("# year old", "an 18-year-old man", ["18-year-old"]),
        ("to (the best of)? our knowledge", "to our knowledge", ["to our knowledge"]),
        ("she", "shed light", []),
    ],
)
def test_the_pattern_language(cue, text, found):
    assert find(cue, text) == found


def test_all_cue_files_compile_and_places_are_of_the_document():
    (cue,) = [c for c in cue_set().find("then the patient left", 50) if c.name == "patient_noun"]
    assert (cue.start, cue.end) == (55, 66)
