"""Revisions of the rulebook as protobuf, and back."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from psmf.rules.v1 import revisions_pb2 as pb

from services.child_screen import refuse_a_child
from services.platform.calls.wire import (
    from_date,
    from_word,
    name_parts,
    to_date,
    to_instant,
    to_needed_text,
    to_text,
)
from services.refusals import invalid
from services.rules.domain.rulebook.chain import Look
from services.rules.domain.rulebook.changes import Change
from services.rules.domain.rulebook.dated import DatedChange
from services.rules.domain.rulebook.file_names import check_names
from services.rules.domain.rulebook.model import ParameterValue
from services.rules.domain.rulebook.parameter_change import ParameterChange
from services.rules.domain.rulebook.revisions import (
    EARLIER_SHOWN,
    Activation,
    Activations,
    Approval,
    Return,
    Revision,
    etag_of,
    plan_etag,
)
from services.rules.domain.workbench.coverage import Report
from services.rules.domain.workbench.guards import Suggested
from services.rules.wire.rulebook import example_message

COLLECTION = "rulebookRevisions"
MOST_REASON, MOST_WHY, MOST_CITES = 500, 300, 200
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


def parameter_change(message: pb.ParameterChange, year: int) -> ParameterChange:
    """Return the change that is asked for. Its texts are sentences on one line, as rule files hold them.

    Raises:
        Refusal: INVALID for a missing day or text, and for a text that is too long or looks as if it names a child.
    """
    from_on = from_date(message, "from_date", "change.")
    if from_on is None:
        raise invalid("FIELD_MISSING", "change.from_date is needed.", "change.from_date")
    why = _sentence(message.why, "change.why", MOST_WHY, year)
    cites = _sentence(message.cites, "change.cites", MOST_CITES, year)
    return ParameterChange(message.parameter, ParameterValue(from_on, message.value, why, message.origin, cites))


def _sentence(text: str, path: str, most: int, year: int) -> str:
    return refuse_a_child(" ".join(to_needed_text(text, path, most).split()), path, year)


def parameter_change_message(change: Mapping[str, Any]) -> pb.ParameterChange:
    """Return a change as a simulation keeps it."""
    return pb.ParameterChange(**(dict(change) | {"from_date": to_date(date.fromisoformat(change["from_date"]))}))


def kept_change(change: ParameterChange) -> dict[str, Any]:
    """Return a change in the form in which a simulation keeps it."""
    value = change.value
    said = {"value": value.value, "why": value.why, "cites": value.cites, "origin": value.origin}
    return {"parameter": change.parameter, "from_date": value.from_on.isoformat(), **said}


def wanted_examples(message: pb.ChangeParameterRequest, year: int) -> dict[str, str]:
    """Return the titles of the suggested examples that are wanted, by key. Empty titles stand for the suggested."""
    titles = ((one.key, to_text(one.title, "examples.title", MOST_CITES)) for one in message.examples)
    return {key: refuse_a_child(" ".join(title.split()), "examples.title", year) for key, title in titles}


def suggestion_message(suggested: Suggested) -> pb.SuggestedExample:
    """Return an example with its rule."""
    example = example_message(suggested.example)
    return pb.SuggestedExample(key=suggested.key, rule=suggested.rule_id, example=example)


def report_message(report: Report, added: Iterable[Suggested]) -> pb.CheckRulebookRevisionResponse:
    """Return what the examples of a revision show, and which of them it adds."""
    return pb.CheckRulebookRevisionResponse(
        examples=report.examples,
        failed=report.failed,
        added=map(suggestion_message, added),
        untested=report.untested,
        warnings=report.warnings,
    )


def changes_message(differences: Iterable[Change]) -> list[pb.RevisionChange]:
    """Return differences between rulebooks in words."""
    return [_change(one) for one in differences]


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
        returns=map(_return, revision.returns),
    )


def _return(returned: Return) -> pb.RulebookReturn:
    return pb.RulebookReturn(
        person=returned.person,
        reason=returned.reason,
        return_time=to_instant(returned.returned_at),
        answered_by=returned.answered_by,
        answer=returned.answer,
        answer_time=to_instant(returned.answered_at) if returned.answered_at else None,
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


def look_message(
    look: Look, in_force: Activation | None, revision: Revision | None
) -> pb.VerifyRulebookActivationsResponse:
    """Return what a look at the chain of activations found, and what is in force."""
    return pb.VerifyRulebookActivationsResponse(
        faults=look.faults,
        signed=look.signed,
        activations=look.activations,
        end_hash=look.end_hash,
        in_force=_activation(in_force) if in_force else None,
        approvers=[approval.approver for approval in revision.approvals] if revision else (),
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
    changes = changes_message(differences)
    # `with` is a keyword in Python, so the field cannot be given by name.
    fields: dict[str, Any] = {"with": f"{COLLECTION}/{other_hash}", "changes": changes}
    return pb.CompareRulebookRevisionsResponse(**fields)
