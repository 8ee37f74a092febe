"""What people do about a concern: acknowledge, dismiss, close. Each needs a named person."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from services.refusals import not_found
from services.rules.domain import concern as life
from services.rules.domain.concern import Concern, Reason
from services.rules.ports import Concerns


@dataclass(frozen=True, slots=True)
class Named:
    """The concern a command names, and the copy its sender had read (empty: any)."""

    safeguarder_id: str
    concern_id: str
    etag: str


def find_concern(named: Named, concerns: Concerns) -> Concern:
    """The concern about that person.

    Raises:
        Refusal: NOT_FOUND, also when it is about another person.
    """
    found = concerns.find(named.concern_id)
    if found is None or found.safeguarder_id != named.safeguarder_id:
        raise not_found("CONCERN_NOT_FOUND", "No such concern is on this person's file.", "name")
    return found


def acknowledge_concern(named: Named, owner: str, next_on: date, today: date, concerns: Concerns) -> Concern:
    """The concern, taken on."""
    return _change(named, concerns, "acknowledged", lambda found: life.acknowledge(found, owner, next_on, today))


def dismiss_concern(named: Named, reason: Reason, concerns: Concerns) -> Concern:
    """The concern, dismissed."""
    return _change(named, concerns, "dismissed", lambda found: life.dismiss(found, reason))


def close_concern(named: Named, reason: Reason, concerns: Concerns) -> Concern:
    """The concern, closed."""
    return _change(named, concerns, "closed", lambda found: life.close(found, reason))


def _change(named: Named, concerns: Concerns, what: str, change: Callable[[Concern], Concern]) -> Concern:
    found = find_concern(named, concerns)
    life.check_copy(found, named.etag)
    changed = change(found)
    concerns.change(changed, what, confirms=found.quiet and not changed.quiet)
    return changed
