"""CreateEvidenceItem, one at a time, in a batch or from a file. Each sender gets a receipt."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from services.calendar_days import london_today
from services.evidence.domain.evidence_item import (
    ComplaintOutcome,
    Content,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    check_content,
)
from services.evidence.domain.life_of_an_item import reply_time
from services.evidence.domain.safeguarder import Safeguarder, State
from services.evidence.domain.standards import KnownEdition, check_mappings, edition_in_force
from services.evidence.ports import File, Register
from services.refusals import Refusal, invalid, not_found, precondition


class Sender(StrEnum):
    """The kind of sender, which decides what an item may contain."""

    TEAM = "team"
    PARTNER = "partner"
    SAFEGUARDER = "safeguarder"


class CreateEvidenceItem(NamedTuple):
    """An item to record. Its ids are opaque: random, or a hash of the sender and the request id."""

    safeguarder_id: str
    content: Content
    evidence_id: str
    receipt_id: str
    sender: str
    sent_by: Sender
    history: bool
    place: str = ""
    """The item's place in a batch, such as `requests[3].`. It goes in front of the field that a refusal names."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything needed to check new items. It is read once for a whole batch."""

    people: dict[str, Safeguarder]
    editions: Sequence[KnownEdition]
    reply_working_days: int
    today: date
    now: datetime


def create_evidence_items(
    commands: Sequence[CreateEvidenceItem],
    register: Register,
    file: File,
    reply_working_days: int,
    now: datetime,
    finish: Callable[[EvidenceItem], EvidenceItem] = lambda item: item,
) -> list[EvidenceItem]:
    """Record all new items, or none of them. `finish`: what a correction takes over from the item that it corrects.

    Raises:
        Refusal: The first item that cannot be recorded.
    """
    intake = _intake(commands, register, file, reply_working_days, now)
    items = []
    for command in commands:
        try:
            items.append(finish(_checked_item(command, intake)))
        except Refusal as refusal:
            refusal.field = f"{command.place}{refusal.field}"
            raise
    file.record(items)
    return items


def import_evidence_items(
    commands: Sequence[CreateEvidenceItem], register: Register, file: File, reply_working_days: int, now: datetime
) -> list[EvidenceItem | Refusal]:
    """Record each row by itself and return one outcome for each.

    A row that an earlier import of the same file recorded returns the item it made then, so a file can be sent again.
    """
    intake = _intake(commands, register, file, reply_working_days, now)
    known = file.find_many([command.evidence_id for command in commands])
    outcomes: list[EvidenceItem | Refusal] = []
    new: dict[str, EvidenceItem] = {}
    for command in commands:
        try:
            # An earlier import may have recorded the row, and a file can contain the same row twice.
            item = known.get(command.evidence_id) or new.get(command.evidence_id)
            if item is None:
                item = new[command.evidence_id] = _checked_item(command, intake)
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


def _checked_item(command: CreateEvidenceItem, intake: Intake) -> EvidenceItem:
    person = intake.people.get(command.safeguarder_id)
    if person is None:
        raise not_found("SAFEGUARDER_NOT_FOUND", "No Safeguarder with this id is on the register.", "parent")
    if person.state is State.APPLICANT:
        raise precondition("NOT_APPOINTED", "The person has not been appointed yet.", "parent")
    content = command.content
    check_content(content, person.appointed_on, intake.today)
    _check_sender(content, command.sent_by)
    _check_provenance(content, command.history)
    if content.mappings:
        edition = edition_in_force(intake.editions, content.happened_on)
        check_mappings(content.mappings, edition, "evidence_item.mappings")
    return EvidenceItem(
        evidence_id=EvidenceId(command.evidence_id),
        safeguarder_id=command.safeguarder_id,
        content=content,
        reply_due_on=reply_time(content.shared_on, intake.reply_working_days).due_on if content.shared_on else None,
        created_at=intake.now,
        recorded_at=intake.now,
        sender=command.sender,
        receipt_id=command.receipt_id,
        history=command.history,
        sharing_reported=content.shared_on is not None,
        decided_by=command.sender if content.complaint_outcome not in (None, ComplaintOutcome.PENDING) else "",
    )


def _check_provenance(content: Content, history: bool) -> None:
    """Refuse a day of sharing or of a reply in a new item, unless it comes with a loaded history (decision 30).

    Otherwise one person could let an item count at once by saying that it was shared weeks ago.
    """
    for field, given in (("shared_date", content.shared_on), ("reply", content.replied_on or content.reply_text)):
        if given and not history:
            path = f"evidence_item.{field}"
            message = f"{path} can only be given with history. Record the item without it, then share it."
            raise invalid("SHARING_NOT_RECORDED", message, path)


def _check_sender(content: Content, sent_by: Sender) -> None:
    """Refuse what only the Team may set. The Team maps and shares evidence, others send what they saw (R30, R62)."""
    if sent_by is Sender.TEAM:
        return
    if sent_by is Sender.SAFEGUARDER and content.source != "self":
        path = "evidence_item.source"
        message = "Evidence that a Safeguarder records about their own practice must have the source SELF."
        raise invalid("SOURCE_NOT_SELF", message, path)
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


def _same_row(item: EvidenceItem, command: CreateEvidenceItem) -> EvidenceItem:
    """Return the item if the row has the same content, or refuse REQUEST_ID_REUSED.

    A later version may differ from the row, because it was corrected or replied to since.
    """
    if item.version == 1 and (item.content, item.safeguarder_id) != (command.content, command.safeguarder_id):
        raise invalid(
            "REQUEST_ID_REUSED",
            "This request_id was already used for a row with different content. Use a new UUID for a new row.",
            "request_id",
        )
    return item
