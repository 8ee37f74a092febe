"""Revisions of the rulebook: who may approve one, and which one is in force (D11, D15.6).

Every guard on the way of a rulebook into force is in this file. The history of what came into force is never deleted.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import pairwise
from operator import eq

from services.calendar_days import london_today
from services.refusals import conflict, invalid, precondition

RELEASE = "release"
"""The author of the files that came with a release, instead of a person."""
EARLIER_SHOWN = 50


class State(StrEnum):
    """The states of a revision."""

    DRAFT = "draft"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    ACTIVE = "active"
    SUPERSEDED = "superseded"
    ROLLED_BACK = "rolled_back"
    SENT_BACK = "sent_back"


class Kind(StrEnum):
    """The ways in which a revision can come into force."""

    RELEASE = "release"
    RELOAD = "reload"
    ACTIVATION = "activation"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class Approval:
    """A person's approval of a revision. The hashes name the reports that the person had seen; empty for none."""

    approver: str
    reason: str
    approved_at: datetime
    whatif_report_hash: str = ""
    cover_report_hash: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """That a draft was sent back, and who submitted the same content again, if anybody has."""

    person: str
    reason: str
    returned_at: datetime
    answered_by: str = ""
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revision:
    """A rulebook as it was submitted. `content_hash` names exactly this content. `returns` is oldest first."""

    content_hash: str
    author: str
    reason: str
    created_at: datetime
    approvals: tuple[Approval, ...] = ()
    returns: tuple[Return, ...] = ()

    @property
    def approved(self) -> bool:
        """Whether a person other than the author has approved it."""
        return any(approval.approver != self.author for approval in self.approvals)

    @property
    def is_sent_back(self) -> bool:
        """Whether it was sent back, and not submitted again since."""
        return bool(self.returns) and self.returns[-1].answered_at is None

    @property
    def submitted_by(self) -> frozenset[str]:
        """Everybody who submitted it: its author, and who did so again after a return."""
        return frozenset({self.author, *(one.answered_by for one in self.returns if one.answered_by)})


@dataclass(frozen=True, slots=True)
class Activation:
    """One time at which a revision comes, or came, into force.

    `refused` says why it did not come into force when its time came; empty otherwise.
    """

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
    """All activations in order of number, without those that were taken back before their time."""

    activations: tuple[Activation, ...] = ()

    @property
    def past(self) -> tuple[Activation, ...]:
        """Those that came into force, in order. The last one is in force."""
        return tuple(activation for activation in self.activations if activation.in_force_at is not None)

    @property
    def in_force(self) -> Activation | None:
        """The one in force, None before the first start."""
        return self.past[-1] if self.past else None

    @property
    def scheduled(self) -> Activation | None:
        """The one still to come, None if there is none. There is one at most."""
        return next((activation for activation in self.activations if activation.waits), None)

    def hash_on(self, day: date) -> str:
        """Return the content hash of the rulebook in force at the end of a day in London; empty before the first."""
        until = [one for one in self.past if one.in_force_at is not None and london_today(one.in_force_at) <= day]
        return until[-1].content_hash if until else ""

    def was_let_in(self, content_hash: str) -> bool:
        """Return whether people put a rulebook in force that others had approved."""
        return any(one.kind is Kind.ACTIVATION for one in self.past if one.content_hash == content_hash)

    @property
    def way_back(self) -> tuple[str, ...]:
        """The content hashes from the first to the one in force. Going back from each leads to the one before it."""
        way: list[str] = []
        for activation in self.past:
            if activation.kind is Kind.ROLLBACK:
                way.pop()
            elif not way or way[-1] != activation.content_hash:
                way.append(activation.content_hash)
        return tuple(way)

    def state_of(self, revision: Revision) -> State:
        """Return the state of a revision."""
        content_hash = revision.content_hash
        if self.in_force is not None and self.in_force.content_hash == content_hash:
            return State.ACTIVE
        if self.scheduled is not None and self.scheduled.content_hash == content_hash:
            return State.SCHEDULED
        ended = _how_it_ended(self.past, content_hash)
        if ended is None and revision.is_sent_back and not revision.approved:
            return State.SENT_BACK
        return ended or (State.APPROVED if revision.approved else State.DRAFT)

    def time_of(self, revision: Revision) -> datetime | None:
        """Return since when a revision is in force, or from when it will be; None if neither."""
        for activation in (self.in_force, self.scheduled):
            if activation is not None and activation.content_hash == revision.content_hash:
                return activation.in_force_at or activation.effective_at
        return None


def _how_it_ended(past: Sequence[Activation], content_hash: str) -> State | None:
    """Return how a revision went out of force the last time, None if it never did."""
    ended = None
    for before, after in pairwise(past):
        if before.content_hash == content_hash != after.content_hash:
            ended = State.ROLLED_BACK if after.kind is Kind.ROLLBACK else State.SUPERSEDED
    return ended


