"""Reader of `data/ladders.yaml`. A fault names the line and what to write, and stops the service at its start."""

import re
from collections.abc import Mapping, Sequence
from datetime import time
from importlib.resources import files

from services.notifications.domain.alert import Lane
from services.notifications.domain.asking import ASKED_BY, WITH_A_DAY
from services.notifications.domain.ladder import Ladders, OfficeHours, Rung, Step
from services.platform.data_file import Place

FILE = "ladders.yaml"
REASONS = ("basis", "why", "source", "owner")
BASES = ("given", "ours")
EVERY_LANE = "every_lane"
OF_LANES = (Rung.OWNER, Rung.COVER, Rung.SENIOR)
OF_DUTIES = {"safeguarder": (Rung.OWNER, Rung.MANAGER), "staff": OF_LANES}
"""Who can be asked at a step, by who owes the duty."""
MOST_DAYS = 60
"""Working days. A larger number is a typing error: after three months nobody would call it asking again."""


def read_ladders(text: str | None = None) -> Ladders:
    """Return the ladders, from a text or else from the packaged file.

    Raises:
        DataFileError: The file cannot be used.
    """
    if text is None:
        text = files("services.notifications").joinpath("data", FILE).read_text(encoding="utf-8")
    root = Place.of(text, FILE)
    parts = root.fields("office_hours", "roles", "ladders", "duties", "answers")
    hours = _entry(parts["office_hours"], "opens", "closes")
    opens, closes = _time(hours["opens"]), _time(hours["closes"])
    if opens >= closes:
        raise hours["closes"].fault("Write a time after `opens`.")
    named = parts["roles"].fields(Rung.COVER, Rung.SENIOR)
    duties = parts["duties"].fields(*OF_DUTIES)
    asking, moves = parts["answers"].any_fields(), [move for move in ASKED_BY if move not in WITH_A_DAY]
    if asking.keys() != set(moves):
        raise parts["answers"].fault(f"Write {', '.join(moves)}, and no other move.")
    return Ladders(
        steps=_steps(parts["ladders"]),
        roles={Rung(rung): _entry(place, "role")["role"].text() for rung, place in named.items()},
        office=OfficeHours(opens, closes),
        answer_within={move: _days(_entry(place, "within")["within"], 1) for move, place in asking.items()},
        duties_of_safeguarder=_ladder_of_duties(duties["safeguarder"], OF_DUTIES["safeguarder"]),
        duties_of_staff=_ladder_of_duties(duties["staff"], OF_DUTIES["staff"]),
    )


def _steps(place: Place) -> Mapping[Lane, tuple[Step, ...]]:
    ladders = place.any_fields()
    for name, ladder in ladders.items():
        if name not in (EVERY_LANE, *Lane):
            raise ladder.fault(f"There is no lane {name}. Write {EVERY_LANE} or one of {', '.join(Lane)}.")
    if EVERY_LANE not in ladders:
        raise place.fault(f"Write a ladder `{EVERY_LANE}` for the lanes that have none of their own.")
    read = {name: _ladder(ladder) for name, ladder in ladders.items()}
    return {lane: read.get(lane, read[EVERY_LANE]) for lane in Lane}


def _ladder(place: Place) -> tuple[Step, ...]:
    rows = _entry(place, "steps")["steps"]
    steps: list[Step] = []
    for row in rows.items():
        fields = row.fields("who", "after")
        step = Step(Rung(fields["who"].word(OF_LANES)), _days(fields["after"], 0))
        if not steps and step.after:
            raise fields["after"].fault("The first step is on the day itself. Write 0.")
        if steps and step.after < steps[-1].after:
            raise fields["after"].fault("A later step cannot come sooner than the one before.")
        if step.who in [one.who for one in steps]:
            raise fields["who"].fault(f"{step.who} is asked at an earlier step already.")
        steps.append(step)
    if not steps:
        raise rows.fault("Write at least one step.")
    return tuple(steps)


def _ladder_of_duties(place: Place, rungs: Sequence[Rung]) -> tuple[Step, ...]:
    """Return the steps around the day of a duty: reminders before it, then those from the day on."""
    rows = _entry(place, "steps")["steps"]
    steps: list[Step] = []
    for row in rows.items():
        when = "before" if "before" in row.any_fields() else "after"
        fields = row.fields("who", when)
        days = _days(fields[when], 1 if when == "before" else 0)
        step = Step(Rung(fields["who"].word(rungs)), -days if when == "before" else days)
        if steps and step.after <= steps[-1].after:
            raise fields[when].fault("Each step comes on a later day than the one before.")
        if step.after <= 0 and step.who is not Rung.OWNER:
            raise fields["who"].fault("Until the day has passed, the owner alone is asked. Write owner.")
        steps.append(step)
    if not steps or steps[-1].after < 0:
        raise rows.fault("Write a step on the day or after it: `after`.")
    return tuple(steps)


def _entry(place: Place, *names: str) -> dict[str, Place]:
    """Return the values by these keys, in an entry that also says why, from where and by whom."""
    found = place.fields(*names, *REASONS)
    for reason in REASONS:
        found[reason].text()
    found["basis"].word(BASES)
    return found


def _days(place: Place, least: int) -> int:
    """Return a number of working days."""
    if not re.fullmatch(r"[0-9]{1,3}", place.text()) or not least <= int(place.text()) <= MOST_DAYS:
        raise place.fault(f"Write a number of working days from {least} to {MOST_DAYS}.")
    return int(place.text())


def _time(place: Place) -> time:
    """Return a time of day."""
    try:
        return time.fromisoformat(place.text())
    except ValueError:
        raise place.fault('Write a time as "09:00".') from None
