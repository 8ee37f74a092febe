"""Who is asked for something by a move of a concern (P29). They are told, and by when, but never what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Asked(StrEnum):
    """Those who can be asked."""

    PERSON = "person"
    """The Safeguarder concerned."""
    OWNER = "owner"
    """The owner of the matter, or else its recipient."""
    TEAM = "team"
    """Somebody of the Team, but not the owner: the person who recommends is another one (D15.6)."""
    RECORDER = "recorder"
    """Somebody who records decisions of Scottish Ministers."""


ASKED_BY: Mapping[str, tuple[Asked, ...]] = {
    "require_action": (Asked.PERSON,),
    "open_review": (Asked.PERSON, Asked.OWNER),
    "escalate": (Asked.PERSON, Asked.TEAM),
    "recommend": (Asked.PERSON, Asked.RECORDER),
    "invite_to_share": (Asked.PERSON,),
}
"""Who is asked by each move, in the order in which they are told. Every other move asks nobody for anything."""

WITH_A_DAY = ("require_action",)
"""Moves that set the day by which an answer is asked for. `data/ladders.yaml` gives the time to answer the others."""


@dataclass(frozen=True, slots=True)
class ReplyAsked:
    """An item that a Safeguarder may reply to. `due_on` is None if there is nothing to reply to, or not any more.

    It is also None while the time to reply stands still.
    """

    safeguarder_id: str
    evidence_id: str
    due_on: date | None
    stands_still: bool = False
    moved: bool = False
    """Whether nothing but the time to reply changed, because of a leave, a suspension or a review."""

    @property
    def told(self) -> str:
        """What there is to tell. Nobody is told the same thing twice in a row."""
        return STANDS_STILL if self.stands_still else f"by {self.due_on}"


STANDS_STILL = "stands still"