def approve(revision: Revision, approval: Approval, are_one: Callable[[str, str], bool] = eq) -> Revision:
    """Return the revision with an approval. It replaces an earlier approval by the same person.

    `are_one`: whether two accounts are of one person.

    Raises:
        Refusal: PRECONDITION if the approver submitted it, because it takes two people, or if it was sent back.
    """
    if revision.is_sent_back:
        message = "This revision was sent back. It can be approved once it is submitted again."
        raise precondition("SENT_BACK", message, "name")
    if any(are_one(approval.approver, person) for person in revision.submitted_by):
        message = "The person who submitted a revision cannot approve it. Ask somebody else."
        raise precondition("AUTHOR_CANNOT_APPROVE", message, "name")
    others = tuple(other for other in revision.approvals if other.approver != approval.approver)
    return replace(revision, approvals=(*others, approval))


def send_back(revision: Revision, plan: Activations, returned: Return, *, may_be_anybodys: bool) -> Revision:
    """Return the draft with a return. `may_be_anybodys`: the person may send back what somebody else submitted.

    Raises:
        Refusal: PRECONDITION if it is no draft, or if the person did not submit it and may not send back another's.
    """
    if plan.state_of(revision) is not State.DRAFT:
        message = "Only a draft that nobody has approved can be sent back."
        raise precondition("NOT_A_DRAFT", message, "name")
    if not may_be_anybodys and returned.person not in revision.submitted_by:
        message = "You can take back only what you submitted yourself. A policy approver can send it back."
        raise precondition("NOT_YOURS_TO_TAKE_BACK", message, "name")
    return replace(revision, returns=(*revision.returns, returned))


def schedule(revision: Revision, plan: Activations, wanted: Activation, now: datetime) -> Activation:
    """Return the activation of an approved revision, already in force if its time is now.

    Raises:
        Refusal: PRECONDITION without an approval by a second person, or if nothing would change; INVALID for a time
            in the past.
    """
    if not revision.approved:
        message = "No second person has approved this revision yet. Have it approved first."
        raise precondition("NOT_APPROVED", message, "name")
    if wanted.effective_at < now:
        message = "effective_time cannot be in the past. Leave it out to activate now."
        raise invalid("EFFECTIVE_TIME_PAST", message, "effective_time")
    in_force = plan.in_force
    if in_force is not None and in_force.content_hash == revision.content_hash and plan.scheduled is None:
        raise precondition("IN_FORCE_ALREADY", "This revision is already in force.", "name")
    return come_into_force(wanted, now) if wanted.effective_at == now else wanted


def go_back(plan: Activations, number: int, person: str, reason: str, now: datetime) -> Activation:
    """Return the activation that puts the revision before the current one back in force, now.

    It needs no new approval, because it was approved when it first came into force.

    Raises:
        Refusal: PRECONDITION if nothing else was in force before.
    """
    way = plan.way_back
    if len(way) < 2:
        raise precondition("NOTHING_BEFORE", "No other revision was in force before this one.")
    return Activation(number, way[-2], Kind.ROLLBACK, person, reason, now, in_force_at=now)


def come_into_force(activation: Activation, now: datetime) -> Activation:
    """Return the activation, in force from now on."""
    return replace(activation, in_force_at=now)


def check_copy(etag: str, current: str) -> None:
    """Refuse a change that is based on an old copy. An empty etag asks for no check.

    Raises:
        Refusal: CONFLICT with the current etag.
    """
    if etag and etag != current:
        message = "It has changed since you read it. Read it again."
        raise conflict("STALE_COPY", message, "etag", current=current)


def may_be_loaded(plan: Activations, activation: Activation, vouched_for: bool, needs_approval: bool) -> bool:
    """Return whether a rulebook that was put in force may be loaded.

    It may if its approval by a second person is as it was signed, or if it came with the first release. Where no
    approval is required, files read from the folder may be loaded too. Without this check, a changed row in the
    database could put rules in force that nobody approved.
    """
    of_it = [other for other in plan.past if other.content_hash == activation.content_hash]
    if vouched_for or plan.past[0] in of_it:
        return True
    return not needs_approval and any(other.kind is Kind.RELOAD for other in of_it)


def etag_of(revision: Revision, plan: Activations) -> str:
    """Return a mark that changes with every approval and return of a revision and with every activation."""
    signed = [f"{approval.approver} {approval.approved_at.isoformat()}" for approval in revision.approvals]
    returned = [f"{one.returned_at.isoformat()} {one.answered_at}" for one in revision.returns]
    return hashlib.sha256("\n".join([plan_etag(plan), *signed, *returned]).encode()).hexdigest()[:16]


def plan_etag(plan: Activations) -> str:
    """Return a mark that changes with every activation, and when one is taken back.

    The numbers of the last two are enough, because an activation is taken back only when a new one replaces it.
    """
    return ".".join(str(activation.number) for activation in plan.activations[-2:]) or "0"
