"""Arrays: the kinds of array that pass between the models, each with one name."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]  # what is cached or kept in a head's files
Reals = npt.NDArray[np.float64]  # what is computed: scores, probabilities, figures
Truth = npt.NDArray[np.bool_]  # labels, and which articles are meant
Rows = npt.NDArray[np.intp]  # places of articles in a matrix; they never leave the function that made it
Strings = npt.NDArray[np.str_]  # ids, clusters
