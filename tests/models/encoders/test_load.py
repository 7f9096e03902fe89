import shutil

import pytest

from models.encoders.choose import choose_encoder
from models.encoders.load import find_device, load_encoder
from models.encoders.spec import EncoderSpec
from models.errors import ModelError
from tests.models.encoders.folders import COMMIT, put_in_cache


@pytest.fixture
def folder(tiny_bert, tmp_path):
    return shutil.copytree(tiny_bert, tmp_path / "encoder")


def refusal(spec, tmp_path, exit_code=2, **options):
    with pytest.raises(ModelError) as error:
        load_encoder(spec, tmp_path, **options)
    assert error.value.exit_code == exit_code
    assert "\n" not in str(error.value)
    return str(error.value)


def test_cached_hub_model_needs_no_network(hub_cache, tiny_bert, tmp_path):
    put_in_cache(hub_cache, "owner/tiny", tiny_bert)
    assert load_encoder(choose_encoder("owner/tiny")[0], tmp_path).encode(["матч"]).shape == (1, 312)


def test_hub_model_is_downloaded_once(hub, tmp_path):
    spec, _ = choose_encoder("owner/tiny")
    first = load_encoder(spec, tmp_path).encode(["матч"])
    hub.requests.clear()
    assert (load_encoder(spec, tmp_path).encode(["матч"]) == first).all()
    assert hub.requests == []


def test_hub_model_without_hub_is_refused(tmp_path):
    assert "cannot be asked about owner/tiny" in refusal(EncoderSpec("t", "owner/tiny", COMMIT), tmp_path, 3)


def test_changed_folder_is_refused(folder, tmp_path):
    spec, _ = choose_encoder(str(folder))
    (folder / "config.json").write_text((folder / "config.json").read_text() + " ")
    assert (
        f"has changed: revision {choose_encoder(str(folder))[0].revision}, the vectors at hand are of {spec.revision}"
        in (refusal(spec, tmp_path))
    )


def test_changed_navec_is_refused(tmp_path):
    assert "encoder 'navec-news' has changed" in refusal(EncoderSpec("navec-news", "navec-news", "old"), tmp_path)


def test_removed_folder_is_refused(folder, tmp_path):
    spec, _ = choose_encoder(str(folder))
    shutil.rmtree(folder)
    assert "modules.json is missing" in refusal(spec, tmp_path)


def test_broken_weights_are_refused(folder, tmp_path):
    (folder / "model.safetensors").write_bytes(b"not safetensors")
    assert f"encoder {str(folder)!r} cannot be loaded" in refusal(choose_encoder(str(folder))[0], tmp_path)


def test_missing_gpu_is_refused(tiny_bert, tmp_path, monkeypatch):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert find_device("auto") == "cpu"
    message = refusal(choose_encoder(str(tiny_bert))[0], tmp_path, device="cuda:1")
    assert message == "device 'cuda:1': torch sees no CUDA GPU here; use auto or cpu"


def test_gpu_is_used_when_there_is_one(monkeypatch):
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert find_device("auto") == "cuda"
