"""What the Team and support managers owe in a person's record: what is overdue on a day, and in words (R43).

A duty of the Team is never a mark on the person. Only rules for gaps, which are the Team's tasks, may read it: the
rulebook is checked for that when it is loaded (`rulebook/checks.py`).
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date, datetime

from services.rules.domain.closed_lists import TeamDutyKind
from services.rules.domain.facts import TeamDuty
from services.rules.domain.rulebook.wording import day_in_words

_WORDS: Mapping[TeamDutyKind, tuple[str, str]] = {
    TeamDutyKind.SHARE_RECORD: ("the record of a session, to be shared by {}", "the record due on {} is shared"),
    TeamDutyKind.RESPOND_TO_DISPUTE: (
        "an answer to what is disputed in a record, due on {}",
        "the answer to what is disputed, due on {}, is given",
    ),
    TeamDutyKind.ANSWER_ACTION: (
        "an answer to an action that the Safeguarder proposed, due on {}",
        "the answer to the proposed action, due on {}, is given",
    ),
    TeamDutyKind.DELIVER_SUPPORT: (
        "a support that was accepted, to be given by {}",
        "the support due on {} is given, or cannot be given and no open action rests on it",
    ),
    TeamDutyKind.ACTION: ("an action of the Team or the support manager, due on {}", "the action due on {} is done"),
    TeamDutyKind.LOOK_AT_COMPLETION: (
        "a look at an action that is said to be done, due on {}",
        "the look at the action, due on {}, is taken",
    ),
    TeamDutyKind.REVIEW_ACTION: ("a review of an action, due on {}", "the review of the action, due on {}, is held"),
    TeamDutyKind.FINALISE_PLAN: (
        "the development plan of a term, to be in force by {}",
        "the development plan due on {} is in force",
    ),
    TeamDutyKind.DRAW_SAMPLE: (
        "the draw of a report, due on {}",
        "the report due to be drawn by {} is drawn, or the Team says why there is none",
    ),
    TeamDutyKind.OBTAIN_REPORT: (
        "a sampled report, to be obtained by {}",
        "the sampled report due on {} is obtained, or the Team says that it is not provided",
    ),
    TeamDutyKind.READ_REPORT: (
        "a reading of a sampled report, due on {}",
        "the reading due on {} is in, or the Team ends the wait for it",
    ),
    TeamDutyKind.SECOND_READING: (
        "a second reading of a sampled report, due on {}",
        "the second reading due on {} is in, or the Team ends the wait for it",
    ),
    TeamDutyKind.RECONCILE_READINGS: (
        "one reading for two of a sampled report that differ, due on {}",
        "one reading stands for the two that were to be reconciled by {}",
    ),
    TeamDutyKind.SHARE_READING: (
        "the reading of a sampled report, to be shared by {}",
        "the reading due to be shared by {} is shared",
    ),
    TeamDutyKind.SHARE_RECOMMENDATION: (
        "the recommendation for the next term, to be shared by {}",
        "the recommendation due to be shared by {} is shared",
    ),
    TeamDutyKind.SUBMIT_RECOMMENDATION: (
        "the recommendation for the next term, to be submitted by {}",
        "the recommendation due on {} is submitted, or the next term is decided",
    ),
}
"""Each duty in words, and the words for what clears it."""


def open_duties(versions: Iterable[TeamDuty], known_at: datetime) -> tuple[TeamDuty, ...]:
    """Return what was still owed as known at an instant, in order of last day and id.

    The newest version of a duty holds, in whatever order they came.
    """
    newest: dict[str, TeamDuty] = {}
    for duty in versions:
        held = newest.get(duty.duty_id)
        if duty.recorded_at <= known_at and (held is None or duty.version > held.version):
            newest[duty.duty_id] = duty
    return tuple(sorted((duty for duty in newest.values() if duty.is_open), key=_place))


def overdue(duties: Iterable[TeamDuty], kinds: Set[TeamDutyKind], on: date) -> tuple[TeamDuty, ...]:
    """Return the duties of some kinds whose last day lies before a day."""
    return tuple(duty for duty in duties if duty.kind in kinds and duty.due_on < on)


def owed_in_words(duty: TeamDuty) -> str:
    """Return what is owed, with its last day."""
    return _WORDS[duty.kind][0].format(day_in_words(duty.due_on))


def done_in_words(duties: Iterable[TeamDuty]) -> str:
    """Return the words for these duties being done."""
    return ", and ".join(_WORDS[duty.kind][1].format(day_in_words(duty.due_on)) for duty in sorted(duties, key=_place))


def _place(duty: TeamDuty) -> tuple[date, str]:
    return duty.due_on, duty.duty_id
