"""A notification: one message to one person, from intended to sent or failed (Q21, Q22, E12)."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from services.notifications.domain.ladder import OfficeHours


class State(StrEnum):
    """The state of a notification."""

    INTENDED = "intended"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"


FINAL_STATES = (State.SENT, State.FAILED)


class Channel(StrEnum):
    """The way in which a notification reaches the person."""

    EMAIL = "email"
    INBOX = "inbox"


class Subject(StrEnum):
    """What there is to read, where a message says so. It stands in the list of messages, never in an e-mail."""

    SAFETY_SAID = "safety_said"
    """Somebody who gave feedback says that they, or a child, are not safe."""
    SESSION_PAPERS = "session_papers"
    LATE_ITEM_OFFERED = "late_item_offered"
    """Shared too late for the papers of a session: the Safeguarder can admit it."""
    RECORD_TO_ANSWER = "record_to_answer"
    RECORD_DISPUTED = "record_disputed"
    RECORD_CONFIRMED = "record_confirmed"
    RECORD_CLOSED = "record_closed"
    """Closed without being confirmed: nothing is taken as agreed."""
    RECORD_DUE = "record_due"
    SUPPORT_TO_ANSWER = "support_to_answer"
    SUPPORT_ANSWERED = "support_answered"
    SUPPORT_ANSWER_ENTERED = "support_answer_entered"
    """Somebody else entered the Safeguarder's answer, or that they gave none."""
    SUPPORT_RECEIVED = "support_received"
    """Recorded as given: the Safeguarder is asked whether they received it."""
    SUPPORT_NOT_GIVEN = "support_not_given"
    SUPPORT_NOT_RECEIVED = "support_not_received"
    SUPPORT_DUE = "support_due"
    ACTION_TO_ANSWER = "action_to_answer"
    ACTION_ANSWERED = "action_answered"
    ACTION_SET = "action_set"
    ACTION_MOVED = "action_moved"
    """The day of an open action moved later."""
    ACTION_DUE = "action_due"
    ACTION_DONE = "action_done"
    """Its owner says that it is done."""
    ACTION_ENDED = "action_ended"
    ACTION_REVIEW_DUE = "action_review_due"
    """A talk about an action whose day has passed. It is no penalty."""
    ACTION_REVIEW_OPENED = "action_review_opened"
    """The Safeguarder is told that such a talk is to come."""
    ACTION_REVIEW_HELD = "action_review_held"
    ACTION_REVIEW_ANSWERED = "action_review_answered"
    """The Safeguarder said how they see it."""
    PLAN_TO_CONFIRM = "plan_to_confirm"
    """The other side has confirmed a development plan."""
    PLAN_IN_FORCE = "plan_in_force"
    PLAN_DUE = "plan_due"
    CALL_DUE = "call_due"
    VIEW_TO_GIVE = "view_to_give"
    VIEW_GIVEN = "view_given"
    VIEW_ENTERED = "view_entered"
    """Somebody else entered the Safeguarder's view, or that they gave none."""
    APPROACH_TO_READ = "approach_to_read"
    """The approach to a concern changes. The Safeguarder is asked to read it."""
    APPROACH_READ = "approach_read"
    APPROACH_ENDED = "approach_ended"
    READINESS_OPEN = "readiness_open"
    """The papers for reappointment are open to the Safeguarder."""
    RECOMMENDATION_TO_ANSWER = "recommendation_to_answer"
    """A recommendation about the person is shared with them. They can say what they think."""
    RECOMMENDATION_ANSWERED = "recommendation_answered"
    RECOMMENDATION_DUE = "recommendation_due"
    RECOMMENDATION_SUBMITTED = "recommendation_submitted"
    RECOMMENDATION_WITHDRAWN = "recommendation_withdrawn"
    RECOMMENDATION_DECIDED = "recommendation_decided"
    DECISION_DUE = "decision_due"
    """What Ministers decide has to be recorded: on a recommendation that was submitted, or because a term is over."""
    CORRECTION_TO_CONFIRM = "correction_to_confirm"
    """Somebody corrected the record of a decision, and a second person is needed."""
    DECISION_CORRECTED = "decision_corrected"
    REPLY_STANDS_STILL = "reply_stands_still"
    """The time to reply to something stands still, because of a leave, a suspension or a review."""
    REPLY_MOVED = "reply_moved"
    """The time to reply to something ends on another day, because of a leave, a suspension or a review."""
    ALLOCATION_DUE = "allocation_due"
    """A declared link keeps the support manager out, so another one is needed."""
    REVIEW_OPENED = "review_opened"
    """A review was asked for. Dates that hang on its target stand still."""
    REVIEW_NOT_ACCEPTED = "review_not_accepted"
    REVIEW_DECIDED = "review_decided"
    REVIEW_WITHDRAWN = "review_withdrawn"
    REVIEW_TO_ASSIGN = "review_to_assign"
    REVIEW_TO_DECIDE = "review_to_decide"
    SUSPENSION_IN_FORCE = "suspension_in_force"
    """A suspension is in force, and what is owed stands still. Or it was looked at and goes on."""
    SUSPENSION_OVER = "suspension_over"
    SUSPENSION_TO_REVIEW = "suspension_to_review"
    """A suspension is to be looked at again."""
    REVIEW_MOVED_UP = "review_moved_up"
    """A review waited for longer than its time, so somebody of a higher level takes it on."""
    LEAVE_TO_ANSWER = "leave_to_answer"
    LEAVE_ANSWERED = "leave_answered"
    """A leave was agreed to, or declined, or its last day is set."""
    SAMPLE_TO_DRAW = "sample_to_draw"
    """A report is to be drawn in a round of sampling."""
    REPORT_TO_OBTAIN = "report_to_obtain"
    REPORT_TO_READ = "report_to_read"
    """A sampled report is to be read, or given to a reader."""
    READINGS_TO_RECONCILE = "readings_to_reconcile"
    READING_TO_SHARE = "reading_to_share"
    COMPLAINT_DUE = "complaint_due"
    """A complaint is to be answered, or its request for stage 2 acknowledged."""
    FILE_OPENED = "file_opened"
    """Somebody opened a file in an emergency."""
    ACCESS_TO_REVIEW = "access_to_review"
    ACCESS_REVIEWED = "access_reviewed"


