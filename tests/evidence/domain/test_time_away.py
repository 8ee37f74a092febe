"""Leave and suspension: who records which, and what a correction keeps (R90)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.evidence.domain.safeguarder import LegalBasis, Safeguarder, SafeguarderId, State, Term
from services.evidence.domain.time_away import AwayKind, TimeAway, check_not_on_file, check_time_away, correct
from services.refusals import Refusal

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
TERM = Term(1, date(2026, 1, 1), date(2028, 12, 31), LegalBasis("SSI 2012/54", "reg 7(1)", "as made"))
ENTRY = Safeguarder(SafeguarderId("sg-one"), "Demo Person", ("fife",), State.APPOINTED, (TERM,), True, NOW)


def away(**changes: Any) -> TimeAway:
    fields: dict[str, Any] = {
        "time_away_id": "t1", "safeguarder_id": ENTRY.safeguarder_id, "kind": AwayKind.LEAVE,
        "starts_on": date(2026, 11, 9), "ends_on": date(2026, 11, 20), "cancelled": False, "recorded_by": "panel-team",
        "recorded_at": NOW,
    }  # fmt: skip
    return TimeAway(**fields | changes)


@pytest.mark.parametrize(
    ("changes", "decides", "reason"),
    [
        ({}, False, ""),
        ({"ends_on": None}, False, ""),
        ({"ends_on": date(2026, 11, 9)}, False, ""),
        ({"kind": AwayKind.SUSPENSION}, True, ""),
        ({"ends_on": date(2026, 11, 8)}, False, "END_BEFORE_START"),
        ({"starts_on": date(2025, 12, 31)}, False, "NOT_APPOINTED"),
        ({"starts_on": date(2029, 1, 1), "ends_on": None}, False, "NOT_APPOINTED"),
        ({"kind": AwayKind.SUSPENSION}, False, "NOT_YOURS_TO_RECORD"),
        ({}, True, "NOT_YOURS_TO_RECORD"),
    ],
)
def test_a_time_away_lies_in_a_term_and_comes_from_whom_it_is_for(
    changes: dict[str, Any], decides: bool, reason: str
) -> None:
    """P2: the Team records leave. A suspension is a decision, which a recorder of decisions records."""
    if not reason:
        check_time_away(away(**changes), ENTRY, records_decisions=decides)
        return
    with pytest.raises(Refusal) as refused:
        check_time_away(away(**changes), ENTRY, records_decisions=decides)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("changes", "on_file"),
    [
        ({}, True),
        ({"starts_on": date(2026, 11, 20), "ends_on": None}, True),
        ({"starts_on": date(2026, 10, 1), "ends_on": date(2026, 11, 9)}, True),
        ({"starts_on": date(2026, 10, 1), "ends_on": None}, True),
        ({"starts_on": date(2026, 11, 21)}, False),
        ({"starts_on": date(2026, 10, 1), "ends_on": date(2026, 11, 8)}, False),
        ({"kind": AwayKind.SUSPENSION}, False),
        ({"time_away_id": "t1"}, False),
        ({"cancelled": True}, False),
    ],
)
def test_one_time_away_is_on_file_once(changes: dict[str, Any], on_file: bool) -> None:
    """P17: the same kind on days in common is the same time away. A correction has days in common with itself."""
    new = away(**{"time_away_id": "t2", "ends_on": date(2026, 12, 31)} | changes)
    check_not_on_file(new, [away(cancelled=True)])
    if not on_file:
        check_not_on_file(new, [away()])
        return
    with pytest.raises(Refusal) as refused:
        check_not_on_file(new, [away()])
    assert (refused.value.reason, refused.value.metadata["on_file"]) == ("TIME_AWAY_ON_FILE", away().name)


def test_a_correction_is_the_next_version_of_the_same_time_away() -> None:
    """P2: readers go by the highest version."""
    corrected = correct(away(), away(time_away_id="new", ends_on=None, recorded_by="other"))
    assert corrected == away(ends_on=None, recorded_by="other", version=2)


def test_a_correction_keeps_the_kind() -> None:
    """P2: leave cannot become a suspension by the hand of one person."""
    with pytest.raises(Refusal) as refused:
        correct(away(), away(kind=AwayKind.SUSPENSION))
    assert refused.value.reason == "KIND_STAYS"
