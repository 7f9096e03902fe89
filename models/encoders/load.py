"""Loading: one way for every encoder, from a folder of safetensors on this machine; no model's own code is run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from models.encoders.encode import BATCH_TOKENS, Encoder
from models.encoders.folder import check_folder, folder_revision
from models.encoders.hub import cached_folder, download
from models.encoders.known import build_of
from models.encoders.spec import EncoderSpec
from models.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


def load_encoder(
    spec: EncoderSpec, cache_dir: Path, *, device: str = "auto", batch_tokens: int = BATCH_TOKENS
) -> Encoder:
    """Load an encoder, downloading or building it if this machine does not have it yet.

    Parameters
    ----------
    spec
        Which one.
    cache_dir
        Where encoders are built that do not come from the hub; hub models live in the Hugging Face cache.
    device
        ``auto`` (a CUDA GPU if there is one, else the processor) or a torch device.
    batch_tokens
        Most padded tokens of a batch.

    Raises
    ------
    ModelError
        The hub or a package is needed and not there (exit 3); the model is not the one of ``spec``, or cannot be
        loaded, or the device is not there (exit 2).
    """
    model = read_model(model_folder(spec, cache_dir), find_device(device))
    set_up(model, spec)
    return Encoder(spec, model, batch_tokens)


def model_folder(spec: EncoderSpec, cache_dir: Path) -> Path:
    """Folder of the exact model that a specification names, checked."""
    if build := build_of(spec.model):
        refuse_change(spec, build.revision())
        return build.folder(cache_dir)
    if spec.is_folder:
        check_folder(Path(spec.model))
        refuse_change(spec, folder_revision(Path(spec.model)))
        return Path(spec.model)
    # A hub model's revision is a commit, which cannot change, so nothing is compared.
    return cached_folder(spec.model, spec.revision) or download(spec.model, spec.revision)


def refuse_change(spec: EncoderSpec, revision: str) -> None:
    """Refuse a model that is no longer what the specification says: its vectors would mix with the old ones."""
    if revision != spec.revision:
        raise ModelError(
            f"encoder {spec.name!r} has changed: revision {revision}, the vectors at hand are of {spec.revision}; "
            "restore it, or choose the encoder anew and embed again",
            exit_code=2,
        )


def find_device(device: str) -> str:
    """Turn ``auto`` into the best device here; refuse a GPU that is not here."""
    import torch

    if device == "auto":
        return "cuda" if torch.cuda.is_available() else "cpu"
    if device.startswith("cuda") and not torch.cuda.is_available():
        raise ModelError(f"device {device!r}: torch sees no CUDA GPU here; use auto or cpu", exit_code=2)
    return device


def read_model(folder: Path, device: str) -> SentenceTransformer:
    """Read a folder quietly: safetensors only, nothing fetched, no code of the model's own."""
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    # The library's own bars and warnings would stand between this program's lines, and ask nothing of a person.
    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    try:
        for file in folder.glob("tokenizer*.json"):
            json.loads(file.read_text(encoding="utf-8"))  # a damaged one makes the tokenizers raise a bare Exception
        return SentenceTransformer(
            str(folder),
            device=device,
            trust_remote_code=False,
            local_files_only=True,
            model_kwargs={"use_safetensors": True},
        )
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        reason = next(iter(str(error).splitlines()), type(error).__name__)
        raise ModelError(f"encoder {str(folder)!r} cannot be loaded: {reason}", exit_code=2) from error


def set_up(model: SentenceTransformer, spec: EncoderSpec) -> None:
    """Set precision and token limit, and take the faster layers where they give the same vectors."""
    import torch
    from tokenizers import Tokenizer

    from models.encoders.cls_only import make_cls_only, reads_cls_only

    if reads_cls_only(model):
        make_cls_only(model)
    # After the layers were changed, so that the new ones get the precision as well.
    model.to(torch.bfloat16 if spec.precision == "bf16" else torch.float32)
    if isinstance(model.tokenizer, Tokenizer):
        model.tokenizer.enable_truncation(spec.max_tokens)
    else:  # a transformer has no positions beyond those that it was trained with
        model.max_seq_length = min(spec.max_tokens, model.max_seq_length or spec.max_tokens)
