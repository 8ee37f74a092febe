"""A recommendation of the Team about a person's membership (R85, R86, R89). Scottish Ministers decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.evidence.domain.plans.support import SupportKind
from services.evidence.domain.review_requests.request import OPEN, RequestState
from services.evidence.domain.review_requests.request import Decision as ReviewDecision
from services.evidence.domain.standing import GivenTime, Timed


class Kind(StrEnum):
    """What a recommendation is about."""

    APPOINTMENT = "appointment"
    CONTINUING = "continuing"
    REAPPOINTMENT = "reappointment"
    SUSPENSION = "suspension"
    END_SUSPENSION = "end_suspension"
    REMOVAL = "removal"


class Outcome(StrEnum):
    """What is recommended, and what Ministers decide."""

    RECOMMEND = "recommend"
    WITH_CONDITIONS = "with_conditions"
    MORE_TIME = "more_time"
    """It is neutral: what is held allows no informed view yet."""
    DO_NOT_RECOMMEND = "do_not_recommend"


class State(StrEnum):
    """Where a recommendation stands."""

    DRAFTED = "drafted"
    CHECKED = "checked"
    SHARED = "shared"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


BEFORE_SUBMISSION = (State.DRAFTED, State.CHECKED, State.SHARED, State.APPROVED)
AFTER_SUBMISSION = (State.SUBMITTED, State.DECIDED)


class What(StrEnum):
    """What a criterion asks."""

    CONDUCT = "conduct"
    APPOINTMENT_LETTER = "appointment_letter"
    PRACTICE_STANDARDS = "practice_standards"
    REPLIES_AND_REVIEWS = "replies_and_reviews"
    REAPPOINTMENT_TRAINING = "reappointment_training"
    TAKING_PART = "taking_part"
    NO_INFORMED_VIEW = "no_informed_view"
    LEGITIMATE_REASON = "legitimate_reason"
    TIME_WILL_DO = "time_will_do"
    NOTICE_STOOD = "notice_stood"
    ACTION_REVIEWED = "action_reviewed"
    SUPPORTS_COMPLETE = "supports_complete"
    MORE_THAN_ONE_SOURCE = "more_than_one_source"
    RAISED_IN_TIME = "raised_in_time"
    NOT_FIT = "not_fit"
    ESCALATED_OR_SAFETY = "escalated_or_safety"
    COMMITMENT_SIGNED = "commitment_signed"


class Answer(StrEnum):
    """How a criterion is answered."""

    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion with its answer, the names of what shows it, and why."""

    what: What
    answer: Answer
    names: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition: what is asked, how both sides know that it is met, by when, and with which support."""

    words: str
    measure: str
    due_on: date
    support: str
    support_kind: SupportKind
    standard: str


@dataclass(frozen=True, slots=True)
class MoreTime:
    """More time: until when, what is gathered in it, and where that comes from."""

    until: date
    what: str
    where_from: str


@dataclass(frozen=True, slots=True)
class Text:
    """What is recommended and why."""

    outcome: Outcome
    criteria: tuple[Criterion, ...] = ()
    conditions: tuple[Condition, ...] = ()
    more_time: MoreTime | None = None
    concerns: tuple[str, ...] = ()
    """Ids of the concerns that it is about."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of everything that it relies on, each once."""
        return tuple(dict.fromkeys(name for criterion in self.criteria for name in criterion.names))


class Section(StrEnum):
    """The parts of a pack, in their order."""

    EVIDENCE = "evidence"
    SESSION_RECORD = "session_record"
    STRENGTH = "strength"
    NEED = "need"
    ACTION = "action"
    SUPPORT = "support"
    ACTION_REVIEW = "action_review"
    APPROACH_CHANGE = "approach_change"
    VIEW = "view"


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a pack: a name, in one version."""

    section: Section
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class Pack:
    """A pack as both sides saw it. It holds names and versions, never copies."""

    entries: tuple[Entry, ...]
    hash: str
    frozen_at: datetime


@dataclass(frozen=True, slots=True)
class Representation:
    """What the person said of a recommendation, and what the second person answers."""

    words: str
    said_at: datetime
    answer: str = ""
    answered_by: str = ""
    after_submission: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What Ministers decided on a recommendation. `reasons`: needed if it is something else."""

    outcome: Outcome
    reasons: str
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Considered:
    """A review of something that a recommendation rests on, as it stood. It holds no words of anybody."""

    name: str
    state: RequestState
    decision: ReviewDecision | None = None

    @property
    def is_open(self) -> bool:
        """True while nothing ended it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class RecommendationNumbers:
    """Our numbers, from services/evidence/data/record.yaml, in calendar days."""

    readiness_days: int
    representation_days: int
    too_late_days: int
    late_training_days: int
    samples_a_year: int


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One version of one recommendation."""

    recommendation_id: str
    safeguarder_id: str
    kind: Kind
    text: Text
    drafters: tuple[str, ...]
    """Everybody who drafted any version of the text, the last one last. None of them is the second person."""
    created_at: datetime
    recorded_at: datetime
    version: int = 1
    state: State = State.DRAFTED
    checked_by: str = ""
    approved_by: str = ""
    submitted_by: str = ""
    shared_on: date | None = None
    representations_due_on: date | None = None
    """The last day for representations, before any time away."""
    pack: Pack | None = None
    """The pack that was shared last. None while the text is drafted again."""
    representations: tuple[Representation, ...] = ()
    nothing_more: bool = False
    withdrawn_because: str = ""
    decided: Decided | None = None
    open_reviews: tuple[str, ...] = ()
    """Names of the reviews of what it rests on that were open as it was submitted."""
    reviews: tuple[Considered, ...] = ()
    """The reviews of what it rests on, as they stood when it was shared or submitted last."""
    criteria_version: int = 0
    """The version of the list of criteria that it was checked against. 0: while it is drafted, or a release before."""

    @property
    def name(self) -> str:
        """Return its resource name."""
        return f"safeguarders/{self.safeguarder_id}/recommendations/{self.recommendation_id}"

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def was_shared(self) -> bool:
        """True once the person has seen any version of it."""
        return self.shared_on is not None

    @property
    def is_shown(self) -> bool:
        """True if the person sees this version: it was shared, and no new text is being drafted."""
        return self.was_shared and self.state not in (State.DRAFTED, State.CHECKED)

    @property
    def is_awaited(self) -> bool:
        """True while the person is asked for representations."""
        return self.state is State.SHARED and not self.nothing_more

    @property
    def time(self) -> GivenTime | None:
        """The person's time for representations. None while none was given."""
        if self.shared_on is None or self.representations_due_on is None:
            return None
        what = (self.safeguarder_id, self.recommendation_id, Timed.REPRESENTATIONS)
        return GivenTime(*what, self.shared_on + timedelta(days=1), self.representations_due_on)

    def unanswered(self) -> Iterator[Representation]:
        """Yield the representations that nobody has answered. What came after submission is sent on instead."""
        return (each for each in self.representations if not each.answer and not each.after_submission)
