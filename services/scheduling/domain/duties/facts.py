"""What evidence says of records and plans, and of what is in them: facts, taken as they are and never refused.

The newest version of each holds. A fact that comes twice, late or out of order changes nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from services.scheduling.domain.duties.complaints import ComplaintFact
from services.scheduling.domain.duties.cover import AccessToReview, StandingLink
from services.scheduling.domain.duties.overlays import OverlayFact
from services.scheduling.domain.duties.samples import SampleFact
from services.scheduling.domain.duties.states import (
    ActionState,
    Ending,
    OwedBy,
    RecommendationState,
    RecordState,
    ReviewState,
    SupportState,
    ViewState,
)
from services.scheduling.domain.identifiers import ActionId, ConcernId, SafeguarderId, SessionId, SupportId
from services.scheduling.domain.obligations.clocks import Pause


@dataclass(frozen=True, slots=True)
class RecordFact:
    """The record of a session without words, once it was shared."""

    session_id: SessionId
    version: int
    state: RecordState
    edition: int
    """Which text of the record, from 1."""
    ending: Ending | None
    answer_due_on: date | None
    """The last day for the Safeguarder's answer, while one is awaited."""
    response_due_on: date | None
    """The last day for an answer to what is disputed, while one is awaited."""
    since_on: date
    """The day since which it stands so, as far as it is known."""

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"supportSessions/{self.session_id}/record"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.state, self.edition, self.answer_due_on, self.response_due_on


@dataclass(frozen=True, slots=True)
class DueDay:
    """A due day of an action, and the day on which it was set."""

    day: date
    set_on: date


@dataclass(frozen=True, slots=True)
class ActionFact:
    """An action without words."""

    action_id: ActionId
    version: int
    state: ActionState
    owner: OwedBy
    proposed_by: OwedBy
    answered: bool
    """The other side answered it, in whatever way."""
    need_ids: tuple[str, ...]
    """The needs that it answers."""
    concern_id: ConcernId | None
    """The concern that it answers."""
    opened_on: date | None
    due_on: date | None
    """The due day as it was last set. Standstills come on top."""
    answer_due_on: date | None
    """The last day for the other side's answer, while one is awaited."""
    since_on: date
    """The day since which it stands so, as far as it is known."""
    due_days: tuple[DueDay, ...] = ()
    """Each due day as it was set, the newest last. Empty if a release before did not say."""
    takes_a_place: bool = False
    """It takes the place of an earlier action. False if a release before did not say."""

    @property
    def is_open(self) -> bool:
        """True while it has no outcome, also if its owner says that it is done."""
        return self.state in {ActionState.OPEN, ActionState.COMPLETION_OFFERED}

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"actions/{self.action_id}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        # Its due day may move while an answer is awaited. One that is open again has a later day than before.
        return self.state, self.answer_due_on if self.state is ActionState.PROPOSED else self.due_on


@dataclass(frozen=True, slots=True)
class SupportFact:
    """A support without words."""

    support_id: SupportId
    version: int
    state: SupportState
    action_ids: tuple[str, ...]
    need_ids: tuple[str, ...]
    concern_ids: tuple[str, ...]
    answer_due_on: date | None
    """The last day for the Safeguarder's answer, while one is awaited."""
    first_promised_on: date | None
    """The day that the Team promised first. What hangs on the support stands still from the day after."""
    promised_on: date | None
    """The day that the Team promised last."""
    delivered_on: date | None
    since_on: date
    """The day since which it stands so, as far as it is known."""
    given_since_on: date | None = None
    """The day since which it stands as given. None while it does not, and if a release before did not say."""
    unavailable_on: date | None = None
    """The day from which the Team cannot provide it."""

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"supports/{self.support_id}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.state, self.answer_due_on, self.promised_on


@dataclass(frozen=True, slots=True)
class ViewFact:
    """The view of a concern without words."""

    concern_id: ConcernId
    version: int
    state: ViewState
    asked_on: date | None
    """The day on which the Safeguarder was asked last."""
    answer_due_on: date | None
    """The last day for the Safeguarder's view, while it is awaited."""
    since_on: date
    """The day since which it stands so, as far as it is known."""

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"views/{self.concern_id}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.state, self.answer_due_on


@dataclass(frozen=True, slots=True)
class ApproachFact:
    """A change of the approach to concerns without words."""

    change_id: str
    version: int
    applies: bool
    served_on: date
    acknowledged_on: date | None
    """The day on which the Safeguarder said that they have read it."""
    acknowledge_due_on: date | None
    """The last day to say so, while that is awaited."""
    since_on: date
    """The day since which it stands so, as far as it is known."""
    concern_ids: tuple[str, ...] = ()
    """The concerns that it is about. Empty if a release before kept none."""

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"approachChanges/{self.change_id}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.applies, self.acknowledged_on, self.acknowledge_due_on


