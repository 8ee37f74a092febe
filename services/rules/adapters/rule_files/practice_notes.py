"""Turns the files of Practice Notes into notes, with their stages in order and their themes known."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from services.rules.adapters.rule_files.rules import Reader
from services.rules.adapters.rule_files.shape import did_you_mean
from services.rules.adapters.rule_files.strict_yaml import Document, Place
from services.rules.domain.rulebook.practice_notes import NoteStage, PracticeNote


@dataclass(slots=True)
class NoteReader:
    """Reads notes after the editions. Faults go to the reader of all other files."""

    reader: Reader
    notes: dict[str, PracticeNote] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)

    def read(self, document: Document) -> None:
        """The note of one file."""
        data = document.data
        note_id = data["note"]
        if note_id in self.notes:
            message = f'"{note_id}" is the note of {self._files[note_id]} already; choose another id.'
            self._fault(document, ("note",), "TWICE", message)
            return
        self._check_theme(document, data["about"])
        self._files[note_id] = document.file
        note = self.notes[note_id] = PracticeNote(
            note_id=note_id,
            title=data["title"],
            means=data["means"],
            about=tuple(data["about"]),
            why=data["why"],
            source=data["source"],
            owner=data["owner"],
            stages=tuple(self._stages(document, data["stages"])),
            acknowledged_by=self._day(document, ("acknowledged_by",), data.get("acknowledged_by")),
        )
        effective = note.first_day(NoteStage.EFFECTIVE)
        if note.acknowledged_by is not None and (effective is None or note.acknowledged_by < effective):
            message = "is before the note takes effect: nobody acknowledges what may still change."
            self._fault(document, ("acknowledged_by",), "DATE-ORDER", message)

    def _check_theme(self, document: Document, about: list[str]) -> None:
        known = frozenset[str]().union(*(edition.subjects for edition in self.reader.editions))
        for number, subject in enumerate(about):
            if subject not in known:
                message = f'"{subject}" is neither a standard nor an indicator.{did_you_mean(subject, known)}'
                self._fault(document, ("about", number), "UNKNOWN-STANDARD", message)

    def _stages(self, document: Document, given: Mapping[str, str]) -> Iterator[tuple[NoteStage, date]]:
        before: tuple[NoteStage, date] | None = None
        for stage in [stage for stage in NoteStage if stage in given]:
            day = self._day(document, ("stages", stage), given[stage])
            if day is None:
                continue
            if before is not None and day < before[1]:
                message = f"is before {before[0]}, which comes first."
                self._fault(document, ("stages", stage), "DATE-ORDER", message)
            before = (stage, day)
            yield before

    def _day(self, document: Document, place: Place, text: str | None) -> date | None:
        return None if text is None else self.reader.day(document, place, text)

    def _fault(self, document: Document, place: Place, code: str, message: str) -> None:
        self.reader.faults.append(document.fault(place, code, message))
