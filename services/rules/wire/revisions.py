"""Revisions of the rulebook as protobuf, and back."""

import re
from collections.abc import Mapping

from psmf.rules.v1 import revisions_pb2 as pb

from services.platform.calls.wire import from_word, name_parts, to_instant, to_needed_text, to_text
from services.refusals import invalid
from services.rules.domain.rulebook.changes import Change
from services.rules.domain.rulebook.file_names import check_names
from services.rules.domain.rulebook.revisions import (
    EARLIER_SHOWN,
    Activation,
    Activations,
    Approval,
    Revision,
    etag_of,
    plan_etag,
)

COLLECTION = "rulebookRevisions"
MOST_REASON = 500
_SHA256 = re.compile(r"[0-9a-f]{64}")


def content_hash(name: str, field: str = "name") -> str:
    """The content hash in a revision's name. Raises Refusal INVALID for a name of another form."""
    return name_parts(name, COLLECTION, field=field)[0]


def needed_reason(text: str) -> str:
    """Why, in a person's words. Raises Refusal INVALID when there are none, or too many."""
    return to_needed_text(text, "reason", MOST_REASON)


def optional_reason(text: str) -> str:
    """Why, in a person's words, or empty. Raises Refusal INVALID for too many."""
    return to_text(text, "reason", MOST_REASON)


def files(message: pb.CreateRulebookRevisionRequest) -> Mapping[str, str]:
    """Text by file name. Raises Refusal INVALID for a name that a rulebook's folder does not have."""
    check_names(message.files, "files")
    return dict(message.files)


def report_hash(value: str, field: str) -> str:
    """A report's sha256 in hex, or empty. Raises Refusal INVALID for anything else."""
    if value and not _SHA256.fullmatch(value):
        raise invalid("NOT_A_HASH", f"{field} is a sha256 in 64 hex digits.", field)
    return value


def revision_message(
    revision: Revision, plan: Activations, texts: Mapping[str, str] | None = None
) -> pb.RulebookRevision:
    """A revision as it stands."""
    since = plan.time_of(revision)
    return pb.RulebookRevision(
        name=f"{COLLECTION}/{revision.content_hash}",
        author=revision.author,
        reason=revision.reason,
        create_time=to_instant(revision.created_at),
        state=from_word(pb.RulebookRevision.State, plan.state_of(revision)),
        approvals=[_approval(approval) for approval in revision.approvals],
        effective_time=to_instant(since) if since else None,
        files=texts or {},
        etag=etag_of(revision, plan),
    )


def _approval(approval: Approval) -> pb.RulebookApproval:
    return pb.RulebookApproval(
        approver=approval.approver,
        reason=approval.reason,
        approve_time=to_instant(approval.approved_at),
        whatif_report_hash=approval.whatif_report_hash,
        cover_report_hash=approval.cover_report_hash,
        signature=approval.signature,
    )


def plan_message(plan: Activations) -> pb.RulebookPlan:
    """What is in force, and what follows."""
    earlier = [activation for activation in plan.activations if activation not in (plan.in_force, plan.scheduled)]
    return pb.RulebookPlan(
        in_force=_activation(plan.in_force) if plan.in_force else None,
        scheduled=_activation(plan.scheduled) if plan.scheduled else None,
        earlier=[_activation(activation) for activation in earlier[: -EARLIER_SHOWN - 1 : -1]],
        etag=plan_etag(plan),
    )


def _activation(activation: Activation) -> pb.RulebookActivation:
    return pb.RulebookActivation(
        revision=f"{COLLECTION}/{activation.content_hash}",
        kind=from_word(pb.RulebookActivation.Kind, activation.kind),
        person=activation.person,
        reason=activation.reason,
        effective_time=to_instant(activation.effective_at),
        in_force_time=to_instant(activation.in_force_at) if activation.in_force_at else None,
        refused=activation.refused,
    )


def change_message(change: Change) -> pb.RevisionChange:
    """One difference in words."""
    return pb.RevisionChange(
        about=change.about, part=change.name, change=change.change, words=change.words, read_by=change.read_by
    )
