from datetime import UTC, date, datetime

import numpy as np
import pytest

from models.evaluation.bootstrap import McNemar, cluster_bootstrap, paired_difference
from models.evaluation.metrics import averaged_statistic
from models.evaluation.weighted import FIGURES
from pipeline.evaluate.report.changes import Change, Changes, Gap
from pipeline.evaluate.report.data import CategoryTest, Pair, Part, ReportData, Rival, Together, Total
from pipeline.evaluate.report.evidence import Flip, Group, Mistake, QuotedNeighbour
from pipeline.evaluate.report.newsroom import newsroom_gain

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
def report(answers):
    truth, near, far = answers
    clusters = np.arange(len(truth)).astype(str)
    ours, theirs = (
        cluster_bootstrap(averaged_statistic(list(TITLES), truth, said, said >= 0.5), clusters, 100)
        for said in (near, far)
    )

    def figures(draws, key):
        return {name: draws[f"{key}.{name}"].interval for name in FIGURES}

    def total(draws):
        return Total(figures(draws, "micro"), draws["subset_accuracy"].interval, draws["hamming_loss"].interval)

    def gain(said):
        band = np.where(said >= 0.6, "yes", np.where(said < 0.3, "no", "ask"))
        promises = [(title, 0.9) for title in TITLES.values()]
        return newsroom_gain(promises, truth, band, (2.0, 500), clusters.tolist(), 100)

    def rivals(key):
        name = f"{key}.average_precision"
        return (Rival("tfidf_char", figures(theirs, key), paired_difference(ours[name], theirs[name])),)

    def gaps(group):
        pairs = {name: (theirs[f"{group}.{name}"], ours[f"{group}.{name}"]) for name in FIGURES}
        return {
            name: Gap(old.interval, new.interval, paired_difference(new, old)) for name, (old, new) in pairs.items()
        }

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
            Group("2024-05", 120, 40, figures(ours, key), figures(theirs, key)),
            Group("2024-06", 120, 9, figures(ours, key), figures(theirs, key)),
        )
        categories.append(
            CategoryTest(
                key,
                title,
                truth[known, column] == 1,
                probability,
                verdicts,
                0.5,
                0.4,
                figures(ours, key),
                "hybrid",
                rivals(key),
                (mistake, explained),
                (Group(HOSTILE, 90, 20, figures(ours, key)),),
                months,
            )
        )
    change = Change(
        "sport",
        "Спорт",
        gaps("sport"),
        McNemar(3, 18, 0.0004),
        21,
        (Flip("ab" * 16, HOSTILE, True, "ask", "yes", "Вести & К°", 0.42, 0.617),),
    )
    return ReportData(
        bundle="0123456789ab",
        created=datetime(2024, 6, 1, tzinfo=UTC),
        encoder="navec-news, 512 токенов",
        parts=(Part("train", 1234, date(2024, 1, 1), date(2024, 4, 30)), Part("test", 240)),
        categories=tuple(categories),
        together=Together(
            figures(ours, "macro"),
            total(ours),
            {"tfidf_char": total(theirs)},
            rivals("macro"),
            ("Политика",),
            ("Спорт",),
            0.6,
            0.58,
            (Pair("Политика", "Спорт", 21),),
            (Pair("Спорт", "Политика", 2),),
        ),
        newsroom=gain(near),
        newsroom_rivals={"knn": gain(far), "majority": gain(np.zeros_like(near))},
        changes=Changes("ba9876543210", gaps("macro"), (change,), ("Наука",), ("Погода",)),
        commands=("rubrika evaluate --compare ba9876543210",),
        resamples=100,
    )


@pytest.fixture(scope="session")
def sport(report):
    return report.categories[1]
