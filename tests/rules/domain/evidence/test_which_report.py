"""Kind of fault: two reports read as one, or one as two (P15, P16).

An item names what it is about. The reports of one case have ids of two parts, of which the first is the case.
"""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.rules.domain.closed_lists import Source
from services.rules.domain.concerns import moves as life
from services.rules.domain.concerns.guards import Guard
from services.rules.domain.facts import how_many
from tests.rules.builders import an_item
from tests.rules.domain.concerns.builders import EVIDENCE
from tests.rules.domain.concerns.test_concern_life_cycle import LATER, refused, reviewed


def many(*about: str) -> int:
    return how_many(an_item(f"item-{place}", judged_id=name) for place, name in enumerate(about))


@pytest.mark.parametrize(
    ("about", "reports"),
    [
        (("case", "case"), 1),
        (("case.one", "case.one"), 1),
        (("case.one", "case.two"), 2),
        (("case", "case.one"), 1),
        (("case", "case.one", "case.two", "case"), 2),
        (("case.one", "other.one"), 2),
        (("case", "other.one"), 2),
        (("", "", "case"), 3),
    ],
)
def test_different_reports_are_counted(about: tuple[str, ...], reports: int) -> None:
    """P16: a reading that does not say which report of the case it read is no other one."""
    assert many(*about) == reports
    assert many(*reversed(about)) == reports


@given(st.lists(st.sampled_from(["", "a", "a.1", "a.2", "b", "b.1", "c"]), max_size=8))
def test_another_reading_adds_one_report_or_none(about: Sequence[str]) -> None:
    """P16: in any order and number. A reading sent again adds nothing."""
    for length in range(len(about)):
        before, after = many(*about[:length]), many(*about[: length + 1])
        assert after - before in (0, 1)
    assert many(*about, *(name for name in about if name)) == many(*about)


def test_two_readings_of_one_report_carry_no_escalation() -> None:
    """P16: they are one item, also where a person escalates a concern that rests on them."""
    first, second = (replace(item, judged_id="case") for item in EVIDENCE)
    assert first.source is not second.source is Source.SHERIFF
    refused(Guard.MORE_THAN_ONE_ITEM, lambda: life.escalate(reviewed(), replace(LATER, evidence=(first, second))))
    others = tuple(replace(item, judged_id=f"case.{place}") for place, item in enumerate(EVIDENCE))
    assert life.escalate(reviewed(), replace(LATER, evidence=others)).state.value == "escalated"
