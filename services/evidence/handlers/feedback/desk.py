"""The giver's side of feedback links, which the console's feedback desk calls for people who are not signed in."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from services.calendar_days import london_today
from services.evidence.adapters.feedback.links import SqlFeedbackLinks
from services.evidence.adapters.session_packs import SqlSessionPacks
from services.evidence.adapters.session_records import SqlSessionRecords
from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.feedback.answers import (
    Answer,
    Forms,
    check_answers,
    content_of,
    hints_of,
    is_unsafe,
)
from services.evidence.domain.feedback.link import (
    Consent,
    FeedbackLink,
    FeedbackNumbers,
    Giver,
    GiverKept,
    Session,
    begun,
    hash_of,
    item_id,
    require_session,
    typed_code,
)
from services.evidence.domain.feedback.stage import Stage, stage_of
from services.evidence.domain.senders import Sender
from services.evidence.domain.sessions.slot import SlotState, newest
from services.evidence.handlers.create_evidence_item import CreateEvidenceItem, create_evidence_items
from services.evidence.handlers.feedback.versions import versions_of
from services.evidence.handlers.reply_times import ReplyTimes
from services.evidence.ports import File, Register
from services.evidence.wire.items import item_name
from services.refusals import invalid, not_found
from services.who import Who


@dataclass(frozen=True, slots=True)
class DeskContext:
    """What the desk works with, in one transaction."""

    links: SqlFeedbackLinks
    register: Register
    file: File
    reply_times: ReplyTimes
    forms: Forms
    numbers: FeedbackNumbers
    now: datetime


class Said(NamedTuple):
    """What a giver sends."""

    answers: Sequence[Answer]
    consent: Consent | None
    contact: str


def exchange(token: str, session: str, context: DeskContext) -> tuple[FeedbackLink, Session]:
    """Begin a session by the token of a link.

    A link can be exchanged until something is sent by it: programs that look through mail open every address in it, and
    a child may close the page and come back.

    Raises:
        Refusal: FEEDBACK_LINK_NOT_USABLE; SESSION_NOT_A_SECRET.
    """
    link = context.links.of_token(token)
    new = begun(link, session, context.now)
    assert link is not None  # noqa: S101  `begun` refuses without one
    context.links.begin(new)
    return link, new


def send(session: str, said: Said, draw_code: Callable[[], str], context: DeskContext) -> tuple[FeedbackLink, bool]:
    """Record what a giver says as one item of evidence. Return the link, and whether something was sent before.

    Whatever is sent after the first time changes nothing, and has the same receipt.

    Raises:
        Refusal: FEEDBACK_SESSION_OVER; FEEDBACK_LINK_NOT_USABLE; NOTHING_SAID; and as `check_answers` says.
    """
    found = context.links.session(hash_of(session))
    link = require_session(found, context.links.find(found.link_id) if found else None, context.now)
    if link.sent_at is not None:
        return link, True
    if not said.answers:
        raise invalid("NOTHING_SAID", "Answer at least one question.", "answers")
    form = context.forms[link.giver]
    check_answers(form, said.answers)
    _record(link, said, context)
    after = replace(
        link,
        sent_at=context.now,
        code=draw_code(),
        evidence_id=item_id(link),
        hints=hints_of(form, said.answers),
    )
    context.links.change(after)
    _keep_giver(after, said, context)
    if is_unsafe(form, said.answers):
        context.links.say_unsafe(after, context.now)
    return after, False


def stage(
    code: str, context: DeskContext, packs: SqlSessionPacks, records: SqlSessionRecords
) -> tuple[FeedbackLink, Stage]:
    """Return how far something has come.

    Raises:
        Refusal: FEEDBACK_CODE_NOT_FOUND, also for what is no code.
    """
    link = context.links.of_code(typed_code(code))
    item = _as_it_stands(link.evidence_id, context.file) if link else None
    if link is None or item is None:
        raise not_found("FEEDBACK_CODE_NOT_FOUND", "There is no such code. Look at each letter again.", "code")
    names = {item_name(each) for each in versions_of(link.evidence_id, context.file)}
    held = [
        pack.session_id
        for pack in packs.of(item.safeguarder_id)
        if any(entry.name in names for entry in pack.entries) and _was_held(pack.session_id, packs)
    ]
    return link, stage_of(item, [records.find(session_id) for session_id in held])


def _record(link: FeedbackLink, said: Said, context: DeskContext) -> None:
    content = content_of(link, context.forms[link.giver], said.answers, london_today(context.now))
    receipt = hashlib.sha256(f"receipt/{link.link_id}/{link.token_hash}".encode()).hexdigest()[:32]
    sender = f"feedback-link-{link.link_id}"
    command = CreateEvidenceItem(
        safeguarder_id=link.safeguarder_id,
        content=content,
        evidence_id=item_id(link),
        receipt_id=receipt,
        sender=sender,
        who=Who(sender),
        sent_by=Sender.GIVER,
        history=False,
    )
    create_evidence_items([command], context.register, context.file, context.reply_times, context.now, None)


def _keep_giver(link: FeedbackLink, said: Said, context: DeskContext) -> None:
    # A child is reached by the adults whom the Team knows. So no page asks a child, and nothing of a child is kept.
    contact = "" if link.giver is Giver.CHILD else said.contact
    until = london_today(context.now) + timedelta(days=context.numbers.feedback_contact_days)
    context.links.keep_giver(GiverKept(link.link_id, said.consent, contact, until))


def _as_it_stands(evidence_id: str, file: File) -> EvidenceItem | None:
    return next(iter(reversed(versions_of(evidence_id, file))), None)


def _was_held(session_id: str, packs: SqlSessionPacks) -> bool:
    slots = packs.slots(session_id)
    return bool(slots) and newest(slots).state is SlotState.HELD
