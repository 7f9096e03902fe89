"""Record: what a file of figures holds, typed; an undefined figure is NaN in Python and null in JSON."""

from __future__ import annotations

import math
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


def nan_where_null(value: Any) -> Any:  # noqa: ANN401 - whatever a JSON file holds
    """JSON has no NaN, so an undefined figure is written as null."""
    return math.nan if value is None else value


Figure = Annotated[float, BeforeValidator(nan_where_null)]


class Record(BaseModel):
    """A part of a file of figures; keys that this version does not know are left alone, so that any report loads."""

    model_config = ConfigDict(frozen=True, extra="ignore")
