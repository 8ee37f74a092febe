"""Actions of a development plan."""

import uuid
from collections.abc import Callable

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.plans import life_of_an_action as life
from services.evidence.domain.plans import on_file
from services.evidence.domain.plans.action import Action, ActionAnswer, Proposal, ReportedOpening
from services.evidence.domain.plans.life_of_a_support import go_along
from services.evidence.domain.plans.plan import goes_along, support_owed
from services.evidence.domain.plans.support import Support
from services.evidence.domain.review_requests.request import Target, TargetKind
from services.evidence.handlers.plans import approach, outcomes, parts
from services.evidence.handlers.review_requests.frozen import check_not_under_review
from services.refusals import precondition


def create(
    safeguarder_id: str, proposal: Proposal, opening: ReportedOpening | None, again: bool, files: PlanFile
) -> Action:
    """Propose an action, or report one that was opened before (`opening`). `again`: as in `create_need`.

    Raises:
        Refusal: ACTION_NOT_OPEN for an action that it cannot replace; NOT_APPOINTED; ACTION_ON_FILE; and as
            `life.propose`, `life.report` and the checks of `parts` say.
    """
    parts.check_serves(safeguarder_id, files)
    parts.check_standard(proposal.standard, proposal.indicator, files)
    parts.check_needs(proposal.needs, safeguarder_id, files)
    if proposal.concern:
        parts.check_concern(proposal.concern, safeguarder_id, files)
    if proposal.replaces:
        _check_replaces((safeguarder_id, proposal.replaces), files)
    action_id, by_whom = uuid.uuid4().hex, (files.actor, files.numbers)
    if opening is None:
        created = life.propose(action_id, safeguarder_id, proposal, *by_whom)
    else:
        created = life.report((safeguarder_id, action_id), proposal, opening, *by_whom)
    if not again:
        on_file.check_action(created, files.parts.of(Action, safeguarder_id))
    files.parts.put(created)
    return created


def answer(name: parts.Name, etag: str, given: ActionAnswer, words: str, files: PlanFile) -> Action:
    """Keep the other side's answer. Refuse as `life.answer` does."""
    return _open(name, etag, files, lambda action: life.answer(action, given, words, files.actor))


def set_action(name: parts.Name, etag: str, because: str, files: PlanFile) -> Action:
    """Set an action. Refuse NOT_APPOINTED, and as `life.set_action` does."""

    def move(action: Action) -> Action:
        parts.check_serves(name[0], files)
        answering = parts.timed_action(action, files).answering
        return life.set_action(action, because, answering, files.actor, files.numbers)

    return _open(name, etag, files, move)


def change(name: parts.Name, etag: str, files: PlanFile, move: Callable[[Action], Action]) -> Action:
    """Make a move on an action and store it.

    Raises:
        Refusal: UNDER_REVIEW for a move of staff; ACTION_NOT_FOUND; ETAG_MISMATCH; and what the move refuses.
    """
    if not files.actor.is_safeguarder:
        _check_not_under_review(name, files)
    before = parts.find_action(name, files)
    parts.check_etag(etag, before.etag)
    after = move(before)
    if after is not before:
        files.parts.put(after)
        approach.follow_days(after.safeguarder_id, files)
    return after


def offer_completion(name: parts.Name, etag: str, words: str, evidence: tuple[str, ...], files: PlanFile) -> Action:
    """Say that an action is done. Refuse as `check_evidence` and `life.offer_completion` do."""
    parts.check_evidence(evidence, name[0], files)
    return change(name, etag, files, lambda action: life.offer_completion(action, words, evidence, files.actor))


def change_date(name: parts.Name, etag: str, day: life.Later, files: PlanFile) -> Action:
    """Move the due day of an action later. Refuse as `life.change_date` does."""

    def move(action: Action) -> Action:
        return life.change_date(action, day, parts.timed_action(action, files).standing, files.actor, files.numbers)

    return change(name, etag, files, move)


def close(name: parts.Name, etag: str, ending: life.Ending, reply_working_days: int, files: PlanFile) -> Action:
    """End an action. Its outcome becomes evidence, as `outcomes.record` says. Refuse as `life.close` does."""

    def move(action: Action) -> Action:
        supports = [parts.timed_support(support, files) for support in files.parts.of(Support, name[0])]
        owed = support_owed(action, supports, files.actor.today)
        ended = life.close(action, ending, parts.timed_action(action, files).standing, owed, files.actor)
        return ended if ended is action else outcomes.record(ended, supports, reply_working_days, files)

    return change(name, etag, files, move)


def correct_outcome(action: Action, ending: life.Ending, reply_working_days: int, files: PlanFile) -> None:
    """Correct the outcome of an action. What it made as evidence is corrected with it, as `outcomes.correct` says.

    Raises:
        Refusal: as `life.correct_outcome` says.
    """

    def move(before: Action) -> Action:
        supports = [parts.timed_support(support, files) for support in files.parts.of(Support, before.safeguarder_id)]
        owed = support_owed(before, supports, files.actor.today)
        after = life.correct_outcome(before, ending, parts.timed_action(before, files).standing, owed, files.actor)
        return after if after.state is before.state else outcomes.correct(after, supports, reply_working_days, files)

    change((action.safeguarder_id, action.action_id), action.etag, files, move)


def _open(name: parts.Name, etag: str, files: PlanFile, move: Callable[[Action], Action]) -> Action:
    """Make a move that may open an action. The action whose place it takes ends then, and its supports go along."""
    was_open = parts.find_action(name, files).is_open
    after = change(name, etag, files, move)
    if after.is_open and not was_open and after.proposal.replaces:
        _check_not_under_review((name[0], after.proposal.replaces), files)
        before = parts.find_action((name[0], after.proposal.replaces), files)
        ended = life.replaced(before, after.action_id, files.actor)
        if ended is not before:
            files.parts.put(ended)
            approach.follow_days(ended.safeguarder_id, files)
            _take_supports_along(before, after, files)
    return after


def _take_supports_along(before: Action, after: Action, files: PlanFile) -> None:
    """Keep what the Team owed for an action owed for the one that replaces it."""
    for support in files.parts.of(Support, before.safeguarder_id):
        if goes_along(parts.timed_support(support, files), before, after, files.actor.today):
            files.parts.put(go_along(support, after.action_id, files.actor))


def _check_not_under_review(name: parts.Name, files: PlanFile) -> None:
    check_not_under_review(name[0], Target(TargetKind.ACTION, name[1]), files.requests)


def _check_replaces(name: parts.Name, files: PlanFile) -> None:
    if not parts.find_action(name, files, "replaces").is_open:
        message = "The action that it is to replace is not open."
        raise precondition("ACTION_NOT_OPEN", message, "replaces")
