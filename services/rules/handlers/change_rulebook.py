"""What people do with revisions of the rulebook: submit, approve, put in force, go back."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from services.refusals import not_found, precondition
from services.rules.domain.rulebook import revisions as domain
from services.rules.domain.rulebook.revisions import Activation, Approval, Revision
from services.rules.ports import Revisions

Sign = Callable[[Revision, Approval], str]
Vouches = Callable[[Revision], bool]


def find_revision(content_hash: str, revisions: Revisions) -> Revision:
    """The revision of that content.

    Raises:
        Refusal: NOT_FOUND.
    """
    found = revisions.find(content_hash)
    if found is None:
        raise not_found("REVISION_NOT_FOUND", "No revision of the rulebook has this content hash.", "name")
    return found


def submit(revision: Revision, files: Mapping[str, str], revisions: Revisions) -> Revision:
    """The revision, kept; one of the same content that was submitted before stays what it was."""
    found = revisions.find(revision.content_hash)
    if found is None:
        revisions.add(revision, files)
    return found or revision


def approve(content_hash: str, etag: str, approval: Approval, sign: Sign, revisions: Revisions) -> Revision:
    """The revision with a signed approval.

    Raises:
        Refusal: NOT_FOUND, CONFLICT for a stale copy, PRECONDITION for its author or without a key.
    """
    found = find_revision(content_hash, revisions)
    domain.check_copy(etag, domain.etag_of(found, revisions.plan()))
    domain.approve(found, approval)
    signed = replace(approval, signature=sign(found, approval))
    revisions.add_approval(content_hash, signed)
    return domain.approve(found, signed)


def activate(wanted: Activation, etag: str, vouches: Vouches, revisions: Revisions, now: datetime) -> Activation:
    """The activation, kept: in force, or scheduled.

    Raises:
        Refusal: NOT_FOUND, CONFLICT for a stale copy, PRECONDITION and INVALID as `domain.schedule`; PRECONDITION when
            an approval is not as it was signed.
    """
    found, plan = find_revision(wanted.content_hash, revisions), revisions.plan()
    domain.check_copy(etag, domain.etag_of(found, plan))
    activation = domain.schedule(found, plan, replace(wanted, number=revisions.next_number()), now)
    _check_signatures(vouches(found))
    revisions.add_activation(activation)
    return activation


def roll_back(person: str, reason: str, etag: str, vouches: Vouches, revisions: Revisions, now: datetime) -> Activation:
    """The activation that puts the revision before back in force, kept.

    Raises:
        Refusal: CONFLICT for a stale copy, PRECONDITION when there is none, or it may not be in force.
    """
    plan = revisions.plan()
    domain.check_copy(etag, domain.plan_etag(plan))
    activation = domain.go_back(plan, revisions.next_number(), person, reason, now)
    _check_signatures(vouches(find_revision(activation.content_hash, revisions)))
    revisions.add_activation(activation)
    return activation


def _check_signatures(sound: bool) -> None:
    if not sound:
        raise precondition(
            "APPROVAL_NOT_SIGNED",
            "An approval of this revision is not as this service signed it. Have it approved again.",
            "name",
        )
