"""What becomes of something that is sent in: whether it is new, is on file already, or corrects what is on file.

A report is one thing however often it is sent: the same person, kind, case reference and due date (P15). A later
extract may correct the due date too. The words of a complaint are not evidence of another kind (P7).
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from services.evidence.domain.evidence_item import (
    ComplaintOutcome,
    Content,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    ItemState,
    Kind,
    ReportReview,
    Timeliness,
)
from services.evidence.domain.life_of_an_item import STRUCK
from services.refusals import invalid

ABOUT_A_REPORT = (Kind.SCRA_TIMELINESS, Kind.REPORT_SAMPLE_REVIEW)
ENOUGH_WORDS = 5
"""Ours: words that say by themselves which matter they are about. Fewer are often a form of words."""
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
    without a case reference does not say which report it is about, so it stands for itself. A reading that says which
    report of the case it read has an id of two parts, with a point between. The first is the id of a reading that does
    not say it, which may have read any report of the case and is no other one.
    """
    if content.action is not None:
        return _opaque(f"{safeguarder_id}/{content.kind}/{content.action.action_id}")
    if content.kind not in ABOUT_A_REPORT or not content.case_reference:
        return ""
    of_the_case = f"{safeguarder_id}/{content.kind}/{content.case_reference}/"
    if content.timeliness:
        return _opaque(f"{of_the_case}{content.timeliness.due_on}")
    report = f".{_opaque(f'{of_the_case}{content.report_due_on}')}" if content.report_due_on else ""
    return _opaque(of_the_case) + report


def _opaque(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]


def find(sent: Content, sender: str, of_the_case: Iterable[EvidenceItem], others: Collection[date] = ()) -> Found:
    """Return what is on file of a thing that is sent in.

    `of_the_case` holds the person's items with the same case reference, and what took their place with another one.
    Without a reference nothing can be recognised.
    `others`: due dates of other reports of the case that come with this one, so that it is none of these.
    """
    of_the_case = list(of_the_case)
    same = [item for item in of_the_case if _is_same_thing(item.content, sent)]
    current = (
        next((item for item in same if item.state is ItemState.CURRENT), None)
        or _took_the_place(sent, same, of_the_case)
        or _with_another_due_date(sent, same, of_the_case, others)
    )
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


def corrections_of(
    items: Iterable[EvidenceItem], find_many: Callable[[Sequence[str]], Mapping[str, EvidenceItem]]
) -> list[EvidenceItem]:
    """Return the corrections of items, and what corrected those in turn, without the items themselves.

    If the Team corrected a case reference, they are of another case. A source that still sends the first one sends the
    same report (P15).
    """
    chain = list(items)
    known: set[str] = {item.evidence_id for item in chain}
    found: list[EvidenceItem] = []
    while missing := sorted({item.superseded_by for item in (*chain, *found)} - known - {""}):
        known.update(missing)
        found += find_many(missing).values()
    return found


def _took_the_place(
    sent: Content, same: Sequence[EvidenceItem], of_the_case: Sequence[EvidenceItem]
) -> EvidenceItem | None:
    """Return the current record of a report that was on file with this due date, before a correction changed it."""
    if sent.timeliness is None:
        return None
    by_id = {item.evidence_id: item for item in of_the_case}
    for item in same:
        while item.superseded_by in by_id:
            item = by_id[EvidenceId(item.superseded_by)]  # noqa: PLW2901  the loop follows the corrections
        if item.state is ItemState.CURRENT:
            return item
    return None


def _with_another_due_date(
    sent: Content, same: Sequence[EvidenceItem], of_the_case: Sequence[EvidenceItem], others: Collection[date]
) -> EvidenceItem | None:
    """Return the record that a later delivery of another day corrects, or is corrected by: only the due date differs.

    Two reports of a case may be filed on one day. One delivery then has both, so the due date of a report that comes
    with this one, or came on the same day, belongs to another report.
    """
    times = sent.timeliness
    if times is None or same:
        return None
    for item in of_the_case:
        held = item.content.timeliness
        if held is None or item.state is not ItemState.CURRENT or held.due_on in others:
            continue
        if held.filed_on == times.filed_on and item.content.received_on != sent.received_on:
            return item
    return None


def complaint_in_these_words(sent: Content, complaints: Iterable[EvidenceItem]) -> EvidenceItem | None:
    """Return the complaint that says what is sent in as another kind, in the same words; else None (P7).

    A few words, such as *on the telephone*, are the same matter only if they are about the same day. A complaint that
    was taken out before it was decided is none: it may come back as what it is. What rests on more than words, such as
    the review of a report, is another thing than a complaint.
    """
    words = words_of(sent.summary)
    if not words or sent.kind is Kind.COMPLAINT or sent.kind in ABOUT_A_REPORT:
        return None
    for item in complaints:
        same_matter = len(words) >= ENOUGH_WORDS or item.content.happened_on == sent.happened_on
        if same_matter and _still_says(item) and words_of(item.content.summary) == words:
            return item
    return None


def _still_says(complaint: EvidenceItem) -> bool:
    on_file = complaint.state in (ItemState.CURRENT, ItemState.HELD)
    return on_file or complaint.content.complaint_outcome not in (None, ComplaintOutcome.PENDING)


def words_of(text: str) -> list[str]:
    """Return the words of a text, whatever their case, spaces and signs."""
    return re.findall(r"\w+", text.casefold())


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
        report_due_on=content.report_due_on or other.report_due_on,
    )


def as_read_before(content: Content, old: Content) -> Content:
    """Return a correction with what the Team read in the report before, where it gives nothing of that itself.

    Otherwise a late report would count no more because an extract corrects its dates. A report that is no longer late
    is read again: a concern about its dates would rest on nothing.
    """
    evidence_class = content.evidence_class
    if evidence_class is EvidenceClass.STANDARD:
        evidence_class = old.evidence_class
    read_again = content.mappings or (_is_late(old.timeliness) and not _is_late(content.timeliness))
    mappings = content.mappings if read_again else old.mappings
    return content._replace(mappings=mappings, evidence_class=evidence_class)


def _is_late(times: Timeliness | None) -> bool:
    return times is not None and times.filed_on > times.due_on and times.extension_agreed is not True


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


def same_row(item: EvidenceItem, sent: Content, safeguarder_id: str) -> EvidenceItem:
    """Return the item of a row if the row has the same content, or refuse REQUEST_ID_REUSED.

    A later version may differ from the row, because it was corrected or replied to since. So may a text of which words
    were struck out.
    """
    # An answer that the release before could not keep apart from a blank may be missing on either side.
    said, held = with_answers_of(sent, item.content), with_answers_of(item.content, sent)
    struck = STRUCK in item.content.summary + item.content.reply_text
    if item.version == 1 and not struck and (held, item.safeguarder_id) != (said, safeguarder_id):
        raise invalid(
            "REQUEST_ID_REUSED",
            "This request_id was already used for a row with different content. Use a new UUID for a new row.",
            "request_id",
        )
    return item
