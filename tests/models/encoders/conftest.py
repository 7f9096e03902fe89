import os
import socket
import threading
from pathlib import Path

import pytest

from tests.models.encoders.folders import start_hub, write_bert


@pytest.fixture(scope="session")
def tiny_bert(tmp_path_factory):
    """A small BERT folder with [CLS] pooling."""
    return write_bert(tmp_path_factory.mktemp("bert") / "tiny")


@pytest.fixture(scope="session", params=["tiny", *(["rubert"] if "RUBRIKA_TEST_RUBERT" in os.environ else [])])
def bert(request, tiny_bert):
    """BERT folders: the small one, and the one that RUBRIKA_TEST_RUBERT names if it is set."""
    return tiny_bert if request.param == "tiny" else Path(os.environ["RUBRIKA_TEST_RUBERT"]).resolve()


@pytest.fixture(autouse=True)
def hub_cache(tmp_path, monkeypatch):
    """An empty Hugging Face cache, and a hub address where nothing listens."""
    from huggingface_hub import constants

    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        move_hub(monkeypatch, free.getsockname()[1])
    return tmp_path / "hub"


def move_hub(monkeypatch, port):
    """Make a port of this machine the hub's address."""
    from huggingface_hub import constants

    address = f"http://127.0.0.1:{port}"
    monkeypatch.setattr(constants, "ENDPOINT", address)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", address + "/{repo_id}/resolve/{revision}/{filename}")


@pytest.fixture
def hub(tiny_bert, monkeypatch):
    """A hub that has ``owner/tiny``."""
    server = start_hub(tiny_bert)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    move_hub(monkeypatch, server.server_port)
    yield server.handler
    server.shutdown()
    server.server_close()


@pytest.fixture
def silent_hub(monkeypatch):
    """A hub that takes connections and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        move_hub(monkeypatch, listener.getsockname()[1])
        yield
