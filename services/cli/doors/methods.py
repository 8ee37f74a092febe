"""The methods behind each command, as `service/Method`.

A hint asks here what its command needs. Tests compare the table with the commands, with the contracts and with the
code, so that no method for people stays without a command. A new method or command needs its row here.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from services.cli.concern.moves import MOVES

POLICY_EDITOR = "policy-editor"
"""The persona of the demo who tries out rules, where the caller names nobody."""


class Calls(NamedTuple):
    """What a command calls: the methods it cannot do without, and those without which it says less."""

    needs: Sequence[str]
    uses: Sequence[str] = ()
    usually: str = ""
    """The persona of the demo who runs it, unless the caller names one."""


def _everywhere(method: str) -> Sequence[str]:
    return [f"{service}/{method}" for service in ("evidence", "rules", "scheduling", "notifications")]


# What finds a record by the start of its id, or by its full name.
_ALERT = ("notifications/ListAlerts", "notifications/GetAlert")
_CONCERN = ("rules/ListConcerns", "rules/GetConcern")
_SESSION = ("scheduling/ListSupportSessions", "scheduling/GetSupportSession")
_RECORD = ("evidence/GetSessionRecord",)
_PLAN = ("evidence/GetDevelopmentPlan",)
_REVIEWS = ("evidence/ListActionReviews",)
_REQUESTS = ("evidence/ListReviewRequests",)
_OWN = ("evidence/ListSafeguarders",)
"""Finds something in a plan when the person is left out."""
_ITEM = ("evidence/ListEvidenceItems", "evidence/GetEvidenceItem")
_REVISION = ("rules/ListRulebookRevisions", "rules/GetRulebookRevision")
_RECOMMENDED = ("evidence/GetReadiness", "evidence/GetRecommendationPack")
_SAMPLED = ("evidence/ListReportSamples",)
_BESIDE = ("evidence/ListSafeguarders", "rules/ListRules", "rules/ListConcerns")
"""Names, titles and reasons to show beside ids."""
_SIMULATION = ("rules/GetSimulation", "rules/CancelSimulation")
_STATUS = Calls(_everywhere("GetStatus"), [*_everywhere("ListPlaces"), *_everywhere("CheckPlaces")])
_LETTERS = _everywhere("ListDeadLetters")
_NONE = Calls(())
"""It works on this machine, or as everybody in the demo."""

CALLS: Mapping[str, Calls] = {
    **{f"demo {name}": _NONE for name in ("up", "report", "run", "status", "down", "reset")},
    "safeguarder list": Calls(["evidence/ListSafeguarders"]),
    "safeguarder show": Calls(["evidence/GetSafeguarder"], ["scheduling/GetAllocation"]),
    "safeguarder enter": Calls(["evidence/CreateSafeguarder"]),
    "safeguarder decide": Calls(["evidence/RecordMinisterialDecision"]),
    "safeguarder find": Calls(["evidence/LookUpSafeguarder"]),
    "safeguarder search": Calls(["evidence/SearchSafeguarders"]),
    "draft list": Calls(["evidence/ListDrafts"], _BESIDE),
    "draft show": Calls(["evidence/ListDrafts", "evidence/GetDraft"]),
    "draft delete": Calls(["evidence/ListDrafts", "evidence/DeleteDraft"]),
    "feedback link": Calls(["evidence/CreateFeedbackLink"]),
    "feedback list": Calls(["evidence/ListFeedbackLinks"], _BESIDE),
    "feedback revoke": Calls(["evidence/ListFeedbackLinks", "evidence/RevokeFeedbackLink"]),
    "people me": Calls(["evidence/GetMe"]),
    "people show": Calls(["evidence/BatchGetPeople"]),
    "people colleagues": Calls(["evidence/ListColleagues"]),
    "safeguarder number": Calls(["evidence/SetPanelNumber"]),
    "safeguarder allocate": Calls(["scheduling/CreateAllocation"]),
    "decision list": Calls(["evidence/ListMinisterialDecisions"]),
    "decision correct": Calls(["evidence/ListMinisterialDecisions", "evidence/CorrectMinisterialDecision"]),
    "decision confirm": Calls(["evidence/ListMinisterialDecisions", "evidence/ConfirmDecisionCorrection"]),
    "decision withdraw": Calls(["evidence/ListMinisterialDecisions", "evidence/WithdrawDecisionCorrection"]),
    "away record": Calls(["evidence/RecordTimeAway"]),
    "away correct": Calls(["evidence/ListTimesAway", "evidence/RecordTimeAway"]),
    "away list": Calls(["evidence/ListTimesAway"]),
    "overlay suspend": Calls(["evidence/SuspendSafeguarder"]),
    "overlay review": Calls(["evidence/ListOverlays", "evidence/ReviewSuspension"]),
    "overlay lift": Calls(["evidence/ListOverlays", "evidence/LiftSuspension"]),
    "overlay ask": Calls(["evidence/RequestLeave"]),
    "overlay answer": Calls(["evidence/ListOverlays", "evidence/AgreeLeave"]),
    "overlay end": Calls(["evidence/ListOverlays", "evidence/EndLeave"]),
    "overlay list": Calls(["evidence/ListOverlays"]),
    "evidence add": Calls(["evidence/CreateEvidenceItem"]),
    "evidence choices": Calls(["evidence/GetRecordingChoices"]),
    "evidence similar": Calls(["evidence/FindSimilarEvidenceItems"]),
    "evidence list": Calls(["evidence/ListEvidenceItems"]),
    "evidence show": Calls(_ITEM, _SESSION),
    "evidence map": Calls([*_ITEM, "evidence/MapEvidenceItem"]),
    "evidence share": Calls([*_ITEM, "evidence/ShareEvidenceItem"]),
    "evidence reply": Calls([*_ITEM, "evidence/AddReply"]),
    "evidence correct": Calls([*_ITEM, "evidence/CorrectEvidenceItem"]),
    "evidence held": Calls(["evidence/ListHeldEvidenceItems"]),
    "evidence release": Calls([*_ITEM, "evidence/ReleaseEvidenceItem"]),
    "evidence withdraw": Calls([*_ITEM, "evidence/WithdrawEvidenceItem"]),
    "evidence stage": Calls([*_ITEM, "evidence/MoveComplaintStage"]),
    "evidence decide": Calls([*_ITEM, "evidence/DecideComplaint"]),
    "evidence receipt": Calls(["evidence/GetReceipt"]),
    "evidence no-report": Calls(["evidence/RecordReportsNotAvailable"]),
    "evidence import": Calls(["evidence/ImportEvidenceItems"]),
    "alert list": Calls(["notifications/ListAlerts"], _BESIDE),
    "alert why": Calls(
        [*_ALERT, "rules/GetConcern", "rules/ListStandardsEditions", "rules/ListRules"],
        ["evidence/GetSafeguarder", "evidence/ListEvidenceItems"],
    ),
    "alert acknowledge": Calls([*_ALERT, "notifications/AcknowledgeAlert"]),
    "alert snooze": Calls([*_ALERT, "notifications/SnoozeAlert"]),
    "alert resolve": Calls([*_ALERT, "notifications/ResolveAlert"]),
    "alert watch": Calls(["notifications/WatchAlerts"], _BESIDE),
    "concern list": Calls(["rules/ListConcerns"], _BESIDE),
    "concern nobodys": Calls(["rules/ListConcerns", "notifications/ListAlerts"], _BESIDE),
    "concern show": Calls(_CONCERN),
    **{f"concern {move.name}": Calls([*_CONCERN, f"rules/{move.method}"]) for move in MOVES},
    "concern serve-notice": Calls([*_CONCERN, "evidence/ChangeApproach"], [*_PLAN, *_ITEM, *_SESSION]),
    "concern acknowledge-notice": Calls([*_CONCERN, *_PLAN, "evidence/AcknowledgeApproach"]),
    "concern require": Calls([*_CONCERN, *_PLAN, "evidence/ChangeApproach"], [*_ITEM, *_SESSION]),
    "concern ask-view": Calls([*_CONCERN, *_PLAN, "evidence/AskForView"]),
    "concern review": Calls([*_CONCERN, *_PLAN, "evidence/HoldActionReview"], _SESSION),
    "concern view": Calls([*_CONCERN, *_PLAN, "evidence/GiveView"]),
    "session list": Calls(["scheduling/ListSupportSessions"], _BESIDE),
    "session show": Calls(_SESSION),
    "session confirm": Calls([*_SESSION, "scheduling/ConfirmSupportSession"]),
    "session times": Calls([*_SESSION, "scheduling/SuggestSupportSessionTimes"]),
    "session move": Calls([*_SESSION, "scheduling/RescheduleSupportSession"]),
    "session cancel": Calls([*_SESSION, "scheduling/CancelSupportSession"]),
    "session attend": Calls([*_SESSION, "scheduling/RecordSupportSessionAttendance"]),
    "session settle": Calls([*_SESSION, "scheduling/SettleAgendaItem"]),
    "session calendar": Calls([*_SESSION, "scheduling/GetSupportSessionCalendar"]),
    "session pack": Calls([*_SESSION, "evidence/GetSessionPack"], [*_BESIDE, "rules/ListStandardsEditions", *_PLAN]),
    "session add-item": Calls([*_SESSION, "evidence/AddOwnItem"]),
    "session offer-item": Calls([*_SESSION, *_ITEM, "evidence/OfferLateItem"]),
    "session admit-item": Calls([*_SESSION, "evidence/GetSessionPack", "evidence/AdmitLateItem"]),
    "session record": Calls(
        [*_SESSION, "evidence/GetSessionRecord"],
        [
            *("evidence/GetSessionPack", "evidence/CreateSessionRecord", "evidence/UpdateSessionRecord"),
            *(*_BESIDE, "rules/ListStandardsEditions", *_PLAN),
        ],
    ),
    "session records": Calls(["evidence/ListSessionRecords"]),
    "session share": Calls([*_SESSION, *_RECORD, "evidence/ShareSessionRecord"]),
    "session answer": Calls(
        [*_SESSION, *_RECORD, "evidence/AnswerSessionRecord"],
        ["evidence/GetSessionPack", *_BESIDE, "rules/ListStandardsEditions", *_PLAN],
    ),
    "session respond": Calls([*_SESSION, *_RECORD, "evidence/CloseSessionRecord"]),
    "session correct": Calls(
        [
            *(*_SESSION, *_PLAN, "evidence/GetSessionPack"),
            *("rules/ListStandardsEditions", "evidence/CorrectSessionRecord"),
        ]
    ),
    "session withdraw": Calls([*_SESSION, "evidence/WithdrawSessionRecord"]),
    "plan show": Calls(_PLAN, ["scheduling/ListDuties", *_BESIDE, "rules/ListStandardsEditions"]),
    "plan confirm": Calls([*_PLAN, "evidence/ConfirmDevelopmentPlan"]),
    "plan history": Calls(["evidence/ListPlanHistory", *_PLAN], [*_BESIDE, "rules/ListStandardsEditions"]),
    "plan reason": Calls(["evidence/UpdateDevelopmentPlan"]),
    "strength add": Calls(["evidence/CreateStrength"], _ITEM),
    "need add": Calls(["evidence/CreateNeed"], [*_ITEM, *_CONCERN]),
    "need close": Calls([*_PLAN, "evidence/CloseNeed"], _OWN),
    "need carry": Calls([*_PLAN, "evidence/UpdateDevelopmentPlan"], _OWN),
    "action add": Calls(["evidence/CreateAction"], [*_PLAN, *_CONCERN]),
    "action show": Calls(_PLAN, [*_BESIDE, "rules/ListStandardsEditions"]),
    "action answer": Calls([*_PLAN, "evidence/AnswerAction"], _OWN),
    "action set": Calls([*_PLAN, "evidence/SetAction"], _OWN),
    "action move": Calls([*_PLAN, "evidence/ChangeActionDate"], _OWN),
    "action done": Calls([*_PLAN, "evidence/OfferCompletion"], [*_OWN, *_ITEM]),
    "action close": Calls([*_PLAN, "evidence/CloseAction"], _OWN),
    "action review": Calls([*_PLAN, "evidence/HoldActionReview"], _SESSION),
    "action reviews": Calls([*_PLAN, *_REVIEWS], [*_BESIDE, "rules/ListStandardsEditions"]),
    "action show-review": Calls(
        [*_PLAN, *_REVIEWS, "evidence/GetActionReview"], [*_BESIDE, "rules/ListStandardsEditions"]
    ),
    "action answer-review": Calls([*_PLAN, *_REVIEWS, "evidence/AnswerActionReview"], _OWN),
    "action correct-review": Calls([*_PLAN, *_REVIEWS, "evidence/CorrectActionReview"], [*_OWN, *_SESSION]),
    "approach change": Calls([*_CONCERN, "evidence/ChangeApproach"], [*_PLAN, *_ITEM, *_SESSION]),
    "approach acknowledge": Calls([*_PLAN, "evidence/AcknowledgeApproach"], _OWN),
    "approach end": Calls([*_PLAN, "evidence/EndApproach"], _OWN),
    "approach show": Calls(_PLAN, [*_BESIDE, "rules/ListStandardsEditions"]),
    "support figures": Calls(["evidence/GetSupportFigures"]),
    "support offer": Calls([*_PLAN, "evidence/OfferSupport"], _CONCERN),
    "support show": Calls(_PLAN, [*_BESIDE, "rules/ListStandardsEditions"]),
    "support answer": Calls([*_PLAN, "evidence/AnswerSupport"], _OWN),
    "support promise": Calls([*_PLAN, "evidence/PromiseSupport"], _OWN),
    "support record": Calls([*_PLAN, "evidence/RecordSupport"], _OWN),
    "support received": Calls([*_PLAN, "evidence/ConfirmSupport"], _OWN),
    "review ask": Calls(["evidence/CreateReviewRequest"], [*_ITEM, *_CONCERN, *_SESSION, *_PLAN]),
    "review list": Calls(_REQUESTS),
    "review show": Calls([*_REQUESTS, "evidence/GetReviewRequest"]),
    "review reviewers": Calls([*_REQUESTS, "evidence/ListReviewers"]),
    "review accept": Calls([*_REQUESTS, "evidence/AcceptReviewRequest"]),
    "review assign": Calls([*_REQUESTS, "evidence/AssignReviewRequest"]),
    "review state": Calls([*_REQUESTS, "evidence/AddStatement"]),
    "review decide": Calls(
        [*_REQUESTS, "evidence/DecideReviewRequest"],
        ["evidence/GetSessionPack", "rules/ListStandardsEditions", *_PLAN],
    ),
    "review withdraw": Calls([*_REQUESTS, "evidence/WithdrawReviewRequest"]),
    "sample begin": Calls(["evidence/CreateSampleRound"]),
    "sample round": Calls(["evidence/GetSampleRound"]),
    "sample draw": Calls(["evidence/DrawSamples"]),
    "sample list": Calls(_SAMPLED, _OWN),
    "sample show": Calls([*_SAMPLED, "evidence/GetReportSample"], _OWN),
    "sample obtained": Calls([*_SAMPLED, "evidence/RecordObtained"], _OWN),
    "sample not-available": Calls([*_SAMPLED, "evidence/RecordObtained"], _OWN),
    "sample assign": Calls([*_SAMPLED, "evidence/AssignReading"], _OWN),
    "sample read": Calls([*_SAMPLED, "evidence/RecordReading"], _OWN),
    "sample reconcile": Calls([*_SAMPLED, "evidence/ReconcileReadings"], _OWN),
    "sample end-wait": Calls([*_SAMPLED, "evidence/EndReadingWait"], _OWN),
    "sample agreement": Calls(["evidence/GetAgreement"]),
    "recommendation readiness": Calls(["evidence/GetReadiness"], _OWN),
    "recommendation draft": Calls(["evidence/CreateRecommendation"], [*_ITEM, *_CONCERN]),
    "recommendation revise": Calls([*_RECOMMENDED, "evidence/UpdateRecommendation"], [*_OWN, *_ITEM, *_CONCERN]),
    "recommendation check": Calls([*_RECOMMENDED, "evidence/CheckRecommendation"], _OWN),
    "recommendation share": Calls([*_RECOMMENDED, "evidence/ShareRecommendation"], _OWN),
    "recommendation answer": Calls([*_RECOMMENDED, "evidence/AddRepresentation"], _OWN),
    "recommendation approve": Calls([*_RECOMMENDED, "evidence/ApproveRecommendation"], _OWN),
    "recommendation submit": Calls([*_RECOMMENDED, "evidence/SubmitRecommendation"], _OWN),
    "recommendation withdraw": Calls([*_RECOMMENDED, "evidence/WithdrawRecommendation"], _OWN),
    "recommendation show": Calls(["evidence/GetRecommendationPack"], ["evidence/GetReadiness", *_OWN]),
    "standing": Calls(["evidence/GetMyStanding"], [*_BESIDE, "rules/ListStandardsEditions"]),
    "handover": Calls(["evidence/GetHandover"], [*_BESIDE, "rules/ListStandardsEditions"]),
    "waiting": Calls(["evidence/ListWaitingForMe"]),
    "timeline": Calls(_everywhere("ListTimelineEntries")),
    "file export": Calls([*_everywhere("ExportMyFile"), "rules/ListStandardsEditions"]),
    "file readers": Calls(_everywhere("ListReads")),
    "audit list": Calls(_everywhere("ListAuditEntries")),
    "audit verify": Calls([*_everywhere("GetCheckpoints"), *_everywhere("CheckAudit")]),
    "delegation create": Calls(["scheduling/CreateDelegation"]),
    "delegation end": Calls(["scheduling/ListDelegations", "scheduling/EndDelegation"]),
    "delegation list": Calls(["scheduling/ListDelegations"], ["evidence/ListSafeguarders"]),
    "access open": Calls(["scheduling/OpenEmergencyAccess"]),
    "access close": Calls(["scheduling/ListEmergencyAccesses", "scheduling/CloseEmergencyAccess"]),
    "access review": Calls(["scheduling/ListEmergencyAccesses", "scheduling/ReviewEmergencyAccess"]),
    "access list": Calls(["scheduling/ListEmergencyAccesses"], ["evidence/ListSafeguarders"]),
    "link declare": Calls(["scheduling/DeclareLink"]),
    "link end": Calls(["scheduling/ListLinks", "scheduling/EndLink"]),
    "link list": Calls(["scheduling/ListLinks"], ["evidence/ListSafeguarders"]),
    "duty list": Calls(["scheduling/ListDuties"], _BESIDE),
    "training list": Calls(["scheduling/ListTrainingEvents"]),
    "training record": Calls(["scheduling/RecordTrainingEvent"]),
    "obligation list": Calls(["scheduling/ListObligations"]),
    "obligation attend": Calls(["scheduling/RecordTrainingAttendance"]),
    "notification list": Calls(["notifications/ListNotifications"]),
    "kpi report": Calls(["rules/GetKpiReport"]),
    "kpi quarters": Calls(["rules/GetKpiSeries"]),
    "kpi ledger": Calls(["rules/ListKpiContributors"]),
    "kpi consistency": Calls(["rules/CompareKpiRegions"]),
    "kpi freeze": Calls(["rules/FreezeKpiReport"]),
    "kpi packs": Calls(["rules/ListKpiReports"]),
    "rules new": _NONE,
    "rules copy": Calls(["rules/GetRulebookPlan", *_REVISION]),
    "rules submit": Calls(["rules/CreateRulebookRevision"]),
    "rules numbers": Calls(["rules/ListParameters"]),
    "rules change": Calls(["rules/ChangeParameter"]),
    "rules examine": Calls([*_REVISION, "rules/CheckRulebookRevision"]),
    "rules send-back": Calls([*_REVISION, "rules/SendBackRulebookRevision"]),
    "rules simulations": Calls(["rules/ListSimulations"], _REVISION),
    "rules revisions": Calls(["rules/ListRulebookRevisions"]),
    "rules approve": Calls([*_REVISION, "rules/ApproveRulebookRevision"]),
    "rules publish": Calls([*_REVISION, "rules/ActivateRulebookRevision"]),
    "rules rollback": Calls(["rules/GetRulebookPlan", "rules/RollbackRulebook"]),
    "rules verify": Calls(["rules/VerifyRulebookActivations"]),
    "rules ahead": Calls(["rules/GetRulebookPlan"]),
    "rules compare": Calls([*_REVISION, "rules/CompareRulebookRevisions"]),
    "rules state": Calls(["rules/GetRulebook"]),
    "rules reload": Calls(["rules/ReloadRulebook"]),
    "rules evaluate": Calls(["rules/EvaluateEveryone"]),
    "rules list": Calls(["rules/ListRules"]),
    "rules explain": Calls(
        ["rules/ListRules"], ["rules/EvaluateSafeguarder", "rules/GetEvaluation", "rules/ListStandardsEditions"]
    ),
    "rules notes": Calls(["rules/ListPracticeNotes"]),
    "rules standards": Calls(["rules/ListStandardsEditions", "rules/GetStandardsEdition"]),
    **{f"rules {name}": _NONE for name in ("check", "test", "cover", "diff", "book")},
    "rules whatif": Calls(["rules/SimulateRulebook", *_SIMULATION], _REVISION, usually=POLICY_EDITOR),
    "rules tune": Calls(["rules/TuneParameter", *_SIMULATION], usually=POLICY_EDITOR),
    "rules replay": Calls(["rules/ReplayEvaluation", "rules/ReplayEvaluations", *_SIMULATION], usually=POLICY_EDITOR),
    "rules fair": Calls(["evidence/ListSafeguarders", "rules/ListConcerns"], ["scheduling/GetAllocation"]),
    "rules shadow": Calls(["rules/ListConcerns", "rules/GetStatus"], ["rules/EvaluateEveryone"]),
    "rules override": Calls(["rules/CreateRuleOverride"]),
    "rules overrides": Calls(["rules/ListRuleOverrides"]),
    "rules end-override": Calls(["rules/ListRuleOverrides", "rules/EndRuleOverride"]),
    "rules trial report": Calls(["rules/ReportRuleTrials"], usually=POLICY_EDITOR),
    "events topics list": _NONE,
    "events topics create": _NONE,
    "events republish": Calls(_everywhere("RepublishEvents")),
    "events accept-source": Calls(_everywhere("AcceptSource")),
    "events dead-letters list": Calls(_LETTERS),
    "events dead-letters retry": Calls([*_LETTERS, *_everywhere("RetryDeadLetter")]),
    "events dead-letters drop": Calls([*_LETTERS, *_everywhere("DropDeadLetter")]),
    "ops backup": _NONE,
    "ops restore": _NONE,
    "ops trace": _NONE,
    "ops status": _STATUS,
    "ops doctor": _STATUS,
    "ops ledger": _STATUS,
    "ops runbook": _NONE,
    "call": _NONE,
    "protos": _NONE,
    "completion": _NONE,
}
"""What every command calls."""

FOR_MACHINES: Mapping[str, str] = {
    "evidence/BatchCreateEvidenceItems": "a partner's system sends several items at once; people import a file",
    "evidence/BatchGetEvidenceItems": "a page shows the words of the items on it at once; people read one or a list",
    **dict.fromkeys(
        ("evidence/CreateDraft", "evidence/UpdateDraft"),
        "a page keeps what somebody types; a command takes a text as a whole, or from a file",
    ),
    **dict.fromkeys(
        ("evidence/ExchangeFeedbackLink", "evidence/SendFeedback", "evidence/GetFeedbackStage"),
        "the console's feedback desk calls them for people who are not signed in",
    ),
    "evidence/BatchGetSafeguarders": "a page names the people on it at once; the command line reads the register",
    **dict.fromkeys(
        (
            *("rules/StartConcernSupport", "rules/AnswerConcernSupport", "rules/RecordConcernView"),
            *("rules/ServeConcernNotice", "rules/AcknowledgeConcernNotice", "rules/RequireConcernAction"),
            *("rules/ReviewConcernActions", "rules/AcknowledgeConcernInSession"),
            "rules/RecommendConcern",
        ),
        "systems of before get the method to call instead",
    ),
    **dict.fromkeys(_everywhere("ReadFeed"), "services read each other's events"),
    **dict.fromkeys(_everywhere("ListPermittedMethods"), "the command line asks what it may offer"),
}
"""Methods without a command, and why people need none."""


def command_in(hint: str) -> str:
    """Return the command of CALLS that a line such as `psmf alert why 1a2b3c4d` runs.

    Raises:
        LookupError: it runs none.
    """
    words = hint.removeprefix("psmf ").split()
    for length in (3, 2, 1):
        if " ".join(words[:length]) in CALLS:
            return " ".join(words[:length])
    raise LookupError(hint)
