from dataclasses import replace

import numpy as np
import pytest
from safetensors.numpy import save_file
from sklearn.metrics import average_precision_score

from models.errors import ModelError
from models.features import Features, mean_words
from models.heads.candidates import Candidate, candidates
from models.heads.choose import Trial, make_folds, prefer
from models.heads.files import GROUND_FILE, load_head, save_head
from models.heads.head import Examples, Recipe, fit_head
from models.heads.kinds import KINDS
from models.lexical.counts import lexical_counts

RECIPE = Recipe(folds=4, seed=0, policy="best-f1", precision=0.9)


@pytest.mark.parametrize("candidate", candidates(list(KINDS)), ids=lambda candidate: candidate.name)
def test_every_candidate_learns_is_calibrated_and_comes_back_from_its_files_the_same(candidate, examples, tmp_path):
    head, tried = fit_head(examples, [candidate], RECIPE)
    save_head(head, tmp_path / "head")
    loaded = load_head(tmp_path / "head")
    probability = loaded.probability(examples.features)
    assert np.array_equal(probability, head.probability(examples.features))
    assert loaded.decision == head.decision
    assert np.array_equal(loaded.ground.vectors, head.ground.vectors)
    assert loaded.ground.floor == head.ground.floor > -1
    assert average_precision_score(examples.truth, probability) > 0.8
    assert list(tried) == [candidate.name]


@pytest.mark.parametrize("candidate", candidates(list(KINDS)), ids=lambda candidate: candidate.name)
def test_the_same_examples_give_the_same_bytes(candidate, examples, tmp_path):
    for name in ("once", "again"):
        save_head(fit_head(examples, [candidate], RECIPE)[0], tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "once").iterdir())
    assert all((tmp_path / "once" / name).read_bytes() == (tmp_path / "again" / name).read_bytes() for name in files)


def trial(kind, weight, precisions):
    candidate = Candidate(kind, {"dense_weight": weight})
    return Trial(candidate, None, np.zeros(3), np.array(precisions))


def test_the_default_stays_unless_another_is_better_by_more_than_chance():
    many, some = trial("hybrid", 0.35, [0.80, 0.90, 0.85]), trial("hybrid", 0.5, [0.83, 0.89, 0.84])
    few = trial("hybrid", 0.7, [0.82, 0.86, 0.88])
    trials = [some, few, many]
    assert [prefer(trials, labels, words=10) for labels in (300, 299, 60, 59)] == [many, some, some, few]
    assert [prefer(trials, labels, words=200) for labels in (150, 149, 30, 29)] == [many, some, some, few]
    better = trial("logistic", 1.0, [0.84, 0.93, 0.89])
    assert prefer([*trials, better], rarer=500, words=10) is better
    close = trial("logistic", 1.0, [0.84, 0.93, 0.84])  # +.02 on average, 1.3 standard errors
    assert prefer([*trials, close], rarer=500, words=10) is many


def test_words_are_counted_from_stems_and_their_pairs():
    counts = lexical_counts(["Театр купил новую сцену", "Дождь"])
    assert mean_words(Features(np.zeros((2, 3), dtype=np.float32), counts)) == 2.5


def test_without_a_hybrid_the_first_candidate_is_the_default():
    first, second = trial("logistic", 1.0, [0.8, 0.9]), trial("lightgbm", None, [0.9, 0.8])
    assert prefer([first, second], rarer=500, words=10) is first


def test_every_candidate_is_tried(examples):
    head, tried = fit_head(examples, candidates(["logistic", "hybrid"]), RECIPE)
    assert len(tried) == len(candidates(["logistic", "hybrid"]))
    assert head.facts["cross_validated_average_precision"] == tried[head.candidate.name]


def test_a_head_without_validation_articles_is_calibrated_by_cross_validation(examples):
    all_train = Examples(examples.features, examples.truth, examples.clusters, np.zeros(200, dtype=bool))
    head, _ = fit_head(all_train, candidates(["logistic"]), RECIPE)
    assert head.facts["validation_loss"] is None
    assert 0 < head.decision.yes < 1


def test_folds_never_part_a_cluster_and_hold_every_row_out_once():
    generator = np.random.default_rng(1)
    clusters = np.array([f"c{name}" for name in generator.integers(0, 40, 120)])
    truth = generator.random(120) < 0.3
    rows = np.flatnonzero(generator.random(120) < 0.8)
    folds = make_folds(rows, truth, clusters, 5, 0)
    assert sorted(np.concatenate([out for _, out in folds]).tolist()) == rows.tolist()
    for train, out in folds:
        assert not set(clusters[train]) & set(clusters[out])


def test_positives_of_one_story_only_are_refused_with_what_to_do():
    truth = np.array([True] * 10 + [False] * 10)
    clusters = np.array(["one"] * 10 + [f"c{row}" for row in range(10)])
    with pytest.raises(ModelError, match="near-duplicates of one story; label other stories"):
        make_folds(np.arange(20), truth, clusters, 5, 0)


def test_an_unknown_kind_names_the_known_ones():
    with pytest.raises(ModelError, match="no head of kind 'forest'; there are: hybrid, logistic, lightgbm"):
        candidates(["forest"])


@pytest.mark.parametrize("file", ["head.json", "weights.safetensors"])
@pytest.mark.parametrize("damage", [b"", b"\x80\x04cos\nsystem\n(S'true'\ntR.", b"{}"])
def test_a_damaged_file_is_named_and_refused(file, damage, examples, tmp_path):
    save_head(fit_head(examples, candidates(["logistic"]), RECIPE)[0], tmp_path / "head")
    (tmp_path / "head" / file).write_bytes(damage)
    with pytest.raises(ModelError, match=r"is damaged .* train it again: rubrika train"):
        load_head(tmp_path / "head")


def test_where_a_head_was_not_taught_it_asks(examples):
    head, _ = fit_head(examples, candidates(["logistic"]), RECIPE)
    far = np.full((1, 16), -0.25, dtype=np.float32)
    ground = replace(head.ground, vectors=-np.tile(far, (30, 1)).astype(np.float16), floor=0.5)
    rows = Features(np.concatenate([far, -far]), examples.features.take(np.arange(2)).lexical)
    probability = np.array([0.99, 0.99])
    assert replace(head, ground=ground).verdicts(rows, probability).tolist() == ["ask", "yes"]


def test_a_head_from_before_ground_was_kept_answers_everywhere(examples, tmp_path):
    head, _ = fit_head(examples, candidates(["logistic"]), RECIPE)
    save_head(head, tmp_path / "head")
    with_ground = {path.name: path.read_bytes() for path in (tmp_path / "head").iterdir()}
    (tmp_path / "head" / GROUND_FILE).unlink()
    early = load_head(tmp_path / "head")
    assert not early.ground.unlike(np.full((3, 16), -0.25, dtype=np.float32)).any()
    save_head(early, tmp_path / "again")
    again = {path.name: path.read_bytes() for path in (tmp_path / "again").iterdir()}
    assert again == {name: content for name, content in with_ground.items() if name != GROUND_FILE}


def test_a_damaged_ground_is_refused(examples, tmp_path):
    head, _ = fit_head(examples, candidates(["logistic"]), RECIPE)
    save_head(head, tmp_path / "head")
    save_file({"vectors": np.zeros(3), "floor": np.zeros(())}, tmp_path / "head" / GROUND_FILE)
    with pytest.raises(ModelError, match=r"ground\.safetensors holds no vectors of 16 components"):
        load_head(tmp_path / "head")
