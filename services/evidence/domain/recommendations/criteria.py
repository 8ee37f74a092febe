"""The criteria of each outcome (reg 7 as amended, R89), and whether the record shows what they say.

A missing fact always stops a step against the person. It never stops one in their favour.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.evidence.domain.recommendations.recommendation import Answer, Criterion, Kind, Outcome, Text, What
from services.refusals import Refusal, precondition

_EVERY = (What.CONDUCT, What.APPOINTMENT_LETTER, What.PRACTICE_STANDARDS, What.REPLIES_AND_REVIEWS)
"""The law names the first three. Replies and the outcomes of reviews are ours."""
_MORE_TIME = (What.TAKING_PART, What.NO_INFORMED_VIEW, What.LEGITIMATE_REASON, What.TIME_WILL_DO)
_AGAINST = (
    What.NOTICE_STOOD,
    What.ACTION_REVIEWED,
    What.SUPPORTS_COMPLETE,
    What.MORE_THAN_ONE_SOURCE,
    What.RAISED_IN_TIME,
)
_OF_MEMBERS = (Kind.CONTINUING, Kind.REAPPOINTMENT)
FITTING: Mapping[Kind, tuple[Outcome, ...]] = {
    Kind.APPOINTMENT: (Outcome.RECOMMEND, Outcome.WITH_CONDITIONS, Outcome.DO_NOT_RECOMMEND),
    Kind.CONTINUING: tuple(Outcome),
    Kind.REAPPOINTMENT: tuple(Outcome),
    Kind.SUSPENSION: (Outcome.RECOMMEND, Outcome.DO_NOT_RECOMMEND),
    Kind.END_SUSPENSION: (Outcome.RECOMMEND, Outcome.DO_NOT_RECOMMEND),
    Kind.REMOVAL: (Outcome.RECOMMEND, Outcome.DO_NOT_RECOMMEND),
}
"""The outcomes of each kind. An applicant has no term in which more time could lie."""


CRITERIA_VERSION = 1
"""The version of the list of criteria. It rises whenever another criterion is asked of an outcome, or one no longer is.

By it a later reader of a decision knows which list was answered (R87).
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the record shows of the concerns and the evidence that a recommendation names."""

    notice_stood: bool = False
    action_reviewed: bool = False
    supports_complete: bool = False
    sources: int = 0
    """Types of source of the evidence that counts. What is derived is none."""
    is_safety: bool = False
    has_upheld_complaint: bool = False
    is_escalated: bool = False
    raised_too_late: bool = False


def is_against(kind: Kind, outcome: Outcome) -> bool:
    """Return whether a recommendation could cost the person their membership."""
    not_to_go_on = kind in _OF_MEMBERS and outcome is Outcome.DO_NOT_RECOMMEND
    return not_to_go_on or (kind is Kind.REMOVAL and outcome is Outcome.RECOMMEND)


def criteria_of(kind: Kind, outcome: Outcome) -> tuple[What, ...]:
    """Return the criteria that must be met."""
    if is_against(kind, outcome):
        return (*_EVERY, *_AGAINST, *((What.NOT_FIT, What.ESCALATED_OR_SAFETY) if kind is Kind.REMOVAL else ()))
    if outcome is Outcome.MORE_TIME:
        return (*_EVERY, *_MORE_TIME)
    if (kind, outcome) == (Kind.REAPPOINTMENT, Outcome.RECOMMEND):
        return (*_EVERY, What.REAPPOINTMENT_TRAINING)
    if kind is Kind.APPOINTMENT and outcome is not Outcome.DO_NOT_RECOMMEND:
        return (*_EVERY, What.COMMITMENT_SIGNED)
    return _EVERY


def check_criteria(kind: Kind, text: Text, shown: Shown) -> None:
    """Check that every criterion of a recommendation is met, and that the record shows it.

    Raises:
        Refusal: CRITERION_OPEN, naming them all at once: those that are open, and those that the record does not show.
    """
    answers = {criterion.what: criterion for criterion in text.criteria}
    wanted = criteria_of(kind, text.outcome)
    unmet = [what for what in wanted if not _is_met(answers.get(what), shown)]
    said = (answers[what] for what in wanted if what in answers)
    not_shown = list(_not_shown(said, shown)) if is_against(kind, text.outcome) else []
    if unmet or not_shown:
        raise _open(unmet, not_shown)


def _is_met(criterion: Criterion | None, shown: Shown) -> bool:
    if criterion is None or not criterion.words or criterion.answer is Answer.NO:
        return False
    return criterion.answer is Answer.YES or _may_not_apply(criterion.what, shown)


def _may_not_apply(what: What, shown: Shown) -> bool:
    if what in (What.NOTICE_STOOD, What.ACTION_REVIEWED, What.SUPPORTS_COMPLETE):
        return shown.is_safety
    if what is What.MORE_THAN_ONE_SOURCE:
        return shown.is_safety or shown.has_upheld_complaint
    return what in (What.REAPPOINTMENT_TRAINING, What.RAISED_IN_TIME)


def _not_shown(criteria: Iterable[Criterion], shown: Shown) -> Iterator[What]:
    """Yield the criteria that are answered *yes* against what is on record."""
    stands = {
        What.NOTICE_STOOD: shown.notice_stood,
        What.ACTION_REVIEWED: shown.action_reviewed,
        What.SUPPORTS_COMPLETE: shown.supports_complete,
        What.MORE_THAN_ONE_SOURCE: shown.sources > 1,
        What.RAISED_IN_TIME: not shown.raised_too_late,
        What.ESCALATED_OR_SAFETY: shown.is_escalated or shown.is_safety,
    }
    for criterion in criteria:
        needs_names = criterion.what is What.NOT_FIT and not criterion.names
        if criterion.answer is Answer.YES and (needs_names or not stands.get(criterion.what, True)):
            yield criterion.what


def _open(unmet: Iterable[What], not_shown: Iterable[What]) -> Refusal:
    is_open, is_not_shown = " ".join(unmet), " ".join(not_shown)
    parts = [f"Not answered, or not met: {is_open.replace('_', '-').replace(' ', ', ')}."] if is_open else []
    if is_not_shown:
        parts.append(f"The record does not show: {is_not_shown.replace('_', '-').replace(' ', ', ')}.")
    message = f"This outcome needs every one of its criteria. {' '.join(parts)}"
    return precondition("CRITERION_OPEN", message, "text.criteria", open=is_open, not_shown=is_not_shown)
