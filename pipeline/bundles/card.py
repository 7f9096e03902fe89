"""The model card: what a bundle does, what it learned from, how good it is and where it must not be trusted."""

from __future__ import annotations

from models.bundles.manifest import Manifest
from models.bundles.manifests import bundle_folder, read_manifest
from models.evaluation.evaluation import Evaluation
from models.evaluation.figures import MACRO, Figures
from models.evaluation.registry import LEADING, columns
from models.files import write_atomically
from models.heads.kinds import words_of
from pipeline.bundles.saved_evaluation import read_evaluation
from pipeline.setup.home import Home
from pipeline.show.terminal import figure

CARD_FILE = "card.md"
LIMITS = """\
- It knows news in Russian from the sources it was trained on; another genre, language or year is another task.
- A probability is calibrated on the training articles' mixture of categories; where that mixture differs, so will it.
- "No" means no to each category alone: an article may be in several categories or in none.
- Labels made by a language model carry its mistakes into the heads.
- It sorts articles by subject. It does not judge whether they are true, and must not decide about people."""


def write_card(home: Home, name: str) -> None:
    """Write a bundle's card beside its manifest, with the test figures once it has been evaluated."""
    manifest = read_manifest(home.path, name)
    write_atomically(bundle_folder(home.path, name) / CARD_FILE, make_card(manifest, read_evaluation(home, name)))


def make_card(manifest: Manifest, evaluation: Evaluation | None) -> str:
    """Write the card in Markdown.

    Parameters
    ----------
    evaluation
        The figures on the test part, None when there are none yet.
    """
    titles = ", ".join(manifest.titles.values())
    libraries = ", ".join(f"{name} {version}" for name, version in manifest.libraries.items())
    encoder = manifest.encoder
    sections = {
        f"# Bundle {manifest.id}": (
            f"Sorts Russian news articles into {titles}: several at once, or none.\n\n"
            f"Trained {manifest.created_at}. Everything here is also in `manifest.json`."
        ),
        "## Encoder": (
            f"`{encoder.model}`, revision `{encoder.revision}`, {encoder.precision}, "
            f"up to {encoder.max_tokens} tokens of `{encoder.template!r}`."
        ),
        "## Heads": table(["category", "title", "head", "learned from", "threshold"], head_rows(manifest)),
        "## What each category means": "\n".join(
            f"- **{category.title}**: {category.description or 'no description'}"
            for category in manifest.categories.values()
        ),
        "## Figures": figures(manifest, evaluation),
        "## Where the labels come from": ground_of(evaluation),
        "## Limits": LIMITS,
        "## Made with": f"{libraries}.",
    }
    return "\n\n".join(f"{title}\n\n{text}" for title, text in sections.items()) + "\n"


def head_rows(manifest: Manifest) -> list[list[str]]:
    """One row a head: what it is and what it learned from."""
    return [
        [
            f"`{key}`",
            category.title,
            words_of(category.kind).english,
            f"{category.facts.positives} yes, {category.facts.negatives} no",
            f"{category.decision.yes:.3f}",
        ]
        for key, category in manifest.categories.items()
    ]


def figures(manifest: Manifest, evaluation: Evaluation | None) -> str:
    """Cross-validated and, once there are any, test figures."""
    validated = table(
        ["category", "average precision"],
        [
            [f"`{key}`", f"{category.facts.cross_validated_average_precision:.3f}"]
            for key, category in manifest.categories.items()
        ],
    )
    text = f"Cross-validated on the train part (`rubrika train`):\n\n{validated}"
    if evaluation is None:
        return f"{text}\n\nNot measured on the test part yet: `rubrika evaluate --bundle {manifest.id}`."
    return f"{text}\n\n{test_figures(evaluation)}"


def test_figures(evaluation: Evaluation) -> str:
    """The figures on the test part, with the interval and the best baseline of each category."""
    rows = []
    for group in (*evaluation.categories, MACRO):
        measured = evaluation.figures(group)
        leading = measured[LEADING.name]
        rows.append([f"`{group}`", *cells(measured), f"{figure(leading.low)} – {figure(leading.high)}"])
    rows += [[f"{name} (macro)", *cells(model.figures(MACRO)), ""] for name, model in evaluation.baselines.items()]
    names = ["category", *(metric.english for metric in columns("card")), f"95 % of {LEADING.english}"]
    return (
        f"On {evaluation.articles} test articles "
        f"(`rubrika evaluate --bundle {evaluation.bundle}`, {evaluation.evaluated_at.isoformat()}):\n\n"
        + table(names, rows)
    )


def ground_of(evaluation: Evaluation | None) -> str:
    """Where each head was taught, and what to beware of."""
    if evaluation is None or not evaluation.ground:
        return "Not measured yet: `rubrika evaluate`."
    names = ["category", "labelled yes", "said yes to, of all", "like the labelled", "only yes from", "only no from"]
    rows = [
        [
            f"`{key}`",
            *(figure(share) for share in (ground.yes_labelled, ground.yes_all, ground.like_labelled)),
            ", ".join(ground.only_yes) or "–",
            ", ".join(ground.only_no) or "–",
        ]
        for key, ground in evaluation.ground.items()
    ]
    warnings = [f"- {warning}" for key, ground in evaluation.ground.items() if (warning := ground.warning(key))]
    return "\n\n".join([table(names, rows), *(["\n".join(warnings)] if warnings else [])])


def cells(measured: Figures) -> list[str]:
    """The metrics that a card has room for."""
    return [figure(measured[metric.name].value) for metric in columns("card")]


def table(names: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