@dataclass(frozen=True, slots=True)
class RecommendationFact:
    """A recommendation without words, once it was shared."""

    recommendation_id: str
    version: int
    state: RecommendationState
    for_next_term: bool
    """It is about a further term, and it does not ask for more time."""
    shared_on: date
    """The day on which it was shared last."""
    representations_due_on: date | None
    """The last day for the Safeguarder's words, while they are awaited."""
    answered: bool
    """They said something, or that they have nothing more to say."""
    since_on: date
    """The day since which it stands so, as far as it is known."""
    reviews_continuing: bool = False
    """It is about going on in the present term. One that asks for more time reviews it once Ministers decide on it."""

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"recommendations/{self.recommendation_id}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.state, self.shared_on, self.representations_due_on

    @property
    def is_shared(self) -> bool:
        """True while the Safeguarder sees it as it stands."""
        return self.state in (RecommendationState.SHARED, RecommendationState.APPROVED) or self.is_submitted

    @property
    def is_submitted(self) -> bool:
        """True once Ministers have it."""
        return self.state in (RecommendationState.SUBMITTED, RecommendationState.DECIDED)

    def reviews_continuing_since(self, day: date) -> bool:
        """Return whether Ministers have it as the review of continuing appointment of the year that begins on a day."""
        return self.reviews_continuing and self.is_submitted and self.shared_on >= day


@dataclass(frozen=True, slots=True)
class PlanFact:
    """The development plan of a term without words."""

    term: int
    version: int
    final: bool
    """A version of it is in force, or was."""
    reason_given: bool
    """Somebody said why it is not final."""
    since_on: date
    """The day since which it stands so, as far as it is known."""

    @property
    def about(self) -> str:
        """Its name under the Safeguarder, with its term."""
        return f"{PLAN}/{self.term}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.final, self.reason_given


@dataclass(frozen=True, slots=True)
class ReviewFact:
    """A review request without words. What hangs on its target stands still while it is open."""

    review_id: str
    version: int
    state: ReviewState
    target: str
    """Name under the Safeguarder of what it is about."""
    concern_ids: tuple[str, ...]
    """The concern that is its target, or those that rest on it."""
    made_on: date
    asked_on: date
    """The day on which it was recorded. What the Team owes is counted from there."""
    assign_due_on: date | None
    reviewer: str
    assigned_on: date | None
    decide_due_on: date | None
    ended_on: date | None
    since_on: date
    """The day since which it stands so, as far as it is known."""
    assigner: str = ""
    """Who finds a reviewer, since nobody did in time. Empty while any senior manager does."""
    upheld: bool = False

    @property
    def about(self) -> str:
        """Its name under the Safeguarder."""
        return f"reviewRequests/{self.review_id}"

    @property
    def stand(self) -> tuple[object, ...]:
        """How it stands. Two versions that stand alike are one stretch of days."""
        return self.state, self.reviewer


PLAN = "developmentPlan"
"""Name of a development plan under the Safeguarder, whatever its term."""
Fact = (
    RecordFact
    | ActionFact
    | SupportFact
    | ViewFact
    | ApproachFact
    | RecommendationFact
    | PlanFact
    | ReviewFact
    | OverlayFact
    | SampleFact
    | ComplaintFact
)
F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True)
class HeldSession:
    """A session that was held, by the London date of its start."""

    session_id: SessionId
    held_on: date


@dataclass(frozen=True, slots=True)
class PlannedTerm:
    """A term, and the days of the sessions in it by which its plan is due. Extra one-to-ones are none of them."""

    number: int
    starts_on: date
    ends_on: date
    sessions_on: tuple[date, ...] = ()
    """Of those that are to be held, and of those that were held since records of sessions are kept, earliest first."""
    had_others: bool = False
    """There were sessions before, of which nobody owes a record."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything from which one Safeguarder's duties are worked out."""

    safeguarder_id: SafeguarderId
    said: tuple[Fact, ...] = ()
    """The newest version of everything that evidence tells of, by what it is about."""
    held: tuple[HeldSession, ...] = ()
    """The sessions that owe a record."""
    away: tuple[Pause, ...] = ()
    """The days on which the Safeguarder is on leave or suspended."""
    ended_on: date | None = None
    """The last day of membership, once it has ended."""
    leaves_on: date | None = None
    """The last day of membership, if its end is recorded and lies ahead."""
    terms: tuple[PlannedTerm, ...] = ()
    support_manager: str = ""
    """The current one; empty for none."""
    links: tuple[StandingLink, ...] = ()
    accesses: tuple[AccessToReview, ...] = ()
    """The emergency accesses that nobody has reviewed yet."""

    def of(self, kind: type[F]) -> tuple[F, ...]:
        """Return the facts of one kind."""
        return tuple(fact for fact in self.said if isinstance(fact, kind))

    def about(self, name: str) -> Fact | None:
        """Return the fact with this name under the Safeguarder."""
        return next((fact for fact in self.said if fact.about == name), None)

    def is_over(self, day: date) -> bool:
        """Return whether membership ended before a day, or the last known term did. Nobody serves then."""
        serves_until = self.ended_on or max((term.ends_on for term in self.terms), default=day)
        return serves_until < day


def remember(known: Iterable[Fact], said: Fact) -> Fact:
    """Return what is known of the thing that a fact is about, once the fact is known too.

    The highest version holds. Its stretch of days begins with the first version that is known to stand alike.
    """
    before = next((fact for fact in known if fact.about == said.about), None)
    if before is None:
        return said
    newest = said if said.version > before.version else before
    if before.stand != said.stand:
        return newest
    return replace(newest, since_on=min(before.since_on, said.since_on))
