"""One run of services, bus, mail server and client, one step at a time, with the faults of a seed."""

import hashlib
import random
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from services.platform.calls.commands import current_call
from services.platform.clock import LONDON
from services.refusals import Kind, Refusal
from tests.sim.checks import Checks
from tests.sim.simulated.bus import Broker
from tests.sim.simulated.chance import Chance
from tests.sim.simulated.client import ACKNOWLEDGED, REFUSED, Client, Command
from tests.sim.simulated.copies import SERVICES, Copy
from tests.sim.simulated.people import call
from tests.sim.simulated.post import Post
from tests.sim.simulated.storage import give_back, take

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
STEPS = (100, 200, 400)
"""Numbers of steps, of which each seed draws one. Short runs never reach an e-mail, the end of a long chain."""
STEPS_IN_A_PAUSE = (1, 4, 20)
ALL_PARTS = 0.3
"""How often a copy that gets a turn works with all its parts, as its threads would."""
PATIENCE_SECONDS = 60
"""Time after the faults stop until nothing may be left to do and everything must agree (Q3)."""
DEEPEST = 2
LONG_PAUSES = (timedelta(seconds=15), timedelta(seconds=90), timedelta(hours=2))
JUMPS = (timedelta(seconds=1), timedelta(minutes=2), timedelta(hours=1), timedelta(days=1), timedelta(days=20))
_TIMES_KEPT = "SELECT COUNT(*) FROM request WHERE person = ? AND request_id = ?"


class Crash(BaseException):
    """The end of the working copy. This is no `Exception`, because a dead process cannot catch its own death."""


@dataclass
class ServiceClock:
    """The world's time as shown by the clock of one service's machine."""

    world: "World"
    skew: timedelta = timedelta(0)

    def now(self) -> datetime:
        """Return the current instant."""
        return self.world.instant + self.skew

    def today(self) -> date:
        """Return the date in London."""
        return self.now().astimezone(LONDON).date()

    def steady(self) -> float:
        """Return the seconds that have passed."""
        return self.world.seconds


@dataclass(frozen=True, slots=True)
class Shape:
    """The parts of a run."""

    by_kafka: bool
    copies: int
    people: int = 3
    services: Sequence[str] = SERVICES


def a_shape(choices: random.Random) -> Shape:
    """Return the shape of a seed's run."""
    return Shape(choices.random() < 0.75, choices.choice((1, 2, 2)), choices.choice((1, 2, 2, 3)))


