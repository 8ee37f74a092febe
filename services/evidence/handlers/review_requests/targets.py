"""What a review request is about: what evidence knows of it, and who took part in it (R92, R93)."""

from collections.abc import Iterable

from services.calendar_days import london_today
from services.evidence.adapters.plan_files import PlanFile
from services.evidence.adapters.review_requests.files import ReviewFile
from services.evidence.domain.evidence_item import EvidenceId, EvidenceItem, ItemState
from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.plans.action import Action, ActionState
from services.evidence.domain.review_requests.life import Known
from services.evidence.domain.review_requests.life import follow_concerns as follow
from services.evidence.domain.review_requests.request import ReviewRequest, Target, TargetKind
from services.evidence.domain.sessions.life_of_a_record import record_not_found
from services.evidence.domain.sessions.record import RecordState, SessionRecord
from services.evidence.handlers.change_evidence_item import item_not_found
from services.evidence.handlers.plans import parts
from services.evidence.handlers.review_requests import of_absences, of_findings, of_overrides, of_the_plan
from services.evidence.handlers.review_requests.of_the_plan import Stands
from services.refusals import not_found, precondition

_WAITS = ("support_need", "escalation", "reappointment_risk")
"""Lanes of concerns that wait for a review, in the words of rules."""
_NOT_PRACTICE = ("excellence", "data_gap")
"""Lanes of praise and of the Team's own duties."""


def look_up(safeguarder_id: str, target: Target, files: ReviewFile) -> Known:
    """Return what evidence knows of a target.

    Raises:
        Refusal: EVIDENCE_NOT_FOUND, CONCERN_NOT_FOUND, SESSION_RECORD_NOT_FOUND or ACTION_NOT_FOUND for what is not
            there, or was not shared; CONCERN_NOT_OPEN; NOT_ABOUT_PRACTICE; RECORD_WITHDRAWN; ACTION_ENDED; and as
            `of_the_plan`, `of_findings`, `of_absences` and `of_overrides` say.
    """
    version, told_on, evidence_ids, named = _STANDS[target.kind](safeguarder_id, target.target_id, files)
    concern_ids = {*_named(named, safeguarder_id, files), *resting_on(evidence_ids, safeguarder_id, files.plan)}
    before = tuple(each for each in files.requests.of(safeguarder_id) if each.target == target)
    return Known(version, told_on, evidence_ids, tuple(sorted(concern_ids)), before)


def resting_on(evidence_ids: Iterable[str], safeguarder_id: str, files: PlanFile) -> list[str]:
    """Return the ids of a person's open concerns that wait for a review of any of these items, as rules last told.

    The Safeguarder reads them, so a concern of which nobody was told, and a matter of safety, is none of them.
    """
    wanted = set(evidence_ids)
    concerns = files.facts.open_concerns(safeguarder_id) if wanted else []
    told = [each for each in concerns if each.lane in _WAITS and each.said and not each.said.quiet]
    return [each.concern_id for each in told if each.said and wanted & set(each.said.evidence_ids)]


def follow_concerns(safeguarder_id: str, files: PlanFile) -> None:
    """Tell the open requests again of which more concerns rest on the target by now."""
    for request in files.requests.of(safeguarder_id):
        if request.is_open:
            resting = resting_on(request.evidence_ids, safeguarder_id, files)
            after = follow(request, resting, files.actor.now)
            if after is not request:
                files.requests.put(after)


def took_part(request: ReviewRequest, files: ReviewFile) -> set[str]:
    """Return who wrote, shared, decided, owned or moved the target of a request, or what it rests on."""
    items = files.plan.file.find_many([EvidenceId(each) for each in request.evidence_ids]).values()
    found = {person for item in items for person in (item.sender, item.decided_by)}
    for concern_id in request.concern_ids:
        concern = files.plan.facts.find_concern(concern_id)
        found |= set(concern.said.people) if concern and concern.said else set()
    if request.target.kind is TargetKind.ACTION:
        action = parts.find_action((request.safeguarder_id, request.target.target_id), files.plan)
        found |= {action.proposed_by_person, *(day.set_by for day in action.due_days)}
    if request.target.kind is TargetKind.SESSION_RECORD:
        texts = (
            files.sessions.records.find(request.target.target_id, edition) for edition in _editions(request, files)
        )
        found |= {text.author for text in texts if text}
    elsewhere = (part.took_part(request, files) for part in (of_the_plan, of_findings, of_overrides))
    return found.union(*elsewhere) - {""}


