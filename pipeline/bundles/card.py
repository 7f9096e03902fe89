"""The model card: what a bundle does, what it learned from, how good it is and where it must not be trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.bundles.manifest import Manifest
from models.bundles.manifests import bundle_folder, read_manifest
from models.files import write_atomically
from models.heads.kinds import words_of
from pipeline.bundles.saved_evaluation import read_evaluation
from pipeline.setup.home import Home

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


def make_card(manifest: Manifest, evaluation: Mapping[str, Any] | None) -> str:
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


def figures(manifest: Manifest, evaluation: Mapping[str, Any] | None) -> str:
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


def test_figures(evaluation: Mapping[str, Any]) -> str:
    """The figures on the test part, with the interval and the best baseline of each category."""
    rows = []
    for key, said in {**evaluation["categories"], "macro": evaluation["macro"]}.items():
        low, high = evaluation["intervals"][f"{key}.average_precision"]
        cells = [said[name] for name in ("average_precision", "precision", "recall", "f1")]
        rows.append([f"`{key}`", *map(share, cells), f"{share(low)} – {share(high)}"])
    rows += [
        [
            f"{name} (macro)",
            *(share(said["macro"][cell]) for cell in ("average_precision", "precision", "recall", "f1")),
            "",
        ]
        for name, said in evaluation["baselines"].items()
    ]
    return (
        f"On {evaluation['articles']} test articles "
        f"(`rubrika evaluate --bundle {evaluation['bundle']}`, {evaluation['evaluated_at']}):\n\n"
        + table(["category", "average precision", "precision", "recall", "F1", "95 % of average precision"], rows)
    )


def share(value: float | None) -> str:
    """A share with three digits, or a dash where it is undefined."""
    return "–" if value is None else f"{value:.3f}"


def table(names: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines)
