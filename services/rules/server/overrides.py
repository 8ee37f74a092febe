"""RuleOverrideService: what a rule says of a person, set aside for a time by a named person."""

import uuid
from typing import Any

from psmf.rules.v1 import overrides_pb2 as pb
from psmf.rules.v1 import overrides_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.wire import from_date, name_parts, to_needed_text
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.refusals import invalid, not_found
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.overrides import SqlOverrides
from services.rules.domain.concerns.overrides import Override, check_override, end_early, rule_to_override
from services.rules.domain.facts import ConcernKey, OverrideFact
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.wire.overrides import override_message

MOST_REASON = 500


class OverrideServer(overrides_pb2_grpc.RuleOverrideServiceServicer):
    """Overrides."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, in_force: RulebookInForce) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._in_force = in_force

    def CreateRuleOverride(self, request: pb.CreateRuleOverrideRequest, context: Any) -> pb.RuleOverride:
        """Set a rule aside for a person, and have them evaluated."""
        (person,) = name_parts(request.parent, "safeguarders", field="parent")
        now, today, key = self._clock.now(), self._clock.today(), ConcernKey(request.rule, request.subject)
        reason = to_needed_text(request.reason, "reason", MOST_REASON)
        ends_on = from_date(request, "end_date")
        if ends_on is None:
            raise invalid("END_DATE_OUT_OF_RANGE", "end_date is the last day it holds.", "end_date")
        rule_to_override(self._in_force.current, key, today)
        aside = OverrideFact(uuid.uuid4().hex, key, today, ends_on, now)
        wanted = Override(person, aside, reason, current_call.get().principal.person)

        def work(connection: Connection) -> pb.RuleOverride:
            overrides, facts = SqlOverrides(connection), SqlFacts(connection)
            if facts.case_file(person) is None:
                raise not_found("SAFEGUARDER_NOT_FOUND", "Rules know no appointed Safeguarder with this id.", "parent")
            overrides.add(check_override(wanted, overrides.of_person(person), today))
            facts.ask_for_evaluation(person)
            return override_message(wanted, today)

        return self._commands.run(request, pb.RuleOverride, work)

    def EndRuleOverride(self, request: pb.EndRuleOverrideRequest, context: Any) -> pb.RuleOverride:
        """End one before its time, and have the person evaluated."""
        person, override_id = name_parts(request.name, "safeguarders", "ruleOverrides")
        now, today, by = self._clock.now(), self._clock.today(), current_call.get().principal.person

        def work(connection: Connection) -> pb.RuleOverride:
            overrides = SqlOverrides(connection)
            found = overrides.find(override_id)
            if found is None or found.safeguarder_id != person:
                raise not_found("OVERRIDE_NOT_FOUND", "No such override is on this person's file.", "name")
            ended = end_early(found, by, now, today)
            overrides.end(ended)
            SqlFacts(connection).ask_for_evaluation(person)
            return override_message(ended, today)

        return self._commands.run(request, pb.RuleOverride, work)

    def ListRuleOverrides(self, request: pb.ListRuleOverridesRequest, context: Any) -> pb.ListRuleOverridesResponse:
        """A page of those that hold today."""
        (person,) = name_parts(request.parent, "safeguarders", field="parent")
        mark = (current_call.get().principal.person, person, request.include_ended)
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        after = (str(last[0]), str(last[1])) if last else ("", "")
        today = self._clock.today()
        with self._database.read() as connection:
            holding_on = None if request.include_ended else today
            found = SqlOverrides(connection).page("" if person == "-" else person, holding_on, after, most + 1)
        ends = [[one.aside.ends_on.isoformat(), one.aside.override_id] for one in found[most - 1 : most]]
        return pb.ListRuleOverridesResponse(
            rule_overrides=[override_message(one, today) for one in found[:most]],
            next_page_token=page_token(ends[0], *mark) if len(found) > most else "",  # type: ignore[arg-type]
        )
