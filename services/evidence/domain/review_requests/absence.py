"""What evidence knows of an absence: scheduling keeps the records of attendance (R92)."""

from dataclasses import dataclass, replace
from datetime import date

from services.refusals import not_found, precondition

UNEXCUSED = "absent_unexcused"


@dataclass(frozen=True, slots=True)
class Attendance:
    """How a Safeguarder took part in a support session or a training event, as scheduling last told."""

    record_id: str
    """Id of the session, or of the training owed."""
    safeguarder_id: str
    word: str
    told_on: date
    """The day since which the Safeguarder knows it."""
    version: int = 1


def follow(known: Attendance | None, told: Attendance, *, is_another: bool = False) -> Attendance:
    """Return attendance once it was told again. It is a new version if its word changed, and not for a moved day.

    `is_another`: it is of another event for the same training. What was decided about the one before says nothing of
    it, so it is a new version too.
    """
    if known is None:
        return told
    return known if known.word == told.word and not is_another else replace(told, version=known.version + 1)


def check_reviewable(known: Attendance | None, safeguarder_id: str) -> Attendance:
    """Return an absence of which a review can be asked for.

    Raises:
        Refusal: ABSENCE_NOT_FOUND; NOT_UNEXCUSED for anything that counts against nobody.
    """
    if known is None or known.safeguarder_id != safeguarder_id:
        message = (
            "Nothing is known of this Safeguarder's attendance there. If it has just been recorded, ask again in a "
            "moment. Ask the Panel Team in writing about an absence of long ago."
        )
        raise not_found("ABSENCE_NOT_FOUND", message, "target")
    if known.word != UNEXCUSED:
        message = (
            "This is no unexcused absence, so it counts against nobody. Tell your support manager why you were away."
        )
        raise precondition("NOT_UNEXCUSED", message, "target")
    return known
