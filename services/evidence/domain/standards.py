"""Editions of the Practice Standards that rules has published. Evidence is mapped to them."""

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from services.evidence.domain import evidence_item
from services.refusals import did_you_mean, invalid, precondition


@dataclass(frozen=True, slots=True)
class KnownEdition:
    """An edition of the Practice Standards, with its indicators by standard."""

    edition: str
    effective_on: date
    indicators: Mapping[str, frozenset[str]]
    became: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What standards and indicators of earlier editions are in this one. Nothing stands for what ended."""

    def standard_of(self, subject: str) -> str:
        """Return the standard that a subject is or belongs to. Of another edition, its id says which."""
        of = (standard for standard, indicators in self.indicators.items() if subject in indicators)
        return subject if subject in self.indicators else next(of, subject.partition(".")[0])

    def standards_now(self, subject: str, since_on: date | None) -> frozenset[str]:
        """Return the standards under which an open matter about a subject is read in this edition.

        What ended, or has no crosswalk, keeps its own standard: an open matter would else be shown nowhere.
        `since_on`: the day from which the matter is, None if unknown. Both editions may use one id, and an earlier
        matter means the earlier one.
        """
        standard = self.standard_of(subject)
        is_earlier = since_on is not None and since_on < self.effective_on
        if standard in self.indicators and not is_earlier:
            return frozenset({standard})
        return frozenset(map(self.standard_of, _became(subject, self.became))) or frozenset({standard})


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
    first, *later = sorted(in_force, key=lambda edition: edition.effective_on)
    return functools.reduce(_followed, later, first)


def _followed(before: KnownEdition, edition: KnownEdition) -> KnownEdition:
    """Return an edition that also says what standards of all editions before the last one became."""
    walk = edition.became
    long_ago = {
        old: tuple(now for each in became for now in _became(each, walk)) for old, became in before.became.items()
    }
    return replace(edition, became=long_ago | dict(walk))


def _became(subject: str, walk: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return what a standard or an indicator became: by its own entry, else by that of its standard."""
    return walk.get(subject, walk.get(subject.partition(".")[0], ()))


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
