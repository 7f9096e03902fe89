"""Choose: the language model that the settings name, ready to be asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from models.annotator.protocol import ModelClient
from pipeline.annotate.llm.secret import read_secret
from pipeline.setup.settings import AnnotatorSettings


@contextmanager
def open_model(settings: AnnotatorSettings, say: Callable[[str], None]) -> Iterator[ModelClient]:
    """Open the model, and close its connections at the end; nothing is asked yet.

    Parameters
    ----------
    say
        Called with a line when the model's server wants to be waited for.

    Raises
    ------
    PipelineError
        For an address or a variable that is none (exit code 2), or a local model that cannot be had (exit code 3).
    """
    if settings.backend == "local":
        from pipeline.annotate.llm.local import load_local

        yield load_local(settings)
        return
    from pipeline.annotate.llm.http import HttpModel
    from pipeline.annotate.llm.transport import HttpTransport

    secret = read_secret(settings.api_key_env)
    transport = HttpTransport(settings.base_url, secret, settings.timeout_s, settings.concurrency)
    with closing(transport):
        yield HttpModel(settings, transport, secret, say)
