"""What people do with revisions of the rulebook: submit, approve, put in force, go back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from operator import eq

from services.refusals import conflict, not_found, precondition
from services.rules.adapters.approval_signing import ApprovalKey
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.revisions import SqlRevisions
from services.rules.domain.rulebook import revisions as domain
from services.rules.domain.rulebook.model import Rulebook
from services.rules.domain.rulebook.revisions import Activation, Activations, Approval, Kind, Revision
from services.rules.handlers.chain.signing import SignedChain


@dataclass(frozen=True, slots=True)
class ActivationContext:
    """The stores of the current transaction, the key that vouches for approvals, and the time."""

    revisions: SqlRevisions
    facts: SqlFacts
    chain: SignedChain
    key: ApprovalKey
    now: datetime


def find_revision(content_hash: str, revisions: SqlRevisions) -> Revision:
    """Return the revision with this content.

    Raises:
        Refusal: NOT_FOUND.
    """
    found = revisions.find(content_hash)
    if found is None:
        raise not_found("REVISION_NOT_FOUND", "No revision of the rulebook has this content hash.", "name")
    return found


def submit(revision: Revision, files: Mapping[str, str], revisions: SqlRevisions) -> Revision:
    """Store and return a revision. If the same content was submitted before, that revision stays and is returned.

    One that was sent back is a draft again.
    """
    found = revisions.find(revision.content_hash)
    if found is None:
        revisions.add(revision, files)
        return revision
    if not found.is_sent_back:
        return found
    revisions.answer_return(revision)
    return find_revision(revision.content_hash, revisions)


def send_back(
    content_hash: str, etag: str, returned: domain.Return, may_be_anybodys: bool, revisions: SqlRevisions
) -> Revision:
    """Send a draft back. Return the revision with it.

    Raises:
        Refusal: NOT_FOUND, CONFLICT for a stale copy, PRECONDITION as `domain.send_back`.
    """
    found, plan = find_revision(content_hash, revisions), revisions.activations()
    domain.check_copy(etag, domain.etag_of(found, plan))
    sent_back = domain.send_back(found, plan, returned, may_be_anybodys=may_be_anybodys)
    revisions.add_return(content_hash, returned)
    return sent_back


def approve(
    content_hash: str,
    etag: str,
    approval: Approval,
    key: ApprovalKey,
    revisions: SqlRevisions,
    are_one: Callable[[str, str], bool] = eq,
) -> Revision:
    """Sign and store an approval. Return the revision with it. `are_one`: whether two accounts are of one person.

    Raises:
        Refusal: NOT_FOUND, CONFLICT for a stale copy, PRECONDITION for its author or without a key.
    """
    found = find_revision(content_hash, revisions)
    domain.check_copy(etag, domain.etag_of(found, revisions.activations()))
    domain.approve(found, approval, are_one)
    signed = replace(approval, signature=key.sign(found, approval))
    revisions.add_approval(content_hash, signed)
    return domain.approve(found, signed, are_one)


def activate(wanted: Activation, etag: str, rulebook: Rulebook, context: ActivationContext) -> Activation:
    """Put a revision in force, or schedule it, and return how. `rulebook` is the revision, loaded.

    Raises:
        Refusal: NOT_FOUND, CONFLICT for a stale copy, PRECONDITION and INVALID as `domain.schedule`; PRECONDITION when
            an approval is not as it was signed; UNAVAILABLE when the activations are not as they were signed.
    """
    revisions = context.revisions
    context.chain.require_whole()
    found, activations = find_revision(wanted.content_hash, revisions), revisions.activations()
    domain.check_copy(etag, domain.etag_of(found, activations))
    numbered = replace(wanted, number=revisions.next_number())
    activation = domain.schedule(found, activations, numbered, context.now)
    _check_signatures(context.key.vouches_for(found))
    revisions.add_activation(activation)
    if activation.in_force_at is not None:
        put_in_force(activations, activation, rulebook, revisions, context.facts)
    context.chain.sign_last()
    return activation


def roll_back(
    person: str,
    reason: str,
    etag: str,
    loaded: Mapping[str, Rulebook],
    needs_approval: bool,
    context: ActivationContext,
) -> Activation:
    """Put the previous revision back in force. `loaded` holds it by its content hash.

    Raises:
        Refusal: CONFLICT for a stale copy, or when another rulebook came into force since `loaded` was read;
            PRECONDITION when there is no previous revision, or it may not be in force; UNAVAILABLE as `activate`.
    """
    context.chain.require_whole()
    activations = context.revisions.activations()
    domain.check_copy(etag, domain.plan_etag(activations))
    number = context.revisions.next_number()
    activation = domain.go_back(activations, number, person, reason, context.now)
    find_revision(activation.content_hash, context.revisions)
    _check_signatures(may_be_in_force(activations, activation, context.revisions, context.key, needs_approval))
    if activation.content_hash not in loaded:
        raise conflict("PLAN_CHANGED", "Another rulebook came into force just now. Look again.")
    context.revisions.add_activation(activation)
    put_in_force(activations, activation, loaded[activation.content_hash], context.revisions, context.facts)
    context.chain.sign_last()
    return activation


def may_be_in_force(
    activations: Activations, activation: Activation, revisions: SqlRevisions, key: ApprovalKey, needs_approval: bool
) -> bool:
    """Return whether a revision may be in force: signed approvals vouch for it, or it needs none."""
    revision = revisions.find(activation.content_hash)
    vouched_for = revision is not None and key.vouches_for(revision)
    return domain.may_be_loaded(activations, activation, vouched_for, needs_approval)


def put_in_force(
    before: Activations, activation: Activation, rulebook: Rulebook, revisions: SqlRevisions, facts: SqlFacts
) -> None:
    """Store and publish what follows when a revision comes into force, and ask for everyone's evaluation by it.

    Files of a release or of the folder ask for nobody's evaluation: the next daily run evaluates everyone.
    """
    at = activation.in_force_at or activation.effective_at
    revisions.note_in_force(rulebook, at)
    previous = before.in_force
    if previous is None or previous.content_hash == rulebook.content_hash:
        return
    revisions.publish_activated(rulebook.content_hash, previous.content_hash, at)
    if activation.kind in (Kind.ACTIVATION, Kind.ROLLBACK):
        facts.ask_for_everyone()


def _check_signatures(sound: bool) -> None:
    if not sound:
        message = "An approval of this revision does not match this service's signature. Have it approved again."
        raise precondition("APPROVAL_NOT_SIGNED", message, "name")
