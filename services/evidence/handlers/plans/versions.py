"""The plan of a term: its versions, each side's confirmation, and reasons."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from services.calendar_days import london_today
from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.plans import life_of_a_plan as life
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.contents import Contents, Part, Reasons, Term, contents_of, missing
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.plan import (
    Plan,
    TimedAction,
    TimedSupport,
    actions_in_order,
    needs_in_order,
    newest_first,
    supports_in_order,
)
from services.evidence.domain.plans.strength import Strength
from services.evidence.domain.plans.support import Support
from services.evidence.domain.plans.term_plan import History, PlanVersion, ShownVersion, TermPlan, WholePlan
from services.evidence.domain.standing import Standing
from services.evidence.handlers.plans import needs, parts
from services.refusals import invalid, not_found, precondition

_NO_TERM = Term(0, date.min)
"""An applicant's plan has no term yet."""


class _Now(NamedTuple):
    """What is known of a person's plan as it stands."""

    term: Term
    """The latest term that has begun."""
    serves: bool
    history: History
    plan: TermPlan
    held: Sequence[Part]
    contents: Contents


def read(safeguarder_id: str, files: PlanFile) -> WholePlan:
    """Return a person's plan as it stands. Refuse SAFEGUARDER_NOT_FOUND."""
    plan, now = needs.read(safeguarder_id, files), _now(safeguarder_id, files)
    in_force = now.history.in_force(now.term if now.serves else None)
    newest = now.plan.newest
    is_awaited = newest is not None and newest.awaited and newest.contents.hash == now.contents.hash
    return WholePlan(
        plan,
        now.term,
        now.contents,
        "" if now.plan.is_final else now.plan.reasons.not_final_because,
        missing(now.held, now.plan.reasons),
        _shown(in_force, now, files) if in_force else None,
        _shown(newest, now, files) if newest and is_awaited and now.serves else None,
    )


def read_version(safeguarder_id: str, number: int, files: PlanFile) -> WholePlan:
    """Return a version of a person's plan as it stood. It reads the same for ever.

    Raises:
        Refusal: SAFEGUARDER_NOT_FOUND; PLAN_VERSION_NOT_FOUND.
    """
    parts.check_known(safeguarder_id, files)
    now = _now(safeguarder_id, files)
    version = next((each for each in now.history.versions if each.number == number), None)
    if version is None:
        raise not_found("PLAN_VERSION_NOT_FOUND", "This plan has no version with this number.", "version")
    plan = _as_held(safeguarder_id, version, files)
    return WholePlan(plan, version.term, version.contents, shown=_shown(version, now, files))


def list_versions(safeguarder_id: str, files: PlanFile) -> list[ShownVersion]:
    """Return every version of a person's plan, the newest first. Refuse SAFEGUARDER_NOT_FOUND."""
    parts.check_known(safeguarder_id, files)
    now = _now(safeguarder_id, files)
    return [_shown(version, now, files) for version in now.history.versions]


def give_reasons(safeguarder_id: str, given: Reasons, files: PlanFile) -> WholePlan:
    """Keep reasons, and return the plan as it stands.

    Raises:
        Refusal: SAFEGUARDER_NOT_FOUND; NOT_APPOINTED before the first term; FIELD_MISSING without a reason;
            NEED_NOT_FOUND and NEED_ENDED for a need that is not open.
    """
    parts.check_known(safeguarder_id, files)
    if given == Reasons():
        message = "Give a reason: why no strength is named, why a need is carried, or why the plan is not final."
        raise invalid("FIELD_MISSING", message, "not_final_because")
    parts.check_needs([each.need_id for each in given.carried], safeguarder_id, files, "carried")
    now = _now(safeguarder_id, files)
    if now.term == _NO_TERM:
        raise precondition("NOT_APPOINTED", "The person's first term has not begun.", "name")
    _keep(now.plan, life.give_reasons(now.plan, given, files.actor), files)
    return read(safeguarder_id, files)


def confirm(safeguarder_id: str, etag: str, without_answer: bool, files: PlanFile) -> WholePlan:
    """Confirm the plan for one side, or put it in force without the Safeguarder's answer.

    Raises:
        Refusal: SAFEGUARDER_NOT_FOUND; NOT_APPOINTED; OTHER_VERSION; PLAN_INCOMPLETE; and as `life.put_in_force` says.
    """
    parts.check_serves(safeguarder_id, files)
    now = _now(safeguarder_id, files)
    life.check_read(etag, now.contents)
    life.check_complete(now.held, now.plan.reasons)
    if without_answer:
        after = life.put_in_force(now.plan, now.contents, _answering(now.plan, files), files.actor)
    else:
        after = life.confirm(now.plan, now.contents, now.history.last_number, files.actor, files.numbers)
    _keep(now.plan, after, files)
    return read(safeguarder_id, files)


def _now(safeguarder_id: str, files: PlanFile) -> _Now:
    today, entry = files.actor.today, files.people.find(safeguarder_id)
    begun = entry.term_begun_by(today) if entry else None
    term = Term(begun.number, begun.starts_on) if begun else _NO_TERM
    history, held = files.parts.history(safeguarder_id), files.parts.all_of(safeguarder_id)
    plan = history.of(term) or TermPlan(safeguarder_id, term, files.actor.now)
    serves = entry is not None and entry.serves_on(today)
    return _Now(term, serves, history, plan, held, contents_of(term, held, plan.reasons))


def _keep(before: TermPlan, after: TermPlan, files: PlanFile) -> None:
    if after is not before:
        files.parts.put_plan(after)


def _answering(plan: TermPlan, files: PlanFile) -> Standing | None:
    given = plan.time_to_answer
    return files.standings.of(given, files.actor.today) if given else None


def _shown(version: PlanVersion, now: _Now, files: PlanFile) -> ShownVersion:
    state = now.history.state_of(version, now.term if now.serves else None, now.contents)
    answering = _answering(now.plan, files) if version == now.plan.newest else None
    return ShownVersion(now.plan.safeguarder_id, version, state, answering)


def _as_held(safeguarder_id: str, version: PlanVersion, files: PlanFile) -> Plan:
    """Return the parts of a version as they stood: with the days that were set, and with no time that runs."""
    held = files.parts.as_held(version.contents.entries)
    actions = [part for part in held if isinstance(part, Action)]
    supports = [part for part in held if isinstance(part, Support)]
    return Plan(
        safeguarder_id,
        newest_first(part for part in held if isinstance(part, Strength)),
        needs_in_order((part for part in held if isinstance(part, Need)), actions),
        actions_in_order(TimedAction(action, Standing(action.due_on), None) for action in actions),
        supports_in_order(TimedSupport(support, None, None) for support in supports),
        (),
        _made_on(version),
    )


def _made_on(version: PlanVersion) -> date:
    """Return the day on which a side first confirmed a version."""
    return min(london_today(each.at) for each in (version.support_manager, version.safeguarder) if each)
