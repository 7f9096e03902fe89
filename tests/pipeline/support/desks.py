"""A desk: a tiny home and the settings file that belongs to it, as an engineer has them side by side."""

import shutil

import pyarrow as pa

from pipeline.setup.home import open_home
from pipeline.setup.settings import load_settings
from pipeline.train.train import train
from store.labels import Labels
from tests.pipeline.support.homes import WORDS, tiny_home, tiny_ids, tiny_settings

IDS = tiny_ids()
HEAD = """\
# The desk's settings: read me first.
[train]
candidates = {candidates}
folds = 2        # few articles
min_labels = 4

# What we sort into.
"""


def settings_text(keys, candidates=("logistic",)):
    """A settings file with comments."""
    tables = [f'[categories.{key}]  # {key} since 2020\ntitle = "{WORDS[key][0]}"\n' for key in keys]
    return HEAD.format(candidates=str(list(candidates)).replace("'", '"')) + "\n".join(tables)


class Desk:
    """A home under a folder with ``rubrika.toml`` beside it."""

    def __init__(self, folder, keys=("politics", "economy", "culture"), candidates=("logistic",), template=None):
        self.file = folder / "rubrika.toml"
        self.file.write_text(settings_text(keys, candidates), encoding="utf-8")
        if template:
            shutil.copytree(template, folder / "home")
            self.home = open_home(tiny_settings(folder / "home"))
        else:
            self.home = tiny_home(tiny_settings(folder / "home"))

    @property
    def settings(self):
        return load_settings(self.file, {"home": str(self.home.path)})[0]

    @property
    def text(self):
        return self.file.read_text(encoding="utf-8")

    def train(self, *only):
        return train(self.home, self.settings, only, say=lambda line: None)

    def states(self):
        return {key: said.state for key, said in self.train().categories.items()}

    def say(self, category, values, annotator="import:tiny"):
        """Write opinions: row → 1, 0 or None."""
        table = {"article_id": [IDS[row] for row in values], "category": [category] * len(values)}
        Labels(self.home.db).add(pa.table(table | {"value": pa.array(list(values.values()), pa.int8())}), annotator)

    def labels(self):
        """Category → row → value, of the labels that count."""
        found = {}
        for row in Labels(self.home.db).current().to_pylist():
            found.setdefault(row["category"], {})[IDS.index(row["article_id"])] = row["value"]
        return found

    def head_files(self):
        """Every file of every head: path → (bytes, when written)."""
        files = [path for path in (self.home.path / "heads").rglob("*") if path.is_file()]
        return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
