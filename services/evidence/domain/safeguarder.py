"""Safeguarders and their terms on the Panel (Safeguarders Panel Regulations 2012, as amended 2016)."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NewType

from services.calendar_days import last_day
from services.refusals import Refusal, invalid, not_found, precondition
from services.who import Who

SafeguarderId = NewType("SafeguarderId", str)

FIRST_TERM_MONTHS = 36
"""Exactly three years (reg 7(1))."""
FURTHER_TERM_MONTHS = range(12, 37)
"""Between one and three years (reg 7(2))."""

PLAUSIBLE_PAST, PLAUSIBLE_FUTURE = timedelta(days=50 * 365), timedelta(days=10 * 365)
"""Limits of ours that catch a mistyped year. Other services would otherwise set their clocks by it."""

_NUMBER = re.compile(r"[A-Z0-9](?:[A-Z0-9/-]{0,38}[A-Z0-9])?")
_ID = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]")


class State(StrEnum):
    """What Ministers decided last about a person's membership. Whether they serve on a day, their terms tell."""

    APPLICANT = "applicant"
    APPOINTED = "appointed"
    ENDED = "ended"


class DecisionKind(StrEnum):
    """The kind of decision that Scottish Ministers made."""

    APPOINTED = "appointed"
    REAPPOINTED = "reappointed"
    ENDED = "ended"
    CONTINUING = "continuing"
    """What was decided at a review of continuing appointment. The membership stays as it is."""


class EndReason(StrEnum):
    """The reason why membership ended."""

    RESIGNED = "resigned"
    TERM_ENDED = "term_ended"
    NOT_REAPPOINTED = "not_reappointed"
    REMOVED = "removed"
    DISQUALIFIED = "disqualified"
    DIED = "died"


AT_THE_END_OF_A_TERM = (EndReason.TERM_ENDED, EndReason.NOT_REAPPOINTED)
"""Reasons that end membership on the last day of a term. Earlier, they would be a removal by another name (P21)."""
_NOT_RECOMMENDED = (EndReason.RESIGNED, EndReason.TERM_ENDED, EndReason.DISQUALIFIED, EndReason.DIED)


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The legal provision for a decision. A decision without one is refused (R2)."""

    instrument: str
    provision: str
    version: str


@dataclass(frozen=True, slots=True)
class Term:
    """A period of membership. Both days belong to it."""

    number: int
    starts_on: date
    ends_on: date
    legal_basis: LegalBasis
    after_leaving: bool | None = None
    """Somebody who had left came back with it. None if a release before stored it, which did not say."""


@dataclass(frozen=True, slots=True)
class Safeguarder:
    """A person on the national Panel or applying to it. There is one register, and an id never changes."""

    safeguarder_id: SafeguarderId
    display_name: str
    areas: tuple[str, ...]
    state: State
    terms: tuple[Term, ...]
    demo: bool
    created_at: datetime
    version: int = 1
    panel_number: str = ""
    """The number by which the Panel and other bodies know the person. Empty until it is known."""

    @property
    def appointed_on(self) -> date:
        """The first day of the first term. An applicant has none, so this fails for an applicant."""
        return self.terms[0].starts_on

    def serves_on(self, day: date) -> bool:
        """Tell whether the person is a member of the Panel on a day: it lies in one of the terms."""
        return any(term.starts_on <= day <= term.ends_on for term in self.terms)

    def serves_since(self, day: date) -> date | None:
        """Return the first day of the membership that a person has on a day. None if they do not serve on it.

        A further period goes on from the one before, also if Ministers decided late and days lie between the two. Only
        somebody who left, and was appointed again, has another first day.
        """
        begun = [term for term in self.terms if term.starts_on <= day]
        if not begun or begun[-1].ends_on < day:
            return None
        since = begun.pop()
        while begun and not _comes_back(since, begun[-1]):
            since = begun.pop()
        return since.starts_on

    @property
    def last_term(self) -> Term | None:
        """The latest term that Ministers decided, also if it is still to come. None for an applicant."""
        return self.terms[-1] if self.terms else None

    def leaves_on(self, today: date) -> date | None:
        """Return the last day of a membership whose end is recorded and lies after today. None of any other.

        The person is a member until then. An end that others heard of before would stop everything too early.
        """
        last = self.last_term
        return last.ends_on if last and self.state is State.ENDED and last.ends_on > today else None

    def term_begun_by(self, day: date) -> Term | None:
        """Return the latest term that has begun by a day, also if it is over. None before the first one."""
        return next((term for term in reversed(self.terms) if term.starts_on <= day), None)


def _comes_back(term: Term, before: Term) -> bool:
    """Return whether somebody who had left came back with a term. An earlier release shows it by the days between."""
    if term.after_leaving is not None:
        return term.after_leaving
    return before.ends_on < term.starts_on - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision of Ministers. The person who records it must not be the one who recommended it."""

    kind: DecisionKind
    effective_on: date
    legal_basis: LegalBasis
    recommended_by: str
    recorded_by: str
    recorded_at: datetime
    term_months: int = 0
    end_reason: EndReason | None = None
    recommendation: str = ""
    """Id of the concern with the Team's recommendation that the decision follows; empty if it names none."""
    recommendation_id: str = ""
    """Id of the recommendation in the record that the decision follows; empty if it names none."""
    pack_hash: str = ""
    """The hash of the pack that both sides saw."""
    decided_as: str = ""
    """What was decided on the recommendation, in the word of its outcome. Empty: as it was recommended."""
    reasons: str = ""
    """Why it is something else than was recommended."""
    criteria_version: int = 0
    """The version of the list of criteria of the recommendation that it follows. 0: none, or a release before."""

    @property
    def rests_on_the_law_alone(self) -> bool:
        """True for an end that nobody recommends: the person resigned or died, the term is over, the law bars them."""
        return self.end_reason in _NOT_RECOMMENDED


