"""Reader of `data/ladders.yaml`. A fault names the line and what to write, and stops the service at its start."""

import re
from collections.abc import Callable, Mapping
from datetime import time
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from services.notifications.domain.alert import Lane
from services.notifications.domain.asking import ASKED_BY, WITH_A_DAY
from services.notifications.domain.ladder import Ladders, Rung, Step

FILE = "ladders.yaml"
REASONS = ("basis", "why", "source", "owner")
EVERY_LANE = "every_lane"
MOST_DAYS = 60
"""Working days. A larger number is a typing error: after three months nobody would call it asking again."""

T = TypeVar("T")


class LaddersError(ValueError):
    """A file of ladders that cannot be used. The message gives its line and what to write."""


def read_ladders(text: str | None = None) -> Ladders:
    """Return the ladders, from a text or else from the packaged file.

    Raises:
        LaddersError: The file cannot be used.
    """
    root = _Place(_content(text), "")
    parts = root.fields("office_hours", "roles", "ladders", "answers")
    hours = parts["office_hours"].entry("opens", "closes")
    opens, closes = hours["opens"].time(), hours["closes"].time()
    if opens >= closes:
        raise hours["closes"].fault("write a time after `opens`")
    named = parts["roles"].fields(*(rung for rung in Rung if rung is not Rung.OWNER))
    asking = parts["answers"].fields(*(move for move in ASKED_BY if move not in WITH_A_DAY))
    return Ladders(
        steps=_steps(parts["ladders"]),
        roles={Rung(rung): place.entry("role")["role"].text() for rung, place in named.items()},
        opens=opens,
        closes=closes,
        answer_within={move: place.entry("within")["within"].days(1) for move, place in asking.items()},
    )


def _content(text: str | None) -> Any:
    if text is None:
        text = files("services.notifications").joinpath("data", FILE).read_text(encoding="utf-8")
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise LaddersError(f"{FILE}:{line}: this is not YAML: {problem.problem}.") from problem
    if node is None:
        raise LaddersError(f"{FILE}:1: the file is empty. Write the hours, the roles, the ladders and the answers.")
    return node


def _steps(place: "_Place") -> Mapping[Lane, tuple[Step, ...]]:
    ladders = place.any_fields()
    for name, ladder in ladders.items():
        if name not in (EVERY_LANE, *Lane):
            raise ladder.fault(f"there is no lane {name}. Write {EVERY_LANE} or one of {', '.join(Lane)}")
    if EVERY_LANE not in ladders:
        raise place.fault(f"write a ladder `{EVERY_LANE}` for the lanes that have none of their own")
    read = {name: _ladder(ladder) for name, ladder in ladders.items()}
    return {lane: read.get(lane, read[EVERY_LANE]) for lane in Lane}


def _ladder(place: "_Place") -> tuple[Step, ...]:
    rows = place.entry("steps")["steps"]
    steps: list[Step] = []
    for row in rows.items():
        fields = row.fields("who", "after")
        step = Step(fields["who"].word(Rung), fields["after"].days(0))
        if not steps and step.after:
            raise fields["after"].fault("the first step is on the day itself: write 0")
        if steps and step.after < steps[-1].after:
            raise fields["after"].fault("a later step cannot come sooner than the one before")
        if step.who in [one.who for one in steps]:
            raise fields["who"].fault(f"{step.who} is asked at an earlier step already")
        steps.append(step)
    if not steps:
        raise rows.fault("write at least one step")
    return tuple(steps)


class _Place:
    """A value of the file with its line and its path, so that a fault can name both."""

    def __init__(self, node: Any, path: str) -> None:
        self._node = node
        self._path = path

    def fault(self, message: str) -> LaddersError:
        """Return the fault at this place."""
        where = f"{self._path}: " if self._path else ""
        return LaddersError(f"{FILE}:{self._node.start_mark.line + 1}: {where}{message}.")

    def any_fields(self) -> dict[str, "_Place"]:
        """Return the values by their keys, whatever the keys are."""
        if not isinstance(self._node, yaml.MappingNode):
            raise self.fault("write keys with their values")
        found: dict[str, _Place] = {}
        for key, value in self._node.value:
            path = f"{self._path}.{key.value}".lstrip(".")
            if key.value in found:
                raise _Place(key, path).fault("this key stands here twice")
            found[key.value] = _Place(value, path)
        return found

    def fields(self, *names: str) -> dict[str, "_Place"]:
        """Return the values by their keys, which must be these."""
        found = self.any_fields()
        if found.keys() != set(names):
            differing = ", ".join(sorted(found.keys() ^ set(names)))
            raise self.fault(f"write {', '.join(names)} and no other key (differs in: {differing})")
        return found

    def entry(self, *names: str) -> dict[str, "_Place"]:
        """Return the values by these keys, in an entry that also says why, from where and by whom."""
        found = self.fields(*names, *REASONS)
        for reason in REASONS:
            found[reason].text()
        if found["basis"].text() not in ("given", "ours"):
            raise found["basis"].fault("write given or ours")
        return found

    def items(self) -> list["_Place"]:
        """Return the values of a list."""
        if not isinstance(self._node, yaml.SequenceNode):
            raise self.fault("write a list")
        return [_Place(node, f"{self._path}[{number}]") for number, node in enumerate(self._node.value)]

    def text(self) -> str:
        """Return a text that is not empty."""
        if not isinstance(self._node, yaml.ScalarNode) or not self._node.value.strip():
            raise self.fault("write a text")
        return str(self._node.value)

    def word(self, kind: Callable[[str], T]) -> T:
        """Return a word of a closed list."""
        try:
            return kind(self.text())
        except ValueError:
            raise self.fault(f"write one of {', '.join(kind)}") from None  # type: ignore[arg-type]

    def days(self, least: int) -> int:
        """Return a number of working days."""
        if not re.fullmatch(r"[0-9]{1,3}", self.text()) or not least <= int(self.text()) <= MOST_DAYS:
            raise self.fault(f"write a number of working days from {least} to {MOST_DAYS}")
        return int(self.text())

    def time(self) -> time:
        """Return a time of day."""
        try:
            return time.fromisoformat(self.text())
        except ValueError:
            raise self.fault('write a time as "09:00"') from None
