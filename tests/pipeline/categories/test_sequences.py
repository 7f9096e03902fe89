"""Whatever happens to categories and labels, training fits exactly the heads whose inputs changed."""

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from pipeline.categories.add import add_category
from pipeline.categories.keys import make_category
from pipeline.categories.list import list_categories
from pipeline.categories.remove import remove_category
from pipeline.categories.rename import rename_category
from pipeline.setup.errors import PipelineError
from store.choices import Choices
from tests.pipeline.support.desks import Desk
from tests.pipeline.support.homes import KEYS, N, tiny_home, tiny_settings, truth_of

LEAST = 4
ROWS = st.integers(0, N - 1)
POOL = st.sampled_from([*KEYS, "arts", "games", "law"])


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A home without labels, to be copied."""
    return tiny_home(tiny_settings(tmp_path_factory.mktemp("template"))).path


class Newsroom(RuleBasedStateMachine):
    """A newsroom that changes its mind, and what is known of its labels and heads beside it."""

    template: Path
    candidates: tuple[str, ...]

    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.desk = Desk(self.folder, KEYS[:3], self.candidates, self.template)
        self.labels = {}
        self.trained = set()
        for key in KEYS[:3]:
            self.say(key, {row: int(truth_of(key)[row]) for row in range(30)})
        self.train()

    def say(self, key, values):
        self.desk.say(key, values)
        self.labels.setdefault(key, {}).update(values)

    @property
    def keys(self):
        return list(self.desk.settings.categories)

    @rule(key=POOL)
    def add(self, key):
        if key in self.keys:
            return
        category = make_category(title=f"Рубрика {key}")
        added = add_category(self.desk.home, self.desk.settings, self.desk.file, key, category)
        assert added.positives + added.negatives == len(self.labels.get(key, {}))

    @rule(key=POOL)
    def remove(self, key):
        if key in self.keys:
            remove_category(self.desk.home, self.desk.settings, self.desk.file, key)

    @rule(key=POOL, new=POOL)
    def rename(self, key, new):
        arguments = self.desk.home, self.desk.settings, self.desk.file, key, new, None
        if key not in self.keys or new in self.keys or new in self.labels:
            with pytest.raises(PipelineError):
                rename_category(*arguments)
            return
        rename_category(*arguments)
        if key in self.labels:
            self.labels[new] = self.labels.pop(key)

    @rule(key=POOL, row=ROWS)
    def correct(self, key, row):
        if row in self.labels.get(key, {}):
            self.say(key, {row: 1 - self.labels[key][row]})

    @rule(key=POOL, start=ROWS, like=st.sampled_from(KEYS))
    def label(self, key, start, like):
        rows = [(start + step) % N for step in range(25)]
        self.say(key, {row: int(truth_of(like)[row]) for row in rows})

    @rule()
    def train(self):
        able = {key: self.inputs(key) for key in self.keys if self.is_able(key)}
        if not able:
            with pytest.raises(PipelineError):
                self.desk.train()
            return
        before, choices = self.desk.head_files(), self.choices()
        up_to_date = {key for key in able if key in choices and (choices[key], able[key]) in self.trained}
        listed = list_categories(self.desk.home, self.desk.settings).categories
        states = self.desk.states()
        assert states == {
            key: "skipped" if key not in able else "reused" if key in up_to_date else "trained" for key in self.keys
        }
        assert {key for key, state in listed.items() if state.head == "trained"} == up_to_date
        assert before.items() <= self.desk.head_files().items()
        choices = self.choices()
        self.trained |= {(choices[key], inputs) for key, inputs in able.items()}
        assert set(self.desk.states().values()) <= {"reused", "skipped"}

    def is_able(self, key):
        values = [value for row, value in self.labels.get(key, {}).items() if row % 4 != 3]
        return min(values.count(0), values.count(1)) >= LEAST

    def inputs(self, key):
        """What a head learns from: the labels outside the test, which is every fourth article."""
        return frozenset((row, value) for row, value in self.labels[key].items() if row % 4 != 3)

    def choices(self):
        choices = Choices(self.desk.home.db).all()
        return {key: json.dumps([choice["kind"], choice["params"]], sort_keys=True) for key, choice in choices.items()}

    def teardown(self):
        """A full retrain from scratch gives the same bytes for every head."""
        if any(self.is_able(key) for key in self.keys):
            last = self.desk.train().categories
            before = {path: content for path, (content, _) in self.desk.head_files().items()}
            shutil.rmtree(self.desk.home.path / "heads")
            shutil.rmtree(self.desk.home.path / "bundles")
            assert set(self.desk.states().values()) <= {"trained", "skipped"}
            after = {path: content for path, (content, _) in self.desk.head_files().items()}
            assert after.items() <= before.items()
            assert {Path(path).parent.name for path in after} == {head.fingerprint for head in last.values()} - {""}
        shutil.rmtree(self.folder)


@pytest.mark.parametrize(("candidates", "examples"), [(("logistic",), 10), (("logistic", "hybrid"), 2)])
def test_only_what_changed_is_trained_and_a_retrain_from_scratch_gives_the_same_bytes(candidates, examples, template):
    machine = type("Newsroom", (Newsroom,), {"template": template, "candidates": candidates})
    quick = settings(
        max_examples=examples, stateful_step_count=15, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(machine, settings=quick)
