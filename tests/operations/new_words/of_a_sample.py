"""Every word of a sampled report, made by the public methods about two people."""

from typing import Any

from psmf.evidence.v1 import evidence_pb2 as evidence
from psmf.evidence.v1 import report_samples_pb2 as pb

from services.demo.waiting import wait_until_settled
from services.platform.calls.wire import to_date
from tests.builders import days_ago
from tests.operations.every_word_of_a_plan import TEAM, WORDS, Doing, read_messages

SENIOR, ONE, TWO = "senior-manager-east", "report-reviewer-1", "report-reviewer-2"


def make_every_word_of_a_sample(office: Any, read: str, without: str, drawn: str) -> None:
    """Draw for everybody, and read the report of one person twice. Of another one SCRA has no report.

    The report of a third one is drawn, and the Team is asked to obtain it.
    """
    filed = {"happened_date": to_date(days_ago(40)), "received_date": to_date(days_ago(39))}
    times = evidence.Timeliness(due_date=to_date(days_ago(40)), filed_date=to_date(days_ago(40)))
    about: dict[str, Any] = {
        "kind": evidence.EVIDENCE_KIND_SCRA_TIMELINESS, "source": evidence.EVIDENCE_SOURCE_SCRA, "timeliness": times,
        "case_reference": "case-5a5a",
    }  # fmt: skip
    office.records(read, mappings=[], **filed, **about)
    office.records(drawn, mappings=[], **filed, **about | {"case_reference": "case-6b6b"})
    _does(office, TEAM, "CreateSampleRound")
    _does(office, TEAM, "DrawSamples", name="sampleRounds/-")
    none = _sample(office, without)
    reason = pb.NO_REPORT_REASON_NO_APPOINTMENT
    _does(office, TEAM, "RecordObtained", name=none.name, etag=none.etag, reason=reason)
    known = _sample(office, read)
    known = _does(office, TEAM, "RecordObtained", name=known.name, etag=known.etag)
    for reader, second in ((ONE, False), (TWO, True)):
        known = _does(office, TEAM, "AssignReading", name=known.name, etag=known.etag, reader=reader, second=second)
    read_messages(office, f"safeguarders/{read}")  # each goes once the reading is there
    at, below = pb.Rating(clear=evidence.LINE_RATING_AT), pb.Rating(clear=evidence.LINE_RATING_BELOW)
    for reader, rating in ((ONE, at), (TWO, below)):
        known = _does(office, reader, "RecordReading", name=known.name, rating=rating, words=WORDS)
    read_messages(office, f"safeguarders/{read}")  # it goes once the readings are reconciled
    _does(office, SENIOR, "ReconcileReadings", name=known.name, etag=known.etag, rating=at)
    wait_until_settled(office.client)


def _sample(office: Doing, person: str) -> pb.ReportSample:
    found = _does(office, TEAM, "ListReportSamples", parent=f"safeguarders/{person}")
    sample: pb.ReportSample = found.report_samples[-1]
    return sample


def _does(office: Doing, person: str, method: str, **fields: Any) -> Any:
    request = getattr(pb, f"{method}Request")(**fields)
    return office.does(person, getattr(office.client.report_samples, method), request)
