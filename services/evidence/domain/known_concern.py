"""What evidence knows of a concern of rules: how it stands, and what it is about."""

from dataclasses import dataclass, replace
from datetime import date

from services.evidence.domain.standards import KnownEdition

_OF_PRACTICE = ("support_need", "escalation")
"""Lanes of concerns about practice. Safety has its own named people, and praise and the Team's gaps are no concern."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the events say of a concern: what it is about, and who had to do with it."""

    subject: str
    """A standard, an indicator, or empty for what the rule cites."""
    standards: tuple[str, ...]
    """The standards that the rule cites."""
    quiet: bool = False
    """Only a change of rules caused it. Nobody is told before a person takes it on."""
    evidence_ids: tuple[str, ...] = ()
    """The items of evidence that counted for it. Empty until an event says so: earlier releases did not."""
    people: tuple[str, ...] = ()
    """Who has owned it, or moved it, as far as events told."""
    left: tuple[str, ...] = ()
    """Ids of the changes of approach that it left, because another support was offered at a review of its action."""

    def standards_in(self, edition: KnownEdition) -> frozenset[str]:
        """Return the standards that it is about: its subject's, or without one those that its rule cites."""
        return frozenset({edition.standard_of(self.subject)} if self.subject else self.standards)

    def standards_now(self, edition: KnownEdition, since_on: date | None) -> frozenset[str]:
        """Return the standards of an edition under which it is read, if it is from a day. None: nobody knows."""
        about = (self.subject,) if self.subject else self.standards
        return frozenset(now for each in about for now in edition.standards_now(each, since_on))


@dataclass(frozen=True, slots=True)
class KnownConcern:
    """A concern as rules told it last."""

    concern_id: str
    safeguarder_id: str
    is_open: bool
    lane: str = ""
    """In the word of rules; empty until an event says it."""
    is_held: bool = False
    merged_into: str = ""
    """Id of the concern that it goes on as; empty if it was not merged."""
    reopened_on: date | None = None
    """The day on which it was last reopened. What was spoken of before that is over."""
    owner: str = ""
    """Who has taken it on; empty for nobody."""
    escalated_by: str | None = None
    """Who took it to the Team, while it stands so; empty or None if nobody did. In an event, None says nothing."""
    raised_on: date | None = None
    """The day on which it was first raised; None if a release before heard it."""
    said: Said | None = None
    """None if only an agenda named it, or if a release before kept no more."""

    def about(self, edition: KnownEdition) -> frozenset[str]:
        """Return the standards under which it is read; none unless it is open, of practice, and people are told."""
        if self.said is None or self.said.quiet or not self.is_open or self.lane not in _OF_PRACTICE:
            return frozenset()
        return self.said.standards_now(edition, self.raised_on)

    @property
    def since(self) -> date | None:
        """The day on which it was raised, or last reopened. Nobody spoke of it before. None if no event said it."""
        return self.reopened_on or self.raised_on

    @property
    def is_obscure(self) -> bool:
        """True if it is open, and nobody here knows what it is about."""
        return self.is_open and self.said is None


def follow(before: KnownConcern | None, told: KnownConcern, quiet: bool | None) -> KnownConcern:
    """Return a concern after an event. `quiet`: what the event says of that; None if it says nothing.

    That it was raised, escalated, merged or reopened stays known: only the event of the move says it.
    """
    before = before or told
    if told.said is not None:
        is_quiet = (before.said is not None and before.said.quiet) if quiet is None else quiet
        told = replace(told, said=_said(before.said, replace(told.said, quiet=is_quiet)))
    merged_into, reopened_on = told.merged_into or before.merged_into, told.reopened_on or before.reopened_on
    escalated_by = before.escalated_by if told.escalated_by is None else told.escalated_by
    raised_on = before.raised_on or told.raised_on
    known = replace(told, merged_into=merged_into, reopened_on=reopened_on)
    return replace(known, escalated_by=escalated_by, raised_on=raised_on)


def _said(before: Said | None, told: Said) -> Said:
    """Return what an event says, with the people of the events before. An event without items says nothing of them.

    A change that a concern has left stays left.
    """
    if before is None:
        return told
    people, left = (
        tuple(sorted({*old, *new})) for old, new in ((before.people, told.people), (before.left, told.left))
    )
    return replace(told, people=people, left=left, evidence_ids=told.evidence_ids or before.evidence_ids)
