"""The gradients of the tagger's training, against differences and against the tagger itself."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from kg.nlp.ner.chain import Layout, marginals
from pipelines.train.backward import Steps, chain_gradients, lstm, lstm_gradients
from pipelines.train.optimiser import Adam, Rows

Floats = NDArray[np.float32]
LAYOUT = Layout([3, 5, 1, 4])
TOKENS = 13


def random(seed: int, *shape: int) -> Floats:
    return np.random.default_rng(seed).standard_normal(shape, dtype=np.float32) / 2


def differences(function: Callable[[Floats], float], at: Floats) -> Floats:
    found = np.zeros_like(at)
    for place in np.ndindex(at.shape):
        low, high = at.copy(), at.copy()
        low[place] -= 0.01
        high[place] += 0.01
        found[place] = (function(high) - function(low)) / 0.02
    return found


def test_the_lstm_goes_back_the_way_it_came() -> None:
    steps = Steps.of(LAYOUT)
    given, recurrent, wanted = (
        random(0, 2, TOKENS, 16),
        random(1, 2, 4, 16),
        random(2, 2, TOKENS, 4),
    )

    def value(given: Floats, recurrent: Floats) -> float:
        return float((lstm(given.copy(), recurrent, steps).states * wanted).sum(dtype=np.float64))

    tape = lstm(given.copy(), recurrent, steps)
    of_given, of_recurrent = lstm_gradients(wanted.copy(), recurrent, steps, tape)
    np.testing.assert_allclose(
        of_given, differences(lambda x: value(x, recurrent), given), atol=1e-3
    )
    np.testing.assert_allclose(
        of_recurrent, differences(lambda x: value(given, x), recurrent), atol=1e-3
    )


@pytest.mark.parametrize("sure", [True, False])
def test_the_chain_of_labels_has_the_gradients_of_its_loss(sure: bool) -> None:
    scores, transitions, first = random(3, TOKENS, 3), random(4, 3, 3), random(5, 3)
    chance = np.random.default_rng(6)
    soft = chance.dirichlet(np.ones(3), TOKENS)
    labels = (np.eye(3)[soft.argmax(1)] if sure else soft).astype(np.float32)

    def value(scores: Floats, transitions: Floats, first: Floats) -> float:
        return chain_gradients(scores, labels, transitions, first, LAYOUT)[0]

    loss, of_scores, of_steps, of_first = chain_gradients(
        scores, labels, transitions, first, LAYOUT
    )
    assert loss > 0
    np.testing.assert_allclose(
        of_scores + labels, marginals(scores, transitions, first, LAYOUT), atol=1e-5
    )
    for gradient, expected in (
        (of_scores, differences(lambda x: value(x, transitions, first), scores)),
        (of_steps, differences(lambda x: value(scores, x, first), transitions)),
        (of_first, differences(lambda x: value(scores, transitions, x), first)),
    ):
        np.testing.assert_allclose(gradient, expected, atol=1e-3)


def test_rows_that_come_twice_are_added_up() -> None:
    rows = Rows.of(np.array([4, 1, 4]), np.array([[1.0], [2.0], [3.0]], dtype=np.float32))
    assert rows.numbers.tolist() == [1, 4]
    assert rows.values.tolist() == [[2.0], [4.0]]


def test_adam_moves_against_the_gradient_and_leaves_other_rows() -> None:
    weights = {"table": np.ones((3, 2), np.float32), "all": np.ones(2, np.float32)}
    adam = Adam(weights, rate=0.1, steps=40, average=0.5)
    for _ in range(40):
        touched = Rows.of(np.array([1]), np.ones((1, 2), np.float32))
        adam.step(weights, {"table": touched, "all": -np.ones(2, np.float32)})
    assert (weights["table"][[0, 2]] == 1).all()
    assert (weights["table"][1] < 0).all()
    assert (weights["all"] > 2).all()
    np.testing.assert_allclose(adam.mean["all"], weights["all"], atol=0.05)
