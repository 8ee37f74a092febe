"""Practice Notes: what clarifies the Practice Standards where law or practice is unclear (R152-R156, D8, B17)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NoteStage(StrEnum):
    """How far a note has come, in the order it comes."""

    ACCEPTED = "accepted"
    CONSULTATION = "consultation"
    DECIDED = "decided"
    PUBLISHED = "published"
    EFFECTIVE = "effective"
    WITHDRAWN = "withdrawn"


UNCLEAR = (NoteStage.ACCEPTED, NoteStage.CONSULTATION, NoteStage.DECIDED, NoteStage.PUBLISHED)
"""From the day the Team accepts that a note is needed until the note takes effect, practice on its theme is unclear."""


@dataclass(frozen=True, slots=True)
class PracticeNote:
    """One Practice Note. `about`: its theme, ids of standards and indicators. `stages`: each with its first day.

    `acknowledged_by`: the day by which every Safeguarder has had time to read and acknowledge it; None until it is set.
    Rules rest on the note from then (R156).
    """

    note_id: str
    title: str
    means: str
    about: tuple[str, ...]
    why: str
    source: str
    owner: str
    stages: tuple[tuple[NoteStage, date], ...]
    acknowledged_by: date | None = None

    def stage_on(self, day: date) -> NoteStage | None:
        """The stage it is at; None before the first."""
        return next((stage for stage, from_on in reversed(self.stages) if from_on <= day), None)

    def is_unclear_on(self, day: date) -> bool:
        """Whether practice on its theme is unclear: nothing adverse on it counts before the note says what is right."""
        return self.stage_on(day) in UNCLEAR

    def first_day(self, stage: NoteStage) -> date | None:
        """When it reaches a stage; None while no day is set."""
        return dict(self.stages).get(stage)

    def is_about(self, standard: str, indicator: str) -> bool:
        """Whether an indicator of a standard belongs to its theme."""
        return standard in self.about or indicator in self.about
