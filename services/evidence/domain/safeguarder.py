"""A Safeguarder and their terms on the Panel (Safeguarders Panel Regulations 2012, as amended 2016)."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from services.refusals import invalid, precondition

SafeguarderId = NewType("SafeguarderId", str)

FIRST_TERM_MONTHS = 36
"""Exactly three years (reg 7(1))."""
FURTHER_TERM_MONTHS = range(12, 37)
"""Between one and three years (reg 7(2))."""

PLAUSIBLE_PAST, PLAUSIBLE_FUTURE = timedelta(days=50 * 365), timedelta(days=10 * 365)
"""Ours, to catch a mistyped year before the clocks of other services are set by it."""

_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")


class State(StrEnum):
    """Where a person stands towards the Panel."""

    APPLICANT = "applicant"
    APPOINTED = "appointed"
    ENDED = "ended"


class DecisionKind(StrEnum):
    """What Scottish Ministers decided."""

    APPOINTED = "appointed"
    REAPPOINTED = "reappointed"
    ENDED = "ended"


class EndReason(StrEnum):
    """Why membership ended."""

    RESIGNED = "resigned"
    TERM_ENDED = "term_ended"
    NOT_REAPPOINTED = "not_reappointed"
    REMOVED = "removed"
    DISQUALIFIED = "disqualified"
    DIED = "died"


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The provision a lifecycle event rests on: a write without one is refused (R2)."""

    instrument: str
    provision: str
    version: str


@dataclass(frozen=True, slots=True)
class Term:
    """A period of membership, both days included."""

    number: int
    starts_on: date
    ends_on: date
    legal_basis: LegalBasis


@dataclass(frozen=True, slots=True)
class Safeguarder:
    """A person on, or applying to, the national Panel: one register, one stable id."""

    safeguarder_id: SafeguarderId
    display_name: str
    areas: tuple[str, ...]
    state: State
    terms: tuple[Term, ...]
    demo: bool
    created_at: datetime
    version: int = 1

    @property
    def appointed_on(self) -> date:
        """First day of the first term. Only for someone who has been appointed."""
        return self.terms[0].starts_on


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of Ministers, as recorded by someone who did not recommend it."""

    kind: DecisionKind
    effective_on: date
    legal_basis: LegalBasis
    recommended_by: str
    recorded_by: str
    recorded_at: datetime
    term_months: int = 0
    end_reason: EndReason | None = None


def check_id(safeguarder_id: str) -> SafeguarderId:
    """The id, if it has the form of one.

    Raises:
        Refusal: INVALID.
    """
    if not _ID.fullmatch(safeguarder_id):
        raise invalid(
            "SAFEGUARDER_ID_NOT_VALID",
            "A Safeguarder's id is 3 to 40 of a-z, 0-9 and hyphen, and never a name or panel number.",
            "safeguarder_id",
        )
    return SafeguarderId(safeguarder_id)


def register(
    safeguarder_id: SafeguarderId, display_name: str, areas: tuple[str, ...], demo: bool, now: datetime
) -> Safeguarder:
    """A new entry of the register, as an applicant.

    Raises:
        Refusal: INVALID without areas: areas served are data of the one register (R1).
    """
    if not areas:
        raise invalid("AREAS_MISSING", "Name at least one area the person serves.", "safeguarder.areas")
    return Safeguarder(safeguarder_id, display_name, tuple(sorted(set(areas))), State.APPLICANT, (), demo, now)


def months_later(day: date, months: int) -> date:
    """The same day of the month, or the last one where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def apply_decision(safeguarder: Safeguarder, decision: Decision) -> Safeguarder:
    """The entry after Ministers' decision.

    Raises:
        Refusal: INVALID or PRECONDITION, when the Regulations do not allow it.
    """
    if decision.recommended_by == decision.recorded_by:
        raise precondition(
            "RECOMMENDER_CANNOT_RECORD",
            "The decision must be recorded by someone other than the person who recommended it.",
            "recommended_by",
        )
    recorded_on = decision.recorded_at.date()
    if not recorded_on - PLAUSIBLE_PAST <= decision.effective_on <= recorded_on + PLAUSIBLE_FUTURE:
        raise invalid("DATE_NOT_PLAUSIBLE", "effective_date is decades away. Check the year.", "effective_date")
    if decision.kind is DecisionKind.ENDED:
        return _end(safeguarder, decision)
    if decision.kind is DecisionKind.APPOINTED:
        return _appoint(safeguarder, decision)
    return _reappoint(safeguarder, decision)


def _appoint(safeguarder: Safeguarder, decision: Decision) -> Safeguarder:
    if safeguarder.state is not State.APPLICANT:
        raise precondition("ALREADY_APPOINTED", "Only an applicant can be appointed. Record a reappointment.", "kind")
    if decision.term_months not in (0, FIRST_TERM_MONTHS):
        raise invalid("FIRST_TERM_IS_THREE_YEARS", "A first term is exactly three years (reg 7(1)).", "term_months")
    return _with_term(safeguarder, decision, FIRST_TERM_MONTHS)


def _reappoint(safeguarder: Safeguarder, decision: Decision) -> Safeguarder:
    if safeguarder.state is not State.APPOINTED:
        raise precondition("NOT_APPOINTED", "Only a serving Safeguarder can be reappointed.", "kind")
    if decision.term_months not in FURTHER_TERM_MONTHS:
        raise invalid("TERM_OUT_OF_RANGE", "A further term is 12 to 36 months (reg 7(2)).", "term_months")
    last = safeguarder.terms[-1]
    if decision.effective_on <= last.ends_on:
        raise invalid(
            "TERMS_OVERLAP",
            "A further term starts after the last one ends.",
            "effective_date",
            last_term_end=last.ends_on.isoformat(),
        )
    return _with_term(safeguarder, decision, decision.term_months)


def _with_term(safeguarder: Safeguarder, decision: Decision, months: int) -> Safeguarder:
    ends_on = months_later(decision.effective_on, months) - timedelta(days=1)
    term = Term(len(safeguarder.terms) + 1, decision.effective_on, ends_on, decision.legal_basis)
    return replace(
        safeguarder, state=State.APPOINTED, terms=(*safeguarder.terms, term), version=safeguarder.version + 1
    )


def _end(safeguarder: Safeguarder, decision: Decision) -> Safeguarder:
    if safeguarder.state is not State.APPOINTED:
        raise precondition("NOT_APPOINTED", "Only a serving Safeguarder's membership can end.", "kind")
    if decision.end_reason is None:
        raise invalid("END_REASON_MISSING", "Say why membership ended.", "end_reason")
    last = safeguarder.terms[-1]
    if not last.starts_on <= decision.effective_on <= last.ends_on:
        raise invalid(
            "END_OUTSIDE_TERM",
            "Membership ends within the current term.",
            "effective_date",
            term_start=last.starts_on.isoformat(),
            term_end=last.ends_on.isoformat(),
        )
    ended = replace(last, ends_on=decision.effective_on)
    return replace(
        safeguarder, state=State.ENDED, terms=(*safeguarder.terms[:-1], ended), version=safeguarder.version + 1
    )
