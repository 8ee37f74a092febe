"""StandardsService and RulebookService: what is measured against, open to everyone."""

from typing import Any

from psmf.rules.v1 import rules_pb2 as pb
from psmf.rules.v1 import rules_pb2_grpc

from services.platform.calls.commands import current_call
from services.platform.calls.wire import from_date, name_parts, to_instant
from services.platform.clock import Clock
from services.refusals import not_found
from services.rules import wire
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.wire import standards


class StandardsServer(rules_pb2_grpc.StandardsServiceServicer):
    """Practice Standards, edition by edition, and the Practice Notes that clarify them."""

    def __init__(self, in_force: RulebookInForce, clock: Clock) -> None:
        self._in_force = in_force
        self._clock = clock

    def GetStandardsEdition(self, request: pb.GetStandardsEditionRequest, context: Any) -> pb.StandardsEdition:
        """One edition."""
        (edition_id,) = name_parts(request.name, "standardsEditions")
        for edition in self._in_force.current.editions:
            if edition.edition_id == edition_id:
                return standards.edition_message(edition)
        raise not_found("EDITION_NOT_FOUND", "No edition of the Practice Standards has this id.", "name")

    def ListStandardsEditions(
        self, request: pb.ListStandardsEditionsRequest, context: Any
    ) -> pb.ListStandardsEditionsResponse:
        """Every edition, oldest first."""
        editions = [standards.edition_message(edition) for edition in self._in_force.current.editions]
        return pb.ListStandardsEditionsResponse(standards_editions=editions)

    def ListPracticeNotes(self, request: pb.ListPracticeNotesRequest, context: Any) -> pb.ListPracticeNotesResponse:
        """Every Practice Note."""
        on = from_date(request, "as_of_date") or self._clock.today()
        notes = sorted(self._in_force.current.notes, key=lambda note: note.note_id)
        return pb.ListPracticeNotesResponse(practice_notes=[standards.note_message(note, on) for note in notes])


class RulebookServer(rules_pb2_grpc.RulebookServiceServicer):
    """The rulebook in force."""

    def __init__(self, in_force: RulebookInForce, clock: Clock) -> None:
        self._in_force = in_force
        self._clock = clock

    def GetRulebook(self, request: pb.GetRulebookRequest, context: Any) -> pb.Rulebook:
        """Which rulebook is in force, and whether a newer one was refused."""
        return self._message()

    def ReloadRulebook(self, request: pb.ReloadRulebookRequest, context: Any) -> pb.Rulebook:
        """Read the rule files again; faults leave the rulebook in force."""
        self._in_force.reload(current_call.get().principal.person)
        return self._message()

    def ListRules(self, request: pb.ListRulesRequest, context: Any) -> pb.ListRulesResponse:
        """Every rule in plain words."""
        on = from_date(request, "as_of_date") or self._clock.today()
        rulebook = self._in_force.current
        rules = [wire.rule_message(rule, rulebook, on) for rule in rulebook.in_force(on).rules]
        return pb.ListRulesResponse(rules=rules, rulebook_hash=rulebook.content_hash)

    def _message(self) -> pb.Rulebook:
        rulebook = self._in_force.current
        return pb.Rulebook(
            hash=rulebook.content_hash,
            load_time=to_instant(self._in_force.loaded_at),
            rules=len(rulebook.in_force(self._clock.today()).rules),
            refused=self._in_force.refused,
            waiting_hash=self._in_force.waiting_hash if self._in_force.waiting_hash != rulebook.content_hash else "",
        )
