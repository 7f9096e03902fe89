from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from models.evaluation.answers import Answers, measure
from models.evaluation.changes import Change, Changes, Flip, Gap
from models.evaluation.evaluation import Evaluation
from models.evaluation.figures import BaselineFigures
from models.evaluation.gains import Day, NewsroomGainBesideBaselines, Promise
from models.evaluation.newsroom import newsroom_gain
from models.evaluation.overlaps import Confusion, CoOccurrence
from models.evaluation.paired import McNemar, paired_difference
from models.evaluation.registry import NAMES
from models.evaluation.summary import heads_above, model_figures
from pipeline.evaluate.report.evidence import CategoryEvidence, Evidence, Part
from pipeline.evaluate.report.examples import Group, Mistake, QuotedNeighbour

TITLES = {"politics": "Политика", "sport": "Спорт"}
HOSTILE = "<script>alert('заголовок')</script>"


@pytest.fixture(scope="session")
def answers():
    rng = np.random.default_rng(7)
    truth = (rng.random((240, 2)) < 0.3).astype(float)
    truth[:12, 0] = np.nan
    near = np.clip(np.where(truth == 1, 0.7, 0.25) + rng.normal(0, 0.15, truth.shape), 0.001, 0.999)
    far = np.clip(np.where(truth == 1, 0.55, 0.45) + rng.normal(0, 0.2, truth.shape), 0.001, 0.999)
    return truth, near, far


@pytest.fixture(scope="session")
def resampled(answers):
    """The figures of a good model and of a bad one, on the same draws."""
    truth, *probabilities = answers
    models = {
        name: Answers(probability, np.where(probability >= 0.5, "yes", "no"), np.array([0.5, 0.5]))
        for name, probability in zip(("ours", "theirs"), probabilities, strict=True)
    }
    return measure(list(TITLES), truth, models, np.arange(len(truth)).astype(str).tolist(), 100)


@pytest.fixture(scope="session")
def evaluation(answers, resampled):
    truth, near, far = answers
    ours, theirs = resampled["ours"], resampled["theirs"]

    def gain(probability):
        band = np.where(probability >= 0.6, "yes", np.where(probability < 0.3, "no", "ask"))
        promises = {key: Promise(title=title, promised=0.9) for key, title in TITLES.items()}
        day = Day(minutes_per_article=2.0, articles_per_day=500)
        return newsroom_gain(promises, truth, band, day, np.arange(len(truth)).astype(str).tolist(), 100)

    def gaps(group):
        pairs = {name: (theirs[f"{group}.{name}"], ours[f"{group}.{name}"]) for name in NAMES}
        return {
            name: Gap(old.interval, new.interval, paired_difference(new, old)) for name, (old, new) in pairs.items()
        }

    flip = Flip(
        id="ab" * 16,
        title=HOSTILE,
        truth=True,
        before="ask",
        after="yes",
        source="Вести & К°",
        probability_before=0.42,
        probability_after=0.617,
    )
    change = Change(title="Спорт", mcnemar=McNemar(3, 18, 0.0004), flipped=21, flips=(flip,), **gaps("sport"))
    keys, cuts = list(TITLES), np.array([0.5, 0.5])
    beaten = BaselineFigures(**model_figures(keys, truth, cuts, theirs), heads_above=heads_above(keys, ours, theirs))
    return Evaluation(
        bundle="0123456789ab",
        articles=240,
        evaluated_at=datetime(2024, 6, 1, tzinfo=UTC),
        **model_figures(keys, truth, cuts, ours),
        averaged=("politics",),
        label_cardinality=0.6,
        predicted_cardinality=0.58,
        co_occurrence=(CoOccurrence(first="politics", second="sport", articles=21, known=228),),
        confusions=(Confusion(said="sport", true="politics", articles=2),),
        baselines={"tfidf_char": beaten},
        newsroom=NewsroomGainBesideBaselines(
            **dict(gain(near)), baselines={"knn": gain(far), "majority": gain(np.zeros_like(near))}
        ),
        compare=Changes(
            bundle="ba9876543210",
            categories={"sport": change},
            macro=gaps("macro"),
            added=("Наука",),
            removed=("Погода",),
        ),
    )


@pytest.fixture(scope="session")
def evidence(answers, resampled):
    truth, near, _ = answers

    def group(key, name, articles, positives, *models):
        figures = [{metric: resampled[model][f"{key}.{metric}"].interval for metric in NAMES} for model in models]
        return Group(name, articles, positives, *figures)

    categories = []
    for column, (key, title) in enumerate(TITLES.items()):
        known = np.isfinite(truth[:, column])
        probability = near[known, column]
        verdicts = np.where(probability >= 0.5, "yes", np.where(probability < 0.4, "no", "ask"))
        mistake = Mistake("ab" * 32, HOSTILE, "Вести & К°", date(2024, 5, 17), True, 0.03)
        explained = Mistake(
            "cd" * 32,
            "Клуб сменил тренера",
            "",
            None,
            False,
            0.97,
            (("тренер", 1.25), ("<b>рынок", -0.5)),
            (
                QuotedNeighbour("", HOSTILE, True, 0.91),
                QuotedNeighbour("ef" * 16, "Сосед", False, 0.8, "Вести & К°", date(2024, 4, 1), "Так он начинается…"),
            ),
            -0.75,
            0.4,
            -1.2,
            -0.8,
            -0.95,
        )
        months = (
            group(key, "2024-05", 120, 40, "ours", "theirs"),
            group(key, "2024-06", 120, 9, "ours", "theirs"),
        )
        categories.append(
            CategoryEvidence(
                key,
                title,
                truth[known, column] == 1,
                probability,
                verdicts,
                0.5,
                0.4,
                "hybrid",
                (mistake, explained),
                (group(key, HOSTILE, 90, 20, "ours"),),
                months,
            )
        )
    return Evidence(
        zone=ZoneInfo("UTC"),
        encoder="navec-news, 512 токенов",
        parts=(Part("train", 1234, date(2024, 1, 1), date(2024, 4, 30)), Part("test", 240)),
        categories=tuple(categories),
        commands=("rubrika evaluate --compare ba9876543210",),
        resamples=100,
    )


@pytest.fixture(scope="session")
def sport(evidence):
    return evidence.categories[1]


@pytest.fixture(scope="session")
def figures(evaluation):
    """Those of sport."""
    return evaluation.figures("sport")
