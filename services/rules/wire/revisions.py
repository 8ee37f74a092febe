"""Revisions of the rulebook as protobuf, and back."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from psmf.rules.v1 import revisions_pb2 as pb

from services.child_screen import refuse_a_child
from services.platform.calls.wire import from_word, name_parts, to_date, to_instant, to_needed_text, to_text
from services.refusals import invalid
from services.rules.domain.rulebook.changes import Change
from services.rules.domain.rulebook.dated import DatedChange
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
    """Return the content hash in a revision's name. Raises Refusal INVALID for a name of another form."""
    return name_parts(name, COLLECTION, field=field)[0]


def needed_reason(text: str, year: int) -> str:
    """Return a reason in a person's words. Raises Refusal INVALID for none, and as `optional_reason` does."""
    return refuse_a_child(to_needed_text(text, "reason", MOST_REASON), "reason", year)


def optional_reason(text: str, year: int) -> str:
    """Return a reason in a person's words, or empty.

    `year`: the year in which it is read. Raises Refusal INVALID for too long a text, and for one that looks as if it
    names a child.
    """
    return refuse_a_child(to_text(text, "reason", MOST_REASON), "reason", year)


def files(message: pb.CreateRulebookRevisionRequest) -> Mapping[str, str]:
    """Return the text of each file by its name. Raises Refusal INVALID for a name that no rule file may have."""
    check_names(message.files, "files")
    return dict(message.files)


def report_hash(value: str, field: str) -> str:
    """Return a report's SHA-256 in hex, or empty. Raises Refusal INVALID for anything else."""
    if value and not _SHA256.fullmatch(value):
        raise invalid("NOT_A_HASH", f"{field} must be a SHA-256: 64 hex digits.", field)
    return value


def revision_message(
    revision: Revision, activations: Activations, texts: Mapping[str, str] | None = None
) -> pb.RulebookRevision:
    """Return a revision with its state. `texts`: its files by name, where they are asked for."""
    since = activations.time_of(revision)
    return pb.RulebookRevision(
        name=f"{COLLECTION}/{revision.content_hash}",
        author=revision.author,
        reason=revision.reason,
        create_time=to_instant(revision.created_at),
        state=from_word(pb.RulebookRevision.State, activations.state_of(revision)),
        approvals=[_approval(approval) for approval in revision.approvals],
        effective_time=to_instant(since) if since else None,
        files=texts or {},
        etag=etag_of(revision, activations),
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


def plan_message(activations: Activations, coming: Iterable[DatedChange]) -> pb.RulebookPlan:
    """Return what is in force, what is scheduled, and the latest of what was in force before, newest first.

    `coming`: what the dates in the rulebook in force change after today.
    """
    shown = (activations.in_force, activations.scheduled)
    earlier = [activation for activation in activations.activations if activation not in shown]
    return pb.RulebookPlan(
        in_force=_activation(activations.in_force) if activations.in_force else None,
        scheduled=_activation(activations.scheduled) if activations.scheduled else None,
        earlier=[_activation(activation) for activation in earlier[: -EARLIER_SHOWN - 1 : -1]],
        etag=plan_etag(activations),
        dated_changes=[
            pb.DatedChange(date=to_date(one.on), changes=[_change(part) for part in one.changes]) for one in coming
        ],
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


def _change(one: Change) -> pb.RevisionChange:
    return pb.RevisionChange(about=one.about, part=one.name, change=one.change, words=one.words, read_by=one.read_by)


def comparison_message(other_hash: str, differences: Iterable[Change]) -> pb.CompareRulebookRevisionsResponse:
    """Return what a revision changes compared with another, whose content hash is `other_hash`."""
    changes = [_change(one) for one in differences]
    # `with` is a keyword in Python, so the field cannot be given by name.
    fields: dict[str, Any] = {"with": f"{COLLECTION}/{other_hash}", "changes": changes}
    return pb.CompareRulebookRevisionsResponse(**fields)
