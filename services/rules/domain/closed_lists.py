"""Every closed list of the contract and of the rule files. No other file adds a word to one."""

from enum import StrEnum


class Kind(StrEnum):
    """The kinds of evidence (Framework, "What are the sources of information on performance?")."""

    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
    COMMENDATION = "commendation"
    REPORT_SAMPLE_REVIEW = "report_sample_review"
    TRAINING_ASSESSMENT = "training_assessment"
    SELF_ASSESSMENT = "self_assessment"
    OBSERVATION = "observation"
    SCRA_TIMELINESS = "scra_timeliness"
    ATTENDANCE = "attendance"
    ACTION_OUTCOME = "action_outcome"


DERIVED = frozenset({Kind.ACTION_OUTCOME})
"""Kinds that rest on other evidence. Only a measure that names one reads it, and no guard counts it as another item or
another type of source. Otherwise one complaint would become two voices."""
GATHERED = tuple(kind for kind in Kind if kind not in DERIVED)
"""Kinds that come from a source. KPIs count only these."""


class Source(StrEnum):
    """The types of source of evidence (SSI 2012/54 reg 11(5)(d) and the Framework), never a named person."""

    CHILD = "child"
    PARENT_OR_CARER = "parent_or_carer"
    RELEVANT_PERSON = "relevant_person"
    PANEL_MEMBER = "panel_member"
    REPORTER = "reporter"
    LOCAL_AUTHORITY = "local_authority"
    SHERIFF = "sheriff"
    PANEL_TEAM = "panel_team"
    TRAINING_PROVIDER = "training_provider"
    SELF = "self"
    SCRA = "scra"


class Aspect(StrEnum):
    """What an item is about: practice in the role, or conduct (Framework, "What performance is being monitored?")."""

    PRACTICE = "practice"
    CONDUCT = "conduct"


class Setting(StrEnum):
    """Where it happened: in an appointment for a child, or in the work of the Panel."""

    APPOINTMENT = "appointment"
    PANEL = "panel"


class EvidenceClass(StrEnum):
    """The classes of evidence, which decide how far an item can count."""

    STANDARD = "standard"
    DEVELOPMENTAL = "developmental"
    EXPLORATORY = "exploratory"
    SAFETY = "safety"
    HELP_SEEKING = "help_seeking"
    UNVERIFIED = "unverified"


class Polarity(StrEnum):
    """What an item says of an indicator."""

    PRAISE = "praise"
    NEUTRAL = "neutral"
    CONCERN = "concern"


class ComplaintOutcome(StrEnum):
    """The outcomes of a complaint."""

    PENDING = "pending"
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class ItemStatus(StrEnum):
    """The states of a version of an item. Only the current version counts."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Lane(StrEnum):
    """What a concern is for. It is never a judgement of a person. `data_gap` is a task for the Team."""

    SUPPORT_NEED = "support_need"
    ESCALATION = "escalation"
    REAPPOINTMENT_RISK = "reappointment_risk"
    SAFETY = "safety"
    EXCELLENCE = "excellence"
    DATA_GAP = "data_gap"


class Scope(StrEnum):
    """What a rule is asked about: once for the person, or once for each standard or indicator."""

    PERSON = "person"
    STANDARD = "standard"
    INDICATOR = "indicator"


class RuleStatus(StrEnum):
    """The states of a rule. Only live rules raise concerns. Rules on trial are asked too, and nobody is told."""

    DRAFT = "draft"
    TRIAL = "trial"
    LIVE = "live"
    RETIRED = "retired"


class Tell(StrEnum):
    """The roles that can be told of a concern."""

    SUPPORT_MANAGER = "support_manager"
    SENIOR_MANAGER = "senior_manager"
    PANEL_TEAM = "panel_team"


class Counts(StrEnum):
    """What a measure can count. The result is a whole number, or unknown."""

    ITEMS = "items"
    SOURCE_TYPES = "source_types"
    DAYS_BETWEEN_FIRST_AND_LAST = "days_between_first_and_last"
    KINDS_MISSING = "kinds_missing"
    CONCERNS_RAISED = "concerns_raised"
    DAYS_SINCE_APPOINTED = "days_since_appointed"
    DAYS_TO_TERM_END = "days_to_term_end"
    TEAM_DUTIES_OVERDUE = "team_duties_overdue"


class TeamDutyKind(StrEnum):
    """What the Team, a support manager or a reader may owe. A Safeguarder's own has no word: no rule reads it."""

    SHARE_RECORD = "share_record"
    RESPOND_TO_DISPUTE = "respond_to_dispute"
    ANSWER_ACTION = "answer_action"
    DELIVER_SUPPORT = "deliver_support"
    ACTION = "action"
    LOOK_AT_COMPLETION = "look_at_completion"
    REVIEW_ACTION = "review_action"
    FINALISE_PLAN = "finalise_plan"
    DRAW_SAMPLE = "draw_sample"
    OBTAIN_REPORT = "obtain_report"
    READ_REPORT = "read_report"
    SECOND_READING = "second_reading"
    RECONCILE_READINGS = "reconcile_readings"
    SHARE_READING = "share_reading"
    SHARE_RECOMMENDATION = "share_recommendation"
    SUBMIT_RECOMMENDATION = "submit_recommendation"


class Answer(StrEnum):
    """The answers of a rule: raised, clear or unknown, beside two that would be raised but are not yet.

    `watching` means that the condition has not held for long enough. `held_back` means that a guard of the Framework
    blocks it.
    """

    RAISED = "raised"
    WATCHING = "watching"
    CLEAR = "clear"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    HELD_BACK = "held_back"


