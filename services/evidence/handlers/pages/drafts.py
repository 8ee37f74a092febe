"""Drafts: begin, read, list, change and delete them. Each is its author's alone."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.evidence.adapters.pages.drafts import SqlDrafts
from services.evidence.domain.drafts import (
    Draft,
    DraftKind,
    Written,
    changed,
    check_room,
    check_written,
    draft_not_found,
)
from services.platform.calls.relations import Listed
from services.refusals import not_found


@dataclass(frozen=True, slots=True)
class DraftContext:
    """What a handler of drafts works with: the drafts, who asks, whom they may see, and when."""

    drafts: SqlDrafts
    me: str
    own_subject: str
    """The caller's own record, if they are a Safeguarder."""
    people: Listed
    now: datetime


def begin_draft(kind: DraftKind, subject: str, written: Written, context: DraftContext) -> Draft:
    """Add a draft.

    Raises:
        Refusal: NOT_FOUND if it is about somebody whom the caller may not see; PRECONDITION if they have too many.
    """
    check_written(written)
    if subject and not context.people.holds(subject):
        raise not_found("SAFEGUARDER_NOT_FOUND", "Nobody whom you may see has this id.", "safeguarder")
    check_room(context.drafts.how_many(context.me))
    new = Draft(uuid.uuid4().hex, context.me, kind, subject, written.step, written.answers, context.now, context.now)
    context.drafts.add(new)
    return new


def find_draft(draft_id: str, context: DraftContext) -> Draft:
    """Return a draft of the caller's.

    Refuse NOT_FOUND also if the caller may no longer see the person whom it is about.
    """
    found = context.drafts.find(draft_id, context.me)
    if found is None or (found.subject and not context.people.holds(found.subject)):
        raise draft_not_found()
    return found


def list_drafts(subject: str, context: DraftContext) -> Sequence[Draft]:
    """Return the caller's drafts, about one person if a `subject` is given. Safeguarders get those about them too."""
    mine = bool(context.own_subject)
    found = context.drafts.of(context.me, context.own_subject if mine else subject, about_them=mine)
    return [each for each in found if not each.subject or context.people.holds(each.subject)]


def change_draft(draft_id: str, written: Written, etag: str, context: DraftContext) -> Draft:
    """Store other answers. Refuse NOT_FOUND, and CONFLICT for a stale copy."""
    after = changed(find_draft(draft_id, context), check_written(written), etag, context.now)
    context.drafts.change(after)
    return after


def delete_draft(draft_id: str, context: DraftContext) -> Draft:
    """Delete a draft for good. Refuse NOT_FOUND."""
    found = find_draft(draft_id, context)
    context.drafts.delete(found.draft_id)
    return found
