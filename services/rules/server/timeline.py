"""What happened with a person, as rules keep it, read by the methods that show it to the same reader."""

from collections.abc import Iterator

from psmf.platform.v1 import timeline_pb2
from psmf.rules.v1 import overrides_pb2
from psmf.rules.v1 import rules_pb2 as pb

from services.platform.calls.commands import current_call
from services.platform.calls.timeline import TimelinePart
from services.platform.process.own_records import pages
from services.platform.storage.database import Database
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.server.concerns import ConcernServer
from services.rules.server.overrides import OverrideServer
from services.rules.wire import timeline as wire


def timeline(concerns: ConcernServer, overrides: OverrideServer, database: Database) -> list[TimelinePart]:
    """Return the parts of the timeline that rules keep."""

    def matters(person: str) -> Iterator[timeline_pb2.TimelineEntry]:
        asked = pb.ListConcernsRequest(parent=person, include_closed=True)
        found = list(pages(concerns.ListConcerns, asked, "concerns"))
        if current_call.get().relation == "own":
            # Nobody has told the person of a quiet one. It comes to theirs when somebody takes it on.
            found = [concern for concern in found if not concern.quiet]
        with database.read() as connection:
            store = SqlConcerns(connection)
            moves = store.moves_of_all(store.of_person(person.partition("/")[2]))
        return wire.of_concerns(found, moves)

    def set_aside(person: str) -> Iterator[timeline_pb2.TimelineEntry]:
        asked = overrides_pb2.ListRuleOverridesRequest(parent=person, include_ended=True)
        return wire.of_overrides(pages(overrides.ListRuleOverrides, asked, "rule_overrides"))

    return [
        TimelinePart("psmf.rules.v1.ConcernService/ListConcerns", matters),
        TimelinePart("psmf.rules.v1.RuleOverrideService/ListRuleOverrides", set_aside),
    ]
