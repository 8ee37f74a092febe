"""Facts for KPIs and frozen packs in the database, in the current transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Connection

from services.calendar_days import london_today
from services.platform.storage.database import execute, from_micros, insert_sql, to_micros
from services.rules.adapters.store import tables
from services.rules.adapters.store.concerns import moves_of
from services.rules.adapters.store.items import read_item
from services.rules.domain.facts import EvidenceFact
from services.rules.domain.kpis.facts import (
    AllocationFact,
    AwayFact,
    ConcernFact,
    DutyFact,
    EndFact,
    EscalationFact,
    KpiFacts,
    MembershipFact,
    NoReportFact,
    SampleFact,
    StepFact,
    TermFact,
    contract_year,
)
from services.rules.domain.kpis.record import (
    OwedFact,
    PapersFact,
    PlanReasonFact,
    PromisedFact,
    RecordFact,
    ReviewAskedFact,
    SharedRecordFact,
)
from services.rules.domain.kpis.report import Pack, Report

_OfPeople = TermFact | EndFact | MembershipFact | AllocationFact | AwayFact
Fact = _OfPeople | DutyFact | StepFact | ConcernFact | NoReportFact | SampleFact | RecordFact
_RECORD: Mapping[type[Any], str] = {
    OwedFact: "owed",
    PapersFact: "papers",
    SharedRecordFact: "record",
    PlanReasonFact: "reason",
    PromisedFact: "promised",
    ReviewAskedFact: "review",
}
_ABOUT: Mapping[type[Any], str] = {
    TermFact: "term",
    EndFact: "end",
    MembershipFact: "membership",
    DutyFact: "duty",
    StepFact: "step",
    ConcernFact: "concern",
    NoReportFact: "no_report",
    SampleFact: "sample",
    AllocationFact: "allocation",
    AwayFact: "away",
    **_RECORD,
}
_ADAPTERS: Mapping[str, TypeAdapter[Any]] = {about: TypeAdapter(kind) for kind, about in _ABOUT.items()}
_ADD = insert_sql(tables.kpi_fact) + " ON CONFLICT DO NOTHING"
# A period needs every term that has not ended before it, every end and correction of a membership, every allocation and
# every time away: its newest version may be about other days. It also needs the concerns of its days. Of missing
# reports it needs whole contract years, because the newest record of a year may be about a day outside the period. A
# sampled report has the first day of its half year, and may be read within a year after that.
_OF_PERIOD = (
    "SELECT about, body FROM kpi_fact WHERE (about = 'term' AND day >= ?) "
    "OR about IN ('end', 'membership', 'allocation', 'away', 'reason') "
    "OR (about = 'concern' AND day >= ? AND day <= ?) "
    "OR (about = 'no_report' AND day >= ? AND day <= ?) "
    "OR (about = 'sample' AND day >= ? AND day <= ?) ORDER BY recorded_at, fact_id"
)
# All due dates of a duty are needed, because a newer one may have moved it into the days or out of them.
_DUTIES_AND_STEPS = (
    "SELECT about, body FROM kpi_fact WHERE about IN ('duty', 'step') AND subject IN "
    "(SELECT subject FROM kpi_fact WHERE about = 'duty' AND day >= ? AND day <= ?) ORDER BY recorded_at, fact_id"
)
# Likewise all versions of each thing in the record, and all about one session.
_RECORD_OF_PERIOD = (
    "SELECT about, body FROM kpi_fact WHERE about IN ('owed', 'papers', 'record', 'promised', 'review') AND subject IN "
    "(SELECT subject FROM kpi_fact WHERE about IN ('owed', 'papers', 'record', 'promised', 'review') "
    "AND day >= ? AND day <= ?) ORDER BY recorded_at, fact_id"
)
_ITEMS = "SELECT safeguarder_id, body FROM fact WHERE origin = 'evidence' ORDER BY evidence_id, version"
_ESCALATIONS = (
    "SELECT step.concern_id, step.number, concern.safeguarder_id, step.made_at "
    "FROM concern_move AS step JOIN concern ON concern.concern_id = step.concern_id "
    "WHERE step.move = 'escalate' ORDER BY step.made_at, step.concern_id, step.number"
)
_ADD_PACK = insert_sql(tables.kpi_pack) + " ON CONFLICT DO NOTHING"
_PACKS = "SELECT quarter, frozen_at, sha256, content FROM kpi_pack WHERE quarter < ? ORDER BY quarter DESC LIMIT ?"
_PACKS_OF = (
    "SELECT quarter, frozen_at, sha256, content FROM kpi_pack WHERE quarter >= ? AND quarter <= ? ORDER BY quarter"
)
# Later than any quarter, in the order of text.
_AFTER_ALL = "9999-Q9"
_REPORT = TypeAdapter(Report)


def read_report(content: bytes) -> Report:
    """Return the report of a pack."""
    return _REPORT.validate_json(content)


class SqlKpis:
    """The facts from which KPIs are worked out, and the packs."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def remember(self, event_id: str, *facts: Fact) -> None:
        """Store the facts of one event. If they are stored already, nothing changes, so an event can come twice."""
        for number, fact in enumerate(facts):
            about = _ABOUT[type(fact)]
            row = (
                f"{event_id}/{number}",
                about,
                fact.safeguarder_id,
                _subject(fact),
                _day(fact),
                to_micros(_recorded_at(fact)),
                _ADAPTERS[about].dump_json(fact).decode(),
            )
            execute(self._connection, _ADD, row)

    def facts(self, reach: tuple[date, date]) -> KpiFacts:
        """Return all facts that the days from one to another can need, whenever they were recorded."""
        first, last = (day.isoformat() for day in reach)
        found: dict[str, list[Any]] = {about: [] for about in _ADAPTERS}
        years = (_first_of_year(reach[0]), _first_of_year(reach[1], later=1))
        rounds = (_first_of_year(reach[0], later=-1), last)
        for about, body in execute(self._connection, _OF_PERIOD, (first, first, last, *years, *rounds)).fetchall():
            found[about].append(_ADAPTERS[about].validate_json(body))
        for by_subject in (_DUTIES_AND_STEPS, _RECORD_OF_PERIOD):
            for about, body in execute(self._connection, by_subject, (first, last)).fetchall():
                found[about].append(_ADAPTERS[about].validate_json(body))
        return KpiFacts(
            terms=tuple(found["term"]),
            ends=tuple(found["end"]),
            duties=tuple(found["duty"]),
            steps=tuple(found["step"]),
            items=tuple(self._items(reach)),
            concerns=tuple(found["concern"]),
            no_reports=tuple(found["no_report"]),
            samples=tuple(found["sample"]),
            allocations=tuple(found["allocation"]),
            escalations=tuple(self._escalations()),
            away=tuple(found["away"]),
            record=tuple(fact for about in _RECORD.values() for fact in found[about]),
            memberships=tuple(found["membership"]),
        )

    def _escalations(self) -> Iterator[EscalationFact]:
        """Yield every escalation with the moves before it, from the history of concerns."""
        for concern_id, number, person, at in execute(self._connection, _ESCALATIONS).fetchall():
            before = moves_of(self._connection, concern_id, number - 1)
            yield EscalationFact(concern_id, person, from_micros(at), before)

    def _items(self, reach: tuple[date, date]) -> Iterator[tuple[str, EvidenceFact]]:
        """Yield all versions of the items of which any version belongs to the days.

        One version is not enough, because a correction can move an item into the days or out of them.
        """
        versions: list[tuple[str, EvidenceFact]] = []
        for person, body in execute(self._connection, _ITEMS):
            fact = read_item(body)
            if versions and versions[0][1].evidence_id != fact.evidence_id:
                yield from _within(versions, reach)
                versions = []
            versions.append((person, fact))
        yield from _within(versions, reach)

    def freeze(self, pack: Pack) -> bool:
        """Store a pack. Return False if its quarter has one already."""
        row = (pack.quarter, to_micros(pack.frozen_at), pack.sha256, pack.content)
        return bool(execute(self._connection, _ADD_PACK, row).rowcount)

    def packs(self, before: str, most: int) -> list[Pack]:
        """Return at most `most` packs of the quarters before one, newest first. If it is empty, of all quarters."""
        return _read_packs(execute(self._connection, _PACKS, (before or _AFTER_ALL, most)).fetchall())

    def packs_of(self, first: str, last: str) -> list[Pack]:
        """Return the packs of the quarters from one to another, oldest first."""
        return _read_packs(execute(self._connection, _PACKS_OF, (first, last)).fetchall())


