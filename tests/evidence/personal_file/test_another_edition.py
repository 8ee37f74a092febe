"""A standing under another edition of the Practice Standards: what is open follows the crosswalk (P13)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.evidence.domain.evidence_item import Mapping, Polarity
from services.evidence.domain.personal_file.own_standing import Practice, StandingWord, on_each_standard
from services.evidence.domain.sessions.pack import evidence_entry
from services.evidence.domain.standards import KnownEdition, edition_in_force
from tests.evidence.personal_file.build import a_concern, an_item, on, practice, words
from tests.evidence.plans.build import NOW, TODAY, opened
from tests.rules.domain.evidence.editions import two_editions

FROM = TODAY - timedelta(days=10)
BEFORE, AFTER = FROM - timedelta(days=60), FROM + timedelta(days=3)


def edition(name: str, letter: str, since: date, count: int, became: dict[str, tuple[str, ...]]) -> KnownEdition:
    indicators = {f"{letter}{n}": frozenset(f"{letter}{n}.{m}" for m in (1, 2)) for n in range(1, count + 1)}
    return KnownEdition(name, since, indicators, became)


FIRST = edition("2015-07", "S", date(2016, 4, 25), 8, {})
BECAME = {f"S{n}": (f"P{n}",) for n in range(1, 7)} | {"S7": ("P7", "P12"), "S8": ()}
SECOND = edition("2026-07", "P", FROM, 12, BECAME)


def under(*editions: KnownEdition, **known: object) -> Practice:
    return replace(practice(items=[], **known), edition=edition_in_force(editions, TODAY))


@pytest.mark.parametrize(
    ("subject", "raised_on", "standards"),
    [
        ("S3.2", BEFORE, {"P3"}),
        ("S3.2", AFTER, {"P3"}),  # of conduct before the new edition
        ("S3", None, {"P3"}),
        ("S7.1", BEFORE, {"P7", "P12"}),
        ("P12.1", AFTER, {"P12"}),
        ("S8.1", BEFORE, {"S8"}),  # it ended, and the concern is open
        ("", BEFORE, {"P1", "P2"}),  # what its rule cites
    ],
)
def test_an_open_concern_of_the_edition_before_is_in_the_standing(
    subject: str, raised_on: date | None, standards: set[str]
) -> None:
    """P13: an open concern on S3.2 was in nobody's standing after the change."""
    concern = replace(a_concern(subject=subject, standards=("S1", "S2")), raised_on=raised_on)
    known = under(FIRST, SECOND, concerns=[concern])
    assert {each.standard for each in on_each_standard(known) if each.concerns} == standards
    assert all(words(known)[standard] is StandingWord.CONCERN for standard in standards)


def test_it_follows_two_changes_of_edition_and_one_without_a_crosswalk() -> None:
    """P13."""
    concern = replace(a_concern(subject="S3.2"), raised_on=BEFORE)
    third = edition("2026-08", "Q", AFTER, 4, {f"P{n}": ("Q4",) for n in range(1, 13)})
    assert on("Q4", under(FIRST, SECOND, third, concerns=[concern])).concerns == ("c1",)
    assert on("S3", under(FIRST, SECOND, replace(third, became={}), concerns=[concern])).concerns == ("c1",)


def test_an_id_that_both_editions_use_means_that_of_its_day() -> None:
    """P13: S3 became S4, and S3 is something else now."""
    renumbered = edition("2026-07", "S", FROM, 9, {f"S{n}": (f"S{n + 1}",) for n in range(1, 9)})
    old, new = (replace(a_concern(f"c{n}"), raised_on=day) for n, day in enumerate((BEFORE, AFTER)))
    known = under(FIRST, renumbered, concerns=[old, new])
    assert (on("S3", known).concerns, on("S2", known).concerns) == (("c0",), ("c1",))


def test_an_open_action_follows_and_evidence_stays_with_the_edition_of_its_day() -> None:
    """P13, R45: nobody's practice is read against a standard that was not in force."""
    action = replace(opened(standard="S3", indicator=""), action_id="a1", created_at=NOW - timedelta(days=60))
    known = replace(under(FIRST, SECOND, actions=[action]), items=[an_item(indicator="S3.1")])
    assert (on("P3", known).actions, on("P3", known).items) == (("a1",), ())


def test_standards_stand_in_the_order_of_their_numbers() -> None:
    """P13: P12 stood before P2, in a standing and in the papers of a session."""
    assert [each.standard for each in on_each_standard(under(FIRST, SECOND))] == [f"P{n}" for n in range(1, 13)]
    mappings = tuple(Mapping(known, f"{known}.1", Polarity.NEUTRAL) for known in ("P12", "P2", "E"))
    entry = evidence_entry(an_item(mappings=mappings), NOW)
    assert entry.standards == ("E", "P2", "P12")


def test_rules_tells_what_each_standard_became() -> None:
    """P13: evidence did not hear of a crosswalk."""
    from services.rules.wire.standards import edition_event

    first, second = (edition_event(each) for each in two_editions().editions)
    assert not first.crosswalk
    assert {each.before: tuple(each.became) for each in second.crosswalk} == {
        **{f"S{n}": (f"P{n}",) for n in range(1, 8)},
        "E": ("P12",),
    }
