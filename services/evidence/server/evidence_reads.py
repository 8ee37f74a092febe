"""The methods of EvidenceService that read items."""

from dataclasses import replace
from functools import partial
from typing import Any

from psmf.evidence.v1 import evidence_pb2 as pb
from psmf.evidence.v1 import evidence_pb2_grpc

from services.child_screen import signs_of_a_child
from services.evidence.adapters.pages.spoken import Spoken, spoken_page
from services.evidence.adapters.pages.waiting import waiting_page
from services.evidence.adapters.store import SqlFile, SqlRegister, Which
from services.evidence.domain.evidence_item import EvidenceItem, ItemState
from services.evidence.domain.life_of_an_item import words_to_look_at
from services.evidence.domain.senders import Sender, recording_choices
from services.evidence.domain.similar import similar_items
from services.evidence.handlers import change_evidence_item as change
from services.evidence.wire import items as wire
from services.evidence.wire import recording
from services.platform.calls.commands import current_call
from services.platform.calls.pages import asked_at_once, page_size, page_token, read_page_token
from services.platform.calls.relations import Listed, listed_subjects
from services.platform.calls.wire import name_parts, to_text, to_word
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import invalid

_LOOKS_AT_HELD = "panel_team"
"""The role of people who see held items."""
_SENDERS = {"partner_system": Sender.PARTNER, "safeguarder": Sender.SAFEGUARDER}


class EvidenceReads(evidence_pb2_grpc.EvidenceServiceServicer):
    """Items as callers may see them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def GetEvidenceItem(self, request: pb.GetEvidenceItemRequest, context: Any) -> pb.EvidenceItem:
        """Return one item. The Safeguarder concerned sees it if they filed it, or once it is open to them."""
        with self._database.read() as connection:
            item = change.find_item(*item_name(request.name), SqlFile(connection))
        message = _shown(item)
        if message is None:
            raise change.item_not_found()
        return message

    def BatchGetEvidenceItems(
        self, request: pb.BatchGetEvidenceItemsRequest, context: Any
    ) -> pb.BatchGetEvidenceItemsResponse:
        """Return those of one person's items that the caller may see, as GetEvidenceItem shows them."""
        (safeguarder_id,) = name_parts(request.parent, "safeguarders", field="parent")
        if safeguarder_id == "-":
            raise invalid("NAME_NOT_VALID", "Name one person: items are read for one.", "parent")
        asked = [item_name(name, "names") for name in asked_at_once(request.names, "names")]
        # Access was asked about this person only, so another person's items are as if they were not there.
        ids = [evidence_id for person, evidence_id in asked if person == safeguarder_id]
        with self._database.read() as connection:
            found = SqlFile(connection).find_many(ids)
        items = [found[each] for each in ids if each in found and found[each].safeguarder_id == safeguarder_id]
        messages = [message for item in items if (message := _shown(item)) is not None]
        return pb.BatchGetEvidenceItemsResponse(evidence_items=messages)

    def ListEvidenceItems(self, request: pb.ListEvidenceItemsRequest, context: Any) -> pb.ListEvidenceItemsResponse:
        """Return a page of one person's items, newest first, or of the items whose id begins with some characters."""
        (safeguarder_id,) = name_parts(request.parent, "safeguarders", field="parent")
        call = current_call.get()
        which = Which(
            Listed(),
            to_word(pb.EvidenceKind, request.kind, "kind"),
            to_text(request.standard, "standard", wire.LONGEST_NAME),
            wire.id_prefix(request),
            own=call.relation == "own",
            held_too=bool(request.id_prefix) and call.principal.role == _LOOKS_AT_HELD,
        )
        waiting_for = to_word(pb.WaitingFor, request.waiting_for, "waiting_for")
        spoken = _spoken(request, which)
        # A page token holds only for the same caller and the same filters.
        mark = (call.principal.person, safeguarder_id, which.kind, which.standard, which.id_prefix, waiting_for, spoken)
        most = page_size(request.page_size)
        after = read_page_token(request.page_token, *mark)
        last = (str(after[0]), str(after[1])) if after else None
        with self._database.read() as connection:
            today = self._clock.today()
            people = listed_subjects(connection, call.principal, safeguarder_id, "support_manager", today)
            # One item more than asked for shows whether there is another page.
            file, which = SqlFile(connection), replace(which, people=people)
            found = partial(waiting_page, file, which, waiting_for) if waiting_for else partial(file.page, which)
            items = spoken_page(found, spoken, last, most + 1) if spoken.limits else found(last, most + 1)
        token = ""
        if len(items) > most:
            end = items[most - 1]
            token = page_token([end.content.received_on.isoformat(), end.evidence_id], *mark)
        items = items[:most]
        if which.own:
            # An item that the Team has not shared has no mappings for them, and so is on no standard.
            shown = (item.shown_to_the_person for item in items)
            items = [item for item in shown if item and (item.content.mappings or not which.standard)]
        messages = [wire.item_message(item) for item in items]
        return pb.ListEvidenceItemsResponse(evidence_items=messages, next_page_token=token)

    def GetRecordingChoices(self, request: pb.GetRecordingChoicesRequest, context: Any) -> pb.RecordingChoices:
        """Return which sources and kinds of evidence the caller may record about a person."""
        name_parts(request.parent, "safeguarders", field="parent")
        with self._database.read() as connection:
            own_kinds = SqlRegister(connection).own_kinds()
        return recording.choices_message(recording_choices(sent_by(current_call.get().principal.role), own_kinds))

    def FindSimilarEvidenceItems(
        self, request: pb.FindSimilarEvidenceItemsRequest, context: Any
    ) -> pb.FindSimilarEvidenceItemsResponse:
        """Return what the caller sees of the items that may be about the same thing as one that is not recorded yet."""
        (safeguarder_id,) = name_parts(request.parent, "safeguarders", field="parent")
        if safeguarder_id == "-":
            raise invalid("NAME_NOT_VALID", "Name one person: items are compared with those of one.", "parent")
        sent = wire.content(request.evidence_item)
        with self._database.read() as connection:
            items = SqlFile(connection).of_person(safeguarder_id)
        seen = (shown for item in items if (shown := _seen(item)) is not None)
        looks = current_call.get().principal.role == _LOOKS_AT_HELD
        return recording.similar_message(similar_items(sent, seen), with_held_words=looks)

    def ListHeldEvidenceItems(
        self, request: pb.ListHeldEvidenceItemsRequest, context: Any
    ) -> pb.ListHeldEvidenceItemsResponse:
        """Return a page of the items with a text that waits for a person to look at it, newest first."""
        mark, most = (current_call.get().principal.person, "held"), page_size(request.page_size)
        after = read_page_token(request.page_token, *mark)
        with self._database.read() as connection:
            caller, today = current_call.get().principal, self._clock.today()
            people = listed_subjects(connection, caller, "-", "support_manager", today)
            items = SqlFile(connection).held(people, (str(after[0]), str(after[1])) if after else None, most + 1)
        token = ""
        if len(items) > most:
            end = items[most - 1]
            token = page_token([end.content.received_on.isoformat(), end.evidence_id], *mark)
        answer = pb.ListHeldEvidenceItemsResponse(next_page_token=token)
        for item in items[:most]:
            message = answer.evidence_items.add()
            wire.put_item(message, item, with_held_words=True)
            waits, year = words_to_look_at(item), self._clock.today().year
            message.held_for.extend(
                dict.fromkeys(sign for text in waits.values() for sign in signs_of_a_child(text, year))
            )
        return answer


