"""CreateEvidenceItem, singly, in a batch or from a file: take evidence in, with a receipt for its sender."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from services.calendar_days import london_today
from services.evidence.domain.evidence_item import (
    Content,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    check_content,
    reply_due_on,
)
from services.evidence.domain.safeguarder import Safeguarder, State
from services.evidence.domain.standards import KnownEdition, check_mappings, edition_in_force
from services.evidence.ports import File, Register
from services.refusals import Refusal, invalid, not_found, precondition


class Sender(StrEnum):
    """In whose part evidence is sent in."""

    TEAM = "team"
    PARTNER = "partner"
    SAFEGUARDER = "safeguarder"


class CreateEvidenceItem(NamedTuple):
    """Something about a person, from a sender. The ids are opaque and new, or made from the sender's request id."""

    safeguarder_id: str
    content: Content
    evidence_id: str
    receipt_id: str
    sender: str
    sent_by: Sender
    history: bool
    place: str = ""
    """Where it stands in a batch, for a refusal to name: `requests[3].`."""


@dataclass(frozen=True, slots=True)
class Intake:
    """What it takes to check an item: the people named, the editions known, the time."""

    people: dict[str, Safeguarder]
    editions: Sequence[KnownEdition]
    reply_working_days: int
    today: date
    now: datetime


def create_evidence_items(
    commands: Sequence[CreateEvidenceItem], register: Register, file: File, reply_working_days: int, now: datetime
) -> list[EvidenceItem]:
    """The new items, all or none.

    Raises:
        Refusal: the first item's that cannot be taken in.
    """
    intake = _intake(commands, register, file, reply_working_days, now)
    items = []
    for command in commands:
        try:
            items.append(_take_in(command, intake))
        except Refusal as refusal:
            refusal.field = f"{command.place}{refusal.field}"
            raise
    file.record(items)
    return items


def import_evidence_items(
    commands: Sequence[CreateEvidenceItem], register: Register, file: File, reply_working_days: int, now: datetime
) -> list[EvidenceItem | Refusal]:
    """One outcome for each row. A row recorded by an earlier import of the same file is answered again, not doubled."""
    intake = _intake(commands, register, file, reply_working_days, now)
    known = file.find_many([command.evidence_id for command in commands])
    outcomes: list[EvidenceItem | Refusal] = []
    new: dict[str, EvidenceItem] = {}
    for command in commands:
        try:
            item = known.get(command.evidence_id) or new.get(command.evidence_id)
            if item is None:
                item = new[command.evidence_id] = _take_in(command, intake)
            outcomes.append(_same_row(item, command))
        except Refusal as refusal:
            outcomes.append(refusal)
    file.record(list(new.values()))
    return outcomes


def _intake(
    commands: Sequence[CreateEvidenceItem], register: Register, file: File, reply_working_days: int, now: datetime
) -> Intake:
    people = register.find_many(sorted({command.safeguarder_id for command in commands}))
    return Intake(people, file.editions(), reply_working_days, london_today(now), now)


def _take_in(command: CreateEvidenceItem, intake: Intake) -> EvidenceItem:
    person = intake.people.get(command.safeguarder_id)
    if person is None:
        raise not_found("SAFEGUARDER_NOT_FOUND", "No Safeguarder with this id is on the register.", "parent")
    if person.state is State.APPLICANT:
        raise precondition("NOT_APPOINTED", "The person has not been appointed yet.", "parent")
    content = command.content
    check_content(content, person.appointed_on, intake.today)
    _check_sender(content, command.sent_by)
    if content.mappings:
        edition = edition_in_force(intake.editions, content.happened_on)
        check_mappings(content.mappings, edition, "evidence_item.mappings")
    return EvidenceItem(
        evidence_id=EvidenceId(command.evidence_id),
        safeguarder_id=command.safeguarder_id,
        content=content,
        reply_due_on=reply_due_on(content.shared_on, intake.reply_working_days) if content.shared_on else None,
        recorded_at=intake.now,
        sender=command.sender,
        receipt_id=command.receipt_id,
        history=command.history,
    )


def _check_sender(content: Content, sent_by: Sender) -> None:
    """Reading evidence against the standards and sharing it is the Team's; others send what they saw (R30, R62)."""
    if sent_by is Sender.TEAM:
        return
    if sent_by is Sender.SAFEGUARDER and content.source != "self":
        path = "evidence_item.source"
        raise invalid("SOURCE_NOT_SELF", "What a Safeguarder files about their own practice has source SELF.", path)
    allowed = (EvidenceClass.STANDARD, EvidenceClass.UNVERIFIED)
    for field, given in (
        ("mappings", content.mappings),
        ("shared_date", content.shared_on),
        ("reply", content.replied_on or content.reply_text),
        ("evidence_class", content.evidence_class not in allowed),
    ):
        if given:
            path = f"evidence_item.{field}"
            raise invalid("FOR_THE_TEAM_TO_SET", f"{path} is set by the Safeguarders Panel Team. Leave it out.", path)


def _same_row(item: EvidenceItem, command: CreateEvidenceItem) -> EvidenceItem:
    """The item, if it is what the row says; corrections and replies made since do not make it another row."""
    if item.version == 1 and (item.content, item.safeguarder_id) != (command.content, command.safeguarder_id):
        raise invalid(
            "REQUEST_ID_REUSED",
            "This row's request_id came before with another content. Use a new UUID for a new row.",
            "request_id",
        )
    return item
