"""The end of a run. Faults stop, nothing may be left to do within a minute, and then everything must agree."""

from collections import Counter
from datetime import timedelta
from typing import Any

import orjson
from psmf.platform.v1 import events_pb2
from psmf.rules.v1 import rules_pb2

from services.evidence.compose import figures as evidence_figures
from services.platform.storage.database import execute
from services.rules.adapters.store.concerns import SqlConcerns
from services.rules.adapters.store.evaluations import unpacked
from services.rules.adapters.store.facts import SqlFacts
from services.rules.domain.concerns.concern import Concern, may_be_raised_after
from services.rules.domain.evaluation.answers import RuleAnswer
from services.rules.domain.evaluation.evaluate import evaluate
from tests.sim.simulated.chance import Violation
from tests.sim.simulated.client import ACKNOWLEDGED, GIVEN_UP, OPEN, REFUSED, Command
from tests.sim.simulated.copies import RETRIES, SERVICES, Copy, the_rulebook
from tests.sim.world import PATIENCE_SECONDS, World

HEARS = {
    "evidence": ("rules", "scheduling"),
    "rules": ("evidence", "scheduling"),
    "scheduling": ("evidence", "rules"),
    "notifications": ("rules", "scheduling"),
}
_PUBLISHED = "SELECT COUNT(*) FROM outbox"
_APPLIED = "SELECT COUNT(*) FROM sim_applied WHERE source = ?"
_ASIDE = "SELECT event_id FROM dead_letter WHERE state = 'dead' ORDER BY event_id"
_WAITING = "SELECT COUNT(*) FROM evaluation_request"
_UNSENT = "SELECT COUNT(*) FROM notification WHERE state NOT IN ('sent', 'failed')"
_RELATIONS = "SELECT subject, person FROM relation ORDER BY subject"
_MANAGERS = "SELECT safeguarder_id, support_manager FROM allocation WHERE is_current ORDER BY safeguarder_id"
_SERVING = "SELECT safeguarder_id FROM safeguarder WHERE serves_until >= ? ORDER BY safeguarder_id"
_AUDIT = "SELECT person, method, subject, COUNT(*) FROM audit GROUP BY person, method, subject"
_RECEIVED = "SELECT COUNT(*) FROM fact WHERE origin = 'evidence'"
_EVALUATED = "SELECT COUNT(*) FROM fact WHERE origin = 'evidence' AND evaluated"
_APPOINTED = "SELECT safeguarder_id FROM person WHERE serving"
_NOTICES = "SELECT channel, state, reference, tries, possible_duplicate, notification_id FROM notification"


TIMED = ("sender", "clock", "relay")
"""Parts that get work by the passing of time: another copy's lease expires without a commit."""


def settle(world: World) -> None:
    """Stop the faults and run every part until nothing is left to do. Raises Violation if that takes too long."""
    world.chance.quiet = True
    for clock in world.clocks.values():
        clock.skew = timedelta(0)
    idle: dict[tuple[str, str], object] = {}
    for _ in range(PATIENCE_SECONDS):
        _round(world, idle)
        left = unsettled(world)
        if not left:
            return
        world.advance(timedelta(seconds=1))
    raise Violation("quiet within a minute", ", ".join(left))


def _round(world: World, idle: dict[tuple[str, str], object]) -> None:
    for service, name in world.places:
        if name not in world.copies:
            world.start(service, name)
        copy = world.copies[name]
        for part in sorted(copy.turns):
            _turn_unless_idle(world, copy, part, idle)
        for (event_id,) in world.databases[service].rows(_ASIDE):
            again = events_pb2.RetryDeadLetterRequest(event_id=event_id, request_id=f"again-{event_id}-{world.steps}")
            world.operate(copy, "RetryDeadLetter", again)
        world.steps += 1
        world.checks.each_step()
    for command in world.client.commands:
        if command.state == OPEN:
            world.send(command, world.copies[f"{command.service}-0"])


def _turn_unless_idle(world: World, copy: Copy, part: str, idle: dict[tuple[str, str], object]) -> None:
    """Give a part a turn, unless it had nothing to do and nothing has happened since. This saves most turns."""
    before = _happened(world, part)
    if idle.get((copy.name, part)) != before:
        world.turn(copy, part)
        if _happened(world, part) == before:
            idle[copy.name, part] = before


def _happened(world: World, part: str) -> object:
    commits = [database.commits.count for database in world.databases.values()]
    return commits, world.seconds if part in TIMED else 0


def unsettled(world: World) -> list[str]:
    """Return the names of work that is left."""
    left = []
    for service in world.shape.services:
        for source in HEARS[service]:
            missing = _count(world, source, _PUBLISHED) - _count(world, service, _APPLIED, source)
            if missing > 0:
                left.append(f"{service} has {missing} events of {source} before it")
    if "evaluator" in world.copies["rules-0"].turns and (waiting := _count(world, "rules", _WAITING)):
        left.append(f"{waiting} people wait for an evaluation")
    if unsent := _count(world, "notifications", _UNSENT):
        left.append(f"{unsent} messages are in no final state")
    if open_commands := sum(command.state == OPEN for command in world.client.commands):
        left.append(f"{open_commands} commands are not answered")
    return left


def _count(world: World, service: str, query: str, *parameters: object) -> int:
    return int(world.databases[service].rows(query, *parameters)[0][0])


def check_all(world: World) -> None:
    """Check everything that must hold once nothing is left to do. Raises Violation."""
    for check in (_applied_once, _concerns, _effects, _allocations, _messages, check_ledger, _countable):
        check(world)


