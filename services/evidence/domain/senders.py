"""Who may say what: the bodies whose systems send evidence, and what only the Team may set (P19, P20, P22).

A partner learns nothing about who is a member and when. It has one answer for everybody about whom it may not send.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.evidence.domain.evidence_item import DERIVED, Content, EvidenceClass, Kind
from services.evidence.domain.safeguarder import Safeguarder, State, not_entered
from services.refusals import Refusal, invalid, precondition


class Sender(StrEnum):
    """The kind of sender, which decides what an item may contain."""

    TEAM = "team"
    PARTNER = "partner"
    SAFEGUARDER = "safeguarder"
    GIVER = "giver"
    """Somebody who gives feedback by a link of the Team. What they send comes to the Team as if it was told to it."""


@dataclass(frozen=True, slots=True)
class Body:
    """A body whose systems send evidence: the sources for which it speaks, and the kinds of evidence it sends."""

    name: str
    sources: frozenset[str]
    kinds: frozenset[Kind]


def voice_id(body: str) -> str:
    """Return the opaque id of a body, under which its items are one voice in rules; empty for people."""
    return hashlib.sha256(f"body/{body}".encode()).hexdigest()[:16] if body else ""


Bodies = Mapping[str, Body]


@dataclass(frozen=True, slots=True)
class RecordingChoices:
    """What a person may record. `sources`: words of the contract; empty for all of them."""

    sources: frozenset[str]
    kinds: frozenset[Kind]
    may_read_against_standards: bool


def recording_choices(sent_by: Sender, own_kinds: frozenset[Kind]) -> RecordingChoices:
    """Return what a person may record, as `check_sender` takes it: the Team from everybody, others of themselves."""
    if sent_by is Sender.TEAM:
        return RecordingChoices(frozenset(), frozenset(Kind) - frozenset(DERIVED), may_read_against_standards=True)
    return RecordingChoices(frozenset({"self"}), own_kinds, may_read_against_standards=False)


def check_sender(content: Content, sent_by: Sender, body: str, bodies: Bodies, own_kinds: frozenset[Kind]) -> None:
    """Refuse a source or kind that is not the sender's, and what only the Team may set (R30, R62).

    `body`: whose system sends it; empty for people. `own_kinds`: what a Safeguarder records. A report's review and its
    times are not among them: they would count in KPI 6, and stand in the way of the record of SCRA.

    Raises:
        Refusal: SENDER_NOT_KNOWN, SOURCE_NOT_OF_SENDER, KIND_NOT_OF_SENDER, SOURCE_NOT_SELF or FOR_THE_TEAM_TO_SET.
    """
    # What a giver sends is made from their answers by our own file of feedback, which sets no more than it may.
    if sent_by in (Sender.TEAM, Sender.GIVER):
        return
    if sent_by is Sender.SAFEGUARDER:
        _check_own(content, own_kinds)
    if sent_by is Sender.PARTNER:
        _check_body(content, bodies.get(body))
    allowed = (EvidenceClass.STANDARD, EvidenceClass.UNVERIFIED)
    for field, given in (
        ("mappings", content.mappings),
        ("shared_date", content.shared_on),
        ("reply", content.replied_on or content.reply_text),
        ("evidence_class", content.evidence_class not in allowed),
    ):
        if given:
            path = f"evidence_item.{field}"
            message = f"Only the Safeguarders Panel Team may set {path}. Leave it out."
            raise invalid("FOR_THE_TEAM_TO_SET", message, path)


def _check_own(content: Content, own_kinds: frozenset[Kind]) -> None:
    if content.source != "self":
        message = "Evidence that a Safeguarder records about their own practice must have the source SELF."
        raise invalid("SOURCE_NOT_SELF", message, "evidence_item.source")
    if content.kind not in own_kinds:
        message = f"A Safeguarder does not record evidence of this kind. It may be: {_list(own_kinds)}."
        raise invalid("KIND_NOT_OF_SENDER", message, "evidence_item.kind", allowed=", ".join(sorted(own_kinds)))


def _check_body(content: Content, body: Body | None) -> None:
    if body is None:
        message = "Your system is not entered for a body that sends evidence. Ask the operators to enter it."
        raise precondition("SENDER_NOT_KNOWN", message)
    if content.source not in body.sources:
        message = f"Your body does not send evidence from this source. It may send: {_list(body.sources)}."
        raise invalid("SOURCE_NOT_OF_SENDER", message, "evidence_item.source", allowed=", ".join(sorted(body.sources)))
    if content.kind not in body.kinds:
        message = f"Your body does not send evidence of this kind. It may send: {_list(body.kinds)}."
        raise invalid("KIND_NOT_OF_SENDER", message, "evidence_item.kind", allowed=", ".join(sorted(body.kinds)))


def _list(words: Iterable[str]) -> str:
    return ", ".join(sorted(words)).replace("_", " ")


def check_member(person: Safeguarder | None, content: Content, sent_by: Sender) -> None:
    """Refuse an item about somebody who was not a member of the Panel on the day it happened.

    Raises:
        Refusal: NOT_APPOINTED. To others than partners also SAFEGUARDER_NOT_FOUND or DATE_BEFORE_APPOINTMENT.
    """
    if person is not None and person.serves_on(content.happened_on):
        return
    if sent_by is Sender.PARTNER:
        message = "Nobody with this id was a Safeguarder on the day on which this happened. Check the id and the day."
        raise precondition("NOT_APPOINTED", message, "parent")
    raise _why_no_member(person, content)


def _why_no_member(person: Safeguarder | None, content: Content) -> Refusal:
    """Return the refusal for people who may read the register, so it says what is wrong."""
    if person is None:
        return not_entered()
    if person.state is State.APPLICANT:
        return precondition("NOT_APPOINTED", "The person has not been appointed yet.", "parent")
    path, day = "evidence_item.happened_date", content.happened_on
    if day < person.appointed_on:
        return invalid(
            "DATE_BEFORE_APPOINTMENT",
            f"{path} is before the person's appointment.",
            path,
            date=day.isoformat(),
            earliest=person.appointed_on.isoformat(),
        )
    message = "The person was not a member of the Panel on the day on which this happened. Check the day."
    return precondition("NOT_APPOINTED", message, "parent", date=day.isoformat())