def _named(named: Iterable[str], safeguarder_id: str, files: ReviewFile) -> list[str]:
    """Return the open concerns about practice that are named with a target.

    A matter of safety is one of them. It waits for no review, but what the Safeguarder owes about it does.
    """
    known = files.plan.facts.concerns_of(safeguarder_id)
    there = [known[each] for each in named if each in known and known[each].is_open]
    return [each.concern_id for each in there if each.lane not in _NOT_PRACTICE]


def _editions(request: ReviewRequest, files: ReviewFile) -> range:
    newest = files.sessions.records.find(request.target.target_id)
    return range(1, newest.edition + 1) if newest else range(0)


def _item(safeguarder_id: str, evidence_id: str, files: ReviewFile) -> Stands:
    item: EvidenceItem | None = files.plan.file.find(evidence_id)
    shown = item is not None and item.state is ItemState.CURRENT and item.shown_to_the_person is not None
    if item is None or item.safeguarder_id != safeguarder_id or not shown:
        refused = item_not_found()
        refused.field = "target"
        raise refused
    return Stands(item.version, item.content.shared_on, (evidence_id,))


def _concern(safeguarder_id: str, concern_id: str, files: ReviewFile) -> Stands:
    concern: KnownConcern | None = files.plan.facts.find_concern(concern_id)
    is_quiet = concern is not None and concern.said is not None and concern.said.quiet
    if concern is None or concern.safeguarder_id != safeguarder_id or is_quiet:
        message = "This person's file has no such concern. If rules have just raised it, ask again in a moment."
        raise not_found("CONCERN_NOT_FOUND", message, "target")
    parts.check_concern(concern_id, safeguarder_id, files.plan, "target")
    if concern.lane in _NOT_PRACTICE:
        message = "This is praise, or something that the Team owes. Ask for a review of a concern about practice."
        raise precondition("NOT_ABOUT_PRACTICE", message, "target")
    return Stands(0, None, concerns=(concern_id,))


def _record(safeguarder_id: str, session_id: str, files: ReviewFile) -> Stands:
    record: SessionRecord | None = files.sessions.records.find(session_id)
    if record is None or record.safeguarder_id != safeguarder_id or record.shared_at is None:
        refused = record_not_found()
        refused.field = "target"
        raise refused
    if record.state is RecordState.WITHDRAWN:
        raise precondition("RECORD_WITHDRAWN", "The record was withdrawn, because the session was not held.", "target")
    return Stands(record.edition, london_today(record.shared_at))


def _action(safeguarder_id: str, action_id: str, files: ReviewFile) -> Stands:
    action: Action = parts.find_action((safeguarder_id, action_id), files.plan, "target")
    if action.state in (ActionState.WITHDRAWN, ActionState.REPLACED):
        raise precondition("ACTION_ENDED", "This action no longer stands.", "target", state=action.state)
    made = (action.outcome_evidence,) if action.outcome_evidence else ()
    return Stands(action.version, london_today(action.created_at), made)


_STANDS = {
    TargetKind.EVIDENCE_ITEM: _item,
    TargetKind.CONCERN: _concern,
    TargetKind.SESSION_RECORD: _record,
    TargetKind.ACTION: _action,
    TargetKind.SUPPORT: of_the_plan.support,
    TargetKind.APPROACH_CHANGE: of_the_plan.approach_change,
    TargetKind.RECOMMENDATION: of_the_plan.recommendation,
    TargetKind.NEED: of_findings.of_a_need,
    TargetKind.VIEW: of_findings.of_a_view,
    TargetKind.ACTION_REVIEW: of_findings.of_a_talk,
    TargetKind.SESSION_ABSENCE: of_absences.of_an_absence,
    TargetKind.TRAINING_ABSENCE: of_absences.of_an_absence,
    TargetKind.RULE_OVERRIDE: of_overrides.of_an_override,
}
