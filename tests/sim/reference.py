"""The same commands without faults: what they leave must be what the run with faults has left."""

from typing import Any

from tests.sim.chance import Violation
from tests.sim.client import ACKNOWLEDGED, Command
from tests.sim.ending import end_of_day, settle
from tests.sim.world import World

_STATE: dict[str, dict[str, str]] = {
    "evidence": {
        "register": "SELECT safeguarder_id, state, terms, version FROM safeguarder ORDER BY 1",
        "file": "SELECT evidence_id, version, received_on, standards, open_to_the_person FROM evidence_item ORDER BY 1",
        "editions": "SELECT edition, effective_on, indicators FROM standards_edition ORDER BY 1",
        "relations": "SELECT subject, person FROM relation ORDER BY 1",
    },
    "rules": {
        "people": "SELECT * FROM person ORDER BY 1",
        "facts": "SELECT evidence_id, version, safeguarder_id, origin FROM fact ORDER BY 1, 2",
        "concerns": "SELECT safeguarder_id, rule, subject, state FROM concern WHERE is_open AND NOT closing_proposed "
        "ORDER BY 1, 2, 3",
    },
    "scheduling": {
        "allocations": "SELECT safeguarder_id, number, support_manager FROM allocation ORDER BY 1, 2",
        "obligations": "SELECT obligation_id, safeguarder_id, is_open FROM obligation ORDER BY 1",
    },
    "notifications": {
        "alerts": "SELECT safeguarder_id, rule, subject, state, recipient FROM alert WHERE state <> 'resolved' "
        "AND NOT closing_proposed AND rule <> 'evaluation-held' ORDER BY 1, 2, 3",
    },
}


def check_against_reference(world: World) -> None:
    """Raises Violation where the two differ."""
    took_effect = sorted((command for command in world.client.commands if command.place), key=lambda c: c.place)
    reference = World(world.chance.seed, only=())
    reference.chance.quiet = True
    settle(reference, mail=False)
    for command in took_effect:
        _again(reference, command)
    reference.advance(max(world.instant - reference.instant, world.instant - world.instant))
    end_of_day(world)
    settle(reference)
    reference.instant = world.instant
    settle(reference)
    for service, queries in _STATE.items():
        for what, query in queries.items():
            here, there = (run.databases[service].rows(query) for run in (world, reference))
            if here != there:
                differ = sorted(set(here) ^ set(there), key=str)
                raise Violation("projections equal a run without faults", f"{service} {what}: {differ[:3]}")


def _again(reference: World, command: Command) -> None:
    assert command.took_effect_at is not None
    reference.instant = max(reference.instant, command.took_effect_at)
    copy: Any = reference.copies[f"{command.service}-0"]
    again = Command(command.service, command.method, command.person, command.subject, command.request)
    reference.client.commands.append(again)
    reference.send(again, copy)
    if again.state != ACKNOWLEDGED:
        raise Violation("projections equal a run without faults", f"{command.method}: {again.answer.decode()}")
    settle(reference, mail=False)
