"""Who covers for the support manager of a Safeguarder, and who may not work on that Safeguarder's matters (X6, X32).

A delegation stands under one Safeguarder and ends by its days. A declared link stands until somebody ends it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from services.refusals import Refusal, invalid, not_found, precondition
from services.scheduling.domain.events import DelegationChanged, LinkChanged
from services.scheduling.domain.identifiers import DelegationId, LinkId, SafeguarderId, SupportManagerId
from services.scheduling.domain.versions import next_version


class DelegationReason(StrEnum):
    """Why somebody acts for a support manager."""

    ABSENCE = "absence"
    WORKLOAD = "workload"
    HANDOVER = "handover"


class DelegationState(StrEnum):
    """How a delegation stands on a day."""

    TO_COME = "to_come"
    IN_FORCE = "in_force"
    OVER = "over"
    ENDED = "ended"


class LinkKind(StrEnum):
    """What links a member of staff with a Safeguarder."""

    FAMILY = "family"
    PERSONAL = "personal"
    WORK = "work"
    FINANCIAL = "financial"
    OTHER = "other"


class EndReason(StrEnum):
    """Why a link ended."""

    OVER = "over"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True)
class Delegation:
    """A support manager acts for another one, about one Safeguarder, from one day to another."""

    safeguarder_id: SafeguarderId
    delegation_id: DelegationId
    version: int
    delegate: SupportManagerId
    support_manager: SupportManagerId
    """The one for whom they act. It gives no right while another one is allocated."""
    from_on: date
    to_on: date
    reason: DelegationReason
    created_by: str
    created_at: datetime
    ended_by: str = ""
    """Empty while it was not ended, and if the end of the allocation or a declared link ended it."""
    ended_at: datetime | None = None

    def state_on(self, day: date) -> DelegationState:
        """Return how it stands on a day."""
        if self.ended_at is not None:
            return DelegationState.ENDED
        if day < self.from_on:
            return DelegationState.TO_COME
        return DelegationState.IN_FORCE if day <= self.to_on else DelegationState.OVER

    def may_apply_from(self, day: date) -> bool:
        """Return whether it is in force on a day or later."""
        return self.state_on(day) in (DelegationState.TO_COME, DelegationState.IN_FORCE)

    def meets(self, from_on: date, to_on: date) -> bool:
        """Return whether it has a day in common with a stretch of days."""
        return self.ended_at is None and self.from_on <= to_on and from_on <= self.to_on


@dataclass(frozen=True, slots=True)
class WantedDelegation:
    """A delegation that somebody asks for."""

    safeguarder_id: SafeguarderId
    delegate: SupportManagerId
    from_on: date
    to_on: date
    reason: DelegationReason


@dataclass(frozen=True, slots=True)
class PersonLink:
    """A link between a member of staff and a Safeguarder. While it stands, one does not work on the other's matters."""

    safeguarder_id: SafeguarderId
    link_id: LinkId
    version: int
    person: str
    kind: LinkKind
    declared_by: str
    declared_at: datetime
    ended_by: str = ""
    ended_at: datetime | None = None
    end_reason: EndReason | None = None

    @property
    def stands(self) -> bool:
        """Whether it keeps the person from the Safeguarder's matters."""
        return self.ended_at is None


class Cover(NamedTuple):
    """What is known about a Safeguarder when somebody is to act for the support manager."""

    support_manager: SupportManagerId | None
    """None if nobody is allocated."""
    delegations: Sequence[Delegation]
    links: Sequence[PersonLink]

    @property
    def kept_out(self) -> frozenset[str]:
        """Those whom a declared link keeps from the Safeguarder's matters."""
        return frozenset(link.person for link in self.links if link.stands)


def create_delegation(new: Delegation, cover: Cover, today: date, longest_days: int) -> Delegation:
    """Return a new delegation if the delegate may act for the support manager on its days.

    Raises:
        Refusal: INVALID or PRECONDITION, with the reason.
    """
    _check_days(new, today, longest_days)
    if cover.support_manager is None or cover.support_manager != new.support_manager:
        message = "The person has no support manager at the moment, so nobody can act for one. Allocate one."
        raise not_found("NOT_ALLOCATED", message, "parent")
    if new.delegate == new.support_manager:
        message = "This is the allocated support manager, who needs no delegation. Name another one."
        raise precondition("ALREADY_ALLOCATED", message, "delegate")
    if new.delegate in cover.kept_out:
        raise link_declared("delegate")
    for known in cover.delegations:
        if known.delegate == new.delegate and known.meets(new.from_on, new.to_on):
            message = f"This support manager acts from {known.from_on} to {known.to_on} already. Give other days."
            raise precondition("ALREADY_DELEGATED", message, "from_date")
    return new


