"""What evidence knows of the concerns of rules, as far as the Safeguarder's own view needs it."""

from dataclasses import dataclass, replace

from services.evidence.domain.standards import KnownEdition

_OF_PRACTICE = ("support_need", "escalation")
"""Lanes of concerns about practice. Safety has its own named people, and praise and the Team's gaps are no concern."""


@dataclass(frozen=True, slots=True)
class Said:
    """What an event says that a concern is about."""

    subject: str
    """A standard, an indicator, or empty for what the rule cites."""
    standards: tuple[str, ...]
    """The standards that the rule cites."""
    quiet: bool = False
    """Only a change of rules caused it. Nobody is told before a person takes it on."""


@dataclass(frozen=True, slots=True)
class AboutConcern:
    """What a concern is about, and how it stands."""

    lane: str
    said: Said
    on_hold: bool = False

    def cites(self, edition: KnownEdition) -> frozenset[str]:
        """Return the standards that it is about."""
        subject = self.said.subject
        return frozenset({edition.standard_of(subject)}) if subject else frozenset(self.said.standards)


@dataclass(frozen=True, slots=True)
class SeenConcern:
    """A concern as rules told it last."""

    concern_id: str
    safeguarder_id: str
    is_open: bool
    about: AboutConcern | None = None
    """None if only an agenda named it, or if a release before kept no more."""

    @property
    def is_of_practice(self) -> bool:
        """True if it is open, about practice, and people are told of it."""
        return self.is_open and self.about is not None and self.about.lane in _OF_PRACTICE and not self.about.said.quiet

    @property
    def is_obscure(self) -> bool:
        """True if it is open, and nobody here knows what it is about."""
        return self.is_open and self.about is None


def follow(before: SeenConcern | None, told: SeenConcern, quiet: bool | None) -> SeenConcern:
    """Return a concern after an event. `quiet`: what the event says of that; None if it says nothing."""
    if told.about is None:
        return told
    known = before.about if before else None
    is_quiet = (known is not None and known.said.quiet) if quiet is None else quiet
    return replace(told, about=replace(told.about, said=replace(told.about.said, quiet=is_quiet)))
