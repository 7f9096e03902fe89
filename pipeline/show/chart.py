"""Charts: from numbers to the few shapes of a light plot; the template draws them, the page's style colours them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Kind = Literal["line", "area", "band", "dot", "rule", "bar"]
Colour = Literal["yes", "no", "plain", "faint"]
WIDTH, HEIGHT = 340, 270  # two stand side by side on a page, one fills a phone
LEFT, RIGHT, TOP, BOTTOM = 58, 22, 10, 40


@dataclass(frozen=True)
class Tick:
    """A grid line at a place in pixels, with its text."""

    at: float
    text: str


@dataclass(frozen=True)
class Shape:
    """One SVG path; its class names are the kind and the colour."""

    kind: Kind
    colour: Colour
    path: str


@dataclass(frozen=True)
class Chart:
    """A plot ready to be drawn.

    Parameters
    ----------
    title, label
        What stands above it, and what is read aloud in its place.
    caption
        One sentence for an editor.
    legend
        (colour, kind, text) of each thing shown.
    """

    title: str
    label: str
    caption: str
    across: str
    up: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    shapes: tuple[Shape, ...]
    legend: tuple[tuple[Colour, Kind, str], ...] = ()
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM


@dataclass(frozen=True)
class Scale:
    """From values to pixels, both axes.

    Parameters
    ----------
    x, y
        Lowest and highest value shown.
    """

    x: tuple[float, float] = (0.0, 1.0)
    y: tuple[float, float] = (0.0, 1.0)

    def across(self, values: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Pixels from the left."""
        share = (np.asarray(values, dtype=np.float64) - self.x[0]) / (self.x[1] - self.x[0])
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def up(self, values: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Pixels from the top."""
        share = (np.asarray(values, dtype=np.float64) - self.y[0]) / (self.y[1] - self.y[0])
        return HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP)

    def path(self, x: npt.ArrayLike, y: npt.ArrayLike) -> str:
        """Join points; those that fall on the same tenth of a pixel are one."""
        # Curves have thousands of points, of which a screen can show hundreds.
        points = np.column_stack([self.across(x), self.up(y)]).round(1)
        moved = np.append(True, (np.diff(points, axis=0) != 0).any(axis=1))
        return "M" + "L".join(f"{a:g} {b:g}" for a, b in points[moved])

    def line(self, x: npt.ArrayLike, y: npt.ArrayLike, colour: Colour, kind: Kind = "line") -> Shape:
        """Make a curve, or a dashed rule."""
        return Shape(kind, colour, self.path(x, y))

    def area(self, x: Sequence[float], y: Sequence[float], colour: Colour) -> Shape:
        """Make a curve filled down to the axis."""
        return Shape("area", colour, self.path([x[0], *x, x[-1]], [self.y[0], *y, self.y[0]]) + "Z")

    def band(self, x: npt.ArrayLike, low: npt.ArrayLike, high: npt.ArrayLike, colour: Colour) -> Shape:
        """Make what lies between two curves."""
        # Along the upper curve and back along the lower one.
        return Shape("band", colour, self.path(np.append(x, np.flip(x)), np.append(high, np.flip(low))) + "Z")

    def bars(self, edges: Sequence[float], heights: Sequence[float], colour: Colour) -> Shape:
        """Make bars between neighbouring edges, those of no height left out."""
        sides = zip(edges, edges[1:], heights, strict=False)
        drawn = [self.area([left, right], [height, height], colour).path for left, right, height in sides if height]
        return Shape("area", colour, "".join(drawn))

    def dots(self, x: Iterable[float], y: Iterable[float], colour: Colour) -> Shape:
        """Make points: zero-length strokes with round ends."""
        places = zip(self.across(list(x)), self.up(list(y)), strict=True)
        return Shape("dot", colour, "".join(f"M{a:.1f} {b:.1f}h0" for a, b in places))

    def x_ticks(self, values: Sequence[float], texts: Sequence[str]) -> tuple[Tick, ...]:
        """Place grid lines across."""
        return tuple(Tick(round(float(at), 1), text) for at, text in zip(self.across(values), texts, strict=True))

    def y_ticks(self, values: Sequence[float], texts: Sequence[str]) -> tuple[Tick, ...]:
        """Place grid lines up."""
        return tuple(Tick(round(float(at), 1), text) for at, text in zip(self.up(values), texts, strict=True))
