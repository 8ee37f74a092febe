"""StandardsService and RulebookService: the standards and rules that practice is measured against, open to everyone."""

from typing import Any

from psmf.rules.v1 import rules_pb2 as pb
from psmf.rules.v1 import rules_pb2_grpc

from services.calendar_days import window_start
from services.platform.calls.commands import current_call
from services.platform.calls.wire import from_date, name_parts
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import not_found
from services.rules.adapters.store.trials import raised_between
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.wire import rulebook as wire
from services.rules.wire.standards import edition_message, note_message


class StandardsServer(rules_pb2_grpc.StandardsServiceServicer):
    """Editions of the Practice Standards, and the Practice Notes that clarify them."""

    def __init__(self, in_force: RulebookInForce, clock: Clock) -> None:
        self._in_force = in_force
        self._clock = clock

    def GetStandardsEdition(self, request: pb.GetStandardsEditionRequest, context: Any) -> pb.StandardsEdition:
        """Return one edition."""
        (edition_id,) = name_parts(request.name, "standardsEditions")
        for edition in self._in_force.current.editions:
            if edition.edition_id == edition_id:
                return edition_message(edition)
        raise not_found("EDITION_NOT_FOUND", "No edition of the Practice Standards has this id.", "name")

    def ListStandardsEditions(
        self, request: pb.ListStandardsEditionsRequest, context: Any
    ) -> pb.ListStandardsEditionsResponse:
        """Return every edition, oldest first."""
        editions = [edition_message(edition) for edition in self._in_force.current.editions]
        return pb.ListStandardsEditionsResponse(standards_editions=editions)

    def ListPracticeNotes(self, request: pb.ListPracticeNotesRequest, context: Any) -> pb.ListPracticeNotesResponse:
        """Return every Practice Note as it stands on a day."""
        on = from_date(request, "as_of_date") or self._clock.today()
        notes = sorted(self._in_force.current.notes, key=lambda note: note.note_id)
        return pb.ListPracticeNotesResponse(practice_notes=[note_message(note, on) for note in notes])


class RulebookServer(rules_pb2_grpc.RulebookServiceServicer):
    """The rulebook in force."""

    def __init__(self, database: Database, in_force: RulebookInForce, clock: Clock) -> None:
        self._database = database
        self._in_force = in_force
        self._clock = clock

    def GetRulebook(self, request: pb.GetRulebookRequest, context: Any) -> pb.Rulebook:
        """Return which rulebook is in force, and whether a newer one was refused."""
        return self._message()

    def ReloadRulebook(self, request: pb.ReloadRulebookRequest, context: Any) -> pb.Rulebook:
        """Read the rule files again. Files with faults leave the rulebook in force."""
        self._in_force.reload(current_call.get().principal.person)
        return self._message()

    def ListRules(self, request: pb.ListRulesRequest, context: Any) -> pb.ListRulesResponse:
        """Return every rule that is in force on a day, in plain words."""
        on = from_date(request, "as_of_date") or self._clock.today()
        rulebook = self._in_force.current
        rules = rulebook.in_force(on).rules
        messages = [wire.rule_message(rule, rulebook, on) for rule in rules]
        if request.full:
            with self._database.read() as connection:
                raised = raised_between(connection, window_start(on, 12), on)
            for message, rule in zip(messages, rules, strict=True):
                wire.put_more(message, rule, raised.get(rule.rule_id, 0))
        return pb.ListRulesResponse(rules=messages, rulebook_hash=rulebook.content_hash)

    def ListParameters(self, request: pb.ListParametersRequest, context: Any) -> pb.ListParametersResponse:
        """Return every number of the rulebook in force, with all its dated values."""
        rulebook = self._in_force.current
        return pb.ListParametersResponse(
            parameters=wire.parameter_messages(rulebook), rulebook_hash=rulebook.content_hash
        )

    def _message(self) -> pb.Rulebook:
        found, today = self._in_force, self._clock.today()
        return wire.rulebook_message(found.current, found.loaded_at, found.refused, found.waiting_hash, today)
