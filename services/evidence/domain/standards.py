"""Editions of the Practice Standards that rules has published. Evidence is mapped to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.evidence.domain import evidence_item
from services.refusals import did_you_mean, invalid, precondition


@dataclass(frozen=True, slots=True)
class KnownEdition:
    """An edition of the Practice Standards, with its indicators by standard."""

    edition: str
    effective_on: date
    indicators: Mapping[str, frozenset[str]]

    def standard_of(self, subject: str) -> str:
        """Return the standard that a subject is or belongs to. Of another edition, its id says which."""
        of = (standard for standard, indicators in self.indicators.items() if subject in indicators)
        return subject if subject in self.indicators else next(of, subject.partition(".")[0])


def edition_in_force(editions: Iterable[KnownEdition], on: date) -> KnownEdition:
    """Return the edition in force on a day. Pass the day of the conduct, not the day of the recording (R45).

    Raises:
        Refusal: NO_STANDARDS_EDITION if no edition is known for that day.
    """
    in_force = [edition for edition in editions if edition.effective_on <= on]
    if not in_force:
        raise precondition(
            "NO_STANDARDS_EDITION",
            "No edition of the Practice Standards is known for the day on which this happened.",
            "evidence_item.happened_date",
        )
    return max(in_force, key=lambda edition: edition.effective_on)


def check_mappings(mappings: Sequence[evidence_item.Mapping], edition: KnownEdition, path: str) -> None:
    """Check that each mapping names a standard and an indicator of the edition.

    Raises:
        Refusal: INVALID, naming the field and a similar id if there is one.
    """
    for index, mapping in enumerate(mappings):
        indicators = edition.indicators.get(mapping.standard)
        if indicators is None:
            raise _unknown("STANDARD", mapping.standard, edition.indicators, f"{path}[{index}].standard", edition)
        if mapping.indicator not in indicators:
            raise _unknown("INDICATOR", mapping.indicator, indicators, f"{path}[{index}].indicator", edition)


def check_subject(standard: str, indicator: str, edition: KnownEdition) -> None:
    """Check that a part of a plan names a standard of the edition, and one of its indicators if it names any.

    Raises:
        Refusal: INVALID, naming the field and a similar id if there is one.
    """
    indicators = edition.indicators.get(standard)
    if indicators is None:
        raise _unknown("STANDARD", standard, edition.indicators, "standard", edition)
    if indicator and indicator not in indicators:
        raise _unknown("INDICATOR", indicator, indicators, "indicator", edition)


def _unknown(what: str, given: str, known: Iterable[str], path: str, edition: KnownEdition) -> Exception:
    hint = did_you_mean(given, sorted(known))
    message = f"{path} must be one of the {what.lower()}s of edition {edition.edition}.{hint}"
    return invalid(f"UNKNOWN_{what}", message, path, edition=edition.edition)
