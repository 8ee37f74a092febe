"""CreateEvidenceItem, one at a time, in a batch or from a file. Each sender gets a receipt."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from services.calendar_days import london_today
from services.child_screen import signs_of_a_child
from services.evidence.domain.complaints.moving import received
from services.evidence.domain.complaints.stages import ComplaintNumbers, Stages
from services.evidence.domain.deliveries import (
    Delivered,
    Delivery,
    Found,
    as_read_before,
    complaint_in_these_words,
    corrections_of,
    find,
    on_the_same_day,
    same_row,
    with_answers_of,
)
from services.evidence.domain.evidence_item import (
    ComplaintOutcome,
    Content,
    CorrectionReason,
    EvidenceClass,
    EvidenceId,
    EvidenceItem,
    ItemState,
    Kind,
    Words,
    check_content,
)
from services.evidence.domain.life_of_an_item import check_correction, corrected, supersede, with_reply_time
from services.evidence.domain.safeguarder import Safeguarder
from services.evidence.domain.senders import Bodies, Sender, check_sender
from services.evidence.domain.standards import KnownEdition, check_mappings, edition_in_force
from services.evidence.handlers.membership import Membership, named
from services.evidence.handlers.reply_times import ReplyTimes
from services.evidence.ports import File, Register, Told
from services.refusals import Refusal, conflict, invalid, precondition
from services.who import Who


class CreateEvidenceItem(NamedTuple):
    """An item to record. Its ids are opaque: random, or a hash of the sender and the request id."""

    safeguarder_id: str
    content: Content
    evidence_id: str
    receipt_id: str
    sender: str
    who: Who
    """The sender, with every account of the same person."""
    sent_by: Sender
    history: bool
    sent_for: str = ""
    """The body whose system sends it; empty for people."""
    looked_at: bool = False
    """Whether the text is on file already, so that it needs no screen."""
    asked: bool = False
    """Whether a person records it alone, and is asked about an item of the same kind, source and day (P17)."""
    again: bool = False
    """Whether the caller says that it is another one than what is on file (P7, P17)."""
    place: str = ""
    """The item's place in a batch, such as `requests[3].`. It goes in front of the field that a refusal names."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything needed to check new items. It is read once for a whole batch."""

    people: dict[str, Safeguarder]
    editions: Sequence[KnownEdition]
    bodies: Bodies
    own_kinds: frozenset[Kind]
    complaint_numbers: ComplaintNumbers
    reply_times: ReplyTimes
    today: date
    now: datetime


def create_evidence_items(
    commands: Sequence[CreateEvidenceItem],
    register: Register,
    file: File,
    reply_times: ReplyTimes,
    now: datetime,
    told: Told | None,
) -> list[Delivered]:
    """Take in all items, or none of them. What is on file already is not recorded again.

    Membership is looked at last, over all items. A fault in another item would else tell a partner, without a trace,
    who was a member on a day (P20). `told`: what the caller has been told; None if the items are only checked.

    Raises:
        Refusal: The first item that cannot be taken in. To a partner, whichever item is about no member.
    """
    intake = _intake(commands, register, file, reply_times, now)
    desk = _Desk(commands, intake, file)
    taken = []
    for command in commands:
        with named(command):
            taken.append(desk.take(command))
    Membership(intake.people, told).check_all(commands)
    desk.store()
    return taken


def create_correction(
    command: CreateEvidenceItem,
    register: Register,
    file: File,
    reply_times: ReplyTimes,
    now: datetime,
    finish: Callable[[EvidenceItem], EvidenceItem],
) -> EvidenceItem:
    """Record an item that takes the place of another, which it may resemble. Refuse like `create_evidence_items`.

    `finish`: what the correction takes over from the item that it corrects.
    """
    intake = _intake([command], register, file, reply_times, now)
    item = finish(_clear(_checked_item(command, intake)))
    if not command.looked_at:
        _refuse_the_words_of_a_complaint(command, file.complaints_about([command.safeguarder_id]))
    Membership(intake.people, None).check(command)
    file.record([item])
    return item


