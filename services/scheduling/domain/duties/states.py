"""What is owed, who owes it, and how what evidence tells of stands."""

from enum import StrEnum


class DutyKind(StrEnum):
    """What is owed."""

    SHARE_RECORD = "share_record"
    ANSWER_RECORD = "answer_record"
    RESPOND_TO_DISPUTE = "respond_to_dispute"
    ANSWER_ACTION = "answer_action"
    ANSWER_SUPPORT = "answer_support"
    DELIVER_SUPPORT = "deliver_support"
    ACTION = "action"
    LOOK_AT_COMPLETION = "look_at_completion"
    REVIEW_ACTION = "review_action"
    FINALISE_PLAN = "finalise_plan"
    GIVE_VIEW = "give_view"
    ACKNOWLEDGE_APPROACH = "acknowledge_approach"
    ALLOCATE_ANOTHER = "allocate_another"
    ASSIGN_REVIEW = "assign_review"
    DECIDE_REVIEW = "decide_review"
    SHARE_RECOMMENDATION = "share_recommendation"
    SUBMIT_RECOMMENDATION = "submit_recommendation"
    REPRESENTATIONS = "representations"
    REVIEW_SUSPENSION = "review_suspension"
    ANSWER_LEAVE = "answer_leave"
    DRAW_SAMPLE = "draw_sample"
    OBTAIN_REPORT = "obtain_report"
    READ_REPORT = "read_report"
    SECOND_READING = "second_reading"
    RECONCILE_READINGS = "reconcile_readings"
    SHARE_READING = "share_reading"
    RECORD_DECISION = "record_decision"
    REVIEW_CONTINUING = "review_continuing"
    ANSWER_COMPLAINT = "answer_complaint"
    ACKNOWLEDGE_COMPLAINT = "acknowledge_complaint"
    INVESTIGATE_COMPLAINT = "investigate_complaint"
    REVIEW_ACCESS = "review_access"


class OwedBy(StrEnum):
    """Who owes something."""

    SAFEGUARDER = "safeguarder"
    SUPPORT_MANAGER = "support_manager"
    PANEL_TEAM = "panel_team"
    SENIOR_MANAGER = "senior_manager"
    REVIEWER = "reviewer"
    """The reviewer of a review request, who is one person."""
    READER = "reader"
    """The reader of a sampled report, who is one person."""
    DATA_LEAD = "data_lead"
    """Who answers for the data."""


class ReviewState(StrEnum):
    """Where a review request stands."""

    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    ASSIGNED = "assigned"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class RecordState(StrEnum):
    """Where the record of a session stands, once it was shared."""

    SHARED = "shared"
    DISPUTED = "disputed"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Ending(StrEnum):
    """How the Safeguarder's answer to a closed record stands."""

    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    NO_ANSWER = "no_answer"


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


class SupportState(StrEnum):
    """Where a support stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NONE_GIVEN = "none_given"
    UNAVAILABLE = "unavailable"
    NOT_DELIVERED = "not_delivered"
    DELIVERED = "delivered"


class RecommendationState(StrEnum):
    """Where a recommendation stands, once it was shared."""

    DRAFTED = "drafted"
    CHECKED = "checked"
    SHARED = "shared"
    APPROVED = "approved"
    SUBMITTED = "submitted"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


class ViewState(StrEnum):
    """Where the view of a concern stands."""

    ASKED = "asked"
    GIVEN = "given"
    NONE_GIVEN = "none_given"
    ENDED = "ended"
