"""A development need: who named it, what it rests on, and how it ends (R48, R54, R55, R71).

Whether it is planned is worked out from the actions that name it.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.plans.strength import Named
from services.refusals import precondition


class NeedState(StrEnum):
    """Where a need stands. `planned` is shown and never stored."""

    IDENTIFIED = "identified"
    PLANNED = "planned"
    MET = "met"
    NO_ACTION = "no_action"


@dataclass(frozen=True, slots=True)
class Need:
    """One version of one need."""

    need_id: str
    safeguarder_id: str
    named: Named
    raised_by: Side
    raised_by_person: str
    created_at: datetime
    recorded_at: datetime
    version: int = 1
    state: NeedState = NeedState.IDENTIFIED
    because: str = ""

    @property
    def part_id(self) -> str:
        """Its id."""
        return self.need_id

    @property
    def etag(self) -> str:
        """Return what changes with every change."""
        return str(self.version)

    @property
    def is_open(self) -> bool:
        """True until it is met, or nothing is done about it."""
        return self.state is NeedState.IDENTIFIED

    def shown_state(self, is_planned: bool) -> NeedState:
        """Return where it stands, as people read it. `is_planned`: a proposed or open action names it."""
        return NeedState.PLANNED if self.is_open and is_planned else self.state


def check_grounds(need: Need) -> None:
    """Refuse SHOW_THE_EVIDENCE for a need that somebody else names and that rests on nothing (R55)."""
    if need.raised_by is not Side.SAFEGUARDER and not need.named.evidence and not need.named.concern:
        message = (
            "A need that the Safeguarder does not name themselves rests on evidence that they can see, or a concern."
        )
        raise precondition("SHOW_THE_EVIDENCE", message, "evidence")


def close(need: Need, met: bool, because: str, is_planned: bool, actor: Actor) -> Need:
    """Return a need as ended. `is_planned`: a proposed or open action names it.

    Raises:
        Refusal: NOT_YOURS_TO_END if the Safeguarder ends what somebody else named; NEED_ENDED; NEED_PLANNED if nothing
            is to be done about a need while an action answers it.
    """
    state = NeedState.MET if met else NeedState.NO_ACTION
    if (need.state, need.because) == (state, because):
        return need
    if actor.is_safeguarder and need.raised_by is not Side.SAFEGUARDER:
        message = "You can end a need that you named yourself. Speak with your support manager about the others."
        raise precondition("NOT_YOURS_TO_END", message, "name")
    if not need.is_open:
        raise precondition("NEED_ENDED", "This need has ended already.", "name", state=need.state)
    if is_planned and not met:
        message = "An action still answers this need. End the action first."
        raise precondition("NEED_PLANNED", message, "name")
    return replace(need, version=need.version + 1, recorded_at=actor.now, state=state, because=because)


def check_reviewable(need: Need) -> None:
    """Check that a need is one that somebody else named, and that is open.

    Raises:
        Refusal: NEED_IS_YOURS; NEED_ENDED.
    """
    if need.raised_by is Side.SAFEGUARDER:
        raise precondition("NEED_IS_YOURS", "You named this need yourself. You can end it at any time.", "target")
    if not need.is_open:
        raise precondition("NEED_ENDED", "This need has ended, so nothing follows from it.", "target", state=need.state)


def end_by_review(need: Need, reasons: str, actor: Actor) -> Need:
    """Return a need about which nothing is done, because a review of it was upheld; unchanged if it has ended."""
    if not need.is_open:
        return need
    ended = {"state": NeedState.NO_ACTION, "because": reasons}
    return replace(need, version=need.version + 1, recorded_at=actor.now, **ended)  # type: ignore[arg-type]
