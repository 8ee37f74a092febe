"""An action of a development plan: what is to be done, by whom, by when, and what both sides say of it (R73, R78)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.calendar_days import london_today
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.standing import GivenTime, Timed


class ActionState(StrEnum):
    """Where an action stands."""

    PROPOSED = "proposed"
    OPEN = "open"
    COMPLETION_OFFERED = "completion_offered"
    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_POSSIBLE = "not_possible"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


OPEN = (ActionState.OPEN, ActionState.COMPLETION_OFFERED)
LIVE = (ActionState.PROPOSED, *OPEN)
"""States of an action that has not ended."""
OUTCOMES = (ActionState.MET, ActionState.PARTLY_MET, ActionState.NOT_MET, ActionState.NOT_POSSIBLE)
"""How an open action ends, as people say."""


class ActionKind(StrEnum):
    """What is to be done."""

    COMPLETE_MODULE = "complete_module"
    ATTEND_TRAINING = "attend_training"
    ATTEND_SESSION = "attend_session"
    WORK_WITH_MENTOR = "work_with_mentor"
    REPORTS_IN_TIME = "reports_in_time"
    REPORTS_TO_STANDARD = "reports_to_standard"
    CHANGE_PRACTICE = "change_practice"
    MAINTAIN_PRACTICE = "maintain_practice"
    REFLECT = "reflect"


class Purpose(StrEnum):
    """What an action is for (R74)."""

    IMPROVE = "improve"
    MAINTAIN = "maintain"


class Basis(StrEnum):
    """What an open action rests on."""

    AGREED = "agreed"
    PARTLY = "partly"
    SET = "set"


class ActionAnswer(StrEnum):
    """What the other side says to a proposed action."""

    AGREED = "agreed"
    PARTLY = "partly"
    NOT_AGREED = "not_agreed"


class DayReason(StrEnum):
    """Why a due day was set."""

    FIRST = "first"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class DueDay:
    """A due day of an action, as it was set."""

    day: date
    set_on: date
    set_by: str
    reason: DayReason
    words: str = ""
    moved_while_open: bool = False
    """True if the action was open already when it was set."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An action as somebody proposes it."""

    kind: ActionKind
    purpose: Purpose
    standard: str
    indicator: str
    aim: str
    measure: str
    owner: Side
    due_on: date
    needs: tuple[str, ...] = ()
    concern: str = ""
    too_short_because: str = ""
    replaces: str = ""
    """Id of the open action whose place it takes once it opens."""


@dataclass(frozen=True, slots=True)
class ReportedOpening:
    """How an action was opened before it is entered here (record 0.13)."""

    opened_on: date
    basis: Basis
    support_manager_words: str = ""
    safeguarder_words: str = ""


@dataclass(frozen=True, slots=True)
class SupportOwed:
    """A support that the Team owes for an action, or that the Safeguarder can still say they did not receive."""

    deny_until: date | None = None
    """The last day to deny it. None: it was not given."""


@dataclass(frozen=True, slots=True)
class Action:
    """One version of one action."""

    action_id: str
    safeguarder_id: str
    proposal: Proposal
    proposed_by: Side
    proposed_by_person: str
    created_at: datetime
    recorded_at: datetime
    due_days: tuple[DueDay, ...]
    answer_due_on: date | None
    version: int = 1
    state: ActionState = ActionState.PROPOSED
    basis: Basis | None = None
    answer: ActionAnswer | None = None
    """What the other side said; None while it said nothing."""
    support_manager_words: str = ""
    safeguarder_words: str = ""
    asked_on: date | None = None
    """The day on which the Safeguarder was asked, if they gave no words and it was set."""
    opened_on: date | None = None
    completion_words: str = ""
    completion_evidence: tuple[str, ...] = ()
    outcome_words: str = ""
    replaced_by: str = ""
    outcome_evidence: str = ""
    """Id of the item of evidence that its outcome made; empty if it made none."""

    @property
    def part_id(self) -> str:
        """Its id."""
        return self.action_id

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/actions/{self.action_id}"

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def reported(self) -> bool:
        """True if it was opened before it was entered here. No step against the Safeguarder rests on it."""
        return self.opened_on is not None and self.opened_on < london_today(self.created_at)

    @property
    def due_on(self) -> date:
        """The due day as it was last set."""
        return self.due_days[-1].day

    @property
    def is_live(self) -> bool:
        """True while it is proposed or open."""
        return self.state in LIVE

    def was_live_on(self, day: date) -> bool:
        """Return whether it is proposed or open, or has ended on that day or later. What was withdrawn is neither."""
        ended = self.state in (*OUTCOMES, ActionState.REPLACED)
        return self.is_live or (ended and london_today(self.recorded_at) >= day)

    @property
    def is_open(self) -> bool:
        """True while it is open, also if the Safeguarder says that it is done."""
        return self.state in OPEN

    @property
    def time(self) -> GivenTime:
        """The time until its due day as it was last set. Leave and suspension stop it once its owner has to do it."""
        return replace(self.time_it_had, is_theirs=self.is_open and self.time_it_had.is_theirs)

    @property
    def time_it_had(self) -> GivenTime:
        """The same time, also once it has ended: a leave in it may be recorded later.

        An escalation rests on a review that was held after it (P11).
        """
        *before, (first_on, last_on) = [(self._counted_from(day), day.day) for day in self.due_days]
        theirs = self.proposal.owner is Side.SAFEGUARDER
        what = (self.safeguarder_id, self.action_id, Timed.ACTION)
        return GivenTime(*what, first_on, last_on, theirs, tuple(before))

    def _counted_from(self, day: DueDay) -> date:
        """Return the first day that counts for a due day. A later one holds what moved the one before."""
        return min(max(self.opened_on or london_today(self.created_at), day.set_on), day.day)

    @property
    def time_to_answer(self) -> GivenTime | None:
        """The time of the other side to answer it, while an answer is awaited."""
        if self.answer_due_on is None:
            return None
        first_on = london_today(self.created_at) + timedelta(days=1)
        theirs = self.proposed_by is not Side.SAFEGUARDER
        return GivenTime(self.safeguarder_id, self.action_id, Timed.ANSWER_ACTION, first_on, self.answer_due_on, theirs)
