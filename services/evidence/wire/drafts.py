"""Drafts as protobuf."""

import re

from psmf.evidence.v1 import drafts_pb2 as pb

from services.evidence.domain.drafts import Draft, DraftKind, Written
from services.platform.calls.wire import from_word, name_parts, to_date, to_instant, to_member
from services.refusals import invalid

_STEP = re.compile(r"[a-z0-9-]{0,40}")


def draft_message(draft: Draft, *, with_answers: bool = False, by_others: bool = False) -> pb.Draft:
    """Return a draft. `by_others`: for the person whom it is about, to whom only its author and its days are told."""
    message = pb.Draft(
        name=f"drafts/{draft.draft_id}",
        safeguarder=f"safeguarders/{draft.subject}" if draft.subject else "",
        author=draft.author,
        create_time=to_instant(draft.created_at),
        update_time=to_instant(draft.changed_at),
        last_date=to_date(draft.last_on),
    )
    if not by_others:
        message.kind = from_word(pb.Draft.Kind, draft.kind)
        message.step, message.etag = draft.step, str(draft.version)
        message.answers = draft.answers if with_answers else b""
    return message


def draft_id(name: str) -> str:
    """Return the id in a draft's name. Refuse INVALID for another form."""
    return name_parts(name, "drafts")[0]


def kind(message: pb.CreateDraftRequest) -> DraftKind:
    """Return what a draft will become."""
    return to_member(DraftKind, pb.Draft.Kind, message.kind, "kind")


def subject(message: pb.CreateDraftRequest) -> str:
    """Return the id of the person whom a draft is about, or an empty text."""
    return name_parts(message.safeguarder, "safeguarders", field="safeguarder")[0] if message.safeguarder else ""


def written(message: pb.CreateDraftRequest | pb.UpdateDraftRequest) -> Written:
    """Return what an author has written. Refuse INVALID for a step that is no word, as it may hold what they typed."""
    if not _STEP.fullmatch(message.step):
        raise invalid("STEP_NOT_VALID", "A step is at most 40 of a-z, 0-9 and hyphen.", "step")
    return Written(message.step, message.answers)
