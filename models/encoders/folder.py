"""Encoder folders: whether one can be loaded, said before an import of seconds, and which contents it has."""

from __future__ import annotations

import json
from pathlib import Path

from models.errors import ModelError
from models.fingerprint import fingerprint, sha256_of

# A model may name any class of any package as its module, and loading would run it.
OWN_MODULES = "sentence_transformers."
FIRST_MODULES = ("Transformer", "StaticEmbedding")
TOKENIZER_FILES = ("tokenizer.json", "vocab.txt", "*.model")


def folder_revision(folder: Path) -> str:
    """Fingerprint of a folder's file names and contents, 16 hex digits; hidden files are not counted."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    names = {path: path.relative_to(folder) for path in files}
    # A download leaves .gitattributes and .cache behind, which change no vector.
    visible = {path: name for path, name in names.items() if not any(part.startswith(".") for part in name.parts)}
    return fingerprint({name.as_posix(): sha256_of(path) for path, name in visible.items()})


def check_folder(folder: Path) -> None:
    """Refuse a folder that is no sentence-transformers model, needs code of its own or has only pickled weights.

    Raises
    ------
    ModelError
        Says what is missing (exit 2).
    """
    if problem := folder_problem(folder):
        raise ModelError(
            f"encoder {str(folder)!r}: {problem}; a folder written by SentenceTransformer.save() has it all",
            exit_code=2,
        )


def folder_problem(folder: Path) -> str | None:
    """What keeps a folder from being loaded, or None."""
    if not (folder / "modules.json").is_file():
        return "not a sentence-transformers model, modules.json is missing"
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
        kinds, paths = [str(module["type"]) for module in modules], [str(module["path"]) for module in modules]
    except (ValueError, TypeError, KeyError) as error:
        return f"modules.json is broken ({type(error).__name__}: {error})"
    outside = [path for path in paths if ".." in Path(path).parts or Path(path).is_absolute()]
    if outside:
        return f"module path {outside[0]!r} leads out of the folder"
    return modules_problem(kinds) or files_problem([folder / path for path in paths])


def modules_problem(kinds: list[str]) -> str | None:
    """What is wrong with the classes that a model is made of, or None."""
    foreign = [kind for kind in kinds if not kind.startswith(OWN_MODULES)]
    if foreign:
        return f"module {foreign[0]!r} is code of the model's own, which is never run"
    if not kinds or kinds[0].rpartition(".")[2] not in FIRST_MODULES:
        return f"modules {kinds} do not begin with {' or '.join(FIRST_MODULES)}"
    return None


def files_problem(paths: list[Path]) -> str | None:
    """What is wrong with the files of a model, or None: weights are safetensors, since a pickle may run code."""
    for path in paths:
        if any(path.glob("pytorch_model*.bin")) and not any(path.glob("*.safetensors")):
            return f"{path.name}/pytorch_model.bin is a pickle, which is never loaded; save it as model.safetensors"
    if not any(paths[0].glob("*.safetensors")):
        return "weights (model.safetensors) are missing"
    if not any(any(paths[0].glob(pattern)) for pattern in TOKENIZER_FILES):
        return f"a tokenizer ({', '.join(TOKENIZER_FILES)}) is missing"
    return None