def check_not_away(new: Delegation, of_the_delegate: Iterable[Delegation]) -> None:
    """Refuse a delegate who is away on these days: others act for them then.

    `of_the_delegate`: the delegations by which others act for them.

    Raises:
        Refusal: PRECONDITION.
    """
    for known in of_the_delegate:
        if known.reason is DelegationReason.ABSENCE and known.meets(new.from_on, new.to_on):
            message = f"This support manager is away from {known.from_on} to {known.to_on}. Name another one."
            raise precondition("DELEGATE_AWAY", message, "delegate")


def end_delegation(known: Delegation, by: str, now: datetime, today: date) -> Delegation:
    """Return a delegation that is ended at once. `by`: empty if no person ended it.

    Raises:
        Refusal: PRECONDITION, DELEGATION_OVER.
    """
    if not known.may_apply_from(today):
        raise precondition("DELEGATION_OVER", "This delegation is over. There is nothing to end.", "name")
    return replace(known, ended_by=by, ended_at=now, version=next_version(known.version, now))


def without_right(cover: Cover, now: datetime, today: date) -> tuple[Delegation, ...]:
    """Return, as ended, the delegations by which nobody may act any more.

    They are of a support manager who is no longer allocated, or to somebody whom a declared link keeps out.
    """
    return tuple(
        end_delegation(known, "", now, today)
        for known in cover.delegations
        if known.may_apply_from(today)
        and (known.support_manager != cover.support_manager or known.delegate in cover.kept_out)
    )


def declare_link(new: PersonLink, links: Sequence[PersonLink], others: Iterable[str]) -> PersonLink:
    """Return a new link.

    `others`: the people in the same role. A role that sees every file must keep somebody who may work on this one.

    Raises:
        Refusal: PRECONDITION.
    """
    standing = {link.person for link in links if link.stands}
    if new.person in standing:
        message = "A link between this person and the Safeguarder is declared already."
        raise precondition("LINK_DECLARED_ALREADY", message, "person")
    left = set(others) - standing - {new.person}
    if not left:
        message = "Nobody else with this person's role could work on these matters. Give somebody the role first."
        raise precondition("NOBODY_LEFT", message, "person")
    return new


def end_link(known: PersonLink, by: str, reason: EndReason, now: datetime) -> PersonLink:
    """Return a link that is ended.

    Raises:
        Refusal: PRECONDITION, LINK_ENDED.
    """
    if not known.stands:
        raise precondition("LINK_ENDED", "This link was ended before. Declare a new one if there is one.", "name")
    return replace(known, ended_by=by, ended_at=now, end_reason=reason, version=next_version(known.version, now))


def link_declared(field: str) -> Refusal:
    """Return the refusal of somebody whom a declared link keeps from the Safeguarder's matters."""
    message = "A link between this person and the Safeguarder is declared. Name somebody else."
    return precondition("LINK_DECLARED", message, field=field)


def delegation_told(known: Delegation, now: datetime) -> DelegationChanged:
    """Return the event that says how a delegation stands."""
    what = (known.safeguarder_id, known.delegation_id, known.version, known.delegate, known.support_manager)
    return DelegationChanged(*what, known.from_on, known.to_on, known.ended_at is not None, now)


def link_told(known: PersonLink, now: datetime) -> LinkChanged:
    """Return the event that says how a link stands."""
    return LinkChanged(known.safeguarder_id, known.link_id, known.version, known.person, known.stands, now)


def _check_days(new: Delegation, today: date, longest_days: int) -> None:
    if new.from_on < today:
        raise invalid("DAY_PAST", "The first day must be today or later.", "from_date", today=today.isoformat())
    if new.to_on < new.from_on:
        raise invalid("DAYS_IN_WRONG_ORDER", "The last day must not be before the first.", "to_date")
    latest_on = new.from_on + timedelta(days=longest_days - 1)
    if new.to_on > latest_on:
        message = f"A delegation has at most {longest_days} days. For longer, allocate another support manager."
        raise invalid("DELEGATION_TOO_LONG", message, "to_date", latest=latest_on.isoformat())
