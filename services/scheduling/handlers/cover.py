"""CreateDelegation, EndDelegation, DeclareLink, EndLink: who acts for a support manager, and who may not (X6, X32)."""

from services.refusals import invalid, not_found
from services.scheduling.domain import cover as domain
from services.scheduling.domain.cover import Delegation, EndReason, LinkKind, PersonLink, WantedDelegation
from services.scheduling.domain.identifiers import DelegationId, LinkId, SafeguarderId, SupportManagerId
from services.scheduling.domain.schedule import check_serving
from services.scheduling.domain.versions import next_version
from services.scheduling.handlers.context import SchedulingContext

SEE_EVERY_FILE = ("panel_team", "senior_manager")
"""Roles that see every file. A declared link must leave somebody in each who may work on this one."""


def create_delegation(
    wanted: WantedDelegation, new_id: DelegationId, by: str, context: SchedulingContext
) -> Delegation:
    """Let another support manager act for the allocated one, about one Safeguarder, between two days.

    Raises:
        Refusal: NOT_FOUND, INVALID or PRECONDITION, with the reason.
    """
    schedule = context.schedule(wanted.safeguarder_id)
    check_serving(schedule, context.today)
    if wanted.delegate not in context.support_managers.regions():
        message = "Nobody with this id is a support manager with a region. Name a support manager of the Team."
        raise invalid("NOT_A_SUPPORT_MANAGER", message, "delegate")
    if context.support_managers.role_of_staff(wanted.delegate, wanted.safeguarder_id) == "":
        raise invalid("OWN_MATTER", "Nobody acts in their own matter. Name another support manager.", "delegate")
    cover = context.cover_of(schedule)
    people = (wanted.delegate, cover.support_manager or SupportManagerId(""))
    what = (wanted.safeguarder_id, new_id, next_version(0, context.now), *people, wanted.from_on, wanted.to_on)
    new = Delegation(*what, wanted.reason, by, context.now)
    kept = domain.create_delegation(new, cover, context.today, context.policy.delegation_longest_days)
    domain.check_not_away(kept, context.covers.delegations_of(wanted.delegate))
    context.covers.put_delegations([kept], context.now)
    return kept


def end_delegation(
    safeguarder_id: SafeguarderId, delegation_id: DelegationId, by: str, context: SchedulingContext
) -> Delegation:
    """End a delegation at once.

    Raises:
        Refusal: NOT_FOUND; PRECONDITION if it is over.
    """
    for known in context.covers.delegations(safeguarder_id):
        if known.delegation_id == delegation_id:
            ended = domain.end_delegation(known, by, context.now, context.today)
            context.covers.put_delegations([ended], context.now)
            return ended
    raise not_found("DELEGATION_NOT_FOUND", "There is no such delegation about this person.", "name")


def declare_link(
    safeguarder_id: SafeguarderId, person: str, kind: LinkKind, new_id: LinkId, by: str, context: SchedulingContext
) -> PersonLink:
    """Declare a link. From now on the member of staff may neither read nor change anything about the Safeguarder.

    Delegations to them end. If they are the support manager, the Team owes the Safeguarder another one.

    Raises:
        Refusal: NOT_FOUND, INVALID or PRECONDITION, with the reason.
    """
    schedule = context.schedule(safeguarder_id)
    role = context.support_managers.role_of_staff(person, safeguarder_id)
    if not role:
        message = "Nobody with this id works for the Team or the Scottish Government. Name a member of staff."
        raise invalid("NOT_STAFF", message, "person")
    link = PersonLink(safeguarder_id, new_id, next_version(0, context.now), person, kind, by, context.now)
    # Of other roles nobody need be left: they see no file by their role alone.
    others = context.support_managers.with_role(role) if role in SEE_EVERY_FILE else ["nobody in particular"]
    context.covers.put_link(domain.declare_link(link, context.covers.links(safeguarder_id), others), context.now)
    context.end_delegations(schedule)
    context.keep_duties(schedule)
    return link


def end_link(
    safeguarder_id: SafeguarderId, link_id: LinkId, reason: EndReason, by: str, context: SchedulingContext
) -> PersonLink:
    """End a link. The member of staff sees again what their role and their allocations give.

    Raises:
        Refusal: NOT_FOUND; PRECONDITION if it was ended before.
    """
    schedule = context.schedule(safeguarder_id)
    for known in context.covers.links(safeguarder_id):
        if known.link_id == link_id:
            ended = domain.end_link(known, by, reason, context.now)
            context.covers.put_link(ended, context.now)
            context.keep_duties(schedule)
            return ended
    raise not_found("LINK_NOT_FOUND", "There is no such link with this person.", "name")
