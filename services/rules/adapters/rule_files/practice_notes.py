"""Practice Notes, from files of the right shape. Their stages must be in order and their themes known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.refusals import did_you_mean
from services.rules.adapters.rule_files.rules import Reader
from services.rules.adapters.rule_files.strict_yaml import Document
from services.rules.domain.rulebook.practice_notes import NoteStage, PracticeNote


@dataclass(slots=True)
class NoteReader:
    """The notes read so far. Editions must have been read before. Faults go to the shared reader."""

    reader: Reader
    notes: dict[str, PracticeNote] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)

    def read(self, document: Document) -> None:
        """Read the note of one file."""
        data = document.data
        note_id = data["note"]
        if note_id in self.notes:
            message = f'"{note_id}" is already the note of {self._files[note_id]}. Choose another id.'
            self.reader.fault(document, ("note",), "TWICE", message)
            return
        self._check_theme(document, data["about"])
        self._files[note_id] = document.file
        acknowledged = data.get("acknowledged_by")
        note = self.notes[note_id] = PracticeNote(
            note_id=note_id,
            title=data["title"],
            means=data["means"],
            about=tuple(data["about"]),
            why=data["why"],
            source=data["source"],
            owner=data["owner"],
            stages=tuple(self._stages(document, data["stages"])),
            acknowledged_by=self.reader.day(document, ("acknowledged_by",), acknowledged) if acknowledged else None,
        )
        effective = note.first_day(NoteStage.EFFECTIVE)
        if note.acknowledged_by is not None and (effective is None or note.acknowledged_by < effective):
            message = "This is before the note takes effect. Nobody can acknowledge what may still change."
            self.reader.fault(document, ("acknowledged_by",), "DATE-ORDER", message)

    def _check_theme(self, document: Document, about: list[str]) -> None:
        known = frozenset[str]().union(*(edition.subjects for edition in self.reader.editions))
        for number, subject in enumerate(about):
            if subject not in known:
                message = f'"{subject}" is neither a standard nor an indicator.{did_you_mean(subject, known)}'
                self.reader.fault(document, ("about", number), "UNKNOWN-STANDARD", message)

    def _stages(self, document: Document, given: Mapping[str, str]) -> Iterator[tuple[NoteStage, date]]:
        before: tuple[NoteStage, date] | None = None
        for stage in [stage for stage in NoteStage if stage in given]:
            day = self.reader.day(document, ("stages", stage), given[stage])
            if before is not None and day < before[1]:
                message = f'This date is before that of "{before[0]}", which comes first.'
                self.reader.fault(document, ("stages", stage), "DATE-ORDER", message)
            before = (stage, day)
            yield before
