from datetime import UTC, datetime

from store.audits import Audit, Audits, Stratum


def audit(name="a1", day=1, category="sport"):
    strata = (Stratum(category, 1, 10, ("x", "y")), Stratum(category, 0, 90, ("x", "z", "w")))
    return Audit(name, "llm:o'neil", 0, datetime(2024, 1, day, tzinfo=UTC), strata)


def test_a_sample_comes_back_as_it_was_drawn_the_oldest_first(db):
    audits = Audits(db)
    later, earlier = audit("a1", 2), audit("a2", 1)
    audits.add(later)
    audits.add(earlier)
    assert audits.all() == [earlier, later]


def test_the_same_sample_is_kept_once_with_the_day_it_was_first_drawn(db):
    audits = Audits(db)
    audits.add(audit(day=1))
    audits.add(audit(day=5))
    assert audits.all() == [audit(day=1)]


def test_a_stratum_may_be_empty(db):
    nothing = Audit("a", "knn", 3, datetime(2024, 1, 1, tzinfo=UTC), (Stratum("sport", 1, 0, ()),))
    Audits(db).add(nothing)
    assert Audits(db).all() == [nothing]


def test_a_renamed_category_takes_its_strata_along(db):
    audits = Audits(db)
    audits.add(audit())
    audits.rename("sport", "sports")
    audits.rename("nothing", "something")
    assert audits.all() == [audit(category="sports")]
