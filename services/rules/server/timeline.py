"""What happened with a person, as rules keep it, read by the methods that show it to the same reader."""

from psmf.rules.v1 import overrides_pb2
from psmf.rules.v1 import rules_pb2 as pb

from services.platform.calls.commands import current_call
from services.platform.calls.timeline import TimelinePart
from services.platform.process.own_records import messages_of
from services.platform.storage.database import Database
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.server.concerns import ConcernServer
from services.rules.server.overrides import OverrideServer
from services.rules.wire import timeline as wire


def timeline(concerns: ConcernServer, overrides: OverrideServer, database: Database) -> list[TimelinePart]:
    """Return the parts of the timeline that rules keep."""
    every = messages_of(concerns.ListConcerns, pb.ListConcernsRequest, "concerns", include_closed=True)
    aside = messages_of(
        overrides.ListRuleOverrides, overrides_pb2.ListRuleOverridesRequest, "rule_overrides", include_ended=True
    )

    def matters(person: str) -> wire.Entries:
        found = list(every(person))
        if current_call.get().relation == "own":
            # Nobody has told the person of a quiet one. It comes to theirs when somebody takes it on.
            found = [concern for concern in found if not concern.quiet]
        with database.read() as connection:
            store = SqlConcerns(connection)
            moves = store.moves_of_all(store.of_person(person.partition("/")[2]))
        return wire.of_concerns(found, moves)

    return [
        TimelinePart("psmf.rules.v1.ConcernService/ListConcerns", matters),
        TimelinePart(
            "psmf.rules.v1.RuleOverrideService/ListRuleOverrides", lambda person: wire.of_overrides(aside(person))
        ),
    ]
