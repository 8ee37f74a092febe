"""What each side sees of a sampled report. A reader never sees the other reading before both are in (BLIND)."""

from dataclasses import dataclass
from enum import StrEnum

from services.evidence.domain.samples.sample import Agreed, Reading, Sample


class Looker(StrEnum):
    """Who looks at a sampled report."""

    READER = "reader"
    STAFF = "staff"
    """The Team and senior managers."""
    SIDE = "side"
    """The person concerned and their support manager. Both see the same."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A sampled report as somebody sees it."""

    sample: Sample
    readings: tuple[Reading, ...]
    agreed: Agreed | None
    names_readers: bool
    evidence_id: str


def seen_by(sample: Sample, looker: Looker, person: str, is_shared: bool) -> Seen | None:
    """Return a sample as a person sees it; None for a reader who does not have it.

    `is_shared`: whether the person concerned has been shown the item that it made.
    """
    if looker is Looker.READER and person not in sample.readers:
        return None
    if is_shared or (looker is not Looker.SIDE and sample.is_complete):
        return Seen(sample, sample.readings, sample.agreed, looker is not Looker.SIDE, sample.evidence_id)
    own = sample.reading_of(person) if looker is Looker.READER else None
    return Seen(sample, (own,) if own else (), None, looker is not Looker.SIDE, "")