def _applied_once(world: World) -> None:
    for service, sources in HEARS.items():
        for source in sources:
            published, applied = _count(world, source, _PUBLISHED), _count(world, service, _APPLIED, source)
            if published != applied:
                raise Violation("each event is applied once", f"{service}: {applied} of {published} of {source}")


def _effects(world: World) -> None:
    for service in SERVICES:
        of_service = [command for command in world.client.commands if command.service == service]
        done = Counter({tuple(row[:3]): row[3] for row in world.databases[service].rows(_AUDIT)})
        known = Counter(_who(command) for command in of_service if command.state == ACKNOWLEDGED)
        perhaps = Counter(_who(command) for command in of_service if command.state in (GIVEN_UP, OPEN))
        for who in {*known, *perhaps}:
            if not known[who] <= done[who] <= known[who] + perhaps[who]:
                what = f"{' '.join(who)}: {known[who]} acknowledged, {done[who]} done"
                raise Violation("an acknowledged command has one effect", what)
    for command in world.client.commands:
        if (command.state == ACKNOWLEDGED) > bool(command.place) or (command.state == REFUSED and command.place):
            raise Violation("an acknowledged command has one effect", f"{command.method} {command.state}")


def _who(command: Command) -> tuple[str, str, str]:
    return command.person, command.method, command.subject


def _allocations(world: World) -> None:
    current = world.databases["scheduling"].rows(_MANAGERS)
    serving = [row[0] for row in world.databases["scheduling"].rows(_SERVING, world.instant.date().isoformat())]
    if [row[0] for row in current] != serving:
        raise Violation("one current support manager", f"{serving} serve, {current}")
    for service in ("evidence", "rules", "notifications"):
        known = world.databases[service].rows(_RELATIONS)
        if known != current:
            raise Violation("projections agree with their owner", f"{service} has {known}, scheduling {current}")


def _messages(world: World) -> None:
    taken = Counter(world.post.taken)
    for channel, state, reference, tries, marked, name in world.databases["notifications"].rows(_NOTICES):
        if channel == "email" and state == "sent" and not taken[reference]:
            raise Violation("no message is lost", f"{name} is said to be sent")
        if state == "failed" and reference not in world.post.refused and tries < RETRIES.most:
            raise Violation("no message is lost", f"{name} was given up after {tries} tries")
        if taken[reference] > 1 and not marked:
            raise Violation("no duplicate is unmarked", f"{name} was handed over {taken[reference]} times")


def check_ledger(world: World) -> None:
    """Check that every accepted fact was received and evaluated. Raises Violation."""
    accepted = evidence_figures(world.databases["evidence"])[0]["facts_accepted"]
    received, evaluated = (_count(world, "rules", query) for query in (_RECEIVED, _EVALUATED))
    if not accepted == received == evaluated:
        raise Violation("the ledger balances", f"{accepted} accepted, {received} received, {evaluated} evaluated")


def _concerns(world: World) -> None:
    """Check that a new evaluation of everyone gives the same concerns, so that no evaluation was lost."""
    now, today = world.instant, world.clocks["rules"].today()
    with world.databases["rules"].read() as connection:
        facts, concerns = SqlFacts(connection), SqlConcerns(connection)
        for (person,) in execute(connection, _APPOINTED).fetchall():
            case_file = facts.case_file(person)
            assert case_file is not None
            evaluation = evaluate(the_rulebook(), case_file, today, case_file.known_by(now))
            speaks = {(answer.rule_id, answer.subject): answer for answer in evaluation.raised}
            last = {(c.answer.rule_id, c.answer.subject): c for c in concerns.of_person(person)}
            for key in {*speaks, *last}:
                if not _is_said(speaks.get(key), last.get(key)):
                    raise Violation("concerns follow from the evidence", f"{person} {key}")


def _is_said(answer: RuleAnswer | None, last: Concern | None) -> bool:
    if answer is None:
        return last is None or not last.is_open or last.closing_proposed
    if last is None or last.closing_proposed:
        return False
    return last.is_open or not may_be_raised_after(last, answer)


def _countable(world: World) -> None:
    whole = "SELECT number, record, packed FROM evaluation WHERE same_as = ''"
    for number, content, packed in world.databases["rules"].rows(whole):
        record = orjson.loads(unpacked(content, packed))
        for answer in record["answers"]:
            for fact in (record["evidence"][place] for place in answer.get("counted", ())):
                if not may_count(fact, record["as_of"]):
                    what = f"{answer['rule']} in evaluation {number} as of {record['as_of']}: {fact}"
                    raise Violation("only what is countable counts", what)


def may_count(fact: dict[str, Any], as_of: str) -> bool:
    """Return whether an item may count, from the dates of the right of reply themselves (requirements D15.1)."""
    safety = fact["evidence_class"] == "safety"
    if fact["evidence_class"] == "help_seeking":
        return False
    if fact["kind"] == "complaint" and not safety and fact.get("complaint_outcome") not in ("upheld", "partly_upheld"):
        return False
    if safety or all(mapping[2] != "concern" for mapping in fact["mappings"]):
        return True
    if fact["kind"] == "attendance":  # scheduling's own record, of a session that the person attended
        return True
    answered = "replied_on" in fact and fact["replied_on"] <= as_of
    return "shared_on" in fact and (answered or fact["reply_due_on"] < as_of)


def ask_for_everyone(world: World) -> None:
    """Let an operator request an evaluation of everyone. Otherwise the longest held could wait ten minutes."""
    request = rules_pb2.EvaluateEveryoneRequest(request_id=f"everyone-{world.steps}")
    world.operate(world.copies["rules-0"], "EvaluateEveryone", request)
