"""Adam (Kingma and Ba 2015) with a warm-up and a cosine, and the moving average of the weights.

Of a table of embeddings only the rows that a batch touches are moved.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.nlp.ner.chain import Floats

_FIRST, _SECOND, _SMALL = 0.9, 0.999, 1e-8
_LONGEST = 5.0
"""The norm of the gradients is clipped to this."""
_EVERY = 4
"""Steps between two looks at the weights for their average."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The gradient of a table in some of its rows; it is 0 in the others."""

    numbers: NDArray[np.int64]
    values: Floats

    @classmethod
    def of(cls, numbers: NDArray[np.integer], values: Floats) -> Rows:
        """Add up the values of each row."""
        order = np.argsort(numbers, kind="stable")
        ordered = numbers[order]
        begins = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
        return cls(ordered[begins].astype(np.int64), np.add.reduceat(values[order], begins))


class Adam:
    """Move weights against their gradients.

    Parameters
    ----------
    weights
        What will be moved; copied to begin the average.
    rate
        The highest learning rate.
    steps
        How many there will be: the rate rises for a twentieth of them and then falls.
    average
        How much of the moving average stays at each step.
    """

    def __init__(self, weights: Mapping[str, Floats], rate: float, steps: int, average: float):
        self._rate, self._steps, self._average = rate, steps, np.float32(average)
        self._done = 0
        self._moments = {n: (np.zeros_like(a), np.zeros_like(a)) for n, a in weights.items()}
        self.mean = {name: array.copy() for name, array in weights.items()}

    def step(self, weights: Mapping[str, Floats], gradients: Mapping[str, Floats | Rows]) -> None:
        """Change the weights, and their mean, in place."""
        self._done += 1
        values = [g.values if isinstance(g, Rows) else g for g in gradients.values()]
        norm = math.sqrt(sum(float(np.vdot(v, v)) for v in values))
        clipped = np.float32(min(1.0, _LONGEST / norm))
        second = math.sqrt(1 - _SECOND**self._done)
        rate = np.float32(self._now() * second / (1 - _FIRST**self._done))
        for (name, gradient), value in zip(gradients.items(), values, strict=True):
            value *= clipped
            place = gradient.numbers if isinstance(gradient, Rows) else ...
            of_value, of_square = self._moments[name]
            moment = of_value[place] * np.float32(_FIRST) + value * np.float32(1 - _FIRST)
            value *= value
            square = of_square[place] * np.float32(_SECOND) + value * np.float32(1 - _SECOND)
            of_value[place], of_square[place] = moment, square
            moment *= rate
            np.sqrt(square, out=square)
            square += np.float32(_SMALL * second)
            moment /= square
            weights[name][place] -= moment
        if self._done % _EVERY == 0:
            kept = self._average**_EVERY
            for name, array in weights.items():
                mean = self.mean[name]
                mean *= kept
                mean += array * (1 - kept)

    def _now(self) -> float:
        """Return the learning rate."""
        warm = self._steps // 20 + 1
        if self._done <= warm:
            return self._rate * (0.1 + 0.9 * self._done / warm)
        share = (self._done - warm) / max(1, self._steps + 1 - warm)
        return self._rate * (0.05 + 0.95 * (1 + math.cos(math.pi * min(1.0, share))) / 2)
