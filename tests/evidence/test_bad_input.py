"""A bad item is refused with a code, a reason and the field, and nothing of it is stored."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from google.type.date_pb2 import Date
from psmf.evidence.v1 import evidence_pb2 as pb

from services.platform.calls.wire import to_date
from tests.builders import a_mapping, an_applicant, an_item_request, days_ago
from tests.evidence.conftest import Evidence
from tests.evidence.steps import appoint, record, refused_without_trace

TOMORROW = to_date(days_ago(-1))
TIMELINESS = {"kind": pb.EVIDENCE_KIND_SCRA_TIMELINESS, "source": pb.EVIDENCE_SOURCE_SCRA}
REVIEW = {"kind": pb.EVIDENCE_KIND_REPORT_SAMPLE_REVIEW, "source": pb.EVIDENCE_SOURCE_PANEL_TEAM}
SENT = {"mappings": None}
"""What a partner or a Safeguarder sends: the Team reads it against the standards."""


@dataclass
class Fault:
    """One fault of an item, and the refusal it must get."""

    reason: str
    place: str
    changes: dict[str, Any] = field(default_factory=dict)
    person: str = "panel-team"
    parent: str = "safeguarders/sg-one"
    code: str = "INVALID_ARGUMENT"


def of_the_day(year: int, month: int, day: int) -> Date:
    return Date(year=year, month=month, day=day)


def due(days: int, filed: int | None) -> pb.Timeliness:
    return pb.Timeliness(
        due_date=to_date(days_ago(days)), filed_date=None if filed is None else to_date(days_ago(filed))
    )


FAULTS: dict[str, Fault] = {
    # The person.
    "an unknown Safeguarder": Fault(
        "SAFEGUARDER_NOT_FOUND", "parent", parent="safeguarders/sg-nobody", code="NOT_FOUND"
    ),
    "someone not appointed yet": Fault(
        "NOT_APPOINTED", "parent", parent="safeguarders/sg-applicant", code="FAILED_PRECONDITION"
    ),
    "a parent of another form": Fault("NAME_NOT_VALID", "parent", parent="people/sg-one"),
    "a parent that goes on": Fault("NAME_NOT_VALID", "parent", parent="safeguarders/sg-one/evidenceItems/x"),
    "no parent": Fault("FIELD_MISSING", "parent", parent=""),
    # Standards.
    "an unknown standard": Fault(
        "UNKNOWN_STANDARD", "evidence_item.mappings[0].standard", {"mappings": [a_mapping("S44.1")]}
    ),
    "an unknown indicator, the second": Fault(
        "UNKNOWN_INDICATOR", "evidence_item.mappings[1].indicator", {"mappings": [a_mapping(), a_mapping("S4.7")]}
    ),
    "a mapping without a standard": Fault(
        "FIELD_MISSING",
        "evidence_item.mappings[0].standard",
        {"mappings": [pb.Mapping(indicator="S4.1", polarity=pb.POLARITY_CONCERN)]},
    ),
    "a mapping without an indicator": Fault(
        "FIELD_MISSING",
        "evidence_item.mappings[1].indicator",
        {"mappings": [a_mapping(), pb.Mapping(standard="S4", polarity=pb.POLARITY_CONCERN)]},
    ),
    "a mapping without a polarity": Fault(
        "FIELD_MISSING",
        "evidence_item.mappings[0].polarity",
        {"mappings": [pb.Mapping(standard="S4", indicator="S4.1")]},
    ),
    "an unknown polarity": Fault(
        "UNKNOWN_VALUE", "evidence_item.mappings[0].polarity", {"mappings": [a_mapping(polarity=9)]}
    ),
    "more mappings than an edition could have": Fault(
        "TOO_MANY_MAPPINGS", "evidence_item.mappings", {"mappings": [a_mapping()] * 101}
    ),
    "twenty thousand mappings": Fault(
        "TOO_MANY_MAPPINGS", "evidence_item.mappings", {"mappings": [a_mapping()] * 20_000}
    ),
    # Dates.
    "happened tomorrow": Fault(
        "DATE_IN_FUTURE", "evidence_item.happened_date", {"happened_date": TOMORROW, "received_date": TOMORROW}
    ),
    "received tomorrow": Fault("DATE_IN_FUTURE", "evidence_item.received_date", {"received_date": TOMORROW}),
    "shared tomorrow": Fault("DATE_IN_FUTURE", "evidence_item.shared_date", {"shared_date": TOMORROW}),
    "replied tomorrow": Fault(
        "DATE_IN_FUTURE",
        "evidence_item.reply.reply_date",
        {"shared_date": to_date(days_ago(3)), "reply": pb.Reply(reply_date=TOMORROW)},
    ),
    "happened before the appointment": Fault(
        "DATE_BEFORE_APPOINTMENT", "evidence_item.happened_date", {"happened_date": to_date(days_ago(366))}
    ),
    "received before it happened": Fault(
        "DATE_BEFORE_HAPPENED", "evidence_item.received_date", {"received_date": to_date(days_ago(23))}
    ),
    "shared before it was received": Fault(
        "DATE_BEFORE_RECEIVED", "evidence_item.shared_date", {"shared_date": to_date(days_ago(22))}
    ),
    "replied before it was shared": Fault(
        "DATE_BEFORE_SHARED",
        "evidence_item.reply.reply_date",
        {"shared_date": to_date(days_ago(10)), "reply": pb.Reply(reply_date=to_date(days_ago(11)))},
    ),
    "replied though never shared": Fault(
        "NOT_SHARED", "evidence_item.reply.reply_date", {"reply": pb.Reply(reply_date=to_date(days_ago(11)))}
    ),
    "a reply without its date": Fault(
        "FIELD_MISSING",
        "evidence_item.reply.reply_date",
        {"shared_date": to_date(days_ago(10)), "reply": pb.Reply(text="I had asked for more time.")},
    ),
    "the thirtieth of February": Fault(
        "NOT_A_DATE", "evidence_item.happened_date", {"happened_date": of_the_day(2026, 2, 30)}
    ),
    "a year without days": Fault(
        "NOT_A_DATE", "evidence_item.received_date", {"received_date": of_the_day(2026, 0, 0)}
    ),
    "the year 0": Fault("NOT_A_DATE", "evidence_item.happened_date", {"happened_date": of_the_day(0, 1, 1)}),
    "the year 9999": Fault(
        "DATE_IN_FUTURE",
        "evidence_item.shared_date",
        {"shared_date": of_the_day(9999, 12, 31)},
    ),
    "no date it happened": Fault("FIELD_MISSING", "evidence_item.happened_date", {"happened_date": None}),
    "no date it was received": Fault("FIELD_MISSING", "evidence_item.received_date", {"received_date": None}),
    # Closed lists.
    "no kind": Fault("FIELD_MISSING", "evidence_item.kind", {"kind": None}),
    "an unknown kind": Fault("UNKNOWN_VALUE", "evidence_item.kind", {"kind": 99}),
    "no source": Fault("FIELD_MISSING", "evidence_item.source", {"source": None}),
    "an unknown source": Fault("UNKNOWN_VALUE", "evidence_item.source", {"source": 99}),
    "no aspect": Fault("FIELD_MISSING", "evidence_item.aspect", {"aspect": None}),
    "an unknown aspect": Fault("UNKNOWN_VALUE", "evidence_item.aspect", {"aspect": -1}),
    "no setting": Fault("FIELD_MISSING", "evidence_item.setting", {"setting": None}),
    "an unknown setting": Fault("UNKNOWN_VALUE", "evidence_item.setting", {"setting": 2**31 - 1}),
    "an unknown class": Fault("UNKNOWN_VALUE", "evidence_item.evidence_class", {"evidence_class": 99}),
    "an unknown outcome of a complaint": Fault(
        "UNKNOWN_VALUE",
        "evidence_item.complaint_outcome",
        {"kind": pb.EVIDENCE_KIND_COMPLAINT, "complaint_outcome": 99},
    ),
    # What a kind needs.
    "a timeliness record without its dates": Fault("TIMELINESS_MISSING", "evidence_item.timeliness", TIMELINESS),
    "a timeliness record without the day it was filed": Fault(
        "FIELD_MISSING", "evidence_item.timeliness.filed_date", TIMELINESS | {"timeliness": due(30, None)}
    ),
    "a report filed tomorrow": Fault(
        "DATE_IN_FUTURE", "evidence_item.timeliness.filed_date", TIMELINESS | {"timeliness": due(30, -1)}
    ),
    "a report due on no day": Fault(
        "NOT_A_DATE",
        "evidence_item.timeliness.due_date",
        TIMELINESS | {"timeliness": pb.Timeliness(due_date=of_the_day(2026, 6, 31), filed_date=to_date(days_ago(30)))},
    ),
    "a report review without its lines": Fault("REPORT_REVIEW_MISSING", "evidence_item.report_review", REVIEW),
    "an unknown rating of a line": Fault(
        "UNKNOWN_VALUE",
        "evidence_item.report_review.clear",
        REVIEW | {"report_review": pb.ReportReview(clear=9)},  # type: ignore[arg-type]
    ),
    # Words.
    "a summary that is too long": Fault("TEXT_TOO_LONG", "evidence_item.summary", {"summary": "x" * 2001}),
    "a summary of combining marks": Fault(
        "TEXT_TOO_LONG", "evidence_item.summary", {"summary": "a" + "\u0300\u0316" * 100_000}
    ),
    "a summary with NUL": Fault("TEXT_NOT_PLAIN", "evidence_item.summary", {"summary": "before\x00after"}),
    "a summary with an escape": Fault("TEXT_NOT_PLAIN", "evidence_item.summary", {"summary": "a\x1b[2Jb"}),
    "a summary that reads backwards": Fault("TEXT_NOT_PLAIN", "evidence_item.summary", {"summary": "a\u202eb"}),
    "a reply that is too long": Fault(
        "TEXT_TOO_LONG",
        "evidence_item.reply.text",
        {
            "shared_date": to_date(days_ago(10)),
            "reply": pb.Reply(text="x" * 4001, reply_date=to_date(days_ago(9))),
        },
    ),
    # A case reference says nothing about a child.
    **{
        f"a case reference such as {text!r}": Fault(
            "CASE_REFERENCE_NOT_OPAQUE", "evidence_item.case_reference", {"case_reference": text}
        )
        for text in ("A child", "case-Ab12", "case-abc", "case-" + "a" * 33, "case-12 34", "case-1234\n", "1234")
    },
    # Who may say what. A sharing or a reply of the past comes with a history only (P6).
    "a sharing weeks ago": Fault(
        "SHARING_NOT_RECORDED", "evidence_item.shared_date", {"shared_date": to_date(days_ago(10))}
    ),
    "a sharing today": Fault(
        "SHARING_NOT_RECORDED", "evidence_item.shared_date", {"shared_date": to_date(days_ago(0))}
    ),
    "a sharing weeks ago and a reply": Fault(
        "SHARING_NOT_RECORDED",
        "evidence_item.shared_date",
        {"shared_date": to_date(days_ago(10)), "reply": pb.Reply(reply_date=to_date(days_ago(9)))},
    ),
    "a partner reading against the standards": Fault("FOR_THE_TEAM_TO_SET", "evidence_item.mappings", person="partner"),
    "a partner saying that it was shared": Fault(
        "FOR_THE_TEAM_TO_SET",
        "evidence_item.shared_date",
        SENT | {"shared_date": to_date(days_ago(10))},
        person="partner",
    ),
    "a partner saying that there was a reply": Fault(
        "FOR_THE_TEAM_TO_SET",
        "evidence_item.shared_date",
        SENT | {"shared_date": to_date(days_ago(10)), "reply": pb.Reply(reply_date=to_date(days_ago(9)))},
        person="partner",
    ),
    "a partner calling it safety": Fault(
        "FOR_THE_TEAM_TO_SET",
        "evidence_item.evidence_class",
        SENT | {"evidence_class": pb.EVIDENCE_CLASS_SAFETY},
        person="partner",
    ),
    "a Safeguarder filing for another source": Fault("SOURCE_NOT_SELF", "evidence_item.source", SENT, "person-one"),
    "a Safeguarder reading against the standards": Fault(
        "FOR_THE_TEAM_TO_SET", "evidence_item.mappings", {"source": pb.EVIDENCE_SOURCE_SELF}, "person-one"
    ),
    "before any standards were known": Fault(
        "NO_STANDARDS_EDITION",
        "evidence_item.happened_date",
        {"happened_date": of_the_day(2016, 4, 24)},
        parent="safeguarders/sg-long-serving",
        code="FAILED_PRECONDITION",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _people(evidence: Evidence) -> None:
    appoint(evidence, "sg-one")
    appoint(evidence, "sg-long-serving", on=days_ago(365 * 12))
    evidence.people.CreateSafeguarder(an_applicant("sg-applicant"), **evidence.as_("panel-team"))


@pytest.mark.parametrize("what", FAULTS)
def test_an_item_is_refused_for(evidence: Evidence, what: str) -> None:
    fault = FAULTS[what]
    request = an_item_request("sg-one", **fault.changes)
    request.parent = fault.parent
    answer = refused_without_trace(evidence, evidence.items.CreateEvidenceItem, request, fault.person)
    assert (answer.code, answer.reason, answer.field) == (fault.code, fault.reason, fault.place)


def test_a_request_without_an_item_is_refused(evidence: Evidence) -> None:
    request = pb.CreateEvidenceItemRequest(parent="safeguarders/sg-one")
    answer = refused_without_trace(evidence, evidence.items.CreateEvidenceItem, request)
    assert (answer.reason, answer.field) == ("FIELD_MISSING", "evidence_item")


@pytest.mark.parametrize(
    ("indicator", "hint"),
    [
        ("S44.1", ' Did you mean "S4"?'),
        ("S4.11", ' Did you mean "S4.1"?'),
        ("S5.2", ' Did you mean "S5.1"?'),
        ("Q.1", ""),
    ],
)
def test_the_nearest_standard_or_indicator_is_offered(evidence: Evidence, indicator: str, hint: str) -> None:
    request = an_item_request("sg-one", mappings=[a_mapping(indicator)])
    answer = refused_without_trace(evidence, evidence.items.CreateEvidenceItem, request)
    assert answer.message.endswith(f"of edition 2015-07.{hint}")
    assert answer.metadata == {"edition": "2015-07"}


def test_a_date_out_of_order_comes_with_the_earliest_there_may_be(evidence: Evidence) -> None:
    request = an_item_request("sg-one", happened_date=to_date(days_ago(366)))
    answer = refused_without_trace(evidence, evidence.items.CreateEvidenceItem, request)
    day = days_ago(365)
    assert answer.metadata == {"date": (day - timedelta(days=1)).isoformat(), "earliest": day.isoformat()}


@pytest.mark.parametrize("field", ["summary", "case_reference"])
def test_what_was_sent_is_never_said_back(evidence: Evidence, field: str) -> None:
    request = an_item_request("sg-one", **{field: "canary\x00of a child"})
    answer = refused_without_trace(evidence, evidence.items.CreateEvidenceItem, request)
    assert "canary" not in f"{answer}"


def test_the_first_and_the_last_day_there_may_be_are_taken(evidence: Evidence) -> None:
    for day in (days_ago(365), days_ago(0)):
        record(evidence, happened_date=to_date(day), received_date=to_date(day))


def test_text_is_kept_as_it_was_written(evidence: Evidence) -> None:
    said = 'It\'s 100% "so"; DROP TABLE evidence_item; -- =1+1 \U0001f600 caf\u00e9\n\tsecond line'
    item = record(evidence, summary=said)
    read = evidence.items.GetEvidenceItem(pb.GetEvidenceItemRequest(name=item.name), **evidence.as_("panel-team"))
    assert read.summary == said


def test_what_the_service_sets_itself_is_not_taken_from_a_request(evidence: Evidence) -> None:
    item = record(
        evidence,
        name="safeguarders/sg-two/evidenceItems/mine",
        countable_date=to_date(days_ago(1)),
        state=pb.ITEM_STATE_WITHDRAWN,
        receipt="receipts/mine",
        etag="7",
    )
    assert item.state == pb.ITEM_STATE_CURRENT
    assert item.etag == "1"
    assert not item.HasField("countable_date")
    assert "mine" not in item.name + item.receipt
