"""Access for every method, role and relation to a record matches the table (reliability S11, D16)."""

import re

import pytest

from tests.access.table import RELATIONS, ROOT, Method, allowed, methods, permits, roles, served, table

EVERY = pytest.mark.parametrize("method", methods(), ids=lambda method: f"{method.service} {method.name}")
FILES = {
    "evidence": {
        *("GetSafeguarder", "GetEvidenceItem", "BatchGetEvidenceItems", "ListEvidenceItems", "AddReply"),
        *("GetMyStanding", "ListWaitingForMe"),
    },
    "rules": {"GetEvaluation", "EvaluateSafeguarder", "GetConcern", "ListConcerns"},
    "scheduling": {
        *("GetAllocation", "ListObligations", "ListDuties", "GetSupportSession", "GetSupportSessionCalendar"),
        "SuggestSupportSessionTimes",
    },
    "notifications": {"GetAlert", "ListAlerts", "WatchAlerts", "ListNotifications"},
}


def permitted(role: str, *relations: str) -> set[str]:
    """Return the methods a role may call in any of the relations, without open data."""
    return {
        method.name
        for method in methods()
        for relation in relations or RELATIONS
        if method.rules.data_class != "open" and permits(method, role, relation)
    }


def test_the_table_names_every_method_of_every_contract_and_no_other() -> None:
    there = {(method.service, method.name) for method in methods()}
    named = {(service, method) for service, entries in table().items() if service != "roles" for method in entries}
    assert there - named == set(), "methods without a row"
    assert named - there == set(), "rows without a method"


def test_every_contract_belongs_to_a_service_with_policies() -> None:
    assert served() == ["evidence", "notifications", "rules", "scheduling"]


def test_the_table_names_only_roles_it_explains() -> None:
    rows = [row for service, entries in table().items() if service != "roles" for row in entries.values()]
    assert {role for row in rows for role in row} - {"everyone"} <= set(roles())


@pytest.mark.parametrize("service", ["platform", *served()])
def test_the_policies_name_only_roles_the_table_explains(service: str) -> None:
    text = (ROOT / "services" / service / "access.cedar").read_text()
    assert set(re.findall(r'principal\.role == "(\w+)"', text)) <= set(roles())


@EVERY
def test_the_policies_answer_as_the_table_says(method: Method) -> None:
    for role in roles():
        expected = allowed(method.service, method.name, role)
        found = {relation for relation in RELATIONS if permits(method, role, relation)}
        assert found == expected, f"{role} calling {method.name}"


def test_the_platforms_methods_have_the_same_answer_in_every_service() -> None:
    for method in (method for method in methods() if method.service == "platform"):
        for role in roles():
            for service in served():
                found = {relation for relation in RELATIONS if permits(method, role, relation, service)}
                assert found == allowed("platform", method.name, role)


def test_every_cell_is_declared() -> None:
    assert len(methods()) * len(roles()) * len(RELATIONS) > 3000


WHO_IS_WHO = {"GetMe", "BatchGetPeople"}
"""Methods that name people by their ids: staff, and of Safeguarders those alone whom the register shows the caller."""
DRAFTS = {"CreateDraft", "GetDraft", "UpdateDraft", "DeleteDraft"}
"""Methods about a draft, which the service shows to its author alone."""
FOUND = {"ListSafeguarders", "BatchGetSafeguarders", "SearchSafeguarders"}
"""Methods of the register that hold nobody but those whom the caller may see."""


def test_a_safeguarders_token_cannot_read_anothers_file() -> None:
    # Only the sender's own receipt, lists of one: themselves, a round, which says nothing of anybody, and staff.
    about_nobody = {"GetReceipt", "GetSampleRound"} | FOUND | WHO_IS_WHO | DRAFTS
    assert permitted("safeguarder", "allocated", "any", "none") == about_nobody
    for service, names in FILES.items():
        for name in names - {"GetEvaluation", "EvaluateSafeguarder"}:
            assert allowed(service, name, "safeguarder") == {"own"}


def test_a_partner_system_can_only_add_evidence_read_its_receipt_and_look_up_numbers() -> None:
    adding = {"CreateEvidenceItem", "BatchCreateEvidenceItems", "ImportEvidenceItems"}
    assert permitted("partner_system") == adding | {"GetReceipt", "LookUpSafeguarder"}


def test_a_support_manager_reads_nobodys_file_but_those_allocated() -> None:
    lists = {"ListConcerns", "ListSupportSessions", "ListAlerts", "WatchAlerts"}
    lists |= {"ListEvidenceItems", "ListNotifications", "ListRuleOverrides", "ListDuties", "ListDelegations"}
    lists |= {"ListReportSamples", "ListDrafts", "ListReviewRequests"}
    lists |= {"ListEmergencyAccesses"}
    about_nobody = {"GetSampleRound", "ListColleagues", "LookUpSafeguarder"} | FOUND | WHO_IS_WHO | DRAFTS
    opens = {"OpenEmergencyAccess"}
    assert permitted("support_manager", "own") == about_nobody
    assert permitted("support_manager", "none") == about_nobody | opens
    assert permitted("support_manager", "any") == lists | about_nobody | opens, "lists must hold only allocated people"


