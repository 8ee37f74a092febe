"""Editions of the Practice Standards, as loaded. Their text is in rule files only, never in code."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Indicator:
    """One way in which a standard shows in practice.

    `basis` says what it rests on. `report_line` names the line of a report review that rates it, if one does.
    `attendance` names the event whose attendance shows it: `support_session`, `mandatory_training` or none.
    """

    indicator_id: str
    title: str
    basis: str
    report_line: str | None = None
    attendance: str | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """One Practice Standard or, if `commitment` is set, something that the Framework asks beyond the Standards."""

    standard_id: str
    title: str
    text: str
    source: str
    commitment: bool
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True)
class Crosswalk:
    """The link from an edition to the edition before it.

    `became` says what each earlier standard became, and may say it of indicators. It is empty for one that ended.
    Readers and trends use it. It moves no evidence: conduct is read against the edition of its day (R45).
    """

    edition_before: str
    became: Mapping[str, tuple[str, ...]]

    def before(self, subject: str) -> tuple[str, ...]:
        """Return what a standard or an indicator was in the edition before."""
        return tuple(old for old, new in self.became.items() if subject in new)


@dataclass(frozen=True)
class StandardsEdition:
    """An edition of the Practice Standards, which governs conduct from `effective_from` until the next edition."""

    edition_id: str
    title: str
    published_on: str
    effective_from: date
    legal_basis: str
    standards: tuple[Standard, ...]
    crosswalk: Crosswalk | None = None

    @property
    def subjects(self) -> frozenset[str]:
        """The ids of its standards and indicators."""
        return frozenset(self._indicators) | {standard.standard_id for standard in self.standards}

    def indicator(self, indicator_id: str) -> Indicator | None:
        """Return the indicator, None if this edition has none of that id."""
        return self._indicators.get(indicator_id)

    @cached_property
    def in_coverage(self) -> tuple[str, ...]:
        """The ids of its Practice Standards, without what the Framework asks beyond them."""
        return tuple(standard.standard_id for standard in self.standards if not standard.commitment)

    @cached_property
    def shown_by_attendance(self) -> Mapping[str, tuple[str, str]]:
        """The standard and the indicator that attendance at each kind of event shows."""
        parts = ((standard, indicator) for standard in self.standards for indicator in standard.indicators)
        return {i.attendance: (s.standard_id, i.indicator_id) for s, i in parts if i.attendance is not None}

    def has_standard(self, standard_id: str) -> bool:
        """Return whether one of its standards, or what the Framework asks beyond them, has that id."""
        return any(standard.standard_id == standard_id for standard in self.standards)

    def title_of(self, subject: str) -> str:
        """Return the id and title of a standard or indicator, or the id alone if it belongs to another edition."""
        for standard in self.standards:
            if standard.standard_id == subject:
                return f"{subject} {standard.title}"
        indicator = self.indicator(subject)
        return f"{subject} {indicator.title}" if indicator else subject

    @cached_property
    def _indicators(self) -> Mapping[str, Indicator]:
        return {indicator.indicator_id: indicator for s in self.standards for indicator in s.indicators}
