import json
import shutil

import pytest

from models.encoders.folder import check_folder, folder_revision
from models.errors import ModelError
from tests.models.encoders.folders import write_modules

TRANSFORMER = "sentence_transformers.models.Transformer"
NORMALIZE = "sentence_transformers.models.Normalize"


@pytest.fixture
def folder(tmp_path):
    return write_modules(tmp_path / "encoder", TRANSFORMER, NORMALIZE)


def refusal(folder):
    with pytest.raises(ModelError) as error:
        check_folder(folder)
    assert error.value.exit_code == 2
    assert str(error.value).startswith(f"encoder {str(folder)!r}: ")
    return str(error.value)


def test_complete_folder_passes(folder, tiny_bert):
    check_folder(folder)
    check_folder(tiny_bert)


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("modules.json", "modules.json is missing"),
        ("model.safetensors", "weights (model.safetensors) are missing"),
        ("tokenizer.json", "a tokenizer (tokenizer.json, vocab.txt, *.model) is missing"),
    ],
)
def test_refusal_says_what_is_missing(folder, file, message):
    (folder / file).unlink()
    assert message in refusal(folder)


@pytest.mark.parametrize("content", ["{", "[1]", '[{"type": 1}]', "null"])
def test_broken_modules_file_is_refused(folder, content):
    (folder / "modules.json").write_text(content)
    assert "modules.json is broken" in refusal(folder)


def test_pickled_weights_are_refused(folder):
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    assert "pytorch_model.bin is a pickle, which is never loaded; save it as model.safetensors" in refusal(folder)


def test_pickled_weights_of_a_later_module_are_refused(folder):
    modules = json.loads((folder / "modules.json").read_text())
    modules[1] |= {"type": "sentence_transformers.models.Dense", "path": "1_Dense"}
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "1_Dense").mkdir()
    (folder / "1_Dense" / "pytorch_model.bin").touch()
    assert "1_Dense/pytorch_model.bin is a pickle" in refusal(folder)


def test_code_of_the_models_own_is_refused(folder):
    write_modules(folder, "modeling_evil.Transformer")
    assert "module 'modeling_evil.Transformer' is code of the model's own, which is never run" in refusal(folder)


@pytest.mark.parametrize("kinds", [[], ["sentence_transformers.models.CLIPModel"]])
def test_first_module_must_read_text(folder, kinds):
    write_modules(folder, *kinds)
    assert "do not begin with Transformer or StaticEmbedding" in refusal(folder)


def test_module_outside_the_folder_is_refused(folder):
    modules = json.loads((folder / "modules.json").read_text())
    modules[1]["path"] = "../elsewhere"
    (folder / "modules.json").write_text(json.dumps(modules))
    assert "module path '../elsewhere' leads out of the folder" in refusal(folder)


def test_revision_is_of_names_and_contents(folder, tmp_path):
    before = folder_revision(folder)
    assert folder_revision(shutil.copytree(folder, tmp_path / "moved")) == before
    (folder / ".lock").touch()
    assert folder_revision(folder) == before
    (folder / "tokenizer.json").write_text("{}")
    changed = folder_revision(folder)
    (folder / "tokenizer.json").rename(folder / "vocab.txt")
    assert len({before, changed, folder_revision(folder)}) == 3
