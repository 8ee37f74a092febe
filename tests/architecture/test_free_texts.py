"""Every free text that enters a record goes through the screen, or says here why it need not (P23).

The kind of fault: a text of a person reaches somebody, and nobody thought of it as one that can name a child. A field
that is added later fails here until it is screened or reasoned away.
"""

from collections.abc import Iterator
from typing import Any

from google.api import field_behavior_pb2
from google.protobuf.descriptor import FieldDescriptor
from psmf.platform.v1 import method_pb2

from tests.architecture.source import ROOT
from tests.architecture.test_contracts_and_migrations import METHODS

SCREENED = {
    "evidence.EvidenceItem.summary": "held",
    "evidence.Reply.text": "held",
    "evidence.FeedbackAnswer.text": "held",
    "evidence.AddReplyRequest.text": "held",
    "evidence.AddOwnItemRequest.words": "refused",
    "evidence.StandardView.words": "refused",
    "evidence.AgendaOutcome.words": "refused",
    "evidence.RecordContent.child_interest": "refused",
    "evidence.Dispute.words": "refused",
    "evidence.DisputeResponse.words": "refused",
    "evidence.CorrectSessionRecordRequest.reason": "refused",
    "evidence.WithdrawSessionRecordRequest.reason": "refused",
    "evidence.CreateStrengthRequest.words": "refused",
    "evidence.CreateNeedRequest.words": "refused",
    "evidence.CloseNeedRequest.because": "refused",
    "evidence.CreateActionRequest.aim": "refused",
    "evidence.CreateActionRequest.measure": "refused",
    "evidence.CreateActionRequest.too_short_because": "refused",
    "evidence.CreateActionRequest.support_manager_words": "refused",
    "evidence.CreateActionRequest.safeguarder_words": "refused",
    "evidence.AnswerActionRequest.words": "refused",
    "evidence.SetActionRequest.because": "refused",
    "evidence.ChangeActionDateRequest.words": "refused",
    "evidence.OfferCompletionRequest.words": "refused",
    "evidence.CloseActionRequest.words": "refused",
    "evidence.HoldActionReviewRequest.words": "refused",
    "evidence.HoldActionReviewRequest.safeguarder_words": "refused",
    "evidence.CorrectActionReviewRequest.words": "refused",
    "evidence.CorrectActionReviewRequest.safeguarder_words": "refused",
    "evidence.CorrectActionReviewRequest.because": "refused",
    "evidence.AnswerActionReviewRequest.words": "refused",
    "evidence.OfferSupportRequest.words": "refused",
    "evidence.OfferSupportRequest.answer_words": "refused",
    "evidence.AnswerSupportRequest.words": "refused",
    "evidence.PromiseSupportRequest.because": "refused",
    "evidence.RecordSupportRequest.because": "refused",
    "evidence.ConfirmSupportRequest.words": "refused",
    "evidence.GiveViewRequest.words": "refused",
    "evidence.ChangeApproachRequest.expectation": "refused",
    "evidence.ChangeApproachRequest.because": "refused",
    "evidence.ChangeApproachRequest.skip_because": "refused",
    "evidence.EndApproachRequest.words": "refused",
    "evidence.AgreeLeaveRequest.because": "refused",
    "evidence.SuspensionDecidedOn.reasons": "refused",
    "evidence.CreateReviewRequestRequest.words": "refused",
    "evidence.CreateReviewRequestRequest.asks_for": "refused",
    "evidence.AcceptReviewRequestRequest.words": "refused",
    "evidence.AddStatementRequest.words": "refused",
    "evidence.DecideReviewRequestRequest.reasons": "refused",
    "evidence.Criterion.words": "refused",
    "evidence.Condition.words": "refused",
    "evidence.Condition.measure": "refused",
    "evidence.Condition.support": "refused",
    "evidence.MoreTime.what": "refused",
    "evidence.MoreTime.where_from": "refused",
    "evidence.AddRepresentationRequest.words": "refused",
    "evidence.RecordReadingRequest.words": "refused",
    "evidence.ReconcileReadingsRequest.words": "refused",
    "evidence.ApproveRecommendationRequest.answers": "refused",
    "evidence.WithdrawRecommendationRequest.because": "refused",
    "evidence.RecordMinisterialDecisionRequest.reasons": "refused",
    "evidence.CorrectMinisterialDecisionRequest.because": "refused",
    "evidence.DecisionRecord.reasons": "refused",
    "evidence.WithdrawDecisionCorrectionRequest.because": "refused",
    "evidence.UpdateDevelopmentPlanRequest.no_strength_because": "refused",
    "evidence.UpdateDevelopmentPlanRequest.not_final_because": "refused",
    "evidence.CarriedNeed.because": "refused",
    "rules.CreateRuleOverrideRequest.reason": "refused",
    "rules.CreateRulebookRevisionRequest.reason": "refused",
    "rules.SendBackRulebookRevisionRequest.reason": "refused",
    "rules.ParameterChange.why": "refused",
    "rules.ParameterChange.cites": "refused",
    "rules.GuardingExample.title": "refused",
    "rules.ApproveRulebookRevisionRequest.reason": "refused",
    "rules.ActivateRulebookRevisionRequest.reason": "refused",
    "rules.RollbackRulebookRequest.reason": "refused",
    "scheduling.OpenEmergencyAccessRequest.reason": "refused",
    "scheduling.ReviewEmergencyAccessRequest.reasons": "refused",
}
"""Texts that are screened. Evidence is *held*, because it must not be lost. Any other text is *refused*."""
NO_SCREEN = {
    "evidence.CreateDraftRequest.safeguarder": "the name of a record",
    "evidence.CreateDraftRequest.step": "a word of the program that keeps the draft, whose form is checked",
    "evidence.UpdateDraftRequest.step": "a word of the program that keeps the draft, whose form is checked",
    "evidence.CreateFeedbackLinkRequest.case_reference": "opaque: only `case-` and up to 32 of a-z and 0-9",
    "evidence.ExchangeFeedbackLinkRequest.token": "a secret, of which only the hash is compared",
    "evidence.ExchangeFeedbackLinkRequest.session": "a secret, of which only the hash is kept",
    "evidence.SendFeedbackRequest.session": "a secret, of which only the hash is compared",
    "evidence.SendFeedbackRequest.contact": "how to reach an adult; the Team alone sees it, and not for long",
    "evidence.FeedbackAnswer.question": "a name in the file of feedback",
    "evidence.FeedbackAnswer.choice": "a name in the file of feedback",
    "evidence.EvidenceItem.case_reference": "opaque: only `case-` and up to 32 of a-z and 0-9",
    "evidence.Mapping.standard": "an id of the edition in force",
    "evidence.Mapping.indicator": "an id of the edition in force",
    "evidence.ReleaseEvidenceItemRequest.strike": "it is deleted, and never kept",
    "evidence.Safeguarder.display_name": "the name of the Safeguarder, who is an adult",
    "evidence.Safeguarder.areas": "ids of a list",
    "evidence.Safeguarder.panel_number": "the number of the Safeguarder, whose form is checked",
    "evidence.LegalBasis.instrument": "the provision of an enactment, recorded by an official",
    "evidence.LegalBasis.provision": "the provision of an enactment, recorded by an official",
    "evidence.LegalBasis.version": "the provision of an enactment, recorded by an official",
    "evidence.RecordMinisterialDecisionRequest.recommended_by": "the opaque id of a person",
    "evidence.SuspensionDecidedOn.recommendation": "the name of a recommendation",
    "evidence.SuspensionDecidedOn.pack_hash": "a hash",
    "evidence.SuspendSafeguarderRequest.policy": "the name of a policy in the file",
    "evidence.CreateReviewRequestRequest.target": "the name of what it is about",
    "evidence.AssignReviewRequestRequest.reviewer": "the opaque id of a person",
    "evidence.AssignReadingRequest.reader": "the opaque id of a person",
    "evidence.RecordMinisterialDecisionRequest.recommendation": "the name of a recommendation or of a concern",
    "evidence.RecordMinisterialDecisionRequest.pack_hash": "a hash",
    "evidence.Criterion.names": "a name in the pack",
    "evidence.Condition.standard": "an id of the edition in force",
    "evidence.RecommendationText.concerns": "the name of a concern",
    "evidence.SetPanelNumberRequest.panel_number": "the number of the Safeguarder, whose form is checked",
    "evidence.StandardView.standard": "an id of the edition in force",
    "evidence.StandardView.basis": "a name in the papers of the session",
    "evidence.OfferLateItemRequest.item": "the name of an item that the Safeguarder can see",
    "evidence.AdmitLateItemRequest.item": "the name of an item that was offered",
    "evidence.AgendaOutcome.item": "a name in the papers of the session",
    "evidence.AgendaOutcome.action": "the name of an action",
    "evidence.RecordContent.actions": "the name of an action",
    "evidence.RecordContent.supports": "the name of a support",
    "evidence.Dispute.section": "a section of the record",
    "evidence.DisputeResponse.section": "a section that is disputed",
    "evidence.CreateStrengthRequest.standard": "an id of the edition in force",
    "evidence.CreateStrengthRequest.evidence": "the name of an item that the Safeguarder can see",
    "evidence.CreateNeedRequest.standard": "an id of the edition in force",
    "evidence.CreateNeedRequest.evidence": "the name of an item that the Safeguarder can see",
    "evidence.CreateNeedRequest.concern": "the name of a concern",
    "evidence.CreateActionRequest.standard": "an id of the edition in force",
    "evidence.CreateActionRequest.indicator": "an id of the edition in force",
    "evidence.CreateActionRequest.needs": "the name of a need",
    "evidence.CreateActionRequest.concern": "the name of a concern",
    "evidence.CreateActionRequest.replaces": "the name of an action",
    "evidence.OfferCompletionRequest.evidence": "the name of an item that the Safeguarder can see",
    "evidence.ReviewedAction.action": "the name of an action",
    "evidence.HoldActionReviewRequest.session": "the name of a session",
    "evidence.CorrectActionReviewRequest.session": "the name of a session",
    "evidence.OfferSupportRequest.supported": "the name of a need, an action or a concern",
    "evidence.CarriedNeed.need": "the name of a need",
    "evidence.ChangeApproachRequest.concerns": "the name of a concern",
    "evidence.ChangeApproachRequest.evidence": "the name of an item that the Safeguarder can see",
    "evidence.ChangeApproachRequest.session": "the name of a session",
    "evidence.ChangeApproachRequest.actions": "the name of an action",
    "notifications.AcknowledgeAlertRequest.owner": "the opaque id of a person",
    "platform.DropDeadLetterRequest.reason": "operators write it about an event, whose content they do not see",
    "platform.AcceptSourceRequest.source": "the name of a service",
    "rules.AcknowledgeConcernRequest.owner": "the opaque id of a person",
    "rules.ApproveRulebookRevisionRequest.cover_report_hash": "a hash",
    "rules.ApproveRulebookRevisionRequest.whatif_report_hash": "a hash",
    "rules.CreateRuleOverrideRequest.rule": "the id of a rule",
    "rules.CreateRuleOverrideRequest.subject": "the id of a standard or an indicator",
    "rules.CreateRulebookRevisionRequest.files": "rule files are about rules, and two people read them",
    "rules.MergeConcernRequest.into": "the id of a concern",
    "rules.RecommendConcernRequest.pack_hash": "a hash",
    "rules.RecordConcernViewRequest.document": "the id of a document",
    "rules.ReopenConcernRequest.evidence": "the id of an item",
    "rules.ServeConcernNoticeRequest.document": "the id of a document",
    "rules.SimulateRulebookRequest.files": "they are tried, and never kept",
    "rules.SimulateRulebookRequest.revision": "the name of a revision",
    "rules.ParameterChange.parameter": "the id of a parameter",
    "rules.ParameterChange.origin": "a word of a closed list",
    "rules.GuardingExample.key": "the key of a suggested example",
    "rules.TuneParameterRequest.parameter": "the id of a parameter",
    "scheduling.CancelSupportSessionRequest.cancelled_by": "a word of a closed list",
    "scheduling.CreateAllocationRequest.reason": "a word of a closed list",
    "scheduling.CreateAllocationRequest.support_manager": "the opaque id of a person",
    "scheduling.CreateDelegationRequest.delegate": "the opaque id of a person, whom the directory must know",
    "scheduling.DeclareLinkRequest.person": "the opaque id of a person, whom the directory must know",
    "scheduling.RescheduleSupportSessionRequest.asked_by": "a word of a closed list",
    "scheduling.RescheduleSupportSessionRequest.reason": "a word of a closed list",
}
"""Fields of text that no screen reads, each with the reason."""
_NAMES = ("name", "parent", "etag", "request_id")
"""Names of records and of requests. Every contract has them, and their form is checked."""