def import_evidence_items(
    commands: Sequence[CreateEvidenceItem],
    register: Register,
    file: File,
    reply_times: ReplyTimes,
    now: datetime,
    told: Told | None,
) -> list[Delivered | Refusal]:
    """Take in each row by itself and return one outcome for each.

    A row that an earlier import of the same file recorded returns the item it made then, so a file can be sent again.
    `told`: as in `create_evidence_items`.
    """
    intake = _intake(commands, register, file, reply_times, now)
    desk, membership = _Desk(commands, intake, file), Membership(intake.people, told)
    known = file.find_many([command.evidence_id for command in commands])
    outcomes: list[Delivered | Refusal] = []
    for command in commands:
        try:
            # An earlier import may have recorded the row, and a file can contain the same row twice.
            item = known.get(command.evidence_id) or desk.new.get(command.evidence_id)
            if item is None:
                outcomes.append(desk.take(command, membership))
            else:
                outcomes.append(
                    Delivered(same_row(item, command.content, command.safeguarder_id), Delivery.RECORDED_BEFORE)
                )
        except Refusal as refusal:
            outcomes.append(refusal)
    desk.store()
    return outcomes


class _Desk:
    """What one request finds on file of the things that it brings, and what it adds."""

    def __init__(self, commands: Sequence[CreateEvidenceItem], intake: Intake, file: File) -> None:
        self._intake = intake
        self._file = file
        self._of_case: dict[tuple[str, str], list[EvidenceItem]] = defaultdict(list)
        for item in file.of_cases(sorted({_case(command) for command in commands if command.content.case_reference})):
            self._of_case[item.safeguarder_id, item.content.case_reference].append(item)
        for of_case in self._of_case.values():
            of_case.extend(corrections_of(of_case, file.find_many))
        self._due: dict[tuple[str, str], set[date]] = defaultdict(set)
        for command in commands:
            if command.content.timeliness is not None:
                self._due[_case(command)].add(command.content.timeliness.due_on)
        self._complaints: dict[str, list[EvidenceItem]] = defaultdict(list)
        in_words = {command.safeguarder_id for command in commands if command.content.summary}
        for complaint in file.complaints_about(sorted(in_words)):
            self._complaints[complaint.safeguarder_id].append(complaint)
        self.new: dict[str, EvidenceItem] = {}
        self._superseded: list[EvidenceItem] = []

    def take(self, command: CreateEvidenceItem, membership: Membership | None = None) -> Delivered:
        """Take one item in, unless the same thing is on file.

        `membership`: given if it is taken in whatever becomes of the others, so that this is looked at here and now.

        Raises:
            Refusal: the item cannot be recorded.
        """
        item, found = self._found(command)
        on_file = found.item
        if membership is not None:
            membership.check(command)
        if on_file is not None and found.delivery is Delivery.HELD_ALREADY:
            return Delivered(_as_answered(on_file, command, self._intake.now), found.delivery)
        if on_file is not None:
            self._supersede(on_file, item, command)
        self.new[item.evidence_id] = item
        if item.content.kind is Kind.COMPLAINT:
            self._complaints[item.safeguarder_id].append(item)
        if command.content.case_reference:
            self._of_case[_case(command)].append(item)
        if on_file is not None:
            item = _as_answered(item, command, self._intake.now)
        return Delivered(item, found.delivery)

    def _found(self, command: CreateEvidenceItem) -> tuple[EvidenceItem, Found]:
        """Return the item as it would go on file, and what is on file of it."""
        item = _checked_item(command, self._intake)
        case = _case(command)
        # Two children of one case may tick the same answers. Each has a link of their own, so neither is the other.
        of_case = [] if command.sent_by is Sender.GIVER else self._of_case[case]
        found = find(command.content, command.sender, of_case, self._due[case])
        if found.delivery is not Delivery.HELD_ALREADY:
            _refuse_the_words_of_a_complaint(command, self._complaints[command.safeguarder_id])
        if found.item is not None and found.delivery is Delivery.CORRECTED:
            item = self._correction(found.item, item, command)
        elif found.item is None and command.asked and not command.again:
            self._refuse_the_same_day(command)
        return item, found

    def store(self) -> None:
        """Record what is new, and what it supersedes."""
        self._file.record(list(self.new.values()))
        for item in self._superseded:
            self._file.change(item, "superseded")

    def _correction(self, old: EvidenceItem, new: EvidenceItem, command: CreateEvidenceItem) -> EvidenceItem:
        if command.sent_by is not Sender.TEAM and old.sender != command.sender:
            message = "This report is on file with other content, from another sender. Ask the Team to correct it."
            raise conflict("ON_FILE_OTHERWISE", message, "evidence_item.case_reference")
        if new.content.summary == old.content.summary:
            new = new._replace(state=ItemState.CURRENT)
        _clear(new)
        check_correction(old, new.content, command.who)
        reply = self._intake.reply_times.of(new.safeguarder_id, self._intake.today)
        content = self._as_read_before(with_answers_of(new.content, old.content), old.content)
        # The body still speaks in an item that the Team corrects, so it stays one voice in rules (P19).
        return corrected(new._replace(content=content, sent_for=old.sent_for or new.sent_for), old, reply)

    def _as_read_before(self, content: Content, old: Content) -> Content:
        """Return a correction with what the Team read before, unless the edition of its day does not have it."""
        kept = as_read_before(content, old)
        try:
            if kept.mappings:
                edition = edition_in_force(self._intake.editions, kept.happened_on)
                check_mappings(kept.mappings, edition, "evidence_item.mappings")
        except Refusal:
            return kept._replace(mappings=content.mappings)
        return kept

    def _supersede(self, old: EvidenceItem, new: EvidenceItem, command: CreateEvidenceItem) -> None:
        of_case = self._of_case[_case(command)]
        superseded = supersede(old, new.evidence_id, CorrectionReason.SOURCE_CORRECTED, self._intake.now)
        of_case[of_case.index(old)] = superseded
        self._superseded.append(superseded)

    def _refuse_the_same_day(self, command: CreateEvidenceItem) -> None:
        """Refuse what may have been entered before: the same kind, source and day (P17)."""
        held = on_the_same_day(command.content, self._file.of_kind(command.safeguarder_id, command.content.kind))
        if held is not None:
            message = (
                "An item of the same kind and source about the same day is on file. "
                "If this is another one, set `again` (on the command line: --again)."
            )
            name = f"safeguarders/{held.safeguarder_id}/evidenceItems/{held.evidence_id}"
            raise conflict("SAME_DAY_ON_FILE", message, "evidence_item.happened_date", on_file=name)


