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
    """

    encoding: str = "utf-8"
    unused: dict[str, str] = field(default_factory=dict)
