"""The power law of learning curves, a - b n^-c: the ceiling, the gap that labels close, and how fast they close it.

Cortes et al., "Learning Curves: Asymptotic Values and Rate of Convergence" (NIPS 1993), equation 1; Viering and Loog,
"The Shape of Learning Curves: A Review" (IEEE TPAMI 2022), section 4.1, call it POW3 and find it the best supported.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from models.arrays import Reals

RATES = np.geomspace(0.05, 1.0, 60)
TOP = 1.0


@dataclass(frozen=True)
class PowerLaw:
    """What is expected of n labelled articles: ``ceiling - gap * n ** -rate``."""

    ceiling: float
    gap: float
    rate: float

    def at(self, n: float) -> float:
        """The value at n, growing towards the ceiling."""
        return float(self.ceiling - self.gap * n**-self.rate)


def fit_power_law(sizes: Reals, values: Reals) -> PowerLaw:
    """Fit by least squares, a point weighing as its number of articles: the law is one of the tail.

    Rates are those between no growth and 1/n, the fastest that theory gives for realistic problems; the ceiling is at
    most 1, the gap not negative. For each of 60 rates the rest is a line, so there is no local minimum to fall into.

    Parameters
    ----------
    sizes, values
        (n_points,) float64, three points at least.
    """
    fits = [line_of_rate(float(rate), sizes, values) for rate in RATES]
    return min(fits, key=lambda fit: fit[0])[1]


def line_of_rate(rate: float, sizes: Reals, values: Reals) -> tuple[float, PowerLaw]:
    """The weighted squared error, and the best law of one rate."""
    weights = sizes / sizes.sum()
    x = -(sizes**-rate)
    across, up = weights @ x, weights @ values
    gap = max(0.0, float(weights @ ((x - across) * (values - up)) / (weights @ (x - across) ** 2)))
    ceiling = float(up - gap * across)
    if ceiling > TOP:
        ceiling, gap = TOP, max(0.0, float(weights @ (x * (values - TOP)) / (weights @ x**2)))
    return float(weights @ (values - ceiling - gap * x) ** 2), PowerLaw(ceiling, gap, rate)