def check_id(safeguarder_id: str) -> SafeguarderId:
    """Return the id if it is well-formed, or refuse SAFEGUARDER_ID_NOT_VALID."""
    if not _ID.fullmatch(safeguarder_id):
        raise invalid(
            "SAFEGUARDER_ID_NOT_VALID",
            "A Safeguarder's id has 3 to 40 characters a-z, 0-9 and hyphen. It must not be a name or a panel number.",
            "safeguarder_id",
        )
    return SafeguarderId(safeguarder_id)


def normal_number(number: str) -> str:
    """Return a panel number as it is kept and compared."""
    return number.strip().upper()


def check_number(number: str) -> str:
    """Return a panel number as it is kept, or refuse PANEL_NUMBER_NOT_VALID."""
    kept = normal_number(number)
    if not _NUMBER.fullmatch(kept):
        message = "A panel number has 1 to 40 letters A-Z, digits, hyphens and slashes. It must not be a name."
        raise invalid("PANEL_NUMBER_NOT_VALID", message, "panel_number")
    return kept


def register(
    safeguarder_id: SafeguarderId, display_name: str, areas: tuple[str, ...], demo: bool, now: datetime
) -> Safeguarder:
    """Return a new entry of the register, as an applicant.

    Raises:
        Refusal: AREAS_MISSING, because the areas served are part of the one national register (R1).
    """
    if not areas:
        raise invalid("AREAS_MISSING", "Name at least one area that the person serves.", "safeguarder.areas")
    return Safeguarder(safeguarder_id, display_name, tuple(sorted(set(areas))), State.APPLICANT, (), demo, now)


def apply_decision(safeguarder: Safeguarder, decision: Decision, by: Who) -> Safeguarder:
    """Return the entry after a decision of Ministers. `by`: who records it.

    Raises:
        Refusal: FIELD_MISSING without anybody who recommended it; INVALID or PRECONDITION if the Regulations do not
            allow the decision.
    """
    if not (decision.recommended_by or decision.rests_on_the_law_alone):
        message = "Name the recommendation that the decision follows, or who recommended it."
        raise invalid("FIELD_MISSING", message, "recommended_by")
    if by.is_any_of([decision.recommended_by]):
        raise precondition(
            "RECOMMENDER_CANNOT_RECORD",
            "The person recording the decision must not be the person who recommended it.",
            "recommended_by",
        )
    # The limits are in years, so it makes no difference that this is the date in UTC.
    recorded_on = decision.recorded_at.date()
    if not recorded_on - PLAUSIBLE_PAST <= decision.effective_on <= recorded_on + PLAUSIBLE_FUTURE:
        raise invalid("DATE_NOT_PLAUSIBLE", "effective_date is decades away. Check the year.", "effective_date")
    return apply_recorded(safeguarder, decision)


def apply_recorded(safeguarder: Safeguarder, decision: Decision) -> Safeguarder:
    """Return the entry after a decision that was recorded before. Who recorded it, and when, was checked then.

    Raises:
        Refusal: INVALID or PRECONDITION if the Regulations do not allow it after the decisions before it.
    """
    if decision.kind is DecisionKind.ENDED:
        return _end(safeguarder, decision)
    if decision.kind is DecisionKind.APPOINTED:
        return _appoint(safeguarder, decision)
    if decision.kind is DecisionKind.CONTINUING:
        return _continue(safeguarder, decision)
    return _reappoint(safeguarder, decision)


def as_applicant(safeguarder: Safeguarder) -> Safeguarder:
    """Return an entry as it was before the first decision, with what is known of the person today."""
    return replace(safeguarder, state=State.APPLICANT, terms=())