def test_an_emergency_gives_nothing_but_reading_and_no_more_than_an_allocation() -> None:
    """X38. Nobody but a support manager can have this relation: others read every file, or never read one."""
    given = permitted("support_manager", "emergency") - permitted("support_manager", "none")
    writes = {method.name for method in methods() if method.rules.writes}
    assert given & writes == {"CloseEmergencyAccess"}
    assert given <= permitted("support_manager", "allocated")
    of_the_person = {"ExportMyFile", "ListWaitingForMe", "ListDrafts", "GetRecommendationPack", "ListReviewRequests"}
    assert not given & (of_the_person | {"WatchAlerts", "ListReads"}), "a stream would go on after the end"
    assert [role for role in roles() if allowed("scheduling", "OpenEmergencyAccess", role)] == ["support_manager"]


def test_an_applicant_begins_a_plan_of_their_own_and_sees_nothing_else() -> None:
    begun = {"GetDevelopmentPlan", "CreateStrength", "CreateNeed", "CloseNeed"}
    assert permitted("applicant", "own") == begun
    assert permitted("applicant", "allocated", "delegated", "any", "none") == set()


@pytest.mark.parametrize("role", ["training_provider", "unknown"])
def test_a_role_without_work_yet_sees_open_data_only(role: str) -> None:
    assert permitted(role) == set()


def test_a_report_reviewer_reads_sampled_reports_and_no_file() -> None:
    reads = {"GetSampleRound", "GetReportSample", "ListReportSamples"}
    assert permitted("report_reviewer") == reads | {"RecordReading", "ReconcileReadings"} | WHO_IS_WHO


AUDIT = {"ListAuditEntries", "CheckAudit", "GetCheckpoints"}
"""The audit log of a service, and whether it is as it was written."""


def test_an_auditor_sees_who_has_read_a_file_how_far_readers_agree_figures_and_no_file() -> None:
    reads = {"ListReads", "ListEmergencyAccesses", "GetSampleRound", "GetAgreement", "GetSupportFigures"}
    assert permitted("auditor") == reads | WHO_IS_WHO | FIGURES | AUDIT


ON_EVENTS = {"ListDeadLetters", "RetryDeadLetter", "DropDeadLetter", "RepublishEvents", "AcceptSource"} | {
    *("ListPlaces", "CheckPlaces", "CheckAudit", "GetCheckpoints"),
}
"""Methods whose answers hold ids, reasons and positions, but no content of an event or of a row."""


FIGURES = {"GetKpiReport", "GetKpiSeries", "ListKpiReports", "CompareKpiRegions"}
"""Methods that answer counts without small groups. The ledger behind the counts is personal."""


@pytest.mark.parametrize(
    ("role", "methods_of_role"), [("operator", {"GetStatus"} | ON_EVENTS), ("official", FIGURES | {"GetMe"})]
)
def test_operators_and_officials_see_no_personal_data(role: str, methods_of_role: set[str]) -> None:
    assert permitted(role) == methods_of_role


def test_who_answers_for_the_data_sees_figures_with_their_ledger_plans_what_is_owed_and_no_file() -> None:
    assert permitted("data_lead") == FIGURES | WHO_IS_WHO | AUDIT | {
        *("ListKpiContributors", "ListDuties", "ListReads"),
        *("ListEmergencyAccesses", "CloseEmergencyAccess", "ReviewEmergencyAccess"),
        *("GetDevelopmentPlan", "ListPlanHistory", "GetActionReview", "ListActionReviews"),
        *("GetReviewRequest", "ListReviewRequests"),
        *("GetReadiness", "GetRecommendationPack", "ListOverlays", "ListMinisterialDecisions"),
        "GetSampleRound",
    }


def test_the_feedback_desk_may_call_three_methods_and_no_other() -> None:
    """The one exception to the rule that the console calls with its reader's own token."""
    assert permitted("feedback_desk") == {"ExchangeFeedbackLink", "SendFeedback", "GetFeedbackStage"}


def test_a_service_speaks_for_itself_and_reads_no_file() -> None:
    assert permitted("service") == {"ReadFeed", "GetStatus", "ListPlaces", "GetCheckpoints"}


def test_only_a_recorder_of_decisions_moves_a_membership() -> None:
    recording = [role for role in roles() if allowed("evidence", "RecordMinisterialDecision", role)]
    assert recording == ["decision_recorder"]


def test_nobody_but_the_person_concerned_replies() -> None:
    for role in roles():
        expected = {"own"} if role == "safeguarder" else set()
        assert allowed("evidence", "AddReply", role) == expected


def test_nobody_settles_a_matter_about_themselves() -> None:
    settling = {"AcknowledgeConcern", "DismissConcern", "CloseConcern", "CreateAllocation", "RecordTrainingAttendance"}
    for role in roles():
        assert not settling & permitted(role, "own"), role
