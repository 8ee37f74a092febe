"""Changes of the approach to concerns."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.approach import life
from services.evidence.domain.approach.change import Approach, ApproachChange, ChangeState, Wanted
from services.evidence.domain.approach.matter import matter_of
from services.evidence.domain.plans.action import Action, ActionState
from services.evidence.domain.plans.plan import TimedAction
from services.evidence.domain.plans.support import Support
from services.evidence.domain.review_requests.request import Target, TargetKind
from services.evidence.domain.standing import Standing
from services.evidence.handlers.plans import parts
from services.evidence.handlers.review_requests.frozen import check_not_under_review
from services.refusals import invalid, not_found


def serve(safeguarder_id: str, wanted: Wanted, files: PlanFile) -> ApproachChange:
    """Serve a change of approach. It takes the place of those that apply to the same concerns.

    Raises:
        Refusal: FIELD_MISSING without a concern; SESSION_NOT_HELD; UNDER_REVIEW; and as `life.serve` and the checks of
            `parts` say.
    """
    if not wanted.concerns:
        raise invalid("FIELD_MISSING", "concerns is needed: name what it is about.", "concerns")
    if wanted.to is not Approach.SUPPORT:
        parts.check_serves(safeguarder_id, files)
    for concern_id in wanted.concerns:
        parts.check_concern(concern_id, safeguarder_id, files, "concerns")
    parts.check_evidence(wanted.evidence, safeguarder_id, files)
    concerns, supports = files.facts.concerns_of(safeguarder_id), files.parts.of(Support, safeguarder_id)
    spoken_of_on = _spoken_of_on(safeguarder_id, wanted, files)
    known = life.Known(
        [matter_of(concern_id, concerns, supports) for concern_id in wanted.concerns],
        [each for each in _applying(safeguarder_id, files) if set(each.wanted.concerns) & set(wanted.concerns)],
        [_action((safeguarder_id, action_id), files) for action_id in wanted.actions],
        spoken_of_on,
        parts.spoken_of_from(() if wanted.reported else wanted.concerns, safeguarder_id, files),
        lambda given: files.standings.last_day(given, files.actor.today),
    )
    ids = (uuid.uuid4().hex, safeguarder_id)
    wanted = replace(wanted, discussed_on=spoken_of_on or wanted.discussed_on)
    served, superseded = life.serve(ids, wanted, known, files.actor, files.numbers)
    if served not in known.before:
        for each in superseded:
            _check_not_under_review(each, files, "concerns")
        for each in (*superseded, served):
            files.changes.put(each)
    return served


def acknowledge(name: parts.Name, etag: str, files: PlanFile) -> ApproachChange:
    """Keep that the Safeguarder has read a change. Refuse as `life.acknowledge` does."""
    return _change(name, etag, files, lambda change: life.acknowledge(change, files.actor))


def end(name: parts.Name, etag: str, outcome: ChangeState, words: str, files: PlanFile) -> ApproachChange:
    """End a change. Refuse as `life.end` does, and UNDER_REVIEW unless the Team takes it back."""

    def move(change: ApproachChange) -> ApproachChange:
        if outcome is not ChangeState.WITHDRAWN:
            _check_not_under_review(change, files)
        return life.end(change, outcome, words, files.actor)

    return _change(name, etag, files, move)


def end_with_concerns(safeguarder_id: str, files: PlanFile) -> None:
    """End the changes of which no concern is open any more."""
    applying = _applying(safeguarder_id, files)
    concerns = files.facts.concerns_of(safeguarder_id) if applying else {}
    for change in applying:
        if not any(concerns[each].is_open for each in change.wanted.concerns if each in concerns):
            files.changes.put(life.end_with_concerns(change, files.actor.now))


def end_left(safeguarder_id: str, files: PlanFile) -> None:
    """End the changes that all their open concerns have left for another support, as rules said."""
    concerns = files.facts.concerns_of(safeguarder_id)
    for change in _applying(safeguarder_id, files):
        known = [concerns[each] for each in change.wanted.concerns if each in concerns and concerns[each].is_open]
        if known and all(each.said is not None and change.change_id in each.said.left for each in known):
            files.changes.put(life.end_for_support(change, files.actor.now))


def follow_days(safeguarder_id: str, files: PlanFile) -> None:
    """Tell the changes that apply with their days as they stand, wherever a day of one has moved."""
    for change in _applying(safeguarder_id, files):
        after = _with_days(change, files)
        if after is not change:
            files.changes.put(after)


def concerns_that_require(action: Action, files: PlanFile) -> set[str]:
    """Return the ids of the concerns whose change of approach requires an action."""
    applying = _applying(action.safeguarder_id, files)
    requiring = (each for each in applying if action.action_id in {one.action_id for one in each.actions})
    return {concern_id for change in requiring for concern_id in change.wanted.concerns}


def _check_not_under_review(change: ApproachChange, files: PlanFile, field: str = "name") -> None:
    target = Target(TargetKind.APPROACH_CHANGE, change.change_id)
    check_not_under_review(change.safeguarder_id, target, files.requests, field)


def _with_days(change: ApproachChange, files: PlanFile) -> ApproachChange:
    last_on = files.standings.last_day(change.time, files.actor.today) if change.time else None
    named = [_action((change.safeguarder_id, action_id), files) for action_id in change.wanted.actions]
    actions = [_in_its_place(timed, files) for timed in named]
    return life.follow_days(change, last_on, actions, files.actor.now)


def _applying(safeguarder_id: str, files: PlanFile) -> list[ApproachChange]:
    return [change for change in files.changes.of(safeguarder_id) if change.applies]


def _action(name: parts.Name, files: PlanFile) -> TimedAction:
    action: Action = parts.find_action(name, files, "actions")
    timed = parts.timed_action(action, files)
    if action.is_open:
        return timed
    # Its review was held too early if a leave moves its day behind that of the review, so its days go on being
    # counted. Whether the person is away today says nothing of it.
    due_on = files.standings.of(action.time_it_had, files.actor.today).due_on
    nobody_knows = files.standings.last_day(action.time_it_had, files.actor.today) is None
    return timed._replace(standing=Standing(due_on, nobody_knows))


def _in_its_place(timed: TimedAction, files: PlanFile) -> TimedAction:
    """Return an action, or the one that took its place."""
    action = timed.action
    if action.state is not ActionState.REPLACED or not action.replaced_by:
        return timed
    return _in_its_place(_action((action.safeguarder_id, action.replaced_by), files), files)


def _spoken_of_on(safeguarder_id: str, wanted: Wanted, files: PlanFile) -> date | None:
    """Return the day on which a change was spoken of. What the Safeguarder disputes in a record was not (2.2)."""
    if not wanted.session_id:
        return wanted.discussed_on
    held_on = parts.day_of_session(wanted.session_id, safeguarder_id, files)
    record = files.records.find(wanted.session_id)
    disputed: Sequence[str] = sorted(record.unanswered) if record and record.was_shared else ()
    named = {f"safeguarders/{safeguarder_id}/concerns/{each}" for each in wanted.concerns}
    named |= {f"safeguarders/{safeguarder_id}/actions/{each}" for each in wanted.actions}
    return None if named & set(disputed) else held_on


def _change(
    name: parts.Name, etag: str, files: PlanFile, move: Callable[[ApproachChange], ApproachChange]
) -> ApproachChange:
    before = files.changes.find(name[1])
    if before is None or before.safeguarder_id != name[0]:
        raise not_found("APPROACH_NOT_FOUND", "This Safeguarder has no such change of approach.", "name")
    parts.check_etag(etag, before.etag)
    after = move(before)
    if after is not before:
        files.changes.put(after)
    return after
