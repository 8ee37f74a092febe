"""RuleOverrideService: a named person blocks one rule for one Safeguarder for a time."""

import uuid
from typing import Any

from psmf.rules.v1 import overrides_pb2 as pb
from psmf.rules.v1 import overrides_pb2_grpc
from sqlalchemy import Connection

from services.platform.calls.commands import Commands, current_call
from services.platform.calls.pages import page_size, page_token, read_page_token
from services.platform.calls.relations import listed_subjects
from services.platform.calls.wire import name_parts
from services.platform.clock import Clock
from services.platform.storage.database import Database
from services.rules.adapters.store.facts import SqlFacts
from services.rules.adapters.store.overrides import SqlOverrides
from services.rules.domain.concerns.overrides import Override, rule_to_override
from services.rules.domain.facts import ConcernKey, OverrideFact
from services.rules.handlers.overrides import create_override, end_override
from services.rules.rulebook_in_force import RulebookInForce
from services.rules.wire import overrides as wire


class OverrideServer(overrides_pb2_grpc.RuleOverrideServiceServicer):
    """Overrides."""

    def __init__(self, database: Database, commands: Commands, clock: Clock, in_force: RulebookInForce) -> None:
        self._database = database
        self._commands = commands
        self._clock = clock
        self._in_force = in_force

    def CreateRuleOverride(self, request: pb.CreateRuleOverrideRequest, context: Any) -> pb.RuleOverride:
        """Block a rule for a person and ask for their evaluation."""
        (person,) = name_parts(request.parent, "safeguarders", field="parent")
        now, today, key = self._clock.now(), self._clock.today(), ConcernKey(request.rule, request.subject)
        reason, ends_on = wire.reason(request, today.year), wire.end_date(request)
        rule_to_override(self._in_force.current, key, today)
        aside = OverrideFact(uuid.uuid4().hex, key, today, ends_on, now)
        wanted = Override(person, aside, reason, current_call.get().principal.person)

        def work(tx: Connection) -> pb.RuleOverride:
            return wire.override_message(create_override(wanted, today, SqlOverrides(tx), SqlFacts(tx)), today)

        return self._commands.run(request, pb.RuleOverride, work)

    def EndRuleOverride(self, request: pb.EndRuleOverrideRequest, context: Any) -> pb.RuleOverride:
        """End an override before its last day and ask for the person's evaluation."""
        person, override_id = name_parts(request.name, "safeguarders", "ruleOverrides")
        now, today, by = self._clock.now(), self._clock.today(), current_call.get().principal.person

        def work(tx: Connection) -> pb.RuleOverride:
            ended = end_override(person, override_id, by, now, SqlOverrides(tx), SqlFacts(tx))
            return wire.override_message(ended, today)

        return self._commands.run(request, pb.RuleOverride, work)

    def ListRuleOverrides(self, request: pb.ListRuleOverridesRequest, context: Any) -> pb.ListRuleOverridesResponse:
        """Return a page of the overrides that hold today, or of all."""
        (person,) = name_parts(request.parent, "safeguarders", field="parent")
        mark = (current_call.get().principal.person, person, request.include_ended)
        most, last = page_size(request.page_size), read_page_token(request.page_token, *mark)
        after = (str(last[0]), str(last[1])) if last else ("", "")
        today = self._clock.today()
        holding_on = None if request.include_ended else today
        with self._database.read() as tx:
            found = SqlOverrides(tx).page(
                listed_subjects(tx, current_call.get().principal, person, "support_manager", today),
                holding_on,
                after,
                most + 1,
            )
        token = page_token(_order_of(found[most - 1]), *mark) if len(found) > most else ""
        messages = [wire.override_message(one, today) for one in found[:most]]
        return pb.ListRuleOverridesResponse(rule_overrides=messages, next_page_token=token)


def _order_of(override: Override) -> list[str | int]:
    return [override.aside.ends_on.isoformat(), override.aside.override_id]
