"""What the decision of a review does to its target, in the same transaction (B5, D6; record 2.5)."""

from services.evidence.adapters.review_requests.files import ReviewFile
from services.evidence.domain.deliveries import corrections_of
from services.evidence.domain.evidence_item import EvidenceId
from services.evidence.domain.life_of_an_item import withdraw_by_review
from services.evidence.domain.plans import life_of_an_action
from services.evidence.domain.review_requests.request import Decision, ReviewRequest, TargetKind
from services.evidence.domain.sessions import life_of_a_record
from services.evidence.domain.sessions.life_of_a_record import Correction
from services.evidence.domain.sessions.record import Author, Content
from services.evidence.handlers import session_packs as packs
from services.evidence.handlers import session_records
from services.evidence.handlers.plans import approach, parts
from services.evidence.handlers.review_requests import of_findings, of_the_plan
from services.refusals import invalid


def apply(decided: ReviewRequest, text: Content | None, files: ReviewFile) -> None:
    """Apply a decision to its target. A concern is rules' to close, once they hear of the decision.

    Raises:
        Refusal: FIELD_MISSING without the text that a record has from now on; UNKNOWN_VALUE for a text that nothing
            takes; and as `life_of_a_record.correct_by_review` says.
    """
    stands = decided.decision is Decision.NOT_UPHELD
    takes_text = decided.target.kind is TargetKind.SESSION_RECORD and not stands
    if takes_text and text is None:
        raise invalid("FIELD_MISSING", "record is needed: write the text that the record has from now on.", "record")
    if text is not None and not takes_text:
        message = "Leave record out: only a request about a record that is upheld gives it another text."
        raise invalid("UNKNOWN_VALUE", message, "record")
    if stands:
        return
    if text is not None:
        _correct_record(decided, text, files)
    if decided.target.kind is TargetKind.ACTION:
        _withdraw_action(decided, files)
    of_the_plan.apply(decided, files)
    of_findings.apply(decided, files)
    _withdraw_items(decided, files)


def _withdraw_items(decided: ReviewRequest, files: ReviewFile) -> None:
    """Withdraw the items that were looked at, and what took their place: a matter of safety is corrected meanwhile."""
    file = files.plan.file
    looked_at = list(file.find_many([EvidenceId(each) for each in decided.evidence_ids]).values())
    for item in (*looked_at, *corrections_of(looked_at, file.find_many)):
        withdrawn = withdraw_by_review(item, files.actor.now)
        if withdrawn is not None:
            file.change(withdrawn, "withdrawn")


def _withdraw_action(decided: ReviewRequest, files: ReviewFile) -> None:
    action = parts.find_action((decided.safeguarder_id, decided.target.target_id), files.plan)
    after = life_of_an_action.withdraw_what_fell(action, decided.reasons, files.actor)
    if after is not action:
        files.plan.parts.put(after)
        approach.follow_days(decided.safeguarder_id, files.plan)


def _correct_record(decided: ReviewRequest, text: Content, files: ReviewFile) -> None:
    sessions, name = files.sessions, (decided.safeguarder_id, decided.target.target_id)
    record = session_records.find(name, 0, sees_drafts=False, files=sessions)
    papers = packs.papers_of(packs.find_pack(*name, sessions), sessions)
    changed = Correction(text, decided.reasons, Author(files.actor.person))
    after = life_of_a_record.correct_by_review(record, changed, papers, files.actor.now, sessions.numbers)
    sessions.records.put(after)
