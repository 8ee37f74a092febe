"""Revisions of the rulebook: who may let one in, and which one is in force (requirements D11, D15.6).

Everything that guards the way of a rulebook into force stands here. Only what came into force counts; what was in
force on the way is never forgotten.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from services.refusals import conflict, invalid, precondition

RELEASE = "release"
"""Stands in an author's place for the files a release brought."""
EARLIER_SHOWN = 50


class State(StrEnum):
    """How far a revision has come."""

    DRAFT = "draft"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    ROLLED_BACK = "rolled_back"


class Kind(StrEnum):
    """How a revision came into force."""

    RELEASE = "release"
    RELOAD = "reload"
    ACTIVATION = "activation"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class Approval:
    """That a person approved a revision. The report hashes name what they had before them; empty for none."""

    approver: str
    reason: str
    approved_at: datetime
    whatif_report_hash: str = ""
    cover_report_hash: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Revision:
    """A rulebook as it was submitted; `content_hash` names exactly this content."""

    content_hash: str
    author: str
    reason: str
    created_at: datetime
    approvals: tuple[Approval, ...] = ()

    @property
    def approved(self) -> bool:
        """Whether a second person has approved it."""
        return any(approval.approver != self.author for approval in self.approvals)


@dataclass(frozen=True, slots=True)
class Activation:
    """That a revision comes, or came, into force. `refused` says why it did not when its time came."""

    number: int
    content_hash: str
    kind: Kind
    person: str
    reason: str
    effective_at: datetime
    in_force_at: datetime | None = None
    refused: str = ""

    @property
    def waits(self) -> bool:
        """Whether its time is still to come."""
        return self.in_force_at is None and not self.refused


@dataclass(frozen=True, slots=True)
class Activations:
    """Every activation in order of number, without those that were taken back before their time."""

    activations: tuple[Activation, ...] = ()

    @property
    def past(self) -> tuple[Activation, ...]:
        """Those that came into force, in that order: the last one is in force."""
        return tuple(activation for activation in self.activations if activation.in_force_at is not None)

    @property
    def in_force(self) -> Activation | None:
        """What is in force; None before the first start."""
        return self.past[-1] if self.past else None

    @property
    def scheduled(self) -> Activation | None:
        """What is to come: one at most."""
        return next((activation for activation in self.activations if activation.waits), None)

    @property
    def way_back(self) -> tuple[str, ...]:
        """Content hashes from the first to the one in force: each is what going back from the next leads to."""
        way: list[str] = []
        for activation in self.past:
            if activation.kind is Kind.ROLLBACK:
                way.pop()
            elif not way or way[-1] != activation.content_hash:
                way.append(activation.content_hash)
        return tuple(way)

    def state_of(self, revision: Revision) -> State:
        """How far a revision has come."""
        content_hash = revision.content_hash
        if self.in_force is not None and self.in_force.content_hash == content_hash:
            return State.ACTIVE
        if self.scheduled is not None and self.scheduled.content_hash == content_hash:
            return State.SCHEDULED
        ended = _how_it_ended(self.past, content_hash)
        return ended or (State.APPROVED if revision.approved else State.DRAFT)

    def time_of(self, revision: Revision) -> datetime | None:
        """Since when a revision is in force, or from when it will be."""
        for activation in (self.in_force, self.scheduled):
            if activation is not None and activation.content_hash == revision.content_hash:
                return activation.in_force_at or activation.effective_at
        return None


def _how_it_ended(past: Sequence[Activation], content_hash: str) -> State | None:
    """How a revision that is no longer in force went out of it, the last time; None if it never was."""
    ended = None
    for before, after in pairwise(past):
        if before.content_hash == content_hash != after.content_hash:
            ended = State.ROLLED_BACK if after.kind is Kind.ROLLBACK else State.SUPERSEDED
    return ended


def approve(revision: Revision, approval: Approval) -> Revision:
    """The revision with a person's approval; a new one of the same person takes the place of theirs before.

    Raises:
        Refusal: PRECONDITION when the author is the approver: it takes two.
    """
    if approval.approver == revision.author:
        raise precondition(
            "AUTHOR_CANNOT_APPROVE", "Whoever submitted a revision cannot approve it. Ask somebody else.", "name"
        )
    others = tuple(other for other in revision.approvals if other.approver != approval.approver)
    return replace(revision, approvals=(*others, approval))


def schedule(revision: Revision, plan: Activations, wanted: Activation, now: datetime) -> Activation:
    """The activation of a revision that a second person has approved; in force at once when its time is now.

    Raises:
        Refusal: PRECONDITION without an approval by a second person, or when nothing would change; INVALID for a time
            that has passed.
    """
    if not revision.approved:
        raise precondition(
            "NOT_APPROVED", "Nobody but its author has approved this revision. Have it approved first.", "name"
        )
    if wanted.effective_at < now:
        raise invalid("EFFECTIVE_TIME_PAST", "effective_time is now or later. Leave it out for now.", "effective_time")
    in_force = plan.in_force
    if in_force is not None and in_force.content_hash == revision.content_hash and plan.scheduled is None:
        raise precondition("IN_FORCE_ALREADY", "This revision is in force already.", "name")
    return come_into_force(wanted, now) if wanted.effective_at == now else wanted


def go_back(plan: Activations, number: int, person: str, reason: str, now: datetime) -> Activation:
    """The activation that puts the revision before back in force, now. It had its approval then.

    Raises:
        Refusal: PRECONDITION when nothing was in force before.
    """
    way = plan.way_back
    if len(way) < 2:
        raise precondition("NOTHING_BEFORE", "No other revision was in force before this one.")
    return Activation(number, way[-2], Kind.ROLLBACK, person, reason, now, in_force_at=now)


def come_into_force(activation: Activation, now: datetime) -> Activation:
    """The activation, in force from now on."""
    return replace(activation, in_force_at=now)


def check_copy(etag: str, current: str) -> None:
    """Refuse a stale copy.

    Raises:
        Refusal: CONFLICT naming both; an empty etag asks for no check.
    """
    if etag and etag != current:
        raise conflict(
            "STALE_COPY", "It has changed since you read it. Read it again.", "etag", yours=etag[:20], current=current
        )


def may_be_loaded(plan: Activations, activation: Activation, vouched_for: bool, needs_approval: bool) -> bool:
    """Whether what was put in force may be: the first release's files, or approved by a second person as signed.

    Where no approval is asked for, files read from the folder may be too.
    """
    of_it = [other for other in plan.past if other.content_hash == activation.content_hash]
    if vouched_for or plan.past[0] in of_it:
        return True
    return not needs_approval and any(other.kind is Kind.RELOAD for other in of_it)


def etag_of(revision: Revision, plan: Activations) -> str:
    """Changes with every approval of a revision and every activation."""
    signed = [f"{approval.approver} {approval.approved_at.isoformat()}" for approval in revision.approvals]
    return hashlib.sha256("\n".join([plan_etag(plan), *signed]).encode()).hexdigest()[:16]


def plan_etag(plan: Activations) -> str:
    """Changes with every activation, and when one is taken back."""
    return ".".join(str(activation.number) for activation in plan.activations[-2:]) or "0"