def sent_by(role: str) -> Sender:
    """Return what kind of sender a caller is. Staff are the Team."""
    return _SENDERS.get(role, Sender.TEAM)


def item_name(name: str, field: str = "name") -> tuple[str, str]:
    """Return the ids of the Safeguarder and of the item in an item's name. Refuse INVALID for another form."""
    safeguarder_id, evidence_id = name_parts(name, "safeguarders", "evidenceItems", field=field)
    return safeguarder_id, evidence_id


def _seen(item: EvidenceItem) -> EvidenceItem | None:
    """Return an item as the caller may see it; None if it is as if it were not there."""
    call = current_call.get()
    if item.state is ItemState.HELD and call.principal.role != _LOOKS_AT_HELD:
        return None
    return item.shown_to_the_person if call.relation == "own" else item


def _spoken(request: pb.ListEvidenceItemsRequest, which: Which) -> Spoken:
    source = to_word(pb.EvidenceSource, request.source, "source")
    return Spoken(source, to_word(pb.Polarity, request.polarity, "polarity"), which.standard, own=which.own)


def _shown(item: EvidenceItem) -> pb.EvidenceItem | None:
    """Return the message of an item as the caller may see it; None if it is as if it were not there."""
    seen, looks = _seen(item), current_call.get().principal.role == _LOOKS_AT_HELD
    return None if seen is None else wire.item_message(seen, with_held_words=looks)
