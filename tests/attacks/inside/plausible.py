"""Requests of any method, made by its contract: each field has a value that could be right, and most are."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

from google.api import field_behavior_pb2
from google.protobuf.message_factory import GetMessageClass

from services.platform.calls.wire import to_date, to_instant
from tests.attacks.inside.whole_suite import Whole
from tests.between.doors.test_across import LISTS, OF_ONE_PERSON
from tests.builders import a_request_id

DEEPEST = 4
TEXTS = ("I had asked for more time.", "They were told on the day before.", "S4", "S4.1", "fife", "workload", "1")


def names_on_file(suite: Whole) -> list[str]:
    """Return the names of what is on file about sg-one."""
    listed = (LISTS | OF_ONE_PERSON).values()
    found = {name for each in listed for name in each.ask(suite.running, "safeguarders/sg-one", "panel-team")}
    return ["safeguarders/sg-one", "safeguarders/-", *sorted(found)]


class Plausible:
    """Makes requests about what is on file. The same seed makes the same ones."""

    def __init__(self, suite: Whole, names: Sequence[str]) -> None:
        self._day, self._now = suite.running.ago(20), suite.running.clock.now()
        self._names: Mapping[str, list[str]] = {kind: [n for n in names if kind in n] for kind in _kinds(names)}
        self._all = names

    def request(self, method: Any, chance: random.Random) -> Any:
        """Return a request of a method. `method`: its descriptor."""
        made = GetMessageClass(method.input_type)()
        self._fill(made, chance, 0)
        return made

    def _fill(self, message: Any, chance: random.Random, depth: int) -> None:
        for field in message.DESCRIPTOR.fields:
            needed = field_behavior_pb2.REQUIRED in field.GetOptions().Extensions[field_behavior_pb2.field_behavior]
            if depth >= DEEPEST or (not needed and chance.random() < 0.4):
                continue
            if field.message_type is not None and field.message_type.GetOptions().map_entry:
                continue
            if field.message_type is not None:
                self._fill_message(message, field, chance, depth)
            elif field.is_repeated:
                getattr(message, field.name).append(self._value(field, chance))
            else:
                setattr(message, field.name, self._value(field, chance))

    def _fill_message(self, message: Any, field: Any, chance: random.Random, depth: int) -> None:
        held = getattr(message, field.name)
        part = held.add() if field.is_repeated else held
        if field.message_type.full_name == "google.type.Date":
            part.CopyFrom(to_date(self._day))
        elif field.message_type.full_name == "google.protobuf.Timestamp":
            part.CopyFrom(to_instant(self._now))
        else:
            part.SetInParent()
            self._fill(part, chance, depth + 1)

    def _value(self, field: Any, chance: random.Random) -> Any:
        if field.type == field.TYPE_STRING:
            return self._text(field, chance)
        if field.type == field.TYPE_ENUM:
            return chance.choice(field.enum_type.values).number
        if field.type == field.TYPE_BOOL:
            return chance.random() < 0.5
        return b"{}" if field.type == field.TYPE_BYTES else chance.randrange(4)

    def _text(self, field: Any, chance: random.Random) -> str:
        if field.name == "request_id":
            return a_request_id()
        if field.name == "parent":
            return chance.choice(self._all[:2])
        if field.name in ("name", "target", "item", "action", "concern", "session") or field.name.endswith("s"):
            kind = next((kind for kind in self._names if kind.lower() in field.containing_type.name.lower()), "")
            return chance.choice(self._names.get(kind) or list(self._all))
        return chance.choice(TEXTS)


def _kinds(names: Sequence[str]) -> list[str]:
    """Return the kinds of records among names, such as `evidenceItem`, the longest first."""
    kinds = {name.split("/")[2].removesuffix("s") for name in names if name.count("/") > 2}
    return sorted(kinds, key=len, reverse=True)
