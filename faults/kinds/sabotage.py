"""A test of the checker itself. It must report, by name, correct code with one broken line on real processes."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from faults.checker import check
from faults.figure import Figure, Size
from faults.history import Outcome
from faults.kinds.crashes import exit_code_within
from faults.sources import Patch, patched
from faults.stage import Stage, stage
from services.client.addresses import SERVICES
from services.client.patience import Patience
from services.demo.stack import Profile
from services.demo.waiting import statuses, unfinished

COMMANDS, WAIT_SECONDS = 80, 60.0
"""How many commands have their effect before the provocation, and for how long none may come."""
STILL_SECONDS, DIES_SECONDS = 20.0, 300.0
"""For how long no event may arrive until the rest counts as lost, and how long a service may take to end itself."""
OFFSET_AFTER = "            self._inbox.apply(list(self._events(records)))\n"
OFFSET_FIRST = "            client.commit()\n" + OFFSET_AFTER
POSITION_FIRST = (
    "        self._poison.came(len(events))\n"
    "        self._database.write(lambda connection: execute(connection, _ADVANCE, (self.source, position)))\n"
)
SEND = "            futures.append(self._producer.send("
NO_LOOK: Patch = ("platform/events/gaps.py", "        if time.monotonic() < self._look_at:\n", "        if True:\n")
"""A reader by Kafka looks each minute for what its topic did not deliver. On a slow machine this mends a loss first."""


@dataclass(frozen=True, slots=True)
class Sabotage:
    """Broken lines, the provocation that exposes them, and the checks of which at least one must report it.

    `provoke` leaves rules stopped.
    """

    name: str
    patches: tuple[Patch, ...]
    provoke: Callable[[Stage], None]
    caught_by: tuple[str, ...]
    profile: Profile = Profile.EMBEDDED


def _read_again(running: Stage) -> None:
    """Make a reader start from the beginning, as it may do at any time."""
    running.supervisor.kill("rules")
    running.change("rules", "UPDATE inbox_position SET position = 0")


def _die_before_the_effect(running: Stage) -> None:
    environment = running.supervisor.environment["rules"]
    running.supervisor.environment["rules"] = environment | {"PSMF_FAILPOINT": "after_inbox_insert"}
    running.supervisor.replace("rules")
    if exit_code_within(running, "rules", DIES_SECONDS) is None:
        raise TimeoutError(f"rules read no event within {DIES_SECONDS:g} s")
    running.supervisor.environment["rules"] = environment


def _nothing_more(running: Stage) -> None:
    """Do nothing that exposes the fault: the load itself does."""
    running.supervisor.kill("rules")


SABOTAGES: Sequence[Sabotage] = (
    Sabotage(
        "the inbox does not look whether an event was applied",
        (
            ("platform/events/inbox.py", "if event.key_sequence <= last[event.key]:", "if False:"),
            # The second place that looks: an event with an id that was applied has no effect.
            ("platform/events/inbox.py", "VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "VALUES (?, ?, ?)"),
        ),
        _read_again,
        ("none_set_aside",),
    ),
    Sabotage(
        "a feed's position is moved before the effect",
        (("platform/events/inbox.py", "        self._poison.came(len(events))\n", POSITION_FIRST),),
        _die_before_the_effect,
        ("applied", "projections"),
    ),
    Sabotage(
        "Kafka's offset is committed before the effect",
        (("platform/kafka/consumer.py", OFFSET_AFTER, OFFSET_FIRST), NO_LOOK),
        _die_before_the_effect,
        ("applied", "projections"),
        Profile.SQLITE_KAFKA,
    ),
    Sabotage(
        "the relay notes as sent what it did not send",
        (("platform/kafka/relay.py", SEND, SEND.replace("futures", "event.position % 7 and futures")), NO_LOOK),
        _nothing_more,
        ("applied",),
        Profile.SQLITE_KAFKA,
    ),
)


def _everything(running: Stage) -> None:
    _read_again(running)
    running.start("rules")
    _die_before_the_effect(running)


CONTROL = Sabotage(
    "nothing is wrong",
    (("platform/events/inbox.py", "if event.key_sequence <= last", "if event.key_sequence <= last"),),
    _everything,
    (),
)
"""Correct code under the same provocations. Without it, a checker that always complains would pass."""


def _until_enough_was_done(running: Stage) -> None:
    """Wait until so much was done that the fault shows. A number of seconds is too short on a busy machine."""
    patience, before = Patience(WAIT_SECONDS), running.history.count(Outcome.OK)
    while (done := running.history.count(Outcome.OK) - before) < COMMANDS:
        if patience.is_over(done):
            raise TimeoutError(f"{done} of {COMMANDS} commands were done: {patience.why()}")
        threading.Event().wait(0.05)


def _until_nothing_moves(running: Stage) -> None:
    """Wait until no event has arrived for a while: those that a sabotaged build has lost never do.

    `settle` would go on as long as a process is busy, and on a busy machine some process always waits for a core.
    """
    rest, since = unfinished(statuses(running.client)), time.monotonic()
    while rest and time.monotonic() < since + STILL_SECONDS:
        threading.Event().wait(0.5)
        before, rest = rest, unfinished(statuses(running.client))
        if rest != before:
            since = time.monotonic()


def sabotage(one: Sabotage, seed: int) -> list[str]:
    """Return the checker's report on a sabotaged suite."""
    with patched(one.patches) as source, stage(seed, one.profile, source, people_settled=False) as running:
        with running.load("sabotage"):
            _until_enough_was_done(running)
            one.provoke(running)
        # Only now: a reader asks the source for what is missing before a later event, and so would heal a loss.
        running.start("rules")
        if one.caught_by:
            _until_nothing_moves(running)
        else:
            running.settle()
        return check(running)


def all_caught(seed: int, size: Size) -> Figure:
    """H-1: check that every sabotage is reported by a check that names the broken promise."""
    missed = [f"sound code is reported: {found}" for found in sabotage(CONTROL, seed)]
    for one in SABOTAGES:
        names = {found.partition(":")[0] for found in sabotage(one, seed)}
        if not names & set(one.caught_by):
            missed.append(f"{one.name}: reported by {sorted(names) or 'nothing'}")
    reached = f"{len(SABOTAGES) - len(missed)} of {len(SABOTAGES)} caught, sound code not reported"
    what = f"sabotaged builds of {len(SERVICES)} real processes, and a sound one"
    return Figure("H-1", what, "; ".join(missed) or reached, len(SABOTAGES) + 1, missed)
