"""Result of an audit: precision and recall of the annotator in each category, as far as people have answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.evaluation.audit import Checked, audited
from models.evaluation.bootstrap import Interval
from pipeline.labels.audit.truth import AuditAnswers, answers
from pipeline.labels.show_labels import stored_opinions
from pipeline.setup.errors import PipelineError
from pipeline.setup.home import Home
from pipeline.setup.settings import Settings
from store.audits import Audit, Audits, Stratum

NEWEST = "newest"


@dataclass(frozen=True)
class StratumChecked:
    """Labels of one value in one category.

    Parameters
    ----------
    population, drawn, answered
        All when the sample was drawn, those in it, and those of these that an editor decided on.
    right
        Those of the answered that the editor confirmed.
    """

    population: int
    drawn: int
    answered: int
    right: int


@dataclass(frozen=True)
class CategoryAudited:
    """One category; a figure that the answers say nothing of is NaN, and ``note`` says why."""

    precision: Interval
    recall: Interval
    prevalence: Interval
    yes: StratumChecked
    no: StratumChecked
    note: str


@dataclass(frozen=True)
class AuditResult:
    """An audit's figures, each with its 95 % interval.

    Parameters
    ----------
    answered, unanswered
        Cells of the sample.
    editors
        Who answered.
    """

    audit: str
    annotator: str
    drawn_at: datetime
    answered: int
    unanswered: int
    editors: tuple[str, ...]
    categories: dict[str, CategoryAudited]


def audit_result(home: Home, settings: Settings, name: str = NEWEST) -> AuditResult:
    """Estimate from what editors say of an audit's sample how precise and complete the annotator is.

    Parameters
    ----------
    name
        The audit's id, its first digits, or ``newest``.

    Raises
    ------
    PipelineError
        When there is no such audit (exit code 2), or none of its cells is answered yet.
    """
    audit = find_audit(home, name)
    truth = answers(stored_opinions(home)[0], audit.annotator)
    drawn = [(article, stratum.category) for stratum in audit.strata for article in stratum.sample]
    answered = [cell for cell in drawn if cell in truth.values]
    if not answered:
        file = home.path / "review" / f"audit-{audit.id}.csv"
        table = str(file) if file.exists() else "its table"
        how = f"fill in {table}, then: rubrika labels import FILE --annotator editor:NAME"
        raise PipelineError(f"audit {audit.id}: none of {len(drawn)} cells is answered by an editor yet; {how}")
    editors = tuple(sorted({truth.editors[cell] for cell in answered}))
    counts = len(answered), len(drawn) - len(answered)
    categories = figures(audit, truth, list(settings.categories))
    return AuditResult(audit.id, audit.annotator, audit.drawn_at, *counts, editors, categories)


def find_audit(home: Home, name: str) -> Audit:
    """Find an audit by its id or the first digits of it."""
    audits = Audits(home.db).all()
    if not audits:
        raise PipelineError("no audit was drawn yet; draw one with: rubrika labels audit", exit_code=2)
    matching = audits[-1:] if name == NEWEST else [audit for audit in audits if audit.id.startswith(name)]
    if len(matching) != 1:
        many = f"{len(matching)} audits begin with" if matching else "no audit"
        raise PipelineError(f"{many} {name!r}; there are: {', '.join(audit.id for audit in audits)}", exit_code=2)
    return matching[0]


def figures(audit: Audit, truth: AuditAnswers, order: Sequence[str]) -> dict[str, CategoryAudited]:
    """Every category's figures, those of the settings in their order."""
    strata = {(stratum.category, stratum.value): stratum for stratum in audit.strata}
    drawn = {stratum.category for stratum in audit.strata}
    categories = {}
    for key in [*(key for key in order if key in drawn), *sorted(drawn - set(order))]:
        yes, no = (check(strata[key, value], truth) for value in (1, 0))
        estimate = audited(
            Checked(yes.population, yes.answered, yes.right),
            Checked(no.population, no.answered, no.answered - no.right),
        )
        categories[key] = CategoryAudited(**vars(estimate), yes=yes, no=no, note=note(yes, no))
    return categories


def check(stratum: Stratum, truth: AuditAnswers) -> StratumChecked:
    """Compare one stratum's sample with the answers."""
    values = [truth.values.get((article, stratum.category)) for article in stratum.sample]
    answered = sum(value is not None for value in values)
    return StratumChecked(stratum.population, len(values), answered, values.count(stratum.value))


def note(yes: StratumChecked, no: StratumChecked) -> str:
    """Why figures are missing."""
    strata = {"yes": yes, "no": no}
    unanswered = [name for name, stratum in strata.items() if stratum.population and not stratum.answered]
    if unanswered:
        return f"none of its {' and '.join(unanswered)} is answered yet"
    return "" if yes.population else "it never says yes"
