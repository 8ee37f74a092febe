"""What somebody who takes over as support manager finds beside the Safeguarder's own view (R66, record 2.9)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.evidence.domain.personal_file.dues import Due
from services.evidence.domain.personal_file.page import OwnStanding
from services.evidence.domain.plans.sides import Side
from services.evidence.domain.sessions.record import OutcomeWord, SessionRecord


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """Something that the last session left open."""

    about: str
    """Name of what it is about, or the standard or the section of the record that is disputed."""
    session_id: str
    held_on: date
    words: str
    """Why it was carried, or what the Safeguarder disputes."""
    disputed: bool


@dataclass(frozen=True, slots=True)
class Handover:
    """The Safeguarder's own view, with what the last session left and what the Team owes."""

    standing: OwnStanding
    carried: Sequence[CarriedOver]

    @property
    def team_owes(self) -> list[Due]:
        """What the support manager and the Team owe, the earliest first."""
        return [due for due in self.standing.dues if due.owed_by is not Side.SAFEGUARDER]


def carried_over(records: Iterable[SessionRecord]) -> list[CarriedOver]:
    """Return what the last recorded session carried forward, and what is disputed in any record and not answered.

    A dispute stands until somebody answers it, also one of a session before the last. A record that was withdrawn
    leaves nothing.
    """
    shared = [record for record in records if record.stands]
    newest_first = sorted(shared, key=lambda record: (record.held_on, record.session_id), reverse=True)
    found = []
    for place, record in enumerate(newest_first):
        if place == 0:
            found += _carried_forward(record)
        found += _disputed(record)
    return found


def _carried_forward(record: SessionRecord) -> list[CarriedOver]:
    return [
        CarriedOver(said.item, record.session_id, record.held_on, said.words, disputed=False)
        for said in record.content.outcomes
        if said.word is OutcomeWord.CARRIED_FORWARD
    ]


def _disputed(record: SessionRecord) -> list[CarriedOver]:
    disputes = record.answer.disputes if record.answer else ()
    return [
        CarriedOver(dispute.section, record.session_id, record.held_on, dispute.words, disputed=True)
        for dispute in disputes
        if not dispute.response
    ]
