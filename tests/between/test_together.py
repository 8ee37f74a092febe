"""The way from an item to what people read, through the four services that the tests of this folder use.

The kind that this closes: a test of this folder passes because nothing came through at all.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as items

from tests.between.together import Together, together
from tests.builders import a_mapping
from tests.conftest import only_sqlite

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


@only_sqlite
def test_what_is_begun_alike_is_made_once_and_each_test_changes_a_copy_of_its_own(
    database_kind: str, tmp_path: Path
) -> None:
    """Else a test would see what another one did, or stand on less than it says."""
    made = []

    def a_matter(running: Together, hours: int) -> items.EvidenceItem:
        made.append(hours)
        running.appoint("sg-one")
        item = running.record("sg-one", **SAFETY)
        running.pass_time(timedelta(hours=hours))
        return item

    seen = []
    for folder, hours in (("a", 2), ("b", 2), ("c", 2), ("d", 3)):
        (tmp_path / folder).mkdir()
        with together(tmp_path / folder) as running:
            item = running.begun(a_matter, hours)
            stands = running.open_concerns("sg-one"), running.open_alerts("sg-one"), running.clock.now(), item.name
            assert RULE in stands[0]
            seen.append((stands, item.summary, len(running.mail.taken)))
            # Then each changes the value, the person, the time and the messages.
            item.summary = "Said by another test."
            running.record("sg-one")
            running.pass_time(timedelta(days=1))
            running.appoint("sg-two")
    assert made == [2, 3]
    assert seen[0] == seen[1] == seen[2] != seen[3]
