"""Editions of the Practice Standards, from files of the right shape, with a check of each crosswalk.

A crosswalk says what each standard of the edition before became.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.refusals import did_you_mean
from services.rules.adapters.rule_files.rules import Reader
from services.rules.adapters.rule_files.strict_yaml import Document, Place
from services.rules.domain.rulebook.standards import Crosswalk, Indicator, Standard, StandardsEdition

SHOWN_BY_ATTENDANCE = {"2015-07": {"S7.1": "mandatory_training", "E.1": "support_session"}}
"""What attendance shows by files of this edition that earlier releases stored. Those files do not say it."""


@dataclass(slots=True)
class EditionReader:
    """The editions read so far, before everything else. Faults go to the shared reader."""

    reader: Reader
    _documents: dict[str, Document] = field(default_factory=dict)

    def read(self, document: Document) -> None:
        """Read the edition of one file."""
        data = document.data
        parts = ("standards", "commitments")
        standards = [
            Standard(s["standard"], s["title"], s["text"], s["source"], key == "commitments", tuple(_indicators(s)))
            for key in parts
            for s in data.get(key, [])
        ]
        if data["edition"] in SHOWN_BY_ATTENDANCE:
            standards = [_with_attendance(standard, data["edition"]) for standard in standards]
        for key in parts:
            for number, standard in enumerate(data.get(key, [])):
                self._check_ids(document, (key, number), standard)
        self._check_attendance(document, parts)
        walk = data.get("crosswalk")
        became = {old: tuple(new) for old, new in walk["became"].items()} if walk else {}
        edition = StandardsEdition(
            data["edition"],
            data["title"],
            data["published_on"],
            self.reader.day(document, ("effective_from",), data["effective_from"]),
            data["legal_basis"],
            tuple(standards),
            Crosswalk(walk["from"], became) if walk else None,
        )
        self._documents[edition.edition_id] = document
        self.reader.places[edition.edition_id] = (document, ())
        self.reader.editions.append(edition)
        self.reader.editions.sort(key=lambda edition: edition.effective_from)

    def _check_attendance(self, document: Document, parts: tuple[str, ...]) -> None:
        """Check that attendance at each kind of event shows one indicator of the edition at most."""
        taken: set[str] = set()
        for key in parts:
            for n, standard in enumerate(document.data.get(key, [])):
                for m, indicator in enumerate(standard["indicators"]):
                    event = indicator.get("attendance")
                    if event in taken:
                        place = (key, n, "indicators", m, "attendance")
                        message = f"Attendance at {event} shows another indicator already. Name one indicator only."
                        self.reader.fault(document, place, "ATTENDANCE", message)
                    elif event is not None:
                        taken.add(event)

    def check_crosswalks(self) -> None:
        """Check each crosswalk, once all editions are read.

        It must name the edition just before, all of that edition's standards, and nothing unknown.
        """
        editions = self.reader.editions
        for before, edition in zip((None, *editions), editions, strict=False):
            if edition.crosswalk is not None:
                self._check_crosswalk(edition, edition.crosswalk, before)

    def _check_crosswalk(self, edition: StandardsEdition, walk: Crosswalk, before: StandardsEdition | None) -> None:
        document, place = self._documents[edition.edition_id], ("crosswalk", "became")
        if before is None or walk.edition_before != before.edition_id:
            named = before.edition_id if before else "none"
            message = f"Name the edition just before this one: {named}."
            self.reader.fault(document, ("crosswalk", "from"), "CROSSWALK", message)
            return
        for old, became in walk.became.items():
            if old not in before.subjects:
                hint = did_you_mean(old, before.subjects)
                message = f'"{old}" is neither a standard nor an indicator of {before.edition_id}.{hint}'
                self.reader.fault(document, (*place, old), "CROSSWALK", message, at_key=True)
            for number, new in enumerate(became):
                if new not in edition.subjects:
                    hint = did_you_mean(new, edition.subjects)
                    message = f'"{new}" is neither a standard nor an indicator of this edition.{hint}'
                    self.reader.fault(document, (*place, old, number), "CROSSWALK", message)
        for standard in before.standards:
            if standard.standard_id not in walk.became:
                message = f"What {standard.standard_id} became is missing. Write [] if it ended."
                self.reader.fault(document, place, "CROSSWALK", message)

    def _check_ids(self, document: Document, place: Place, standard: Mapping[str, Any]) -> None:
        for number, indicator in enumerate(standard["indicators"]):
            if indicator["indicator"].split(".")[0] != standard["standard"]:
                message = f"Begin the id with {standard['standard']} and a full stop."
                self.reader.fault(document, (*place, "indicators", number, "indicator"), "INDICATOR-ID", message)


def _indicators(standard: Mapping[str, Any]) -> Iterator[Indicator]:
    for part in standard["indicators"]:
        yield Indicator(
            part["indicator"], part["title"], part["basis"], part.get("report_line"), part.get("attendance")
        )


def _with_attendance(standard: Standard, edition_id: str) -> Standard:
    """Return a standard of a file that says nothing of attendance, with what attendance shows by that edition."""
    shown = SHOWN_BY_ATTENDANCE[edition_id]
    if any(indicator.attendance for indicator in standard.indicators):
        return standard
    indicators = (replace(one, attendance=shown.get(one.indicator_id)) for one in standard.indicators)
    return replace(standard, indicators=tuple(indicators))