class HeldBack(StrEnum):
    """Why a guard blocks a concern, in words that users see."""

    ONE_ITEM = "one item of evidence only"
    ONE_SOURCE_TYPE = "evidence from one type of source only"
    REVIEW_OPEN = "a review is open of evidence that it rests on"
    SUSPENDED = "the Safeguarder is suspended"


class NotCounted(StrEnum):
    """Why an item does not count. Each item has one reason.

    `not_understood` means that it holds a word of a later release, so what it says is unknown here.
    """

    NOT_UNDERSTOOD = "not_understood"
    HELP_SEEKING = "help_seeking"
    DEVELOPMENTAL = "developmental"
    UNVERIFIED = "unverified"
    COMPLAINT_PENDING = "complaint_pending"
    COMPLAINT_NOT_UPHELD = "complaint_not_upheld"
    COMPLAINT_RESOLVED = "complaint_resolved"
    COMPLAINT_WITHDRAWN = "complaint_withdrawn"
    UNMAPPED = "unmapped"
    NOT_SHARED = "not_shared"
    IN_REPLY_TIME = "in_reply_time"
    EXPLORATORY = "exploratory"
    PRACTICE_UNCLEAR = "practice_unclear"
    NOT_SAID = "not_said"
    OUT_OF_WINDOW = "out_of_window"


class State(StrEnum):
    """The states of a concern."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    IN_SUPPORT = "in_support"
    REQUIRED_ACTION = "required_action"
    ACTION_REVIEW = "action_review"
    ESCALATED = "escalated"
    RECOMMENDATION = "recommendation"
    HELD = "held"
    REOPENED = "reopened"
    ACKNOWLEDGED_IN_SESSION = "acknowledged_in_session"
    INVITED_TO_SHARE = "invited_to_share"
    SHARED = "shared"
    DECLINED = "declined"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    MERGED = "merged"


class SupportKind(StrEnum):
    """The kinds of support that can be offered (R76)."""

    MODULE = "module"
    MENTORING = "mentoring"
    INFORMATION = "information"
    EXTRA_ONE_TO_ONE = "extra_one_to_one"


class SupportAnswer(StrEnum):
    """What became of an offer of support.

    `unavailable` means that the Team could not provide it, so it is not held against the Safeguarder. `none_given`
    means that the Safeguarder was asked, asked again at a session, and gave no answer.
    """

    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"
    NONE_GIVEN = "none_given"


class SupportGiven(StrEnum):
    """Whether the Team gave a support."""

    DELIVERED = "delivered"
    NOT_DELIVERED = "not_delivered"
    UNAVAILABLE = "unavailable"


class Approach(StrEnum):
    """How the Team works with a Safeguarder on a concern (R79)."""

    SUPPORT = "support"
    CLEAR_ADVICE = "clear_advice"
    REQUIRED_ACTION = "required_action"


class RequiredAction(StrEnum):
    """The actions that can be required of a Safeguarder."""

    COMPLETE_MODULE = "complete_module"
    ATTEND_TRAINING = "attend_training"
    ATTEND_SESSION = "attend_session"
    WORK_WITH_MENTOR = "work_with_mentor"
    REPORTS_IN_TIME = "reports_in_time"
    REPORTS_TO_STANDARD = "reports_to_standard"
    CHANGE_PRACTICE = "change_practice"


class ReviewOutcome(StrEnum):
    """The outcomes of a review of actions."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"


class SupportsStanding(StrEnum):
    """The state of the supports at a review of actions. Only the first two allow a concern to go further.

    `complete` means that what was accepted was given. No answer after two questions is never *declined*.
    """

    COMPLETE = "complete"
    DECLINED = "declined"
    STILL_RUNNING = "still_running"
    TEAM_COULD_NOT = "team_could_not"


NONE_OFFERED = "none_offered"
"""The word of evidence for an action without supports, beside those of `SupportsStanding`."""


class ActionState(StrEnum):
    """How an action of a development plan ended."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_POSSIBLE = "not_possible"


class ActionPurpose(StrEnum):
    """What an action of a development plan was for."""

    IMPROVE = "improve"
    MAINTAIN = "maintain"


class ActionBasis(StrEnum):
    """What an action of a development plan rested on. An action that is set was not agreed."""

    AGREED = "agreed"
    PARTLY = "partly"
    SET = "set"


class RecommendationKind(StrEnum):
    """The recommendations that the Team can make (R89). Scottish Ministers decide."""

    RECOMMEND = "recommend"
    WITH_CONDITIONS = "with_conditions"
    MORE_TIME = "more_time"
    DO_NOT_RECOMMEND = "do_not_recommend"


class HoldReason(StrEnum):
    """Why a concern is on hold."""

    REVIEW_OPEN = "review_open"
    PRACTICE_UNCLEAR = "practice_unclear"
    SUSPENDED = "suspended"


class View(StrEnum):
    """Whether the Safeguarder gave a view. The view itself is in a document, never here."""

    GIVEN = "given"
    NONE_GIVEN = "none_given"


class InvitationAnswer(StrEnum):
    """The answers of a Safeguarder who is invited to share good practice."""

    SHARED = "shared"
    DECLINED = "declined"


class Truth(StrEnum):
    """Kleene's three answers. Unknown is neither good nor bad (requirements B8)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Comparator(StrEnum):
    """How a value stands to a line, in the words of the rule files."""

    AT_LEAST = "is at least"
    AT_MOST = "is at most"
    ABOVE = "is above"
    BELOW = "is below"