def _refuse_the_words_of_a_complaint(command: CreateEvidenceItem, complaints: Sequence[EvidenceItem]) -> None:
    """Refuse what is on file as a complaint. It would count as something else, whatever was decided about it (P7).

    The caller may say that it is another statement in the same words, but not about a complaint that they recorded or
    decided themselves: otherwise one person alone undoes a decision. A matter of safety waits for no second person.
    """
    known = [one for one in complaints if _may_know(command, one)]
    complaint = complaint_in_these_words(command.content, known)
    if complaint is None:
        return
    name = f"safeguarders/{complaint.safeguarder_id}/evidenceItems/{complaint.evidence_id}"
    if not command.again:
        message = (
            "These words are on file as a complaint, and do not count a second time as something else. "
            "If this is another statement, set `again` (on the command line: --again)."
        )
        raise conflict("COMPLAINT_ON_FILE", message, "evidence_item.summary", on_file=name)
    own = _sent_it(command, complaint) or command.who.is_any_of([complaint.decided_by])
    if own and command.content.evidence_class is not EvidenceClass.SAFETY:
        message = (
            "You recorded or decided a complaint in these words, so another person of the Team must record this "
            "statement."
        )
        raise precondition("SECOND_PERSON_NEEDED", message, "evidence_item.summary", on_file=name)


def _may_know(command: CreateEvidenceItem, complaint: EvidenceItem) -> bool:
    """Return whether the caller may learn that a complaint is on file: the Team, and who sent it."""
    return command.sent_by is Sender.TEAM or _sent_it(command, complaint)


