"""Rounds of sampling and sampled reports as people read them, what they send, and the event."""

from collections.abc import Iterable
from typing import Any

from psmf.evidence.v1 import events_pb2, evidence_pb2
from psmf.evidence.v1 import report_samples_pb2 as pb

from services.child_screen import refuse_a_child
from services.evidence.domain.report_sample import NoReportReason
from services.evidence.domain.samples.agreement import Agreement
from services.evidence.domain.samples.awaited import Awaited
from services.evidence.domain.samples.draw import ALGORITHM, first_day
from services.evidence.domain.samples.item import report_id_of
from services.evidence.domain.samples.sample import LINES, Agreed, Rating, Reading, Report, Round, Sample, State
from services.evidence.domain.samples.seen import Seen
from services.platform.calls.wire import from_word, name_parts, to_date, to_instant, to_member, to_text, to_word

_LONGEST_WORDS = 900
"""Ours: characters of the words of one reading. The words of two still fit into one item of evidence."""


def round_id(name: str, today: str, field: str = "name") -> str:
    """Return the id of a round; `today` for `sampleRounds/-`. Refuse INVALID for another form."""
    (known,) = name_parts(name, "sampleRounds", field=field)
    return today if known == "-" else known


def reason(request: pb.RecordObtainedRequest) -> NoReportReason | None:
    """Return why a report cannot be had; None if it can. Refuse INVALID for an unknown word."""
    return to_member(NoReportReason, pb.NoReportReason, request.reason, "reason") if request.reason else None


def said(request: pb.RecordReadingRequest | pb.ReconcileReadingsRequest, year: int) -> tuple[Rating, str]:
    """Return a reading and its words. `year`: the year in which it is read, for the screen of texts.

    Raises:
        Refusal: INVALID for an unknown word, or for words that are too long or look as if they name a child.
    """
    given = request.rating
    lines = {line: to_word(evidence_pb2.LineRating, getattr(given, line), f"rating.{line}") for line in LINES}
    answer = to_word(evidence_pb2.YesNo, given.child_views, "rating.child_views")
    words = refuse_a_child(to_text(request.words, "words", _LONGEST_WORDS), "words", year)
    return Rating(**lines, child_views=answer == "yes" if answer else None), words


def round_message(known: Round, states: dict[State, int], not_drawn: int) -> pb.SampleRound:
    """Return the message of a round. `states`: how many samples stand where."""
    return pb.SampleRound(
        name=known.name,
        seed=known.seed,
        algorithm=ALGORITHM,
        since_date=to_date(known.since),
        until_date=to_date(known.until),
        begun_by=known.made_by,
        create_time=to_instant(known.made_at),
        standings=[
            pb.SampleRound.Standing(state=from_word(pb.ReportSample.State, state), samples=states[state])
            for state in State
            if states.get(state)
        ],
        not_drawn=not_drawn,
    )


def sample_message(seen: Seen) -> pb.ReportSample:
    """Return the message of a sample as somebody sees it."""
    sample, names = seen.sample, seen.names_readers
    item = f"safeguarders/{sample.safeguarder_id}/evidenceItems/{seen.evidence_id}" if seen.evidence_id else ""
    return pb.ReportSample(
        name=sample.name,
        round=f"sampleRounds/{sample.round_id}",
        state=from_word(pb.ReportSample.State, sample.state),
        report=_report(sample.report) if sample.report else None,
        drawn_from=[_report(report) for report in sample.drawn_from],
        passed=sample.passed,
        reason=from_word(pb.NoReportReason, sample.reason),
        second_wanted=sample.second_wanted,
        second_by_seed=sample.second_by_seed,
        reader=sample.reader if names else "",
        second_reader=sample.second_reader if names else "",
        readings=[_reading(reading, names) for reading in seen.readings],
        agreed=_agreed(seen.agreed, names) if seen.agreed else None,
        evidence_item=item,
        read_date=to_date(sample.read_on),
        create_time=to_instant(sample.created_at),
        etag=sample.etag,
        wait_ended_by=sample.wait_ended_by if names else "",
    )


def agreement_message(found: Iterable[Agreement], least_pairs: int) -> pb.Agreement:
    """Return the message of how far readers agree."""
    return pb.Agreement(
        lines=[
            pb.Agreement.Line(
                line=each.line,
                pairs=each.pairs,
                same=each.same,
                not_read=each.one_not_read,
                enough=each.enough,
                kappa=(
                    pb.Agreement.Kappa(value=each.kappa.value, low=each.kappa.low, high=each.kappa.high)
                    if each.kappa
                    else None
                ),
            )
            for each in found
        ],
        least_pairs=least_pairs,
    )


def sample_event(sample: Sample, waits_for: Iterable[Awaited]) -> events_pb2.ReportSampleChanged:
    """Return the event of a sample: ids, dates and words of closed lists. No line of a reading is in it."""
    pb_awaited = events_pb2.ReportSampleChanged.Awaited
    return events_pb2.ReportSampleChanged(
        safeguarder_id=sample.safeguarder_id,
        sample_id=sample.sample_id,
        version=sample.version,
        round_id=sample.round_id,
        round_start_date=to_date(first_day(sample.round_id)),
        state=from_word(pb.ReportSample.State, sample.state),
        report_id=report_id_of(sample),
        reason=from_word(pb.NoReportReason, sample.reason),
        read_date=to_date(sample.read_on),
        second_wanted=sample.second_wanted,
        evidence_id=sample.evidence_id,
        change_time=to_instant(sample.recorded_at),
        awaited=[
            pb_awaited(
                step=from_word(pb.ReportSample.Step, each.step),
                person=each.person,
                since_date=to_date(each.since_on),
                due_date=to_date(each.due_on),
            )
            for each in waits_for
        ],
        wait_ended=bool(sample.wait_ended_by),
    )


def _report(report: Report) -> pb.ReportSample.Report:
    return pb.ReportSample.Report(
        case_reference=report.case_reference,
        due_date=to_date(report.due_on),
        filed_date=to_date(report.filed_on),
    )


def _reading(reading: Reading, names: bool) -> pb.ReportSample.Reading:
    return pb.ReportSample.Reading(
        reader=reading.reader if names else "",
        rating=_rating(reading.rating),
        words=reading.words,
        create_time=to_instant(reading.read_at),
    )


def _agreed(agreed: Agreed, names: bool) -> pb.ReportSample.Agreed:
    return pb.ReportSample.Agreed(
        rating=_rating(agreed.rating),
        words=agreed.words,
        proposed_by=agreed.proposed_by if names else "",
        agreed_by=agreed.agreed_by if names else "",
        stands=bool(agreed.agreed_by),
    )


def _rating(rating: Rating) -> pb.Rating:
    lines: dict[str, Any] = {line: from_word(evidence_pb2.LineRating, getattr(rating, line)) for line in LINES}
    views = {None: "", True: "yes", False: "no"}[rating.child_views]
    return pb.Rating(**lines, child_views=from_word(evidence_pb2.YesNo, views))
