"""The development plan of a term, version by version (R106).

A side's confirmation makes a version. Once the other side has confirmed the same one, it is in force. Silence is never
agreement: a version that comes into force without an answer says so for good.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from services.calendar_days import london_today
from services.evidence.domain.plans.contents import Contents, Reasons, Term
from services.evidence.domain.plans.plan import Plan
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.standing import GivenTime, Standing


class VersionState(StrEnum):
    """Where a version of a plan stands. It is worked out, and never stored."""

    AWAITED = "awaited"
    IN_FORCE = "in_force"
    OVERTAKEN = "overtaken"
    REPLACED = "replaced"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A confirmation of a version: by whom, and when."""

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version of a plan, with who has confirmed it. What it holds never changes."""

    number: int
    """From 1. It rises through all terms."""
    term: Term
    contents: Contents
    support_manager: Confirmed | None = None
    safeguarder: Confirmed | None = None
    """The Safeguarder's own word. Nobody gives it for them."""
    answer_due_on: date | None = None
    """The last day for the Safeguarder's answer, while it is awaited, before any time away."""
    in_force_at: datetime | None = None

    def confirmed_by(self, side: Side) -> Confirmed | None:
        """Return how a side confirmed it; None while it has not."""
        return self.safeguarder if side is Side.SAFEGUARDER else self.support_manager

    @property
    def awaited(self) -> Side | None:
        """The side whose confirmation is awaited; None once it is in force."""
        if self.in_force_at is not None:
            return None
        return Side.SAFEGUARDER if self.safeguarder is None else Side.SUPPORT_MANAGER

    @property
    def confirmed_last_by(self) -> Side:
        """The side that confirmed it last."""
        if self.safeguarder is None:
            return Side.SUPPORT_MANAGER
        theirs = self.support_manager is None or self.support_manager.at <= self.safeguarder.at
        return Side.SAFEGUARDER if theirs else Side.SUPPORT_MANAGER

    @property
    def without_answer(self) -> bool:
        """True if it came into force although the Safeguarder gave no answer, and they still have given none."""
        return self.in_force_at is not None and self.safeguarder is None


@dataclass(frozen=True, slots=True)
class TermPlan:
    """How the plan of one term stands after a change. Every change is kept."""

    safeguarder_id: str
    term: Term
    recorded_at: datetime
    version: int = 0
    """Rises with every change."""
    reasons: Reasons = Reasons()
    newest: PlanVersion | None = None
    """The newest version that a side has confirmed."""
    is_final: bool = False
    """True once a version of this term has been in force."""

    @property
    def lets_records_go(self) -> bool:
        """True if it is final, or somebody said why it is not."""
        return self.is_final or bool(self.reasons.not_final_because)

    @property
    def time_to_answer(self) -> GivenTime | None:
        """The Safeguarder's time to confirm the newest version, while their answer is awaited. It is no duty."""
        newest = self.newest
        if newest is None or newest.answer_due_on is None or newest.support_manager is None:
            return None
        first_on = london_today(newest.support_manager.at) + timedelta(days=1)
        about = f"{self.safeguarder_id}/{newest.number}"
        return GivenTime(self.safeguarder_id, about, None, first_on, newest.answer_due_on)


@dataclass(frozen=True, slots=True)
class History:
    """Every version of a person's plan, as each stands, and the plan of the term that counts now."""

    plans: tuple[TermPlan, ...]
    """Every change, the oldest first."""

    def of(self, term: Term) -> TermPlan | None:
        """Return the plan of a term as it stands; None if nobody has said anything about it."""
        return next((plan for plan in reversed(self.plans) if plan.term.number == term.number), None)

    @property
    def versions(self) -> list[PlanVersion]:
        """Every version as it stands, the newest first."""
        known = {plan.newest.number: plan.newest for plan in self.plans if plan.newest}
        return [known[number] for number in sorted(known, reverse=True)]

    @property
    def last_number(self) -> int:
        """The number of the newest version; 0 without one."""
        return max((version.number for version in self.versions), default=0)

    def in_force(self, term: Term | None) -> PlanVersion | None:
        """Return the version of a term that is in force."""
        return next((each for each in self.versions if each.in_force_at and _is_of(each, term)), None)

    def in_force_at(self, instant: datetime, term: Term | None = None) -> PlanVersion | None:
        """Return the version that was in force at an instant, of one term or of any; None if none was yet."""
        begun = (each for each in self.versions if each.in_force_at is not None and each.in_force_at <= instant)
        return next((each for each in begun if term is None or _is_of(each, term)), None)

    def state_of(self, version: PlanVersion, term: Term | None, now: Contents | None) -> VersionState:
        """Return where a version stands. `now`: what the plan holds today; `term`: the term that counts today."""
        if not _is_of(version, term):
            return VersionState.CLOSED
        if version.in_force_at is not None:
            return VersionState.IN_FORCE if version == self.in_force(term) else VersionState.REPLACED
        is_newest = version.number == self.last_number
        same = now is not None and now.hash == version.contents.hash
        return VersionState.AWAITED if is_newest and same else VersionState.OVERTAKEN


class ShownVersion(NamedTuple):
    """A version, where it stands, and how the Safeguarder's time to answer stands while they are awaited."""

    safeguarder_id: str
    version: PlanVersion
    state: VersionState
    answering: Standing | None


@dataclass(frozen=True, slots=True)
class WholePlan:
    """A plan as people read it: its parts, and which versions of it there are."""

    plan: Plan
    term: Term
    contents: Contents
    not_final_because: str = ""
    missing: tuple[str, ...] = ()
    in_force: ShownVersion | None = None
    awaited: ShownVersion | None = None
    shown: ShownVersion | None = None
    """The version that was asked for. None for the plan as it stands."""

    @property
    def is_in_force(self) -> bool:
        """True if the plan as it stands is the version that is in force."""
        return self.in_force is not None and self.in_force.version.contents.hash == self.contents.hash


def _is_of(version: PlanVersion, term: Term | None) -> bool:
    return term is not None and version.term.number == term.number


def history_of(plans: Iterable[TermPlan]) -> History:
    """Return the history of a plan from its changes, in whatever order they come."""
    return History(tuple(sorted(plans, key=lambda plan: (plan.term.number, plan.version))))


def may_be_shared(plans: Sequence[TermPlan], term: int) -> bool:
    """Return whether records of a term may be shared: its plan, or that of a later term, is final or says why not."""
    return any(plan.lets_records_go for plan in plans if plan.term.number >= term)
