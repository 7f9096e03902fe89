import numpy as np

from pipeline.report.groups import SOURCES_SHOWN, groups, largest


def test_the_largest_sources_come_first_and_the_small_ones_go():
    names = [f"source-{place}" for place in range(20) for _ in range(place + 1)]
    truth = np.arange(len(names)) % 3 == 0
    probability = truth * 0.8 + 0.1
    found = largest(groups(names, truth, probability, np.where(probability > 0.5, "yes", "no")))
    assert [group.articles for group in found] == list(range(20, 20 - SOURCES_SHOWN, -1))
    assert found[0].name == "source-19"
