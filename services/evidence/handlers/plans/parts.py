"""What every command on a development plan looks up and checks first."""

from collections.abc import Sequence
from datetime import date

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.evidence_item import EvidenceId, ItemState
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.plan import TimedAction, TimedSupport, TimedView
from services.evidence.domain.plans.support import Support
from services.evidence.domain.plans.view import View
from services.evidence.domain.safeguarder import not_entered
from services.evidence.domain.sessions.slot import SlotState, newest
from services.evidence.domain.standards import check_subject, edition_in_force
from services.evidence.domain.standing import GivenTime, Standing
from services.refusals import conflict, not_found, precondition

Name = tuple[str, str]
"""The ids of the Safeguarder and of the part."""


def find_need(name: Name, files: PlanFile, field: str = "name") -> Need:
    """Return a need. Refuse NEED_NOT_FOUND, also for one of somebody else."""
    found = files.parts.find(Need, name[1])
    if found is None or found.safeguarder_id != name[0]:
        raise not_found("NEED_NOT_FOUND", "This Safeguarder has no such need.", field)
    return found


def find_action(name: Name, files: PlanFile, field: str = "name") -> Action:
    """Return an action. Refuse ACTION_NOT_FOUND, also for one of somebody else."""
    found = files.parts.find(Action, name[1])
    if found is None or found.safeguarder_id != name[0]:
        raise not_found("ACTION_NOT_FOUND", "This Safeguarder has no such action.", field)
    return found


def find_support(name: Name, files: PlanFile) -> Support:
    """Return a support. Refuse SUPPORT_NOT_FOUND, also for one of somebody else."""
    found = files.parts.find(Support, name[1])
    if found is None or found.safeguarder_id != name[0]:
        raise not_found("SUPPORT_NOT_FOUND", "This Safeguarder has no such support.", "name")
    return found


def check_etag(read: str, current: str) -> None:
    """Refuse ETAG_MISMATCH if what the caller read has changed since."""
    if read != current:
        message = f"It has changed: you read version {read[:20]}, and it is at {current} now. Read it again."
        raise conflict("ETAG_MISMATCH", message, "etag", read=read[:20], current=current)


def check_known(safeguarder_id: str, files: PlanFile) -> None:
    """Refuse SAFEGUARDER_NOT_FOUND for a person who is not on the register. Applicants are: their needs stay (R117)."""
    if files.people.find(safeguarder_id) is None:
        raise not_entered()


def check_serves(safeguarder_id: str, files: PlanFile) -> None:
    """Refuse SAFEGUARDER_NOT_FOUND and NOT_APPOINTED for a person who does not serve today."""
    entry = files.people.find(safeguarder_id)
    if entry is None:
        raise not_entered()
    if not entry.serves_on(files.actor.today):
        raise precondition("NOT_APPOINTED", "The person does not serve today.", "parent")


def check_standard(standard: str, indicator: str, files: PlanFile) -> None:
    """Check a standard and an indicator by the edition of today. Refuse as its two functions do."""
    check_subject(standard, indicator, edition_in_force(files.file.editions(), files.actor.today))


def check_evidence(evidence: Sequence[str], safeguarder_id: str, files: PlanFile) -> None:
    """Check that the Safeguarder can see each item.

    Raises:
        Refusal: SHOW_THE_EVIDENCE, with the same words for an item that is not there, and for one that is not shared.
    """
    found = files.file.find_many([EvidenceId(evidence_id) for evidence_id in evidence]) if evidence else {}
    for evidence_id in evidence:
        item = found.get(evidence_id)
        shown = item is not None and item.state is ItemState.CURRENT and item.shown_to_the_person is not None
        if item is None or item.safeguarder_id != safeguarder_id or not shown:
            message = "Name evidence that is on the file and that the Safeguarder can see. Share it first."
            raise precondition("SHOW_THE_EVIDENCE", message, "evidence")


def check_concern(concern_id: str, safeguarder_id: str, files: PlanFile, field: str = "concern") -> None:
    """Refuse CONCERN_NOT_FOUND and CONCERN_NOT_OPEN for what is no open concern of the person."""
    is_open = files.facts.concern_is_open(concern_id, safeguarder_id)
    if is_open is None:
        message = "This person's file has no such concern. If rules have just raised it, ask again in a moment."
        raise not_found("CONCERN_NOT_FOUND", message, field)
    if not is_open:
        raise precondition("CONCERN_NOT_OPEN", "This concern is not open any more.", field)


def day_of_session(session_id: str, safeguarder_id: str, files: PlanFile) -> date:
    """Return the day of a support session of a person that was held. Refuse SESSION_NOT_FOUND and SESSION_NOT_HELD."""
    slots = files.packs.slots(session_id)
    slot = newest(slots) if slots else None
    if slot is None or slot.safeguarder_id != safeguarder_id:
        raise not_found("SESSION_NOT_FOUND", "This person has no such support session.", "session")
    if slot.state is not SlotState.HELD:
        raise precondition("SESSION_NOT_HELD", "The session is not recorded as held.", "session")
    return slot.held_on


def spoken_of_from(concerns: Sequence[str], safeguarder_id: str, files: PlanFile) -> date | None:
    """Return the first day on which the concerns could be spoken of: the latest of them is there since then.

    Without a concern whose day is known, it is the day since which the person serves. None for one who does not serve.
    What is reported may have happened before the concern was recorded here, so it names none.
    """
    known = files.facts.concerns_of(safeguarder_id) if concerns else {}
    days = [day for day in (known[each].since for each in concerns if each in known) if day is not None]
    entry = files.people.find(safeguarder_id)
    return max(days) if days or entry is None else entry.serves_since(files.actor.today)


def check_needs(needs: Sequence[str], safeguarder_id: str, files: PlanFile, field: str = "needs") -> None:
    """Refuse NEED_NOT_FOUND and NEED_ENDED for what is no open need of the person."""
    for need_id in needs:
        if not find_need((safeguarder_id, need_id), files, field).is_open:
            raise precondition("NEED_ENDED", "A need that is named has ended.", field)


def timed_action(action: Action, files: PlanFile) -> TimedAction:
    """Return an action with how its time, and the time to answer it, stand today."""
    return TimedAction(action, files.standings.of(action.time, files.actor.today), _of(action.time_to_answer, files))


def timed_support(support: Support, files: PlanFile) -> TimedSupport:
    """Return a support with how the time to answer it, and the time to deny it, stand today."""
    return TimedSupport(support, _of(support.time_to_answer, files), _of(support.time_to_deny, files))


def timed_view(view: View, files: PlanFile) -> TimedView:
    """Return a view with how the time to give it stands today."""
    return TimedView(view, _of(view.time_to_answer, files))


def _of(given: GivenTime | None, files: PlanFile) -> Standing | None:
    return files.standings.of(given, files.actor.today) if given else None
