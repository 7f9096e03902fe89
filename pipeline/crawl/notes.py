"""What a file as a whole was taken to be: everything that a person should hear of once, not row by row."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class FileNotes:
    """What was found out about a file while its rows were read.

    Attributes
    ----------
    encoding
        What its text is kept in.
    unused
        Its columns that hold no field of an article, each with what it might be.
    twice
        Names that several of its columns have; of these only the last is kept.
    """

    encoding: str = "utf-8"
    unused: dict[str, str] = field(default_factory=dict)
    twice: dict[str, None] = field(default_factory=dict)
