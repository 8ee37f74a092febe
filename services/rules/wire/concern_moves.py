"""What people do about a concern, as protobuf and back. Beside wire.py, which holds all the rest."""

import re
from collections.abc import Iterable
from typing import Any

from psmf.rules.v1 import concern_moves_pb2 as pb
from psmf.rules.v1 import events_pb2, rules_pb2

from services.platform.calls.wire import from_word, to_date, to_instant
from services.refusals import invalid
from services.rules import wire
from services.rules.domain.concerns.concern import Concern
from services.rules.domain.concerns.history import Made, Move
from services.rules.domain.concerns.progress import Progress
from services.rules.wire.standards import note_name

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
EVENT_OF = {Move.ACKNOWLEDGE: "acknowledged", Move.DISMISS: "dismissed", Move.CLOSE: "closed"}
"""Moves that have an event of their own, from the first release; all others are `ConcernMoved`."""


def an_id(value: str, field: str) -> str:
    """The id of a document or an item, which is never text about anybody.

    Raises:
        Refusal: INVALID when it has not the form of an id.
    """
    if value and not _ID.fullmatch(value):
        raise invalid("NOT_AN_ID", f"{field} is an id: up to 64 letters, digits, hyphens and underscores.", field)
    return value


def a_pack_hash(value: str) -> str:
    """The hash of a pack.

    Raises:
        Refusal: INVALID when it is none.
    """
    if not _SHA256.fullmatch(value):
        raise invalid("NOT_A_HASH", "pack_hash is sha256 in hex: 64 characters, 0 to 9 and a to f.", "pack_hash")
    return value


def event(concern: Concern, made: Made, confirms: bool = False) -> Any:
    """That a concern was moved: ids, words of closed lists and dates. `confirms`: it was quiet until now."""
    if made.move in EVENT_OF:
        return wire.concern_event(concern, EVENT_OF[made.move], quiet=confirms)
    action = concern.course.action
    return events_pb2.ConcernMoved(
        concern=wire.concern_event(concern, "updated").concern,
        move=from_word(pb.ConcernMove, made.move),
        from_state=from_word(rules_pb2.Concern.State, made.from_state),
        to_state=from_word(rules_pb2.Concern.State, made.to_state),
        word=made.word,
        due_date=to_date(action.due_on) if action else None,
        merged_into=concern.course.merged_into,
    )


def _step(made: Made) -> rules_pb2.ConcernStep:
    return rules_pb2.ConcernStep(
        move=from_word(pb.ConcernMove, made.move),
        person=made.by,
        move_time=to_instant(made.at),
        from_state=from_word(rules_pb2.Concern.State, made.from_state),
        to_state=from_word(rules_pb2.Concern.State, made.to_state),
        word=made.word,
    )


def concern_message(concern: Concern, steps: Iterable[Made] = (), allowed: Iterable[Move] = ()) -> rules_pb2.Concern:
    """A concern with what people have done about it; with its history and what may follow where that is asked for."""
    message = wire.concern_message(concern)
    message.course.CopyFrom(_course(concern))
    message.steps.extend(_step(made) for made in steps)
    message.allowed_moves.extend(from_word(pb.ConcernMove, move) for move in allowed)
    return message


def _course(concern: Concern) -> pb.ConcernCourse:
    done = concern.course
    notice, action, review, recommended = done.notice, done.action, done.review, done.recommendation
    return pb.ConcernCourse(
        supports=_supports(done),
        notice_date=to_date(notice.served_on if notice else None),
        notice_acknowledge_date=to_date(notice.acknowledged_on if notice else None),
        required_action=from_word(pb.RequiredAction, action.what if action else None),
        due_date=to_date(action.due_on if action else None),
        review_date=to_date(review.held_on if review else None),
        review_outcome=from_word(pb.ReviewOutcome, review.outcome if review else None),
        supports_standing=from_word(pb.SupportsStanding, review.supports if review else None),
        recommendation=from_word(pb.RecommendationKind, recommended.kind if recommended else None),
        pack_hash=recommended.pack_hash if recommended else "",
        held_for=[from_word(pb.HoldReason, reason) for reason in done.hold.reasons] if done.hold else [],
        view=from_word(pb.SafeguarderView, done.view),
        view_document=done.view_document,
        merged_into=f"safeguarders/{concern.safeguarder_id}/concerns/{done.merged_into}" if done.merged_into else "",
        reopened_on=done.reopened_on,
        practice_note=note_name(done.hold.note) if done.hold else "",
    )


def _supports(done: Progress) -> list[pb.OfferedSupport]:
    return [
        pb.OfferedSupport(
            kind=from_word(pb.SupportKind, support.kind),
            discussed_date=to_date(support.discussed_on),
            answer=from_word(pb.SupportAnswer, support.answer),
            answer_date=to_date(support.answered_on),
        )
        for support in done.supports
    ]
