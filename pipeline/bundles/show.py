"""Showing what became of bundles: as one JSON object, or in tables and a line that says what to type next."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.show.terminal import figure, json_line, line, table

if TYPE_CHECKING:
    from pipeline.bundles.archive import Exported, ImportedBundle
    from pipeline.bundles.diff import Difference
    from pipeline.bundles.export_onnx import ExportedOnnx
    from pipeline.bundles.history import Iteration
    from pipeline.bundles.listing import ListedBundle, Shown
    from pipeline.bundles.promote import Promoted


def print_bundles(result: Sequence[ListedBundle], *, as_json: bool) -> None:
    """Print every bundle, and which one serves."""
    if as_json:
        json_line({"bundles": [dataclasses.asdict(bundle) for bundle in result]})
        return
    if not result:
        line("no bundles; make one with: rubrika train")
        return
    table(
        ["bundle", "created", "categories", "AP (macro, last evaluation)", ""],
        [
            [
                bundle.id,
                bundle.created_at,
                " ".join(bundle.categories),
                figure(bundle.macro_average_precision),
                mark(bundle),
            ]
            for bundle in result
        ],
    )
    for bundle in result:
        if bundle.problem:
            line(bundle.problem)


def mark(bundle: ListedBundle) -> str:
    """What is special about a bundle in the list."""
    marks = {"current": bundle.current, "newest": bundle.newest, "damaged": bool(bundle.problem)}
    return ", ".join(word for word, true in marks.items() if true)


def print_bundle(result: Shown, *, as_json: bool) -> None:
    """Print what a bundle consists of."""
    if as_json:
        evaluation = result.evaluation and result.evaluation.model_dump()
        json_line(dataclasses.asdict(result) | {"manifest": result.manifest.to_json(), "evaluation": evaluation})
        return
    from pipeline.bundles.saved_evaluation import category_precision

    manifest = result.manifest
    encoder = manifest.encoder
    line(f"bundle {manifest.id}, trained {manifest.created_at}{', current' if result.current else ''}")
    line(f"encoder {encoder.model} {encoder.revision}, {encoder.precision}, {encoder.max_tokens} tokens")
    table(
        ["category", "title", "head", "labels +/-", "AP (cross-validated)", "AP (test)", "threshold", "fingerprint"],
        [
            [
                key,
                category.title,
                category.kind,
                f"{category.facts.positives}/{category.facts.negatives}",
                figure(category.facts.cross_validated_average_precision),
                figure(category_precision(result.evaluation, key)),
                figure(category.decision.yes),
                category.fingerprint,
            ]
            for key, category in manifest.categories.items()
        ],
    )
    for promotion in result.promotions:
        line(f"served from {promotion.at} ({promotion.how}, after {promotion.before or 'none'})")
    if result.evaluation is None:
        line(f"not measured on the test yet; run: rubrika evaluate --bundle {manifest.id}")
    line(f"card: {result.card}")
    line(result.problem or "its files are whole")


def print_difference(result: Difference, *, as_json: bool) -> None:
    """Print what changed between two bundles."""
    if as_json:
        json_line(dataclasses.asdict(result) | {"summary": result.summary})
        return
    rows = [[key, "added", "", ""] for key in result.added] + [[key, "removed", "", ""] for key in result.removed]
    rows += [[new, "key", old, new] for old, new in result.renamed.items()]
    rows += [[key, "title", *pair] for key, pair in result.retitled.items()]
    rows += [[key, *row] for key, changes in result.changed.items() for row in pairs(changes)]
    rows += [["", *row] for row in pairs(result.encoder, "encoder.") + pairs(result.settings)]
    if rows:
        table(["category", "what", result.before, result.after], rows)
    line(f"same heads: {', '.join(result.same) or 'none'}")


def pairs(changes: Mapping[str, tuple[Any, Any]], prefix: str = "") -> list[list[str]]:
    """Name, value before and value after, readable."""
    return [[f"{prefix}{name}", *map(readable, pair)] for name, pair in changes.items()]


def readable(value: Any) -> str:  # noqa: ANN401 - whatever a manifest holds
    """A value for people."""
    return figure(value) if isinstance(value, float) or value is None else str(value)


def print_promoted(result: Promoted, *, as_json: bool) -> None:
    """Print what serves now and how it compares with what served."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    if result.bundle == result.before:
        line(f"{result.bundle} serves already")
        return
    if result.categories:
        table(
            ["category", f"AP {result.before}", f"AP {result.bundle}"],
            [[key, figure(before), figure(after)] for key, (before, after) in result.categories.items()],
        )
    for keys, what in ((result.gone, "answered for no more"), (result.added, "answered for now")):
        if keys:
            line(f"{what}: {', '.join(keys)}")
    if result.overruled:
        line(f"forced although {result.overruled}")
    change = (
        "" if result.change is None else f"; macro average precision {result.change:+.3f} on the same test articles"
    )
    line(
        f"{result.bundle} serves, before it {result.before or 'none'}{change}; to take it back: rubrika bundle rollback"
    )


def print_exported(result: Exported, *, as_json: bool) -> None:
    """Print where a bundle's archive is."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    line(f"bundle {result.bundle}: {result.file}, {result.size / 1e6:.1f} MB; elsewhere: rubrika bundle import FILE")


def print_exported_onnx(result: ExportedOnnx, *, as_json: bool) -> None:
    """Print where a bundle's ONNX file is and how near its answers are."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    line(
        f"bundle {result.bundle}: {result.file}, {result.size / 1e6:.1f} MB; largest difference of a probability on "
        f"{result.articles} articles {result.difference:.1e}; its inputs: docs/onnx.md"
    )


def print_imported(result: ImportedBundle, *, as_json: bool) -> None:
    """Print which bundle came in."""
    if as_json:
        json_line(dataclasses.asdict(result))
        return
    arrival = "was here already" if result.known else f"is here, with {', '.join(result.categories)}"
    line(f"bundle {result.bundle} {arrival}; to serve it: rubrika bundle promote {result.bundle}")


def print_history(result: Sequence[Iteration], *, as_json: bool) -> None:
    """Print every bundle with its figures and what changed."""
    if as_json:
        json_line({"bundles": [dataclasses.asdict(iteration) for iteration in result]})
        return
    keys = list(dict.fromkeys(key for iteration in result for key in iteration.average_precision))
    table(
        ["bundle", "created", "AP macro", *keys, "changed", ""],
        [
            [
                iteration.bundle,
                iteration.created_at[:16].replace("T", " "),
                figure(iteration.macro_average_precision),
                *(figure(iteration.average_precision.get(key)) for key in keys),
                iteration.problem or (iteration.changed.summary if iteration.changed else "first"),
                "current" if iteration.current else "",
            ]
            for iteration in result
        ],
    )
