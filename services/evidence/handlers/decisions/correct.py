"""Correct what is recorded of a decision of Ministers: one person enters it, another confirms it (R86)."""

from dataclasses import dataclass
from datetime import datetime

from services.evidence.adapters.decisions import SqlDecisions
from services.evidence.adapters.overlays.store import SqlOverlays
from services.evidence.adapters.recommendations.files import RecommendationFile
from services.evidence.domain.decisions import correction as life
from services.evidence.domain.decisions.correction import Change, RecordedDecision
from services.evidence.domain.recommendations.decision import decide_again
from services.evidence.domain.recommendations.recommendation import Recommendation
from services.evidence.domain.safeguarder import Safeguarder, entered
from services.evidence.handlers.decisions.conditions import follow_conditions
from services.evidence.handlers.overlays.days import DaysAway
from services.evidence.handlers.overlays.suspend import go_on_with_membership
from services.evidence.handlers.plans.parts import check_etag
from services.refusals import not_found

Name = tuple[str, str]
"""The ids of a person and of a decision."""


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """What handlers need to correct a decision in the current transaction."""

    decisions: SqlDecisions
    recommendations: RecommendationFile
    overlays: SqlOverlays
    days: DaysAway

    @property
    def now(self) -> datetime:
        """The instant of the call."""
        return self.recommendations.actor.now


def correct(name: Name, etag: str, change: Change, because: str, file: DecisionFile) -> RecordedDecision:
    """Enter a correction, which waits for a second person. It is checked as if it were confirmed.

    Raises:
        Refusal: DECISION_NOT_FOUND, ETAG_MISMATCH; otherwise as `enter`, `membership_after` and `decide_again` say.
    """
    known = _find(name, etag, file)
    waiting = life.enter(known, change, because, file.recommendations.actor)
    entry = _entry(known, file)
    _membership(entry, waiting, file)
    _decided_again(waiting, file)
    file.decisions.put(waiting, entry)
    return waiting


def confirm(name: Name, etag: str, file: DecisionFile) -> RecordedDecision:
    """Confirm a correction as a second person. The register, the recommendation and its conditions follow it.

    Raises:
        Refusal: DECISION_NOT_FOUND, ETAG_MISMATCH; otherwise as `confirm`, `membership_after` and `decide_again` say.
    """
    known = _find(name, etag, file)
    actor = file.recommendations.actor
    confirmed = life.confirm(known, actor)
    before = _entry(known, file)
    after = _membership(before, known, file)
    decided = _decided_again(known, file)
    file.decisions.follow(after, actor.now)
    file.decisions.put(confirmed, after)
    if decided is not None:
        file.recommendations.kept.put(decided)
        follow_conditions(decided, confirmed.corrections[-1].because, file.recommendations.plan)
    go_on_with_membership(before, after, actor.person, file.overlays, file.days, actor.now)
    return confirmed


def withdraw(name: Name, etag: str, because: str, file: DecisionFile) -> RecordedDecision:
    """Take a correction back that nobody confirmed. Refuse DECISION_NOT_FOUND, ETAG_MISMATCH, NO_CORRECTION_WAITS."""
    known = _find(name, etag, file)
    withdrawn = life.withdraw(known, because, file.recommendations.actor)
    file.decisions.put(withdrawn, _entry(known, file))
    return withdrawn


def _membership(entry: Safeguarder, known: RecordedDecision, file: DecisionFile) -> Safeguarder:
    """Return the entry of the register with the correction of a decision that waits."""
    others = file.decisions.of(known.safeguarder_id)
    decisions = [known if each.number == known.number else each for each in others]
    return life.membership_after(entry, decisions, known.number, file.recommendations.actor)


def _decided_again(known: RecordedDecision, file: DecisionFile) -> Recommendation | None:
    """Return the recommendation as the correction that waits has it; None if the decision follows none."""
    if not known.first.recommendation_id:
        return None
    assert known.waiting is not None  # noqa: S101  it was entered, or a second person confirms it
    recommended = file.recommendations.kept.find(known.first.recommendation_id)
    assert recommended is not None  # noqa: S101  the decision was made on it, and nothing is deleted
    return decide_again(recommended, known.stands, known.waiting.decision, file.recommendations.actor)


def _find(name: Name, etag: str, file: DecisionFile) -> RecordedDecision:
    known = next((each for each in file.decisions.of(name[0]) if str(each.number) == name[1]), None)
    if known is None:
        raise not_found("DECISION_NOT_FOUND", "No decision with this name is recorded about this person.", "name")
    check_etag(etag, known.etag)
    return known


def _entry(known: RecordedDecision, file: DecisionFile) -> Safeguarder:
    return entered(file.recommendations.plan.people.find(known.safeguarder_id), "name")
