"""Practice Notes, which clarify the Practice Standards where law or practice is unclear (R152-R156, D8, B17)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class NoteStage(StrEnum):
    """The stages of a note, in order."""

    ACCEPTED = "accepted"
    CONSULTATION = "consultation"
    DECIDED = "decided"
    PUBLISHED = "published"
    EFFECTIVE = "effective"
    WITHDRAWN = "withdrawn"


UNCLEAR = (NoteStage.ACCEPTED, NoteStage.CONSULTATION, NoteStage.DECIDED, NoteStage.PUBLISHED)
"""The stages in which practice on the note's theme is unclear.

They last from the day the Team accepts that a note is needed until the note takes effect.
"""


@dataclass(frozen=True, slots=True)
class PracticeNote:
    """One Practice Note.

    `about` is its theme: the ids of standards and indicators. `stages` holds each stage with its first day.
    `acknowledged_by` is the day by which every Safeguarder has had time to read and acknowledge the note, None until
    it is set. Rules rest on the note from that day (R156).
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
        """Return the stage on a day, None before the first."""
        return next((stage for stage, from_on in reversed(self.stages) if from_on <= day), None)

    def is_unclear_on(self, day: date) -> bool:
        """Return whether practice on its theme is unclear on a day.

        Nothing adverse on the theme counts then, because nobody can know yet what is right.
        """
        return self.stage_on(day) in UNCLEAR

    def first_day(self, stage: NoteStage) -> date | None:
        """Return the first day of a stage, None while it is not set."""
        return dict(self.stages).get(stage)

    def is_about(self, standard: str, indicator: str) -> bool:
        """Return whether an indicator of a standard belongs to its theme."""
        return standard in self.about or indicator in self.about
