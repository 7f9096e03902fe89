"""``rubrika labels audit``: draw a blind sample of an annotator's labels, then tell how good they are."""

from __future__ import annotations

from pathlib import Path

import click

from pipeline.labels.audit import show
from pipeline.setup.call import Call, as_json, only_categories

NEWEST = "newest"


@click.command(epilog="Examples:  rubrika labels audit -n 100 --annotator llm:tiny  |  rubrika labels audit --result")
@click.option("--annotator", metavar="NAME", help="Whose labels.  [default: the model's]")
@click.option("-n", "articles", type=click.IntRange(min=1), metavar="N", help="Articles to read.  [default: 200]")
@only_categories
@click.option("--seed", type=click.IntRange(min=0), metavar="N", help="Another one draws others.  [default: 0]")
@click.option("--out", "file", type=click.Path(path_type=Path), help="CSV to write.  [default: in review/ at home]")
@click.option(
    "--result", "result_of", is_flag=False, flag_value=NEWEST, metavar="[ID]", help="Estimate from the answers."
)
@as_json
@click.pass_obj
def audit(
    call: Call,
    annotator: str | None,
    articles: int | None,
    only: tuple[str, ...],
    seed: int | None,
    file: Path | None,
    result_of: str | None,
    as_json: bool,
) -> None:
    """Draw labels of a model for a person to check, without showing them; then estimate how good they are.

    The table holds at most N articles and a ? wherever a person is asked; its order is by lot, so whoever stops halfway
    has a random sample, too. Fill it in, import it with --annotator editor:NAME, and ask for --result: precision and
    recall in each category with 95 % intervals, corrected for "yes" being drawn more densely than "no". The sample is
    kept, whatever the model labels meanwhile.
    """
    from pipeline.labels.audit.draw import AuditChoice, draw_audit
    from pipeline.labels.audit.result import audit_result

    if result_of is None:
        choice = AuditChoice(annotator, **typed(articles=articles, seed=seed), only=only)
        show.print_audit(draw_audit(*call.open(), choice, file), as_json=as_json)
    elif any(option not in (None, ()) for option in (annotator, articles, only, seed, file)):
        raise click.UsageError("--result takes an audit's id and --json, nothing else")
    else:
        show.print_audit_result(audit_result(*call.open(), result_of), as_json=as_json)


def typed(**options: int | None) -> dict[str, int]:
    """The options that were typed; the others keep their defaults."""
    return {name: value for name, value in options.items() if value is not None}
