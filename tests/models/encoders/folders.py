"""Encoder folders for tests: a BERT of random weights that reads Cyrillic, and a hub that serves it."""

import json
import string
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюя" + string.digits
WORDS = "в на и что театр премьера банк рубль ставка матч тренер закон министр спутник робот город"
ENDS = "##" + " ##".join(["ами", "ого", "ому", "ение", "ость", "ский", "ная", "ые", *LETTERS])
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def write_bert(folder, pooling="cls"):
    """Write a sentence-transformers folder: WordPiece, three layers, 312-d, weights so large that attention matters."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Normalize, Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, BertTokenizerFast

    pieces = [*SPECIAL, *",.!?-", *LETTERS, *WORDS.split(), *ENDS.split()]
    bare = folder.parent / f"{folder.name}-bare"
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=312,
        num_hidden_layers=3,
        num_attention_heads=12,
        intermediate_size=600,
        max_position_embeddings=512,
        initializer_range=0.15,
    )
    BertModel(config).save_pretrained(bare)
    vocabulary = {piece: row for row, piece in enumerate(pieces)}
    BertTokenizerFast(vocab=vocabulary, model_max_length=512, do_lower_case=True).save_pretrained(bare)
    modules = [Transformer(str(bare)), Pooling(312, pooling), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder), create_model_card=False)
    return folder


def write_modules(folder, *kinds):
    """Write the files that a folder is checked for, with nothing in them."""
    folder.mkdir(parents=True, exist_ok=True)
    modules = [{"idx": row, "name": str(row), "path": "", "type": kind} for row, kind in enumerate(kinds)]
    (folder / "modules.json").write_text(json.dumps(modules))
    for name in ("model.safetensors", "tokenizer.json"):
        (folder / name).touch()
    return folder


def put_in_cache(cache, model, folder):
    """Lay a folder into a Hugging Face cache as its client does."""
    repository = cache / f"models--{model.replace('/', '--')}"
    (repository / "refs").mkdir(parents=True)
    (repository / "refs" / "main").write_text(COMMIT)
    (repository / "snapshots").mkdir()
    (repository / "snapshots" / COMMIT).symlink_to(folder)


class Hub(BaseHTTPRequestHandler):
    """As much of the hub as its client asks about one model, ``owner/tiny``."""

    folder: Path
    refusal: tuple[int, str] | None = None
    requests: list[str]

    def do_HEAD(self):
        self.answer(with_body=False)

    def do_GET(self):
        self.answer(with_body=True)

    def answer(self, with_body):
        self.requests.append(f"{self.command} {self.path}")
        if self.refusal or "owner/tiny" not in self.path:
            status, code = self.refusal or (404, "RepoNotFound")
            return self.send(status, b"", {"X-Error-Code": code}, with_body)
        if self.path.startswith("/api/"):
            return self.send(200, json.dumps(self.listing()).encode(), {"Content-Type": "application/json"}, with_body)
        file = self.folder / self.path.split("/", 5)[5]
        if not file.is_file():
            return self.send(404, b"", {"X-Error-Code": "EntryNotFound"}, with_body)
        return self.send(200, file.read_bytes(), {"ETag": f'"{file.stat().st_ino}"'}, with_body)

    def listing(self):
        names = [file.relative_to(self.folder).as_posix() for file in self.folder.rglob("*") if file.is_file()]
        if "/tree/" in self.path:
            sizes = {name: (self.folder / name).stat().st_size for name in names}
            return [{"type": "file", "path": name, "size": sizes[name], "oid": name} for name in names]
        return {"id": "owner/tiny", "sha": COMMIT, "siblings": [{"rfilename": name} for name in names]}

    def send(self, status, body, headers, with_body):
        self.send_response(status)
        for name, value in {"X-Repo-Commit": COMMIT, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


def start_hub(folder):
    """A running hub; ``handler`` says how it answers."""
    handler = type("TinyHub", (Hub,), {"folder": folder, "requests": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handler = handler
    return server