def _read_packs(rows: Sequence[Any]) -> list[Pack]:
    return [Pack(quarter, from_micros(at), sha256, bytes(content)) for quarter, at, sha256, content in rows]


def _within(versions: list[tuple[str, EvidenceFact]], reach: tuple[date, date]) -> list[tuple[str, EvidenceFact]]:
    days = (day for _, fact in versions for day in (fact.happened_on, fact.received_on, fact.shared_on))
    return versions if any(day is not None and reach[0] <= day <= reach[1] for day in days) else []


def _first_of_year(day: date, later: int = 0) -> str:
    """Return the first day of the contract year of a day, or of one some years later."""
    return date(contract_year(day) + later, 4, 1).isoformat()


def _recorded_at(fact: Fact) -> datetime:
    return fact.raised_at if isinstance(fact, ConcernFact) else fact.recorded_at


def _subject(fact: Fact) -> str:
    """Return what a fact shares with the others that a period needs beside it: the thing, or its session."""
    match fact:
        case DutyFact() | StepFact():
            return fact.duty_id
        case OwedFact():
            return fact.session_id or fact.duty_id
        case PapersFact() | SharedRecordFact():
            return fact.session_id
        case PromisedFact():
            return fact.support_id
        case ReviewAskedFact():
            return fact.session_id or fact.review_id
        case _:
            return ""


_DAYS: Mapping[type[Any], Callable[[Any], date | None]] = {
    TermFact: lambda fact: fact.ends_on,
    EndFact: lambda fact: fact.ended_on,
    AllocationFact: lambda fact: fact.from_on,
    NoReportFact: lambda fact: fact.on,
    SampleFact: lambda fact: fact.on,
    DutyFact: lambda fact: fact.due_on,
    ConcernFact: lambda fact: london_today(fact.raised_at.astimezone(UTC)),
    OwedFact: lambda fact: fact.due_on,
    PapersFact: lambda fact: fact.on,
    SharedRecordFact: lambda fact: fact.on,
    PlanReasonFact: lambda fact: fact.given_on,
    PromisedFact: lambda fact: fact.promised_on,
    ReviewAskedFact: lambda fact: fact.made_on,
}
"""The day by which a period finds a fact. One without a day is found by its subject, or always."""


def _day(fact: Fact) -> str:
    day = _DAYS[type(fact)](fact) if type(fact) in _DAYS else None
    return day.isoformat() if day else ""
