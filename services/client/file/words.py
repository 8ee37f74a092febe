"""Words for a whole file: its parts, what stands on top of each record, and why something is withheld."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from services.client.words import word_of


class Section(NamedTuple):
    """A part of the file: its heading, and the fields that name a record of it."""

    heading: str
    titles: Sequence[str] = ()


SECTIONS: Mapping[str, Section] = {
    "evidence/GetSafeguarder": Section("Your entry in the register", ("display_name",)),
    "evidence/ListMinisterialDecisions": Section("Decisions of Scottish Ministers", ("record.kind", "record_time")),
    "evidence/ListTimesAway": Section("Leave and suspension", ("kind", "start_date")),
    "evidence/ListOverlays": Section("Suspension", ("state", "start_date")),
    "evidence/GetMyStanding": Section("Where you stand", ("as_of_date",)),
    "evidence/ListWaitingForMe": Section("What waits for you"),
    "evidence/ListEvidenceItems": Section("Evidence", ("kind", "source", "happened_date")),
    "evidence/GetSessionPack": Section("Papers of your support sessions", ("start_time",)),
    "evidence/GetSessionRecord": Section("Records of your support sessions", ("held_date", "edition")),
    "evidence/GetDevelopmentPlan": Section("Your development plan"),
    "evidence/ListPlanHistory": Section("Versions of your development plan", ("number", "state")),
    "evidence/ListActionReviews": Section("Reviews of actions", ("held_date",)),
    "evidence/ListReviewRequests": Section("Reviews that you asked for", ("target_kind", "made_date")),
    "evidence/ListReportSamples": Section("Your sampled reports", ("round", "state")),
    "evidence/ListDrafts": Section("Drafts, yours and those about you", ("author", "update_time")),
    "evidence/GetReadiness": Section("What is ready for a reappointment", ("term_end_date",)),
    "evidence/GetRecommendationPack": Section("Recommendations about you", ("recommendation.kind", "freeze_time")),
    "evidence/ListReads": Section("Who has read what evidence keeps"),
    "rules/GetConcern": Section("Concerns and praise", ("lane", "rule", "subject", "raise_time")),
    "rules/ListRuleOverrides": Section("Rules set aside", ("rule", "subject", "end_date")),
    "rules/ListReads": Section("Who has read what the rules keep"),
    "scheduling/GetAllocation": Section("Your support manager", ("support_manager",)),
    "scheduling/ListDelegations": Section("Who acts for your support manager", ("delegate", "from_date")),
    "scheduling/ListLinks": Section("Declared links", ("person", "kind")),
    "scheduling/ListEmergencyAccesses": Section("Who opened your file in an emergency", ("opened_by", "open_time")),
    "scheduling/ListObligations": Section("Sessions and trainings of your year", ("kind", "number", "due_date")),
    "scheduling/ListSupportSessions": Section("Your support sessions", ("start_time", "state")),
    "scheduling/ListDuties": Section("Who owes what by when", ("kind", "due_date")),
    "scheduling/ListReads": Section("Who has read what the calendar keeps"),
    "notifications/ListAlerts": Section("Alerts about you", ("rule", "subject", "open_time")),
    "notifications/ListNotifications": Section("Messages about you", ("subject", "create_time")),
    "notifications/ListReads": Section("Who has read alerts and messages"),
}
"""Every part by the service and the method that shows it, in the order in which the services send them."""
GROUNDS = {
    "not_shared": "it has not been shared with you",
    "waits_for_a_look": "it looks as if it names a child, and a person of the Team looks at it first",
    "about_others": "it would say something about somebody else",
    "named_person_first": "a named person deals with it first",
    "ask_the_team": "this release does not show it. Ask the Panel Team",
}
"""Why something is withheld."""
RECORDS = {
    "evidence.v1.DecisionService": "decisions of Scottish Ministers",
    "evidence.v1.DevelopmentPlanService": "the development plan",
    "evidence.v1.DirectoryService": "names of people",
    "evidence.v1.DraftService": "drafts",
    "evidence.v1.EvidenceService": "evidence",
    "evidence.v1.FeedbackLinkService": "links for feedback",
    "evidence.v1.OverlayService": "suspensions",
    "evidence.v1.PersonalFileService": "the standing, what waits and the handover",
    "evidence.v1.RecommendationService": "recommendations, and what is ready for one",
    "evidence.v1.ReportSampleService": "sampled reports",
    "evidence.v1.ReviewService": "reviews",
    "evidence.v1.SafeguarderService": "the entry in the register",
    "evidence.v1.SessionRecordService": "papers and records of sessions",
    "evidence.v1.TimeAwayService": "leave and suspension",
    "notifications.v1.AlertService": "alerts",
    "notifications.v1.NotificationService": "messages",
    "platform.v1.AuditService": "the audit log",
    "platform.v1.OwnFileService": "who has read the file",
    "platform.v1.TimelineService": "what happened, in order of time",
    "rules.v1.ConcernService": "concerns and praise",
    "rules.v1.KpiService": "who counts in a figure",
    "rules.v1.RuleOverrideService": "rules set aside",
    "rules.v1.SimulationService": "rules tried out",
    "scheduling.v1.AllocationService": "the support manager",
    "scheduling.v1.CoverService": "delegations and links",
    "scheduling.v1.DutyService": "who owes what",
    "scheduling.v1.EmergencyAccessService": "emergency accesses",
    "scheduling.v1.ObligationService": "sessions and trainings of the year",
    "scheduling.v1.SupportSessionService": "support sessions",
}
"""What people read by the methods of each gRPC service."""
RIGHTS = {
    "own": "it is about them",
    "allocated": "supported the Safeguarder then",
    "delegated": "acted for {for_whom}",
    "role": "their role reads every file",
    "emergency": "had opened the file in an emergency",
    "": "not kept then",
}
NOT_COVERED = {
    "lists_across": "lists across several people, which can have held something about the Safeguarder",
    "changes": "who changed something: the record itself says so",
    "operation": "reads by the services themselves, and by those who run them",
    "own": "what the Safeguarder read themselves (--own shows it)",
}
"""What a list of reads does not hold."""


def records_read(read: Any) -> str:
    """Return what somebody read, in words."""
    return RECORDS.get(read.records.removeprefix("psmf."), str(read.records))


def right_of(read: Any) -> str:
    """Return by which right somebody read it, in words."""
    return RIGHTS[word_of(read, "right")].format(for_whom=read.for_whom)


def withheld(message: Any) -> str:
    """Return why something is withheld, in words."""
    return GROUNDS.get(word_of(message, "ground"), "no ground is known here")
