"""What happens to machines in a life: time passes, events wait or come again, a service starts again."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.lives.life import Life

READERS = (
    ("rules", "evidence"),
    ("rules", "scheduling"),
    ("scheduling", "evidence"),
    ("scheduling", "rules"),
    ("notifications", "rules"),
    ("notifications", "scheduling"),
    ("notifications", "evidence"),
    ("evidence", "rules"),
    ("evidence", "scheduling"),
)
SPANS = (
    *(timedelta(hours=hours) for hours in (1, 5, 20)),
    *(timedelta(days=days) for days in (1, 1, 3, 8, 16, 45)),
)


def time_passes(life: "Life") -> None:
    """Let some hours or days pass at once."""
    span = life.choices.choice(SPANS)
    life.said.append(f"{span} pass")
    life.running.clock.instant += span


def hold_back(life: "Life") -> None:
    """Let no event pass between two services from now on, or let them pass again."""
    pair = life.choices.choice(READERS)
    if pair in life.running.held_back:
        life.running.held_back.discard(pair)
    else:
        life.running.held_back.add(pair)
    life.said.append(f"held back: {sorted(life.running.held_back)}")


def again(life: "Life") -> None:
    """Let a service receive all events of another one again, in any order."""
    reader, source = life.choices.choice(READERS)
    life.said.append(f"{reader} receives all of {source} again")
    life.running.deliver_again(reader, source, life.choices)


def restart(life: "Life") -> None:
    """End a service and start it again."""
    service = life.choices.choice(sorted(life.running.services))
    life.said.append(f"{service} starts again")
    life.running.restart(service)


MACHINES: list[tuple[Callable[["Life"], None], int]] = [
    (time_passes, 9),
    (hold_back, 3),
    (again, 2),
    (restart, 1),
]
"""What happens, and how often."""