def _sent_it(command: CreateEvidenceItem, complaint: EvidenceItem) -> bool:
    """Return whether the caller sent a complaint. All systems of a body are one sender."""
    same_body = bool(command.sent_for) and command.sent_for == complaint.sent_for
    return same_body or command.who.is_any_of([complaint.sender])


def _clear(correction: EvidenceItem) -> EvidenceItem:
    """Return a correction that is not held, or refuse it: what it corrects would be gone before anybody has looked."""
    if correction.state is ItemState.HELD:
        message = "The text looks as if it names a child, so it cannot correct an item. Write it without."
        raise invalid("TEXT_MAY_NAME_A_CHILD", message, "evidence_item.summary")
    return correction


def _case(command: CreateEvidenceItem) -> tuple[str, str]:
    return command.safeguarder_id, command.content.case_reference


def _as_answered(held: EvidenceItem, command: CreateEvidenceItem, now: datetime) -> EvidenceItem:
    """Return an item as the sender of a second delivery may see it: what they sent. Only the Team sees the item itself.

    What the Team read in it, and when it was shared, is not for them.
    """
    if command.sent_by is Sender.TEAM:
        return held
    receipt_id = held.receipt_id if held.sender == command.sender else ""
    return EvidenceItem(
        held.evidence_id, held.safeguarder_id, command.content, None, now, now, command.sender, receipt_id, False
    )


def _intake(
    commands: Sequence[CreateEvidenceItem], register: Register, file: File, reply_times: ReplyTimes, now: datetime
) -> Intake:
    people = register.find_many(sorted({command.safeguarder_id for command in commands}))
    files = (register.bodies(), register.own_kinds(), register.complaint_numbers())
    return Intake(people, file.editions(), *files, reply_times, london_today(now), now)


def _checked_item(command: CreateEvidenceItem, intake: Intake) -> EvidenceItem:
    content = command.content
    check_sender(content, command.sent_by, command.sent_for, intake.bodies, intake.own_kinds)
    check_content(content, intake.today)
    _check_provenance(content, command.history)
    if content.mappings:
        edition = edition_in_force(intake.editions, content.happened_on)
        check_mappings(content.mappings, edition, "evidence_item.mappings")
    item = EvidenceItem(
        evidence_id=EvidenceId(command.evidence_id),
        safeguarder_id=command.safeguarder_id,
        content=content,
        reply_due_on=None,
        created_at=intake.now,
        recorded_at=intake.now,
        sender=command.sender,
        receipt_id=command.receipt_id,
        history=command.history,
        sent_for=command.sent_for,
        **_screened(command, intake.today.year),
        sharing_reported=content.shared_on is not None,
        decided_by=command.sender if content.complaint_outcome not in (None, ComplaintOutcome.PENDING) else "",
        stages=_stages(command, intake.complaint_numbers),
    )
    if content.shared_on is None:
        return item
    return with_reply_time(item, intake.reply_times.of(item.safeguarder_id, content.shared_on))


def _stages(command: CreateEvidenceItem, numbers: ComplaintNumbers) -> Stages | None:
    """Return the time limit of a new complaint. A loaded history has none: nobody is asked for days gone by."""
    is_new = command.content.kind is Kind.COMPLAINT and not command.history
    return received(command.content.received_on, numbers) if is_new else None


def _screened(command: CreateEvidenceItem, year: int) -> dict[str, Any]:
    """Return what of a new item is held: all of it for its summary, and only the words for a reply (P23)."""
    if not command.looked_at and signs_of_a_child(command.content.summary, year):
        return {"state": ItemState.HELD}
    named = signs_of_a_child(command.content.reply_text, year)
    return {"to_look_at": frozenset({Words.REPLY} if named else ())}


def _check_provenance(content: Content, history: bool) -> None:
    """Refuse a day of sharing or of a reply in a new item, unless it comes with a loaded history (decision 30).

    Otherwise one person could let an item count at once by saying that it was shared weeks ago.
    """
    for field, given in (("shared_date", content.shared_on), ("reply", content.replied_on or content.reply_text)):
        if given and not history:
            path = f"evidence_item.{field}"
            message = f"{path} can only be given with history. Record the item without it, then share it."
            raise invalid("SHARING_NOT_RECORDED", message, path)
