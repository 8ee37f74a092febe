"""Conversion of delegations and declared links to and from protobuf messages."""

from datetime import date

from psmf.scheduling.v1 import cover_pb2 as pb

from services.platform.calls.wire import from_word, name_parts, to_date, to_instant, to_member
from services.scheduling.domain.cover import (
    Delegation,
    DelegationReason,
    EndReason,
    LinkKind,
    PersonLink,
    WantedDelegation,
)
from services.scheduling.domain.identifiers import DelegationId, LinkId, SafeguarderId, SupportManagerId
from services.scheduling.wire import messages as wire


def wanted_delegation(request: pb.CreateDelegationRequest) -> WantedDelegation:
    """Return the delegation that a request asks for. Refuse INVALID for a word or a date that is none."""
    from_on, to_on = wire.needed_date(request, "from_date"), wire.needed_date(request, "to_date")
    reason = to_member(DelegationReason, pb.Delegation.Reason, request.reason, "reason")
    delegate = SupportManagerId(request.delegate)
    return WantedDelegation(wire.safeguarder(request.parent), delegate, from_on, to_on, reason)


def delegation_name(name: str) -> tuple[SafeguarderId, DelegationId]:
    """Return the delegation that a request names. Refuse INVALID for a malformed name."""
    safeguarder_id, delegation_id = name_parts(name, "safeguarders", "delegations")
    return SafeguarderId(safeguarder_id), DelegationId(delegation_id)


def link_name(name: str) -> tuple[SafeguarderId, LinkId]:
    """Return the link that a request names. Refuse INVALID for a malformed name."""
    safeguarder_id, link_id = name_parts(name, "safeguarders", "personLinks")
    return SafeguarderId(safeguarder_id), LinkId(link_id)


def link_kind(request: pb.DeclareLinkRequest) -> LinkKind:
    """Return what links the two. Refuse INVALID for an unknown word."""
    return to_member(LinkKind, pb.PersonLink.Kind, request.kind, "kind")


def end_reason(request: pb.EndLinkRequest) -> EndReason:
    """Return why a link ends. Refuse INVALID for an unknown word."""
    return to_member(EndReason, pb.PersonLink.EndReason, request.reason, "reason")


def delegation_message(known: Delegation, today: date) -> pb.Delegation:
    """Return a delegation as it stands on a day."""
    return pb.Delegation(
        name=f"safeguarders/{known.safeguarder_id}/delegations/{known.delegation_id}",
        delegate=known.delegate,
        support_manager=known.support_manager,
        from_date=to_date(known.from_on),
        to_date=to_date(known.to_on),
        reason=from_word(pb.Delegation.Reason, known.reason),
        state=from_word(pb.Delegation.State, known.state_on(today)),
        created_by=known.created_by,
        create_time=to_instant(known.created_at),
        ended_by=known.ended_by,
        end_time=to_instant(known.ended_at) if known.ended_at else None,
    )


def link_message(known: PersonLink) -> pb.PersonLink:
    """Return a declared link."""
    states = pb.PersonLink
    return pb.PersonLink(
        name=f"safeguarders/{known.safeguarder_id}/personLinks/{known.link_id}",
        person=known.person,
        kind=from_word(pb.PersonLink.Kind, known.kind),
        state=states.STATE_IN_FORCE if known.stands else states.STATE_ENDED,
        declared_by=known.declared_by,
        declare_time=to_instant(known.declared_at),
        ended_by=known.ended_by,
        end_time=to_instant(known.ended_at) if known.ended_at else None,
        end_reason=from_word(pb.PersonLink.EndReason, known.end_reason) if known.end_reason else None,
    )