def fields_of_text(message: Any, within: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield every field of a request that a caller fills with text, with the message that it stands in."""
    for field in message.fields:
        options = field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
        if field_behavior_pb2.OUTPUT_ONLY in options or message.full_name in within:
            continue
        place = f"{message.file.package.split('.')[1]}.{message.name}.{field.name}"
        if field.message_type is not None and field.message_type.GetOptions().map_entry:
            yield place
        elif field.message_type is not None:
            yield from fields_of_text(field.message_type, (*within, message.full_name))
        elif field.type == FieldDescriptor.TYPE_STRING and field.name not in _NAMES and not field.name.endswith("_id"):
            yield place


def every_text() -> set[str]:
    writes = [m for m in METHODS if m.GetOptions().Extensions[method_pb2.rules].effect == method_pb2.EFFECT_WRITE]
    return {place for method in writes for place in fields_of_text(method.input_type)}


def test_every_text_that_a_person_sends_is_screened_or_reasoned_away() -> None:
    """P23: a new field of text fails here."""
    found = every_text()
    assert {"evidence.AddReplyRequest.text", "rules.CreateRuleOverrideRequest.reason"} <= found
    assert found - SCREENED.keys() - NO_SCREEN.keys() == set(), "screen it, or say here why it cannot name a child"
    assert (SCREENED.keys() | NO_SCREEN.keys()) - found == set(), "there is no such field any more"
    assert not SCREENED.keys() & NO_SCREEN.keys()


def test_every_screened_text_is_tried_at_its_door() -> None:
    """P23: these files send each of them."""
    parts = ("sessions", "plans", "reviews", "recommendations", "rulebooks")
    files = (
        "test_who_says_it.py",
        "samples/test_samples.py",
        "overlays/test_leave.py",
        "cover/test_emergency_across_services.py",
        *(f"{part}/test_texts.py" for part in parts),
    )
    tried = "".join((ROOT / "tests" / "between" / file).read_text() for file in files)
    assert [field for field in SCREENED if f'"{field}"' not in tried] == []
