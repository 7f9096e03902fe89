import pytest

from models.evaluation.bootstrap import Interval
from models.evaluation.figures import Rival
from models.evaluation.paired import PairedDifference
from pipeline.evaluate.report.conclusion import conclude


def figures(precision=0.9, recall=0.8, average=0.95):
    values = {"precision": precision, "recall": recall, "average_precision": average}
    return {name: Interval(value, value, value) for name, value in values.items()}


@pytest.mark.parametrize(
    ("gap", "tone", "said"),
    [
        (
            PairedDifference(0.02, 0.01, 0.03, 0.01),
            "better",
            "перевес +0,020 (0,010–0,030) больше, чем объяснит случай",
        ),
        (PairedDifference(0.02, -0.01, 0.05, 0.2), "same", "разница +0,020 (от −0,010 до +0,050) не больше случайной"),
        (PairedDifference(-0.02, -0.03, -0.01, 0.01), "worse", "простая модель лучше, и это не случай"),
    ],
)
def test_a_difference_is_more_than_noise_when_its_interval_leaves_zero_out(gap, tone, said):
    conclusion = conclude(figures(), [Rival("knn", figures(average=0.93), gap)])
    assert conclusion.tone == tone
    assert said in conclusion.beside
    assert "AP 0,950 против 0,930" in conclusion.beside


def test_the_best_baseline_is_the_one_named():
    nan = float("nan")
    rivals = [
        Rival("majority", figures(average=nan)),
        Rival("knn", figures(average=0.9)),
        Rival("tfidf_word", figures(average=0.91)),
    ]
    conclusion = conclude(figures(), rivals)
    assert conclusion.rival is rivals[2]
    assert conclusion.tone == "alone"


def test_without_baselines_only_the_plain_words_are_said():
    conclusion = conclude(figures(), [])
    assert conclusion.plain == "из 100 отмеченных верны 90, из 100 нужных найдено 80"
    assert (conclusion.beside, conclusion.tone, conclusion.rival) == ("", "alone", None)


def test_a_hundred_is_said_only_where_nothing_is_wrong():
    assert "верны 99, из 100 нужных найдено 100" in conclude(figures(0.999, 1.0), []).plain


def test_nothing_marked_is_said_so():
    assert conclude(figures(float("nan"), 0.0), []).plain == "не отмечено ничего, из 100 нужных найдено 0"


@pytest.mark.parametrize(
    ("positives", "said"),
    [
        (6, "из 100 нужных найдено 80 — но нужных в тесте всего 6"),
        (10, "из 100 отмеченных верны 90, из 100 нужных найдено 80"),
        (None, "из 100 отмеченных верны 90, из 100 нужных найдено 80"),
        (0, "в тесте нет статей рубрики"),
    ],
)
def test_what_stands_on_few_articles_is_said_to(positives, said):
    assert conclude(figures(), [], positives).plain.endswith(said)
    assert ("всего" in conclude(figures(), [], positives).plain) == (positives == 6)


def test_the_rivals_f1_is_there_where_the_comparison_is_by_average_precision():
    rival = Rival(
        "knn", {**figures(average=0.93), "f1": Interval(0.88, 0.8, 0.9)}, PairedDifference(0.02, 0.01, 0.03, 0.01)
    )
    assert "у лучшей из простых моделей (Соседи (kNN), F1 0,88)" in conclude(figures(), [rival]).beside
