"""Every closed list of the contract and of the rule files. A word that is not here exists nowhere else."""

from enum import StrEnum


class Kind(StrEnum):
    """What kind of evidence an item is (Framework, "What are the sources of information on performance?")."""

    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
    COMMENDATION = "commendation"
    REPORT_SAMPLE_REVIEW = "report_sample_review"
    TRAINING_ASSESSMENT = "training_assessment"
    SELF_ASSESSMENT = "self_assessment"
    OBSERVATION = "observation"
    SCRA_TIMELINESS = "scra_timeliness"
    ATTENDANCE = "attendance"


class Source(StrEnum):
    """Type of source: who the evidence comes from (SSI 2012/54 reg 11(5)(d) and the Framework), never a person."""

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
    """Practice in the role, or conduct (Framework, "What performance is being monitored?")."""

    PRACTICE = "practice"
    CONDUCT = "conduct"


class Setting(StrEnum):
    """In an individual appointment for a child, or as it bears on the Panel."""

    APPOINTMENT = "appointment"
    PANEL = "panel"


class EvidenceClass(StrEnum):
    """How far an item may go in an evaluation."""

    STANDARD = "standard"
    DEVELOPMENTAL = "developmental"
    EXPLORATORY = "exploratory"
    SAFETY = "safety"
    HELP_SEEKING = "help_seeking"
    UNVERIFIED = "unverified"


class Polarity(StrEnum):
    """Which way an item speaks of an indicator."""

    PRAISE = "praise"
    NEUTRAL = "neutral"
    CONCERN = "concern"


class ComplaintOutcome(StrEnum):
    """How a complaint ended."""

    PENDING = "pending"
    UPHELD = "upheld"
    PARTLY_UPHELD = "partly_upheld"
    NOT_UPHELD = "not_upheld"
    RESOLVED = "resolved"
    WITHDRAWN = "withdrawn"


class ItemStatus(StrEnum):
    """Whether a version of an item is the one to go by."""

    CURRENT = "current"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Lane(StrEnum):
    """Where a concern is routed. Never a judgement of a person. `data_gap` is aimed at the Team."""

    SUPPORT_NEED = "support_need"
    ESCALATION = "escalation"
    REAPPOINTMENT_RISK = "reappointment_risk"
    SAFETY = "safety"
    EXCELLENCE = "excellence"
    DATA_GAP = "data_gap"


class Scope(StrEnum):
    """What a rule is asked about, once for each."""

    PERSON = "person"
    STANDARD = "standard"
    INDICATOR = "indicator"


class RuleStatus(StrEnum):
    """Only live rules speak. Rules on trial are asked beside them, and nobody is told."""

    DRAFT = "draft"
    TRIAL = "trial"
    LIVE = "live"
    RETIRED = "retired"


class Tell(StrEnum):
    """Role to tell."""

    SUPPORT_MANAGER = "support_manager"
    SENIOR_MANAGER = "senior_manager"
    PANEL_TEAM = "panel_team"


class Counts(StrEnum):
    """What a measure counts. Every measure is a whole number, or unknown."""

    ITEMS = "items"
    SOURCE_TYPES = "source_types"
    DAYS_BETWEEN_FIRST_AND_LAST = "days_between_first_and_last"
    KINDS_MISSING = "kinds_missing"
    CONCERNS_RAISED = "concerns_raised"
    DAYS_SINCE_APPOINTED = "days_since_appointed"
    DAYS_TO_TERM_END = "days_to_term_end"


class Answer(StrEnum):
    """What a rule answers. Three at heart; `watching` waits for time, `held_back` is a guard of the Framework."""

    RAISED = "raised"
    WATCHING = "watching"
    CLEAR = "clear"
    NOT_ENOUGH_EVIDENCE = "not_enough_evidence"
    HELD_BACK = "held_back"


class HeldBack(StrEnum):
    """Why a guard holds a concern back, in words that are shown."""

    ONE_ITEM = "one item of evidence only"
    ONE_SOURCE_TYPE = "evidence from one type of source only"


class NotCounted(StrEnum):
    """Why an item does not count. One code for each item."""

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
    OUT_OF_WINDOW = "out_of_window"


class State(StrEnum):
    """How far people have come with a concern."""

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
    """Support that can be offered (R76)."""

    MODULE = "module"
    MENTORING = "mentoring"
    INFORMATION = "information"
    EXTRA_ONE_TO_ONE = "extra_one_to_one"


class SupportAnswer(StrEnum):
    """What became of an offer. `unavailable`: the Team could not provide it; that is no answer of the Safeguarder's."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    UNAVAILABLE = "unavailable"


class RequiredAction(StrEnum):
    """What can be required of a Safeguarder."""

    COMPLETE_MODULE = "complete_module"
    ATTEND_TRAINING = "attend_training"
    ATTEND_SESSION = "attend_session"
    WORK_WITH_MENTOR = "work_with_mentor"
    REPORTS_IN_TIME = "reports_in_time"
    REPORTS_TO_STANDARD = "reports_to_standard"
    CHANGE_PRACTICE = "change_practice"


class ReviewOutcome(StrEnum):
    """What a review of actions found."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"


class SupportsStanding(StrEnum):
    """How the supports stood at a review of actions. Only the first two let a concern go further."""

    COMPLETE = "complete"
    DECLINED = "declined"
    STILL_RUNNING = "still_running"
    TEAM_COULD_NOT = "team_could_not"


class RecommendationKind(StrEnum):
    """What the Team recommends (R89). Scottish Ministers decide."""

    RECOMMEND = "recommend"
    WITH_CONDITIONS = "with_conditions"
    MORE_TIME = "more_time"
    DO_NOT_RECOMMEND = "do_not_recommend"


class HoldReason(StrEnum):
    """Why nothing moves."""

    REVIEW_OPEN = "review_open"
    PRACTICE_UNCLEAR = "practice_unclear"
    SUSPENDED = "suspended"


class View(StrEnum):
    """Whether the Safeguarder gave a view. Its words are in a document, never here."""

    GIVEN = "given"
    NONE_GIVEN = "none_given"


class InvitationAnswer(StrEnum):
    """Whether a Safeguarder shares good practice when asked to."""

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
