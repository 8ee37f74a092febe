"""What two services raise about the same people, compared by person, rule and subject."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from services.client.words import safeguarder_of, word_of

ENDED = frozenset({"closed", "dismissed", "merged"})


class Change(StrEnum):
    """How the shadow differs from the service, in the words of the what-if where it has one."""

    NEWLY_RAISED = "newly_raised"
    NO_LONGER_RAISED = "no_longer_raised"
    LANE_CHANGED = "lane_changed"
    SETTLED = "settled"
    """Raised by both, and people have already closed, dismissed or merged it. A shadow knows nothing of that."""


class Matter(NamedTuple):
    """One matter of one person."""

    safeguarder: str
    rule: str
    subject: str


class Difference(NamedTuple):
    """A matter on which the two differ. A lane is empty where it is not raised."""

    change: Change
    matter: Matter
    before: str
    after: str


class Raised(NamedTuple):
    """What one service raises now with the lane of each matter, and what people have ended."""

    lanes: dict[Matter, str]
    ended: frozenset[Matter]


def raised(concerns: Iterable[Any]) -> Raised:
    """Return what the rules raise now. A concern that is open only because nobody has closed it yet is left out."""
    lanes, ended = {}, set()
    for concern in concerns:
        matter = Matter(safeguarder_of(concern.name), concern.rule, concern.subject)
        if word_of(concern, "state") in ENDED:
            ended.add(matter)
        elif not concern.closing_proposed:
            lanes[matter] = word_of(concern, "lane")
    return Raised(lanes, frozenset(ended))


def differences(service: Raised, shadow: Raised) -> list[Difference]:
    """Return each matter on which the two differ, in the order of people, rules and subjects."""
    found = []
    for matter in sorted(service.lanes.keys() | shadow.lanes.keys()):
        before, after = service.lanes.get(matter, ""), shadow.lanes.get(matter, "")
        if before == after:
            continue
        if not after:
            change = Change.NO_LONGER_RAISED
        elif before:
            change = Change.LANE_CHANGED
        else:
            change = Change.SETTLED if matter in service.ended else Change.NEWLY_RAISED
        found.append(Difference(change, matter, before, after))
    return found
