"""Measures: how evidence becomes whole numbers."""

from dataclasses import dataclass

from services.rules.domain.closed_lists import DERIVED, Comparator, Counts, Kind, Lane, Polarity, TeamDutyKind
from services.rules.domain.facts import Detail

_OF_ITEMS = (Counts.ITEMS, Counts.SOURCE_TYPES, Counts.DAYS_BETWEEN_FIRST_AND_LAST, Counts.KINDS_MISSING)


@dataclass(frozen=True, slots=True)
class Where:
    """A test of one item: a detail is one of some words, or stands to the line in `parameter`.

    Beside the details of items, `complaint_outcome`, `evidence_class` and `report_line` can be tested. `report_line` is
    the line of a report review that belongs to the indicator asked about.
    """

    detail: str
    one_of: tuple[Detail, ...] = ()
    comparator: Comparator | None = None
    parameter: str | None = None


Selection = tuple[frozenset[Kind], str | None, bool, Polarity | None, tuple[Where, ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A way to turn evidence into one whole number, or unknown.

    `over` names the parameter with the months to look back, None for all time. `needs` names the parameter with the
    fewest items that an answer can rest on, counted before `where` and `polarity`. With fewer, the value is unknown.
    `duties`: what the Team owes, for a measure of duties that are overdue.
    """

    name: str
    means: str
    counts: Counts
    kinds: frozenset[Kind] = frozenset()
    standard: str | None = None
    about_subject: bool = False
    polarity: Polarity | None = None
    where: tuple[Where, ...] = ()
    over: str | None = None
    needs: str | None = None
    among: tuple[tuple[str, frozenset[Kind]], ...] = ()
    lanes: frozenset[Lane] = frozenset()
    duties: frozenset[TeamDutyKind] = frozenset()

    def reads(self, kind: Kind) -> bool:
        """Return whether it looks at items of a kind. It looks at a kind that is derived only if it names it."""
        return kind in self.kinds if self.kinds else kind not in DERIVED or kind in self.derived

    @property
    def derived(self) -> frozenset[Kind]:
        """The derived kinds that it names."""
        return DERIVED & self.kinds.union(*(kinds for _, kinds in self.among))

    @property
    def of_items(self) -> bool:
        """Whether it looks at items of evidence."""
        return self.counts in _OF_ITEMS

    def subject_of(self, subject: str) -> str:
        """Return the subject that its value depends on; empty if it is the same about every subject."""
        return subject if self.about_subject or self.looks_at_report_line else ""

    @property
    def looks_at_report_line(self) -> bool:
        """Whether it tests the line of a report review that belongs to the indicator asked about."""
        # Asked for each measure, subject and person of a what-if: a generator would take three times as long.
        for where in self.where:  # noqa: SIM110
            if where.detail == "report_line":
                return True
        return False

    @property
    def looks_at_others(self) -> bool:
        """Whether its value follows from more than the items with the polarity and details that it looks for."""
        return bool(self.needs) or self.counts is Counts.KINDS_MISSING

    def about(self, subject: str) -> str | None:
        """Return the standard or indicator it looks at when a rule is asked about a subject, None for all of them."""
        return subject if self.about_subject else self.standard

    @property
    def selection(self) -> Selection:
        """What decides which items it matches. Measures with an equal selection match the same items."""
        return self.kinds, self.standard, self.about_subject, self.polarity, self.where

    @property
    def weighs(self) -> bool:
        """Whether it looks for evidence against somebody, and not only for whether there is any evidence."""
        return self.polarity is Polarity.CONCERN or (self.polarity is None and bool(self.where))

    @property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that it reads."""
        named = (self.over, self.needs, *(where.parameter for where in self.where))
        return tuple(name for name in named if name is not None)
