"""How the time to reply to an item is shown while a person is away, and after it moved (R90)."""

from datetime import date
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as pb

from services.cli.evidence import shown
from services.platform.calls.wire import to_date


def an_item(**changes: Any) -> pb.EvidenceItem:
    return pb.EvidenceItem(shared_date=to_date(date(2026, 11, 2)), **changes)


def test_until_when_the_person_can_reply_and_whether_days_away_were_left_out() -> None:
    due, said = to_date(date(2026, 11, 16)), "2 November 2026, reply until 16 November 2026"
    assert shown.sharing(an_item(reply_due_date=due)) == said
    assert (
        shown.sharing(an_item(reply_due_date=due, reply_moved=True))
        == f"{said} (days away or under review not counted)"
    )


def test_a_time_that_stands_still_has_no_last_day() -> None:
    said = shown.sharing(an_item(reply_stands_still=True))
    assert said == "2 November 2026, time to reply stands still while the Safeguarder is away or a review is open"
