"""Runs without faults, of the same commands and of the same logs. They must end like the run with faults."""

from typing import Any

from services.platform.events.outbox import stored_event
from tests.sim.ending import HEARS, settle
from tests.sim.simulated.chance import Violation
from tests.sim.simulated.client import ACKNOWLEDGED, Command
from tests.sim.world import Shape, World

# Without the number of changes: evaluations change concerns too, and how often depends on when they come.
_PEOPLE = "SELECT safeguarder_id, appointed_on, term_starts_on, term_ends_on, serving FROM person ORDER BY 1"
_OF_COMMANDS: dict[str, dict[str, str]] = {
    "evidence": {
        "register": "SELECT safeguarder_id, state, terms, version FROM safeguarder ORDER BY 1",
        "file": "SELECT evidence_id, version, received_on, standards, open_to_the_person FROM evidence_item ORDER BY 1",
        "editions": "SELECT edition, effective_on, indicators FROM standards_edition ORDER BY 1",
    },
    "rules": {
        "people": _PEOPLE,
        "facts": "SELECT evidence_id, version, safeguarder_id FROM fact WHERE origin = 'evidence' ORDER BY 1, 2",
    },
    "scheduling": {
        "allocations": "SELECT safeguarder_id, number, support_manager FROM allocation ORDER BY 1, 2",
        "obligations": "SELECT obligation_id, safeguarder_id FROM obligation ORDER BY 1",
    },
}
_OF_LOGS: dict[str, dict[str, str]] = {
    "evidence": {
        "relations": "SELECT subject, person FROM relation ORDER BY 1",
        "editions": "SELECT edition, effective_on, indicators FROM standards_edition ORDER BY 1",
    },
    "rules": {
        "people": _PEOPLE,
        "facts": "SELECT evidence_id, version, safeguarder_id, origin, body FROM fact ORDER BY 1, 2",
        "duties": "SELECT duty_id, version, safeguarder_id, body FROM team_duty ORDER BY 1, 2",
        "relations": "SELECT subject, person FROM relation ORDER BY 1",
    },
    "notifications": {
        # An alert that has asked again is open because a date passed. No log says so: it stands as its owner left it.
        "alerts": "SELECT safeguarder_id, rule, subject, "
        "CASE WHEN asked > 0 AND owner <> '' THEN 'acknowledged' ELSE state END, "
        "owner, closing_proposed, reason, open_to_the_person, "
        "silenced_by = '', CASE state WHEN 'resolved' THEN '' ELSE recipient END FROM alert "
        "ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9",
    },
}
_LOG = (
    "SELECT position, event_id, type, key, key_sequence, recorded_at, traceparent, data FROM outbox ORDER BY position"
)


REPEATED = ("evidence", "rules", "scheduling")
"""Services that repeat commands. Notifications and evaluations do not run: other evaluations are not comparable."""


def check_against_reference(world: World) -> None:
    """Compare with runs without faults. Raises Violation on a difference."""
    _replay_logs(world)
    _repeat_commands(world)


def _replay_logs(world: World) -> None:
    """Give every service a new database and the others' logs in order, each event once."""
    fresh = World(world.chance.seed, shape=Shape(by_kafka=False, copies=1))
    fresh.chance.quiet = True
    fresh.instant = world.instant
    for service in _OF_LOGS:
        copy_name = f"{service}-0"
        fresh.start(service, copy_name)
        for source in HEARS[service]:
            inbox = fresh.copies[copy_name].inboxes[source]
            inbox._careful = 0  # all in one transaction
            inbox.apply([stored_event(row) for row in world.databases[source].rows(_LOG)])
    _compare(world, fresh, _OF_LOGS)
    fresh.close()


def _repeat_commands(world: World) -> None:
    """Repeat people's commands on register, files and schedules, each at the time it took effect."""
    took_effect = sorted((command for command in world.client.commands if command.place), key=lambda c: c.place)
    repeated = World(world.chance.seed, shape=Shape(by_kafka=False, copies=1, services=REPEATED))
    settle(repeated)
    before = ""
    for command in took_effect:
        if command.service == "rules" or "SupportSession" in command.method:
            continue  # matters and early sessions depend on how many facts one evaluation saw
        if command.service != before:
            settle(repeated)
        before = command.service
        _again(repeated, command)
    repeated.advance(max(world.instant - repeated.instant, world.instant - world.instant))
    settle(repeated)
    _compare(world, repeated, _OF_COMMANDS)
    repeated.close()


def _again(repeated: World, command: Command) -> None:
    assert command.took_effect_at is not None
    repeated.instant = max(repeated.instant, command.took_effect_at)
    copy: Any = repeated.copies[f"{command.service}-0"]
    again = Command(command.service, command.method, command.person, command.subject, command.request)
    repeated.client.commands.append(again)
    repeated.send(again, copy)
    if again.state != ACKNOWLEDGED:
        raise Violation("projections equal a run without faults", f"{command.method}: {again.answer.decode()}")


def _compare(world: World, other: World, state: dict[str, dict[str, str]]) -> None:
    for service, queries in state.items():
        for what, query in queries.items():
            here, there = (run.databases[service].rows(query) for run in (world, other))
            if here != there:
                differ = sorted(set(here) ^ set(there), key=str)
                raise Violation("projections equal a run without faults", f"{service} {what}: {differ[:3]}")
