"""Kind closed: what one lane may do at once, every lane did, so a concern counted what nobody had shared.

A matter of safety goes to a named person at once. Everything else about the same items waits for the reply or the
lapse, as with any other item (P8, P9, P15).
"""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as items
from psmf.rules.v1 import rules_pb2 as rules

from services.calendar_days import WorkingCalendar, add_working_days
from tests.between.together import Together
from tests.builders import a_mapping

SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}


def raised(running: Together) -> set[str]:
    """Return the rules with an open concern that is not a task of the Team."""
    found = running.open_concerns("sg-one").items()
    return {rule for rule, concern in found if concern.lane != rules.LANE_DATA_GAP}


def test_two_safety_items_raise_nothing_but_safety_before_their_reply_or_lapse(suite_together: Together) -> None:
    running = suite_together
    running.appoint("sg-one")
    sources = items.EVIDENCE_SOURCE_LOCAL_AUTHORITY, items.EVIDENCE_SOURCE_SHERIFF
    leaks = [running.record("sg-one", source=source, **SAFETY) for source in sources]
    running.settle()
    assert raised(running) == {"confidentiality"}
    running.days(1)
    assert raised(running) == {"confidentiality"}, "nor does the nightly comparison raise anything else"
    for leak in leaks:
        running.share(leak)
    assert raised(running) == {"confidentiality"}, "the time to reply runs"
    lapsed = add_working_days(WorkingCalendar.OFFICE, running.today, 10) + timedelta(days=1)
    running.until(lapsed - timedelta(days=1))
    assert raised(running) == {"confidentiality"}
    running.until(lapsed)
    assert raised(running) == {"confidentiality", "same-theme-two-sources", "reappointment-open-items"}
