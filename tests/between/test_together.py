"""The way from an item to what people read, through the four services that the tests of this folder use.

The kind that this closes: a test of this folder passes because nothing came through at all.
"""

from datetime import timedelta
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as items

from tests.between.together import Together
from tests.builders import a_mapping

SAFETY: dict[str, Any] = {"evidence_class": items.EVIDENCE_CLASS_SAFETY, "mappings": [a_mapping("S5.1")]}
RULE = "confidentiality"


def _alerted(running: Together) -> bool:
    return RULE in [alert.rule for alert in running.open_alerts("sg-one")]


def test_a_matter_of_safety_becomes_a_concern_an_alert_and_an_e_mail(suite_together: Together) -> None:
    """Four services, one clock. A restart of one of them changes nothing."""
    running = suite_together
    running.appoint("sg-one")
    before = len(running.mail.taken)
    running.record("sg-one", **SAFETY)
    running.settle()
    assert RULE in running.open_concerns("sg-one")
    assert _alerted(running)
    assert len(running.mail.taken) > before
    running.restart("rules")
    running.pass_time(timedelta(hours=1))
    assert RULE in running.open_concerns("sg-one")


def test_events_that_are_held_back_pass_later(suite_together: Together) -> None:
    """A reader without its events knows nothing, and catches up when they pass."""
    running = suite_together
    running.appoint("sg-one")
    running.held_back.add(("notifications", "rules"))
    running.record("sg-one", **SAFETY)
    running.settle()
    assert not _alerted(running)
    running.held_back.clear()
    running.settle()
    assert _alerted(running)
