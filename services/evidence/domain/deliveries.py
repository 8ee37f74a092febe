"""What becomes of something that is sent in: whether it is new, is on file already, or corrects what is on file.

A report is one thing however often it is sent: the same person, kind, case reference and due date (P15).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from services.evidence.domain.evidence_item import (
    Content,
    EvidenceClass,
    EvidenceItem,
    ItemState,
    Kind,
    ReportReview,
    Timeliness,
)

ABOUT_A_REPORT = (Kind.SCRA_TIMELINESS, Kind.REPORT_SAMPLE_REVIEW)
_ANY_DAY = date.min


class Delivery(StrEnum):
    """What became of something that was sent in."""

    NEW = "new"
    RECORDED_BEFORE = "recorded_before"
    """The same request was recorded before."""
    HELD_ALREADY = "held_already"
    """The same thing is on file from another request."""
    CORRECTED = "corrected"
    """The same report was on file with other content. The new item took its place."""


class Delivered(NamedTuple):
    """The item that a delivery made or found on file, and what became of the delivery."""

    item: EvidenceItem
    delivery: Delivery


class Found(NamedTuple):
    """What is on file of a thing that is sent in, and what that makes of the delivery."""

    delivery: Delivery
    item: EvidenceItem | None = None


def judged_id(safeguarder_id: str, content: Content) -> str:
    """Return the opaque id of the report or the action that an item is about; empty if the item stands for itself.

    Items with the same id count once in rules and KPIs. Two readings of one report are one report (P16). An item
    without a case reference does not say which report it is about, so it stands for itself.
    """
    if content.action is not None:
        return hashlib.sha256(f"{safeguarder_id}/{content.kind}/{content.action.action_id}".encode()).hexdigest()[:32]
    if content.kind not in ABOUT_A_REPORT or not content.case_reference:
        return ""
    due_on = content.timeliness.due_on if content.timeliness else ""
    named = f"{safeguarder_id}/{content.kind}/{content.case_reference}/{due_on}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def find(sent: Content, sender: str, of_the_case: Iterable[EvidenceItem]) -> Found:
    """Return what is on file of a thing that is sent in.

    `of_the_case` holds the person's items with the same case reference. Without one nothing can be recognised.
    """
    same = [item for item in of_the_case if _is_same_thing(item.content, sent)]
    current = next((item for item in same if item.state is ItemState.CURRENT), None)
    repeats = [item for item in same if says_the_same(item.content, sent)]
    if current is None:
        # What was withdrawn stays out when it is sent again.
        return Found(Delivery.HELD_ALREADY, repeats[-1]) if repeats else Found(Delivery.NEW)
    late = sent.received_on < current.content.received_on
    repeated = current in repeats and not _answers_more(sent, current.content)
    before = [item for item in repeats if item is not current]
    if current in repeats:
        before = [item for item in before if not _answers_more(sent, item.content)]
    # Somebody else corrected the item since, so a repeat of what it said before corrects nothing.
    settled = bool(before) and current.sender != sender
    if repeated or late or settled:
        return Found(Delivery.HELD_ALREADY, current)
    return Found(Delivery.CORRECTED, current)


def on_the_same_day(sent: Content, items: Sequence[EvidenceItem]) -> EvidenceItem | None:
    """Return an item of the same kind, source and day that is current or held, or None (P17).

    An item with another case reference is about something else. One without may be about the same thing.
    """
    what = (sent.kind, sent.source, sent.happened_on)
    for item in items:
        said = item.content
        if item.state in (ItemState.CURRENT, ItemState.HELD) and (said.kind, said.source, said.happened_on) == what:
            cases = {said.case_reference, sent.case_reference} - {""}
            if len(cases) < 2:
                return item
    return None


def says_the_same(held: Content, sent: Content) -> bool:
    """Return whether two deliveries say the same, whenever they came. A blank answer says nothing (P18)."""
    return _as_seen(with_answers_of(sent, held)) == _as_seen(with_answers_of(held, sent))


def _answers_more(sent: Content, held: Content) -> bool:
    """Return whether a delivery gives an answer that is blank on file. That is news: nobody had said it (P18)."""
    return with_answers_of(held, sent) != held


def with_answers_of(content: Content, other: Content) -> Content:
    """Return content with its blank answers filled from another's: a blank never takes an answer away (P18)."""
    return content._replace(
        timeliness=_filled_times(content.timeliness, other.timeliness),
        report_review=_filled_review(content.report_review, other.report_review),
    )


def _filled_times(times: Timeliness | None, other: Timeliness | None) -> Timeliness | None:
    if times is None or other is None or times.extension_agreed is not None:
        return times
    return replace(times, extension_agreed=other.extension_agreed)


def _filled_review(review: ReportReview | None, other: ReportReview | None) -> ReportReview | None:
    if review is None or other is None:
        return review
    views, agrees = review.child_views_recorded, review.second_reader_agrees
    return replace(
        review,
        child_views_recorded=other.child_views_recorded if views is None else views,
        second_reader_agrees=other.second_reader_agrees if agrees is None else agrees,
    )


def _is_same_thing(held: Content, sent: Content) -> bool:
    """Return whether two contents with one case reference are about the same thing.

    The timeliness of a report is one thing. A review may be a second reading, and two people may say different things
    of one case on one day, so anything else is the same only if nothing but the day it was received differs.
    """
    if not sent.case_reference or (held.kind, held.case_reference) != (sent.kind, sent.case_reference):
        return False
    if sent.kind is Kind.SCRA_TIMELINESS and held.timeliness and sent.timeliness:
        return held.timeliness.due_on == sent.timeliness.due_on
    return says_the_same(held, sent) and (sent.kind in ABOUT_A_REPORT or held.received_on != sent.received_on)


def _as_seen(content: Content) -> Content:
    """Return what the sender saw, without the day it was received and what the Team adds later."""
    return content._replace(
        received_on=_ANY_DAY,
        mappings=(),
        evidence_class=EvidenceClass.STANDARD,
        complaint_outcome=None,
        shared_on=None,
        replied_on=None,
        reply_text="",
    )