class Outcome(StrEnum):
    """The outcome of one try."""

    SENT = "sent"
    """The mail server took it."""
    NOT_SENT = "not_sent"
    """The mail server certainly did not take it. Trying again may help."""
    REFUSED = "refused"
    """The mail server refused it for good."""
    UNKNOWN = "unknown"
    """The mail server may have taken it."""


@dataclass(frozen=True, slots=True)
class Retries:
    """How often and how far apart a message is tried. Long pauses would delay messages for no reason (Q21)."""

    after: timedelta
    most: int
    group_for: timedelta = timedelta(0)
    """How long the first try waits for messages that join it."""
    office: OfficeHours | None = None
    """The hours in which e-mails go that are not urgent. None: they go at any hour."""

    @property
    def longest_wait(self) -> timedelta:
        """Return the longest time until a message is due. One due later was put off by a clock that stood wrong."""
        return max(self.after, self.group_for)

    def only_urgent(self, now: datetime) -> bool:
        """Return whether only urgent e-mails go at an instant, because the office is closed (X19)."""
        return self.office is not None and not self.office.is_open(now)

    def goes_from(self, created_at: datetime, *, urgent: bool) -> datetime:
        """Return the instant from which a message can go. Measures count from it: a closed office is no delay."""
        return created_at if urgent or self.office is None else self.office.open_from(created_at)


@dataclass(frozen=True, slots=True)
class Notification:
    """A message that there is something to read. Its e-mail says no more than that."""

    notification_id: str
    alert_id: str
    safeguarder_id: str
    recipient: str
    channel: Channel
    to_the_person: bool
    """Whether it goes to the Safeguarder concerned. Messages to staff wait until this one is sent or has failed."""
    urgent: bool
    """Whether it is about a matter of safety. It then waits neither for others nor for the Safeguarder's message."""
    created_at: datetime
    due_at: datetime
    state: State = State.INTENDED
    tries: int = 0
    reference: str = ""
    """Id of the e-mail, the same at every try. Notifications sent as one e-mail share it."""
    claimed_at: datetime | None = None
    claimed_by: str = ""
    """The copy of the service that is sending it, or empty."""
    sent_at: datetime | None = None
    possible_duplicate: bool = False
    answer_by_on: date | None = None
    """The day by which an answer is asked for, or None. What is asked is never in an e-mail."""
    subject: Subject | None = None
    """What there is to read. None for what an alert, a move of a concern or a reply is about."""
    session_on: date | None = None
    """The day of the session that it is about."""
    review_on: date | None = None
    """The day by which the suspension that it is about is looked at again."""


def claim(notification: Notification, reference: str, copy_name: str, now: datetime) -> Notification:
    """Claim a notification for a sender before anything is sent.

    The claim stays if the sender ends in between, so an unknown outcome never goes unnoticed.
    """
    tried = replace(notification, state=State.CLAIMED, tries=notification.tries + 1, reference=reference)
    return replace(tried, claimed_at=now, claimed_by=copy_name)


def after_try(notification: Notification, outcome: Outcome, now: datetime, retries: Retries) -> Notification:
    """Return the notification after a try: sent, failed for good, or due again."""
    unsure = notification.possible_duplicate or outcome is Outcome.UNKNOWN
    done = replace(notification, claimed_at=None, claimed_by="", possible_duplicate=unsure)
    if outcome is Outcome.SENT:
        return replace(done, state=State.SENT, sent_at=now)
    if outcome is Outcome.REFUSED or notification.tries >= retries.most:
        return replace(done, state=State.FAILED)
    return replace(done, state=State.INTENDED, due_at=now + retries.after)


def release_claim(notification: Notification, now: datetime, retries: Retries) -> Notification:
    """Release a claim without an outcome. It is due at once, and marked as possibly sent twice."""
    tried = after_try(notification, Outcome.UNKNOWN, now, retries)
    return replace(tried, due_at=now)
