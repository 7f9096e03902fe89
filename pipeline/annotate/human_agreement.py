"""Agreement: how often the model says what people said, watched while it runs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pipeline.setup.home import Home
from store.generations import Generation
from store.labels import Labels

PEOPLE = ("editor:", "import:")


@dataclass(frozen=True)
class Agreed:
    """Articles that a person labelled too, and those of them with the same label."""

    compared: int
    agreed: int


class HumanLabels:
    """The labels that people gave, and how the model's compare."""

    def __init__(self, home: Home) -> None:
        current = Labels(home.db).current().select(["article_id", "category", "value", "annotator"]).to_pylist()
        self.labels = {
            (row["article_id"], row["category"]): row["value"] for row in current if row["annotator"].startswith(PEOPLE)
        }
        self.compared: Counter[str] = Counter()
        self.agreed: Counter[str] = Counter()

    def compare(self, call: Generation) -> None:
        """Count the labels of a call that a person gave too."""
        for key in call.categories if call.outcome == "labelled" else ():
            truth = self.labels.get((call.article_id, key))
            if truth is not None:
                self.compared[key] += 1
                self.agreed[key] += truth == (key in call.positive)

    def result(self) -> dict[str, Agreed]:
        """Return the agreement of each category that has any."""
        return {key: Agreed(count, self.agreed[key]) for key, count in self.compared.items()}

    def line(self) -> str:
        """Say it in one line; empty when there is nothing to compare."""
        shares = [f"{key} {self.agreed[key] / count:.0%} of {count}" for key, count in self.compared.items()]
        return f"agreement with people: {', '.join(shares)}" if shares else ""
