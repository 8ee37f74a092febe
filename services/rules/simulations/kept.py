"""What the simulator's process keeps of people from one what-if or tuning to the next, so that it need not read them.

It is kept in memory only, and ends with the process. It holds values and moments of measures, without the evidence.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Any

from services.rules.domain.forecasts.person_series import Known

MOST_KEPT = 2_600_000
"""Most values kept of all people together. 100,000 people by five years and one line take so many. That is about 150
MiB, and at worst, with a moment of its own for each value, 380 MiB of the process's limit."""
Sent = Mapping[str, Any]


@dataclass
class KeptPeople:
    """What is kept, by person, each with the stamp of what it follows from.

    `of`: the days and the reading of dates of arrival that it follows from too. `names`: what the present run may keep.
    """

    most: int = MOST_KEPT
    size: int = 0
    of: object = None
    names: Set[str] = frozenset()
    _people: dict[str, tuple[object, Known]] = field(default_factory=dict)

    def begin(self, of: object, names: Set[str]) -> None:
        """Begin a run. What it cannot read is dropped, so that variants of windows do not pile up."""
        people = self._people if of == self.of else {}
        self._people, self.size = {}, 0
        self.of, self.names = of, names
        for person, (stamp, known) in people.items():
            self._put(person, stamp, known)

    def known(self, person: Sent) -> Known:
        """Return what is kept of a person, as far as it follows from what the service has stored of them now."""
        stamp, found = self._people.get(person["safeguarder_id"], (None, None))
        has_evidence = "facts" in person
        if found is None or stamp != _stamp(person):
            return Known(has_evidence=has_evidence)
        return Known({**found.series}, {**found.subjects}, has_evidence=has_evidence)

    def keep(self, person: Sent, known: Known) -> None:
        """Keep what was worked out about a person, in place of what was kept, if there is room."""
        _, before = self._people.pop(person["safeguarder_id"], (None, None))
        self.size -= before.size if before is not None else 0
        if person.get("versions") is not None:
            self._put(person["safeguarder_id"], _stamp(person), known)

    def _put(self, safeguarder_id: str, stamp: object, known: Known) -> None:
        kept = known.to_keep(self.names)
        if self.size + kept.size <= self.most:
            self._people[safeguarder_id] = stamp, kept
            self.size += kept.size


def _stamp(person: Sent) -> object:
    """Return what a person's series follow from, beside the rulebook and the days. Versions are only ever added."""
    days = (person["appointed_on"], person["term_starts_on"], person["term_ends_on"])
    return (*days, person["serving"], tuple(person.get("versions") or ()))
