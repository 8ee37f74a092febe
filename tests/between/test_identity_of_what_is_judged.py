"""Identity of what is judged: one thing counted twice, and a blank read as an answer.

The kind of fault: an item arrives in a form that a later reader takes for something else. A second delivery looks like
a second report, a second reading like a second report, an empty answer like a no. Closed here from the door to the
rules and the KPIs, on both databases.
"""

from typing import Any

from psmf.evidence.v1 import evidence_pb2 as items

from services.platform.calls.wire import to_date
from tests.between.together import Together
from tests.builders import a_mapping

NEUTRAL = items.POLARITY_NEUTRAL


def review(running: Together, views: Any, days: int, **changes: Any) -> items.EvidenceItem:
    """Record the review of a sampled report, with an answer on the child's views."""
    return running.record(
        "sg-one",
        kind=items.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW,
        source=items.EVIDENCE_SOURCE_PANEL_TEAM,
        mappings=[a_mapping("S1.1", NEUTRAL)],
        happened_date=to_date(running.ago(days)),
        received_date=to_date(running.ago(days)),
        report_review=items.ReportReview(child_views_answer=views, second_reader_answer=items.YES_NO_YES),
        **changes,
    )


def test_a_blank_answer_is_the_teams_task_and_no_mark_on_the_person(suite_together: Together) -> None:
    """P18: three reviews without an answer on the child's views raise nothing about the Safeguarder."""
    running = suite_together
    running.appoint("sg-one")
    for days in (10, 20, 30):
        review(running, items.YES_NO_UNSPECIFIED, days)
    running.settle()
    concerns = running.open_concerns("sg-one")
    assert "child-view-missing" not in concerns
    assert "answer-missing" in concerns