def _appoint(safeguarder: Safeguarder, decision: Decision) -> Safeguarder:
    """Return the entry with a first term. Somebody who left the Panel comes back like an applicant (reg 7(1))."""
    if safeguarder.state is State.APPOINTED:
        message = "Only an applicant, or somebody who left the Panel, can be appointed. Record a reappointment instead."
        raise precondition("ALREADY_APPOINTED", message, "kind")
    _check_after_the_last(safeguarder, decision)
    if decision.term_months not in (0, FIRST_TERM_MONTHS):
        raise invalid("FIRST_TERM_IS_THREE_YEARS", "A first term is exactly three years (reg 7(1)).", "term_months")
    return _with_term(safeguarder, decision, FIRST_TERM_MONTHS, after_leaving=bool(safeguarder.terms))


def _reappoint(safeguarder: Safeguarder, decision: Decision) -> Safeguarder:
    if safeguarder.state is not State.APPOINTED:
        message = "Only a serving Safeguarder can be reappointed. Somebody who left the Panel is appointed again."
        raise precondition("NOT_APPOINTED", message, "kind")
    if decision.term_months not in FURTHER_TERM_MONTHS:
        raise invalid("TERM_OUT_OF_RANGE", "A further term is 12 to 36 months (reg 7(2)).", "term_months")
    _check_after_the_last(safeguarder, decision)
    return _with_term(safeguarder, decision, decision.term_months, after_leaving=False)


def _check_after_the_last(safeguarder: Safeguarder, decision: Decision) -> None:
    last = safeguarder.last_term
    if last is not None and decision.effective_on <= last.ends_on:
        raise invalid(
            "TERMS_OVERLAP",
            "A further term must start after the last one ends.",
            "effective_date",
            last_term_end=last.ends_on.isoformat(),
        )


def _with_term(safeguarder: Safeguarder, decision: Decision, months: int, *, after_leaving: bool) -> Safeguarder:
    ends_on = last_day(decision.effective_on, months)
    term = Term(len(safeguarder.terms) + 1, decision.effective_on, ends_on, decision.legal_basis, after_leaving)
    return replace(
        safeguarder, state=State.APPOINTED, terms=(*safeguarder.terms, term), version=safeguarder.version + 1
    )


def _continue(safeguarder: Safeguarder, decision: Decision) -> Safeguarder:
    """Return the entry with the same membership. Whatever was decided, only another decision ends it (P21)."""
    if not decision.recommendation_id:
        message = "A decision on continuing answers a recommendation of the record. Name it, and the hash of its pack."
        raise invalid("RECOMMENDATION_NEEDED", message, "recommendation")
    if not safeguarder.serves_on(decision.effective_on):
        raise precondition("NOT_APPOINTED", "The person does not serve on that day.", "effective_date")
    return replace(safeguarder, version=safeguarder.version + 1)


def _end(safeguarder: Safeguarder, decision: Decision) -> Safeguarder:
    if safeguarder.state is not State.APPOINTED:
        raise precondition("NOT_APPOINTED", "Only the membership of a serving Safeguarder can end.", "kind")
    if decision.end_reason is None:
        raise invalid("END_REASON_MISSING", "Say why membership ended.", "end_reason")
    last = safeguarder.terms[-1]
    if not last.starts_on <= decision.effective_on <= last.ends_on:
        raise invalid(
            "END_OUTSIDE_TERM",
            "Membership must end within the current term.",
            "effective_date",
            term_start=last.starts_on.isoformat(),
            term_end=last.ends_on.isoformat(),
        )
    if decision.end_reason in AT_THE_END_OF_A_TERM and decision.effective_on != last.ends_on:
        message = (
            "This reason ends membership on the last day of the term, and no earlier. To end it within the term, give "
            "the reason why."
        )
        raise invalid("NOT_END_OF_TERM", message, "effective_date", term_end=last.ends_on.isoformat())
    ended = replace(last, ends_on=decision.effective_on)
    return replace(
        safeguarder, state=State.ENDED, terms=(*safeguarder.terms[:-1], ended), version=safeguarder.version + 1
    )


def entered(entry: Safeguarder | None, field: str = "parent") -> Safeguarder:
    """Return an entry that was looked up. Refuse SAFEGUARDER_NOT_FOUND if there is none."""
    if entry is None:
        raise not_entered(field)
    return entry


def not_entered(field: str = "parent") -> Refusal:
    """Return the refusal for an id that is not on the register."""
    return not_found("SAFEGUARDER_NOT_FOUND", "No Safeguarder with this id is on the register.", field)


def check_serves(entry: Safeguarder, day: date) -> None:
    """Refuse NOT_APPOINTED if a person does not serve on the first day of something."""
    if not entry.serves_on(day):
        raise precondition("NOT_APPOINTED", "The person does not serve on that day.", "start_date")
