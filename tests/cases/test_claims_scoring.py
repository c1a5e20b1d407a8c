"""Scoring claims against gold: the same sentence, the predicate, words shared on both sides."""

from __future__ import annotations

from collections import Counter

from tools.evaluate.claims import HALVES, agrees, records, score


def claim(subject, predicates, target, at=(0, 60), **said):
    held = {"polarity": "affirmed", "certainty": "certain", "own": False, "references": []}
    return {
        "at": list(at),
        "subject": [subject],
        "predicates": predicates,
        "object": [target],
        **held,
        **said,
    }


def test_a_claim_agrees_by_any_shared_word_and_any_right_predicate():
    gold = claim([0, 20], ["causes", "associated_with"], [40, 50])
    assert agrees(claim([5, 9], ["associated_with"], [45, 60]), gold)
    assert not agrees(claim([5, 9], ["predicts"], [45, 60]), gold)
    assert not agrees(claim([45, 60], ["causes"], [5, 9]), gold)
    assert not agrees(claim([5, 9], ["causes"], [45, 60], at=(60, 120)), gold)


def test_found_made_and_qualities_are_counted():
    gold = [claim([0, 9], ["causes"], [20, 30]), claim([0, 9], ["causes"], [40, 50])]
    found = [
        claim([0, 9], ["causes"], [20, 30], polarity="negated"),
        claim([0, 9], ["predicts"], [40, 50]),
    ]
    counts: Counter[str] = Counter()
    score(found, gold, counts)
    assert (counts["right"], counts["made"]) == (1, 2)
    assert (counts["found"], counts["wanted"]) == (1, 2)
    assert (counts["linked right"], counts["linked found"]) == (2, 2)
    assert (counts["polarity"], counts["certainty"]) == (0, 1)


def test_both_halves_hold_gold_without_words():
    for half in HALVES:
        assert records(half)
        for record in records(half):
            for one in record["claims"]:
                first, last = one["at"]
                assert first < last
                assert all(isinstance(place, int) for side in one["subject"] for place in side)
