"""What the handlers of this service need from outside."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from services.rules.domain.closed_lists import State
from services.rules.domain.concerns.concern import Concern, EvaluationId
from services.rules.domain.concerns.history import Made
from services.rules.domain.evaluation.decision_record import DecisionRecord
from services.rules.domain.evaluation.evaluate import Evaluation
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


class Concerns(Protocol):
    """Concerns and decision records, in the transaction at hand."""

    def find(self, concern_id: str, at: datetime | None = None) -> Concern | None:
        """The concern, now or as it stood at an instant, or None."""
        ...

    def of_person(self, safeguarder_id: str) -> Sequence[Concern]:
        """All of a person's concerns, oldest first."""
        ...

    def keep_record(self, evaluation_id: EvaluationId, evaluation: Evaluation, record: DecisionRecord) -> None:
        """Keep an evaluation's decision record."""
        ...

    def add(self, concern: Concern) -> None:
        """Keep a new concern, and publish that it was raised."""
        ...

    def change(self, concern: Concern, what: str, *, quiet: bool = False) -> None:
        """Keep what rules change, and publish it: `updated` or `closing_proposed`.

        `quiet`: a change of the rulebook alone set it off.
        """
        ...

    def make(self, concern: Concern, made: Made, *, confirms: bool = False) -> None:
        """Keep a move of people with its place in the history, and publish it. `confirms`: it was quiet until now."""
        ...

    def in_state(self, state: State) -> Sequence[Concern]:
        """Every concern that stands there."""
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