class World:
    """All state of one run."""

    def __init__(self, seed: int, only: Collection[str] | None = None, shape: Shape | None = None) -> None:
        self.chance = Chance(seed, only)
        self.shape = shape or a_shape(self.chance.stream("shape"))
        self.instant = START
        self.seconds = 0.0
        """What a monotonic clock shows: it does not jump."""
        self.steps = 0
        self.running: list[Copy] = []
        """The copies at work: the last one now, those before it paused in the middle of something."""
        self.parts: list[str] = []
        """What each of them is doing."""
        self._threads: set[tuple[str, str]] = set()
        """Those at work or paused: others of their process may go on."""
        self.hash = hashlib.sha256()
        self._poison: dict[tuple[str, str], bool] = {}
        self.databases = {
            name: take(name, lambda moment, name=name: self.at(moment, name))  # type: ignore[misc]
            for name in SERVICES
        }
        self.clocks = {name: ServiceClock(self) for name in SERVICES}
        self.broker = Broker(self.chance, lambda: self.steps, lambda moment: self.at(moment, "bus"))
        self.post = Post(self.chance, self.databases["notifications"], lambda moment: self.at(moment, "post"))
        self.client = Client(self)
        self.effects = 0
        self._sending: list[tuple[Command, datetime]] = []
        """Commands at work or paused, and since when; the innermost last."""
        self.checks = Checks(self)
        self.places = [
            (service, f"{service}-{number}") for service in self.shape.services for number in range(self.shape.copies)
        ]
        self.copies: dict[str, Copy] = {}

    def close(self) -> None:
        """Give the databases back for reuse."""
        for service, database in self.databases.items():
            give_back(service, database)

    def note(self, *what: object) -> None:
        """Add an occurrence to the hash of the run."""
        self.hash.update(repr(what).encode())

    # Faults

    def at(self, moment: str, place: str) -> None:
        """Mark a moment before or after an action. The working copy may stop, be paused, or be refused."""
        if not self.running:
            return
        copy = self.running[-1]
        if moment == "after_commit":
            self._note_effect(place)
        if moment == "before_commit":
            self._may_refuse(place)
        if self.chance.fault("crash" if place in SERVICES else "die", f"{place}:{moment}"):
            raise Crash
        can_wait = moment not in ("before_commit", "after_commit") and len(self.running) < DEEPEST
        if can_wait and self.chance.fault("pause", f"{place}:{moment}"):
            self._others_go_on()
        if not copy.alive:
            raise Crash

    def _may_refuse(self, place: str) -> None:
        for problem in ("database is locked", "database or disk is full"):
            if self.chance.fault("refuse", f"{place}:{problem[-4:]}"):
                raise sqlite3.OperationalError(problem)

    def is_poison(self, service: str, event_id: str) -> bool:
        """Return whether a service cannot apply an event at present."""
        if self.chance.quiet:
            return False
        known = self._poison.get((service, event_id))
        if known is None:
            known = self._poison[service, event_id] = self.chance.fault("poison", service)
        return known

    def _others_go_on(self) -> None:
        choices = self.chance.stream("pause")
        if choices.random() < 0.3:
            self.advance(choices.choice(LONG_PAUSES))
        paused, part = self.running[-1], self.parts[-1]
        twins = [copy for copy in self.copies.values() if copy.service == paused.service and copy is not paused]
        twins *= choices.random() < 0.7
        self._take_over(twins, part)
        for _ in range(choices.choice(STEPS_IN_A_PAUSE)):
            self.step()
        self._take_over(twins, part)

    def _take_over(self, twins: Sequence[Copy], part: str) -> None:
        """Let another copy do the work of the paused one."""
        for twin in twins:
            if twin.alive and part in twin.turns:
                self.turn(twin, part)

    # Steps

    def step(self) -> None:
        """Let one thing happen."""
        self.steps += 1
        choices = self.chance.stream("steps")
        what = choices.random()
        if what < 0.1:
            self.advance(timedelta(milliseconds=choices.randint(10, 3000)))
        elif what < 0.15:
            self._nemesis()
        elif what < 0.35:
            self._send(self.client.next())
        else:
            self._turn(choices)
        self.checks.each_step()

    def advance(self, span: timedelta) -> None:
        """Let time pass."""
        self.instant += span
        self.seconds += span.total_seconds()

    def _nemesis(self) -> None:
        choices = self.chance.stream("nemesis")
        if self.chance.fault("jump"):
            self.instant += choices.choice(JUMPS)
        if self.chance.fault("skew"):
            self.clocks[choices.choice(SERVICES)].skew = timedelta(seconds=choices.randint(-4, 4))
        if self.chance.fault("rebalance") and self.broker.generations:
            self.broker.rebalance(choices.choice(sorted(self.broker.generations)))
        if self.chance.fault("crash", "any") and self.copies:
            self.end(self.copies[choices.choice(sorted(self.copies))])

    def _turn(self, choices: random.Random) -> None:
        service, name = choices.choice(self.places)
        copy = self.copies.get(name)
        if copy is None:
            self.start(service, name)
            return
        parts = sorted(copy.turns)
        for part in parts if choices.random() < ALL_PARTS else [choices.choice(parts)]:
            if copy.alive:
                self.turn(copy, part)

    def turn(self, copy: Copy, part: str) -> None:
        """Let a part of a copy work."""
        thread = (copy.name, part)
        if thread in self._threads:
            return
        self._threads.add(thread)
        try:
            self._as(copy, copy.turns[part], part)
        finally:
            self._threads.discard(thread)

    def _as(self, copy: Copy, work: Any, part: str) -> Any:
        self.running.append(copy)
        self.parts.append(part)
        try:
            result = work()
            self.note(self.steps, copy.name, part)
            return result
        except Crash:
            self.note(self.steps, copy.name, part, "crash")
            self.end(copy)
        except Exception as problem:
            # As in the services' loops: log it and try again at a later turn.
            self.note(self.steps, copy.name, part, type(problem).__name__)
        finally:
            self.running.pop()
            self.parts.pop()
        return None

    def start(self, service: str, name: str) -> None:
        """Start a copy. Faults may already occur during the start."""
        thread = (name, "start")
        if thread in self._threads:
            return
        self._threads.add(thread)
        starting = Starting(service, name)
        self.running.append(starting)  # type: ignore[arg-type]
        self.parts.append("start")
        try:
            self.copies[name] = Copy(self, service, name)
        except (Crash, Refusal) as problem:
            self.note(self.steps, name, "start", type(problem).__name__)
        finally:
            self._threads.discard(thread)
            self.running.pop()
            self.parts.pop()

    def end(self, copy: Copy) -> None:
        """Crash a copy."""
        copy.end()
        if self.copies.get(copy.name) is copy:
            del self.copies[copy.name]

    # Commands

    def _send(self, command: Command | None) -> None:
        if command is not None:
            here = [copy for copy in self.copies.values() if copy.service == command.service]
            if here:
                self.send(command, self.chance.stream("client").choice(here))

    def send(self, command: Command, copy: Copy) -> None:
        """Send a command to a copy, and record the answer."""
        self._sending.append((command, copy.clock.now()))
        try:
            self._as(copy, lambda: self._call(command, copy), command.method)
        finally:
            self._sending.pop()

    def _note_effect(self, service: str) -> None:
        """Record that a command took effect. Effects are in the order of commits, not of arrival."""
        if not self._sending or self._sending[-1][0].service != service:
            return
        command, at = self._sending[-1]
        key = command.person, command.request.request_id
        if not command.place and self.databases[service].rows(_TIMES_KEPT, *key)[0][0]:
            self.effects += 1
            command.place, command.took_effect_at = self.effects, at

    def operate(self, copy: Copy, method: str, request: Any) -> None:
        """Make an operator's call."""
        token = current_call.set(call("operator", method, ""))
        try:
            self._as(copy, lambda: copy.methods[method](request, None), method)
        finally:
            current_call.reset(token)

    def _call(self, command: Command, copy: Copy) -> None:
        known = command.state
        token = current_call.set(call(command.person, command.method, command.subject))
        try:
            answer = copy.methods[command.method](command.request, None).SerializeToString(deterministic=True)
            state = ACKNOWLEDGED
        except Refusal as refusal:
            if refusal.kind in (Kind.UNAVAILABLE, Kind.EXHAUSTED):
                return
            answer, state = refusal.reason.encode(), REFUSED
        finally:
            current_call.reset(token)
        self.at("before_answer", command.service)
        self.note(command.request.request_id, state, answer)
        self.checks.answered(command, known, state, answer)


@dataclass
class Starting:
    """A copy that has not started yet."""

    service: str
    name: str
    alive: bool = True
