"""The steps on a session: confirm, move, cancel, say who was there, and add an own item. What each one asks for."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from services.calendar_days import london_instant
from services.console.forms.answers import MISSING, TypedDay, choice_in, day_in, words_in
from services.refusals import Refusal

MOST = 4000
"""Signs of a text, as the service takes it."""
NOT_A_TIME = "not_a_time"
NONE = "none"
"""The choice of somebody who gives no reason."""
SIDES = ("safeguarder", "team")
OWN_REASONS = ("hearing_or_court", "personal_circumstances", "travel_or_weather", "technical", "urgent")
REASONS = (NONE, *OWN_REASONS, "team")
CAME = ("attended", "part", "awaiting_evidence", "absent_excused", "absent_unexcused", "team_absent")
"""How a session went: who came, and why not."""
TOOK_PLACE = ("attended", "part")
MODES = ("face_to_face", "online", "telephone")
CHOICES: Mapping[str, Mapping[str, Collection[str]]] = {
    "confirm": {},
    "move": {"asked_by": SIDES, "reason": REASONS},
    "cancel": {"cancelled_by": SIDES},
    "attendance": {"came": CAME, "mode": MODES},
    "own-item": {},
}
"""The questions with choices of each step, and what can be chosen."""
TIME, OTHER = "time", "other"
"""The choice among times that are suggested, and the answer that none of them suits."""
_SUGGESTED = re.compile(r"\d{9,10}")
"""A time that was suggested, as its seconds since 1970."""
_TIME = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was answered. `faults`: what is wrong, by question, in words of a closed list."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    day: TypedDay = TypedDay()
    at: str = ""
    words: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_suggested(self) -> bool:
        """Return whether one of the times that were suggested was chosen."""
        return bool(_SUGGESTED.fullmatch(self.chosen.get(TIME, "")))

    @property
    def start(self) -> datetime | None:
        """Return the instant that was chosen, or typed by the clocks of Scotland; None if it is none."""
        if self.is_suggested:
            return datetime.fromtimestamp(int(self.chosen[TIME]), UTC)
        day, at = self.day.read, read_time(self.at)
        if isinstance(day, str) or at is None:
            return None
        try:
            return london_instant(day, at)
        except Refusal:
            return None  # an hour that clocks skip or show twice


def read_time(text: str) -> time | None:
    """Return a time as people type it: `10:00`, `9.30`, `14`; None if it is none."""
    found = _TIME.fullmatch(text.strip())
    if found is None or not text.strip().isascii():
        return None
    try:
        return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        return None


def read(step: str, form: Mapping[str, str], *, is_own: bool = False) -> Typed:
    """Return what was answered to a step. A Safeguarder isn't asked who asks: they do."""
    if step == "own-item":
        words, wrong = words_in(form, "words", MOST)
        return Typed(words=words, faults={"words": wrong} if wrong else {})
    faults: dict[str, str] = {}
    chosen = {name: choice_in(form, name, offered) for name, offered in CHOICES[step].items()}
    if is_own and step == "move":
        chosen["asked_by"] = "safeguarder"
    optional = {"reason", "mode"}
    faults |= {name: MISSING for name, value in chosen.items() if not value and name not in optional}
    if step == "attendance" and chosen["came"] in TOOK_PLACE and not chosen["mode"]:
        faults["mode"] = MISSING
    if step != "move":
        return Typed(chosen, faults=faults)
    chosen[TIME] = form.get(TIME, "")[:20]
    typed = Typed(chosen, day_in(form, "day"), form.get("at", "").strip()[:20], faults=faults)
    if typed.is_suggested:
        return typed
    if isinstance(typed.day.read, str):
        faults["day"] = typed.day.read
    if typed.start is None and "day" not in faults:
        faults["at"] = NOT_A_TIME
    return Typed(chosen, typed.day, typed.at, faults=faults)


def fields_of(step: str, typed: Typed) -> dict[str, Any]:
    """Return the fields of the request that an answer fills."""
    if step == "move":
        reason = typed.chosen["reason"]
        asked = {"start_time": typed.start, "asked_by": typed.chosen["asked_by"]}
        return asked | ({"reason": reason} if reason not in ("", NONE) else {})
    return {name: value for name, value in typed.chosen.items() if value}
