"""Every word of delegations and declared links, made by the public methods about one person."""

from typing import Any

from psmf.scheduling.v1 import cover_pb2 as cover
from sqlalchemy import Connection

from services.platform.calls.wire import to_date
from services.platform.storage.database import execute
from tests.builders import days_ago

TEAM = "panel-team"
OTHERS = ("policy-editor", "policy-approver", "official", "operator")
"""Staff who work on nobody's matters, so that a link keeps them from nothing that another story needs."""


def cover_and_link(office: Any, person: str) -> None:
    """Have somebody act for the support manager, and declare links. The last one keeps the support manager out."""
    parent, manager = f"safeguarders/{person}", office.manager_of(person)
    (delegate, *_) = sorted({"support-manager-east-1", "support-manager-east-2"} - {manager})
    reasons, days = cover.Delegation, ((0, 0), (1, 2), (3, 4))
    for reason, (first, last) in zip(
        (reasons.REASON_ABSENCE, reasons.REASON_WORKLOAD, reasons.REASON_HANDOVER), days, strict=True
    ):
        request = cover.CreateDelegationRequest(
            parent=parent,
            delegate=delegate,
            from_date=to_date(days_ago(-first)),
            to_date=to_date(days_ago(-last)),
            reason=reason,
        )
        made = office.does(TEAM, office.client.cover.CreateDelegation, request)
    office.does(TEAM, office.client.cover.EndDelegation, cover.EndDelegationRequest(name=made.name))
    kinds = cover.PersonLink
    of_others = (kinds.KIND_FAMILY, kinds.KIND_PERSONAL, kinds.KIND_WORK, kinds.KIND_OTHER)
    links = [_declare(office, parent, other, kind) for other, kind in zip(OTHERS, of_others, strict=True)]
    for link, why in zip(links, (kinds.END_REASON_OVER, kinds.END_REASON_MISTAKE), strict=False):
        office.does(TEAM, office.client.cover.EndLink, cover.EndLinkRequest(name=link.name, reason=why))
    _declare(office, parent, manager, kinds.KIND_FINANCIAL)


def delegations_pass(tx: Connection) -> None:
    """Store the days of every delegation that is in force as gone by."""
    passed = days_ago(3).isoformat()
    statement = (
        "UPDATE delegation SET from_on = ?, to_on = ?, body = json_set(body, '$.from_on', ?, '$.to_on', ?) "
        "WHERE from_on = ? AND NOT ended"
    )
    execute(tx, statement, (passed, passed, passed, passed, days_ago(0).isoformat()))


def delegations(office: Any) -> Any:
    """Return every delegation as it stands, also those that are over."""
    request = cover.ListDelegationsRequest(parent="safeguarders/-", include_ended=True)
    return office.does(TEAM, office.client.cover.ListDelegations, request)


def _declare(office: Any, parent: str, person: str, kind: Any) -> Any:
    request = cover.DeclareLinkRequest(parent=parent, person=person, kind=kind)
    return office.does(TEAM, office.client.cover.DeclareLink, request)
