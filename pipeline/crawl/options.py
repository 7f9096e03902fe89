"""What a person may say about a file that does not say it itself; whatever is left out is found in the file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import get_args

from pipeline.crawl.names import Field
from pipeline.setup.errors import PipelineError


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a command that reads files was told about them.

    Attributes
    ----------
    encoding
        What the text is kept in, as Python calls it: ``cp1251``; None: found by what reads as Russian.
    source
        The source of rows that name none; None: the host of their address.
    columns
        Field (``source``, ``title``, ``text``, ``published_at``) to the name of its column, or to its number from 1
        in a table without a header.
    fetched_at
        When rows that do not say were fetched, with or without a zone; None: nobody knows, and «вчера» is not read.
    """

    encoding: str | None = None
    source: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    fetched_at: datetime | None = None


AS_FOUND = ReadOptions()


def parse_columns(choices: Iterable[str]) -> dict[str, str]:
    """Read what was typed as ``FIELD=NAME``.

    Raises
    ------
    PipelineError
        If a choice has no ``=``, its field is none, or one field is chosen twice; exit code 2.
    """
    columns: dict[str, str] = {}
    fields = get_args(Field)
    for choice in choices:
        field_name, equals, column = (part.strip() for part in choice.partition("="))
        if not equals or not column or field_name not in fields:
            message = f"--column {choice!r} is not FIELD=NAME; fields are {', '.join(fields)}; like: --column text=body"
            raise PipelineError(message, exit_code=2)
        if field_name in columns:
            raise PipelineError(
                f"--column {field_name} is given twice: {columns[field_name]} and {column}; name one", exit_code=2
            )
        columns[field_name] = column
    return columns
