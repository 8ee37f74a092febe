"""Answers of evidence have three values: yes, no, and not said. Each stays what it was said to be (P18)."""

from itertools import product
from typing import Any

import orjson
import pytest
from psmf.evidence.v1 import events_pb2
from psmf.evidence.v1 import evidence_pb2 as pb

from services.evidence.adapters.bodies import body_of, item_of
from services.platform.calls.wire import to_date
from services.rules.adapters.store.items import item_body, read_item
from services.rules.wire.facts import evidence_fact
from tests.answers import refused
from tests.builders import an_item_request, days_ago
from tests.databases import read_rows
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, record

SAID = {pb.YES_NO_UNSPECIFIED: None, pb.YES_NO_YES: True, pb.YES_NO_NO: False}


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")


def a_review(views: Any, agrees: Any, **more: Any) -> dict[str, Any]:
    review = pb.ReportReview(child_views_answer=views, second_reader_answer=agrees, **more)
    return {"kind": pb.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW, "report_review": review}


def a_report(**times: Any) -> dict[str, Any]:
    days = {"due_date": to_date(days_ago(40)), "filed_date": to_date(days_ago(37))}
    return {"kind": pb.EVIDENCE_KIND_SCRA_TIMELINESS, "timeliness": pb.Timeliness(**days, **times)}


def read_back(evidence: Evidence, name: str) -> pb.EvidenceItem:
    found: pb.EvidenceItem = evidence.items.GetEvidenceItem(
        pb.GetEvidenceItemRequest(name=name), **evidence.as_("panel-team")
    )
    return found


def newest_event(evidence: Evidence) -> events_pb2.EvidenceFact:
    query = "SELECT data FROM outbox WHERE type LIKE '%EvidenceItemRecorded' ORDER BY position DESC LIMIT 1"
    ((data,),) = read_rows(evidence.file, query)
    return events_pb2.EvidenceItemRecorded.FromString(data).fact


@pytest.mark.parametrize(("views", "agrees"), list(product(SAID, SAID)))
def test_each_answer_of_a_review_stays_as_it_was_said(evidence: Evidence, views: Any, agrees: Any) -> None:
    """P18: in the database, in the answer and in the event that rules read."""
    made = record(evidence, **a_review(views, agrees))
    review = read_back(evidence, made.name).report_review
    assert (review.child_views_answer, review.second_reader_answer) == (views, agrees)
    fact = evidence_fact(newest_event(evidence))
    for name, answer in (("child_views_recorded", views), ("second_reader_agrees", agrees)):
        assert fact.details.get(name) is SAID[answer]
        assert (name in fact.blank) is (answer == pb.YES_NO_UNSPECIFIED)
    assert read_item(item_body(fact)) == fact


@pytest.mark.parametrize("answer", SAID)
def test_a_further_date_stays_as_it_was_said(evidence: Evidence, answer: Any) -> None:
    """P18: the same for the timeliness of a report."""
    made = record(evidence, **a_report(extension_answer=answer))
    assert read_back(evidence, made.name).timeliness.extension_answer == answer
    fact = evidence_fact(newest_event(evidence))
    assert (fact.details.get("extension_agreed"), fact.blank) == (SAID[answer], () if answer else ("extension_agreed",))


@pytest.mark.parametrize("due", [None, 40])
def test_the_report_that_was_reviewed_stays_as_it_was_named(evidence: Evidence, due: int | None) -> None:
    """P16: in the database, in the answer and in the event, and the release before reads the rest."""
    named = {"report_due_date": to_date(days_ago(due))} if due else {}
    made = record(evidence, **a_review(0, 0, **named), case_reference="case-due1")
    assert read_back(evidence, made.name).report_review.HasField("report_due_date") is bool(due)
    assert ("." in newest_event(evidence).judged_id) is bool(due)
    ((body,),) = read_rows(
        evidence.file,
        f"SELECT body FROM evidence_item WHERE evidence_id = '{made.name.rpartition('/')[2]}'",  # noqa: S608
    )
    assert not [name for part in (orjson.loads(body)["content"],) for name in part if "report_due" in name]


def test_a_sender_of_the_release_before_can_say_yes_and_not_no(evidence: Evidence) -> None:
    """P18: its true is a yes. Its false cannot be told from a blank, so it is one."""
    for said, answer in ((True, pb.YES_NO_YES), (False, pb.YES_NO_UNSPECIFIED)):
        made = record(evidence, **a_review(0, 0, child_views_recorded=said))
        assert read_back(evidence, made.name).report_review.child_views_answer == answer
        made = record(evidence, **a_report(extension_agreed=said))
        assert read_back(evidence, made.name).timeliness.extension_answer == answer
    assert not read_back(
        evidence, record(evidence, **a_review(pb.YES_NO_NO, 0)).name
    ).report_review.child_views_recorded


def test_an_answer_outside_the_list_is_refused_with_its_field(evidence: Evidence) -> None:
    """P18: nothing is guessed."""
    request = an_item_request("sg-one", **a_review(9, 0))
    answer = refused(lambda: evidence.items.CreateEvidenceItem(request, **evidence.as_("panel-team")))
    assert (answer.reason, answer.field) == ("UNKNOWN_VALUE", "evidence_item.report_review.child_views_answer")


class Row:
    """A row of `evidence_item` as the release before wrote it."""

    evidence_id, safeguarder_id, version, sender, receipt_id = "e", "sg-one", 1, "panel-team", "r"
    created_at = recorded_at = 0
    to_look_at = ""
    derived = ""
    under_review = False
    stages = None

    def __init__(self, body: str) -> None:
        self.body = body


def test_what_the_release_before_stored_as_false_is_read_as_a_blank(evidence: Evidence) -> None:
    """P18: a no and a blank were stored alike. Copies of both releases read what the other stores."""
    name = record(evidence, **a_review(pb.YES_NO_NO, pb.YES_NO_YES)).name.rpartition("/")[2]
    ((body,),) = read_rows(evidence.file, f"SELECT body FROM evidence_item WHERE evidence_id = '{name}'")  # noqa: S608
    stored = orjson.loads(body)
    assert stored["content"]["report_review"]["child_views_recorded"] is False, "the release before reads this"
    del stored["blank"]
    review = item_of(Row(orjson.dumps(stored).decode()), ("", "")).content.report_review
    assert review is not None
    assert (review.child_views_recorded, review.second_reader_agrees) == (None, True)
    again = item_of(Row(body_of(item_of(Row(orjson.dumps(stored).decode()), ("", "")))), ("", ""))
    assert again.content.report_review == review


def test_what_rules_stored_before_is_read_as_evidence_says_it_now(evidence: Evidence) -> None:
    """P18: source and rules agree on old items too."""
    record(evidence, **a_review(0, pb.YES_NO_YES, form=pb.LINE_RATING_AT))
    fact = evidence_fact(newest_event(evidence))
    stored = orjson.loads(item_body(fact))
    del stored["blank"]
    stored["details"]["child_views_recorded"] = False
    assert read_item(orjson.dumps(stored).decode()) == fact
