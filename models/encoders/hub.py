"""The Hugging Face hub: asked once and briefly, because its client left alone retries for more than a minute."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from pathlib import Path

from models.encoders.folder import check_folder, folder_problem
from models.encoders.known import FALLBACK
from models.errors import ModelError

HUB_SECONDS = 3.0  # a hub that is there answers in a few tenths
# Many repositories hold the same weights in other formats, too: hundreds of megabytes that nothing here reads.
WANTED = ["*.json", "*.txt", "*.model", "*.safetensors"]
UNWANTED = ["onnx/*", "openvino/*"]
INSTEAD = f'use encoder "{FALLBACK.name}", which needs no download, or a folder'


def cached_folder(model: str, revision: str = "") -> Path | None:
    """Folder of a model that is complete in the Hugging Face cache, named by its commit; None if it is not there.

    Raises
    ------
    ModelError
        ``model`` cannot be a hub id (exit 2).
    """
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    try:
        cached_file = try_to_load_from_cache(model, "modules.json", revision=revision or None)
    except HFValidationError as error:
        raise ModelError(f"encoder {model!r} cannot be a hub id: {_first_line(error)}", exit_code=2) from error
    if not isinstance(cached_file, str):  # not there, or noted in the cache as missing on the hub
        return None
    folder = Path(cached_file).parent
    return None if folder_problem(folder) else folder


def hub_commit(model: str, revision: str = "") -> str:
    """Ask the hub which commit a model's revision is: one HEAD request, answered within 3 seconds or given up.

    Raises
    ------
    ModelError
        The hub does not answer (exit 3), or it has no such model, revision or modules.json (exit 2).
    """
    from httpx2 import HTTPError, InvalidURL
    from huggingface_hub import constants
    from huggingface_hub.errors import EntryNotFoundError, RepositoryNotFoundError, RevisionNotFoundError

    if constants.HF_HUB_OFFLINE:
        raise ModelError(f"HF_HUB_OFFLINE is set and {model} is not complete in the cache; {INSTEAD}", exit_code=3)
    try:
        commit = _ask(model, revision).result(timeout=HUB_SECONDS)
    except RevisionNotFoundError as error:
        raise ModelError(f"encoder {model!r} has no revision {revision!r} on the hub", exit_code=2) from error
    except EntryNotFoundError as error:
        raise ModelError(f"{model} is not a sentence-transformers model: no modules.json", exit_code=2) from error
    except RepositoryNotFoundError as error:
        reason = "is not on the hub, or needs an HF_TOKEN that may read it"
        raise ModelError(f"encoder {model!r} {reason}; and no folder has that name", exit_code=2) from error
    except TimeoutError as error:
        reason = f"did not answer within {HUB_SECONDS:g} s"
        raise ModelError(f"the hub {constants.ENDPOINT} {reason} about {model}; {INSTEAD}", exit_code=3) from error
    except (HTTPError, InvalidURL, OSError) as error:
        reason = f"cannot be asked about {model} ({_first_line(error)})"
        raise ModelError(f"the hub {constants.ENDPOINT} {reason}; {INSTEAD}", exit_code=3) from error
    if commit is None:
        reason = "answers, but not like a hub: no commit"
        raise ModelError(f"{constants.ENDPOINT} {reason} of {model}; {INSTEAD}", exit_code=3)
    return commit


def download(model: str, commit: str) -> Path:
    """Fetch a model's safetensors, tokenizer and configuration into the Hugging Face cache.

    Raises
    ------
    ModelError
        The hub does not answer, or the download broke off (exit 3); the model cannot be loaded (exit 2).
    """
    from httpx2 import HTTPError
    from huggingface_hub import snapshot_download
    from huggingface_hub.utils import disable_progress_bars

    # Asked first for its deadline: the client below would retry for more than a minute.
    hub_commit(model, commit)
    disable_progress_bars()
    try:
        folder = Path(snapshot_download(model, revision=commit, allow_patterns=WANTED, ignore_patterns=UNWANTED))
    except (HTTPError, OSError) as error:
        reason = f"download broke off ({_first_line(error)})"
        raise ModelError(f"encoder {model}: {reason}; run again to go on, or {INSTEAD}", exit_code=3) from error
    check_folder(folder)
    return folder


def _ask(model: str, revision: str) -> Future[str | None]:
    """Ask in a daemon thread: a name server that does not answer obeys no timeout, and must not hold up the exit."""
    from httpx2 import HTTPError, InvalidURL
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    answer: Future[str | None] = Future()
    url = hf_hub_url(model, "modules.json", revision=revision or None)

    def ask() -> None:
        try:
            answer.set_result(get_hf_file_metadata(url).commit_hash)
        except (HTTPError, InvalidURL, OSError) as error:
            answer.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return answer


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "") or type(error).__name__
