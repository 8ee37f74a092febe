"""What the handlers of this service need from outside."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from services.rules.domain.facts import CaseFile, EvidenceFact, PersonFact
from services.rules.domain.kpis.facts import KpiFacts
from services.rules.domain.kpis.report import Pack
from services.rules.domain.rulebook.revisions import Activation, Activations, Approval, Revision


class Facts(Protocol):
    """What is known of people, in the transaction at hand."""

    def case_file(self, safeguarder_id: str) -> CaseFile | None:
        """All that an evaluation looks at, None for someone never appointed."""
        ...

    def remember_person(self, person: PersonFact) -> None:
        """Keep a person's membership as it now stands."""
        ...

    def end_membership(self, safeguarder_id: str) -> None:
        """Keep that a person no longer serves."""
        ...

    def remember_fact(self, safeguarder_id: str, fact: EvidenceFact, origin: str) -> None:
        """Keep one version of one item. A version kept before stays as it is."""
        ...

    def ask_for_evaluation(self, safeguarder_id: str) -> None:
        """Have a person evaluated: a row that only a finished evaluation removes."""
        ...

    def everyone(self) -> Sequence[str]:
        """Ids of everyone serving."""
        ...


class Kpis(Protocol):
    """What KPIs are worked out from, and packs, in the transaction at hand."""

    def facts(self, reach: tuple[date, date]) -> KpiFacts:
        """Everything that may bear on the days from one to another, whenever it was recorded."""
        ...

    def freeze(self, pack: Pack) -> bool:
        """Keep a pack; False when its quarter has one."""
        ...


class Revisions(Protocol):
    """Revisions of the rulebook and their activations, in the transaction at hand."""

    def find(self, content_hash: str) -> Revision | None:
        """The revision of that content, or None."""
        ...

    def add(self, revision: Revision, files: Mapping[str, str]) -> None:
        """Keep a new revision."""
        ...

    def add_approval(self, content_hash: str, approval: Approval) -> None:
        """Keep an approval, in the place of one by the same person."""
        ...

    def plan(self) -> Activations:
        """Every activation that was not taken back."""
        ...

    def next_number(self) -> int:
        """The number of the next activation."""
        ...

    def add_activation(self, activation: Activation) -> None:
        """Keep an activation; it takes the place of what was scheduled."""
        ...
