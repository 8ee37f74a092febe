"""The draw (record 2.8): rounds, reports to draw from, and their order by the seed.

Everybody who has the seed, the person's id and the references can draw again. The order is that of
`sha256("1:" seed ":" person ":" reference "/" due date)`, and the leading 1 is the version of this algorithm. The order
does not depend on where it is worked out, and a reference more or less moves none of the others.
"""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from services.calendar_days import london_today, months_later
from services.evidence.domain.evidence_item import EvidenceItem, ItemState, Kind
from services.evidence.domain.samples.sample import Report, Round, Sample, State

ALGORITHM = 1
_HALF_MONTHS = 6
_WHOLE = 1 << 256


def half_of(day: date) -> str:
    """Return the half contract year of a day: April to September is H1, October to March H2."""
    year = day.year if day.month >= 4 else day.year - 1
    return f"{year}-H{1 if 4 <= day.month <= 9 else 2}"


def first_day(round_id: str) -> date:
    """Return the first day of a half contract year."""
    year, _, half = round_id.partition("-H")
    return date(int(year), 4 if half == "1" else 10, 1)


def new_round(seed: str, before: Round | None, person: str, now: datetime) -> Round:
    """Return the round of today's half year. `before`: the last round, whose reports are not drawn from again."""
    today = london_today(now)
    round_id = half_of(today)
    since = before.until + timedelta(days=1) if before else months_later(first_day(round_id), -_HALF_MONTHS)
    return Round(round_id, seed, since, today - timedelta(days=1), person, now)


def reports_of(
    known: Round, records: Iterable[EvidenceItem], reviews: Iterable[EvidenceItem], before: Iterable[Sample]
) -> list[Report]:
    """Return the reports of one person that can be drawn.

    `records`: SCRA's records of their reports. What was read already is left out, because it would count once all the
    same: `reviews` are the person's reviews of reports, `before` their samples in other rounds.
    """
    read = {
        (item.content.case_reference, item.content.report_due_on)
        for item in reviews
        if item.content.kind is Kind.REPORT_SAMPLE_REVIEW and item.state is ItemState.CURRENT
    }
    sampled = [each.report for each in before if each.report and each.state is not State.NOT_AVAILABLE]
    found: dict[tuple[str, date], Report] = {}
    for item in records:
        times, case = item.content.timeliness, item.content.case_reference
        if times is None or not case or item.state is not ItemState.CURRENT:
            continue
        report = Report(case, times.due_on, times.filed_on)
        # A review that names no due date may be of any report of its case.
        was_read = (case, None) in read or (case, report.due_on) in read or any(_same(report, one) for one in sampled)
        if known.since <= report.filed_on <= known.until and not was_read:
            found[case, report.due_on] = report
    return list(found.values())


def in_order(seed: str, safeguarder_id: str, reports: Sequence[Report]) -> tuple[Report, ...]:
    """Return reports in the order of the draw. The first one that can be had is sampled."""
    return tuple(
        sorted(reports, key=lambda report: _number(seed, safeguarder_id, f"{report.case_reference}/{report.due_on}"))
    )


def is_read_twice(seed: str, safeguarder_id: str, percent: int) -> bool:
    """Return whether a person's report of the round gets a second reading: `percent` of them do, by the seed."""
    return _number(seed, safeguarder_id, "second reading") * 100 < percent * _WHOLE


def draw(known: Round, safeguarder_id: str, reports: Sequence[Report], percent: int, now: datetime) -> Sample:
    """Return a person's sample in a round, with its report if there is one."""
    order = in_order(known.seed, safeguarder_id, reports)
    twice = is_read_twice(known.seed, safeguarder_id, percent)
    return Sample(
        sample_id_of(known.round_id, safeguarder_id),
        safeguarder_id,
        known.round_id,
        twice,
        twice,
        now,
        now,
        state=State.SELECTED if order else State.DUE,
        drawn_from=order,
    )


def sample_id_of(round_id: str, safeguarder_id: str) -> str:
    """Return the id of a person's sample in a round. There is one, so nobody can draw twice."""
    return hashlib.sha256(f"sample {round_id} of {safeguarder_id}".encode()).hexdigest()[:32]


def _same(report: Report, other: Report) -> bool:
    """Return whether two records are of one report. SCRA may correct either of its dates."""
    return report.case_reference == other.case_reference and (
        report.due_on == other.due_on or report.filed_on == other.filed_on
    )


def _number(seed: str, safeguarder_id: str, what: str) -> int:
    return int(hashlib.sha256(f"{ALGORITHM}:{seed}:{safeguarder_id}:{what}".encode()).hexdigest(), 16)
