import shutil
import socket
import threading
import time

import pytest

from models.encoders import hub as hub_module
from models.encoders.hub import cached_folder, download, hub_commit
from models.errors import ModelError
from tests.models.encoders.folders import COMMIT, put_in_cache, write_modules


def refusal(exit_code, model="owner/tiny", revision=""):
    with pytest.raises(ModelError) as error:
        hub_commit(model, revision)
    assert error.value.exit_code == exit_code
    return str(error.value)


def test_commit_costs_one_request_about_the_model(hub):
    assert hub_commit("owner/tiny") == COMMIT
    about_the_model = [request for request in hub.requests if "owner/tiny" in request]
    assert about_the_model == ["HEAD /owner/tiny/resolve/main/modules.json"]


def test_silent_hub_is_given_up(silent_hub, monkeypatch):
    monkeypatch.setattr(hub_module, "HUB_SECONDS", 0.3)
    started = time.monotonic()
    message = refusal(3)
    assert time.monotonic() - started < 2
    assert 'did not answer within 0.3 s about owner/tiny; use encoder "navec-news"' in message


def test_silent_name_server_is_given_up(monkeypatch):
    monkeypatch.setattr(hub_module, "HUB_SECONDS", 0.3)
    answer, real = threading.Event(), socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda *host, **how: answer.wait(5) and real(*host, **how))
    started = time.monotonic()
    assert "did not answer within 0.3 s" in refusal(3)
    answer.set()
    assert time.monotonic() - started < 2


def test_refusing_hub_is_given_up_at_once():
    started = time.monotonic()
    assert "cannot be asked about owner/tiny" in refusal(3)
    assert time.monotonic() - started < 2


def test_failing_hub_is_no_answer(hub):
    hub.refusal = (503, "")
    assert "cannot be asked about owner/tiny" in refusal(3)


def test_offline_is_respected(hub, monkeypatch):
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert refusal(3).startswith("HF_HUB_OFFLINE is set and owner/tiny is not complete in the cache; use encoder")
    assert hub.requests == []


def test_unknown_model_is_a_wrong_call(hub):
    assert refusal(2, "owner/huge").startswith("encoder 'owner/huge' is not on the hub, or needs an HF_TOKEN")


def test_unknown_revision_is_a_wrong_call(hub):
    hub.refusal = (404, "RevisionNotFound")
    assert refusal(2, revision="v9") == "encoder 'owner/tiny' has no revision 'v9' on the hub"


def test_model_of_another_kind_is_a_wrong_call(hub):
    hub.refusal = (404, "EntryNotFound")
    assert refusal(2) == "owner/tiny is not a sentence-transformers model: no modules.json"


def test_download_takes_what_is_loaded_and_no_more(hub, tmp_path, capfd):
    hub.folder = shutil.copytree(hub.folder, tmp_path / "served")
    extra = ["pytorch_model.bin", "modeling_tiny.py", "onnx/model.onnx", "openvino/openvino_model.bin", "onnx/a.json"]
    for name in extra:
        (hub.folder / name).parent.mkdir(exist_ok=True)
        (hub.folder / name).write_text("x")
    folder = download("owner/tiny", COMMIT)
    assert folder.name == COMMIT
    assert cached_folder("owner/tiny", COMMIT) == folder
    assert not [name for name in extra if (folder / name).exists()]
    assert capfd.readouterr() == ("", "")


def test_downloaded_model_without_safetensors_is_refused(hub, tmp_path):
    hub.folder = shutil.copytree(hub.folder, tmp_path / "served")
    (hub.folder / "model.safetensors").rename(hub.folder / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"weights \(model.safetensors\) are missing"):
        download("owner/tiny", COMMIT)


def test_download_without_hub_fails_at_once():
    with pytest.raises(ModelError, match="cannot be asked about owner/tiny"):
        download("owner/tiny", COMMIT)


def test_cache_is_found_by_branch_and_by_commit(hub_cache, tiny_bert):
    assert cached_folder("owner/tiny") is None
    put_in_cache(hub_cache, "owner/tiny", tiny_bert)
    assert cached_folder("owner/tiny").name == COMMIT
    assert cached_folder("owner/tiny", COMMIT).name == COMMIT
    assert cached_folder("owner/tiny", "v9") is None


def test_what_cannot_be_a_hub_id_is_a_wrong_call():
    with pytest.raises(ModelError, match="encoder 'owner/a--b' cannot be a hub id") as error:
        cached_folder("owner/a--b")
    assert error.value.exit_code == 2


def test_half_downloaded_model_is_not_cached(hub_cache, tmp_path):
    folder = write_modules(tmp_path / "half", "sentence_transformers.models.Transformer")
    (folder / "model.safetensors").unlink()
    put_in_cache(hub_cache, "owner/tiny", folder)
    assert cached_folder("owner/tiny") is None
