"""Strengths and needs, and the plan as people read it."""

import uuid

from services.evidence.adapters.plan_files import PlanFile
from services.evidence.domain.plans import need as life
from services.evidence.domain.plans import on_file
from services.evidence.domain.plans.action import Action
from services.evidence.domain.plans.need import Need
from services.evidence.domain.plans.plan import (
    Plan,
    actions_in_order,
    is_planned,
    needs_in_order,
    newest_first,
    supports_in_order,
    views_in_order,
)
from services.evidence.domain.plans.strength import Named, Strength
from services.evidence.domain.plans.support import Support
from services.evidence.domain.plans.view import View
from services.evidence.domain.review_requests.request import Target, TargetKind
from services.evidence.handlers.plans import parts
from services.evidence.handlers.review_requests.frozen import check_not_under_review


def read(safeguarder_id: str, files: PlanFile) -> Plan:
    """Return a person's plan. Refuse SAFEGUARDER_NOT_FOUND."""
    parts.check_known(safeguarder_id, files)
    actions = files.parts.of(Action, safeguarder_id)
    return Plan(
        safeguarder_id,
        newest_first(files.parts.of(Strength, safeguarder_id)),
        needs_in_order(files.parts.of(Need, safeguarder_id), actions),
        actions_in_order(parts.timed_action(action, files) for action in actions),
        supports_in_order(parts.timed_support(support, files) for support in files.parts.of(Support, safeguarder_id)),
        views_in_order(parts.timed_view(view, files) for view in files.parts.of(View, safeguarder_id)),
        files.actor.today,
    )


def create_strength(safeguarder_id: str, named: Named, files: PlanFile) -> Strength:
    """Keep a strength. Refuse SAFEGUARDER_NOT_FOUND, and as `check_standard` and `check_evidence` say."""
    parts.check_known(safeguarder_id, files)
    parts.check_standard(named.standard, "", files)
    parts.check_evidence(named.evidence, safeguarder_id, files)
    actor, strength_id = files.actor, uuid.uuid4().hex
    strength = Strength(strength_id, safeguarder_id, named, actor.side, actor.person, actor.now, actor.now)
    files.parts.put(strength)
    return strength


def create_need(safeguarder_id: str, named: Named, again: bool, files: PlanFile) -> Need:
    """Keep a need. `again`: the caller knows of the same need in the plan, and means another one.

    Raises:
        Refusal: SAFEGUARDER_NOT_FOUND; SHOW_THE_EVIDENCE; NEED_ON_FILE; and as `check_standard` and `check_concern`
            say.
    """
    parts.check_known(safeguarder_id, files)
    parts.check_standard(named.standard, "", files)
    parts.check_evidence(named.evidence, safeguarder_id, files)
    if named.concern:
        parts.check_concern(named.concern, safeguarder_id, files)
    actor, need_id = files.actor, uuid.uuid4().hex
    need = Need(need_id, safeguarder_id, named, actor.side, actor.person, actor.now, actor.now)
    life.check_grounds(need)
    if not again:
        on_file.check_need(need, files.parts.of(Need, safeguarder_id))
    files.parts.put(need)
    return need


def close_need(name: parts.Name, etag: str, met: bool, because: str, files: PlanFile) -> Need:
    """End a need. Refuse NEED_NOT_FOUND, ETAG_MISMATCH, UNDER_REVIEW, and what `life.close` refuses."""
    before = parts.find_need(name, files)
    parts.check_etag(etag, before.etag)
    check_not_under_review(name[0], Target(TargetKind.NEED, name[1]), files.requests)
    after = life.close(before, met, because, planned(before, files), files.actor)
    if after is not before:
        files.parts.put(after)
    return after


def planned(need: Need, files: PlanFile) -> bool:
    """Return whether a proposed or open action answers a need."""
    return is_planned(need, files.parts.of(Action, need.safeguarder_id))
