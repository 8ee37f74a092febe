"""The moves of a recommendation (R85, R89, B10, record 2.6).

The person reads it and answers before anybody submits it. Three people act: one drafts it, a second approves it, a
third records what Ministers decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from services.evidence.domain.evidence_item import EvidenceItem
from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.recommendations.criteria import (
    CRITERIA_VERSION,
    FITTING,
    Shown,
    check_criteria,
    is_against,
)
from services.evidence.domain.recommendations.pack import changed_since, freeze
from services.evidence.domain.recommendations.readiness import reply_runs
from services.evidence.domain.recommendations.recommendation import (
    AFTER_SUBMISSION,
    BEFORE_SUBMISSION,
    Considered,
    Entry,
    Kind,
    Outcome,
    Recommendation,
    Representation,
    State,
    Text,
)
from services.evidence.domain.safeguarder import Safeguarder
from services.evidence.domain.safeguarder import State as Membership
from services.evidence.domain.sessions.pack import item_name
from services.refusals import invalid, precondition


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a recommendation is checked against."""

    entries: tuple[Entry, ...]
    """What its pack would hold now."""
    items: Sequence[EvidenceItem]
    """Every item on the person's file."""
    shown: Shown
    entry: Safeguarder
    """The person's entry on the register."""
    reviews: tuple[Considered, ...] = ()
    """The reviews of what it rests on, open or not."""
    closed: tuple[str, ...] = ()
    """Names of the concerns that it is about and that are closed by now."""


def check_text(kind: Kind, text: Text, entry: Safeguarder, today: date, before: Text | None = None) -> None:
    """Check that a text fits what it is about. A draft may lack parts; `check` asks for them.

    `before`: the text that it replaces. A day that stood there is `check`'s to ask about, or two days that have passed
    meanwhile could only be changed both at once.

    Raises:
        Refusal: NOT_AN_APPLICANT, NOT_APPOINTED; OUTCOME_DOES_NOT_FIT; NAMED_TWICE; DATE_IN_PAST; PAST_TERM_END.
    """
    _check_person(kind, entry, today, "parent")
    if text.outcome not in FITTING[kind]:
        words = ", ".join(outcome.replace("_", "-") for outcome in FITTING[kind])
        message = f"This kind of recommendation can only be: {words}."
        raise invalid("OUTCOME_DOES_NOT_FIT", message, "text.outcome")
    asked = [criterion.what for criterion in text.criteria]
    if len(set(asked)) != len(asked):
        raise invalid("NAMED_TWICE", "text.criteria names a criterion twice. Answer each once.", "text.criteria")
    for field, outcome, given in _parts(text):
        if given and text.outcome is not outcome:
            message = f"text.{field} fits only the outcome {outcome.replace('_', '-')}."
            raise invalid("OUTCOME_DOES_NOT_FIT", message, f"text.{field}")
    _check_days(text, entry, today, before)


def draft(
    ids: tuple[str, str], kind: Kind, text: Text, before: Sequence[Recommendation], actor: Actor
) -> Recommendation:
    """Return a recommendation. `ids`: its own, and the Safeguarder's. `before`: the person's others.

    Raises:
        Refusal: RECOMMENDATION_OPEN.
    """
    if any(each.kind is kind and each.state in BEFORE_SUBMISSION for each in before):
        message = "A recommendation of this kind is being worked on. Draft that one again, or take it back."
        raise precondition("RECOMMENDATION_OPEN", message, "kind")
    recommendation_id, safeguarder_id = ids
    return Recommendation(recommendation_id, safeguarder_id, kind, text, (actor.person,), actor.now, actor.now)


def draft_again(known: Recommendation, text: Text, actor: Actor) -> Recommendation:
    """Return a recommendation with another text. It is checked, shared and approved again. Words of the person stay.

    Raises:
        Refusal: STEP_NOT_AVAILABLE.
    """
    _check_state(known, *BEFORE_SUBMISSION)
    drafters = (*(each for each in known.drafters if each != actor.person), actor.person)
    return _as_draft(known, actor, text=text, drafters=drafters)


def send_back(known: Recommendation, actor: Actor) -> Recommendation:
    """Return a recommendation that a review sends back to be drafted again, with the text that it has."""
    return _as_draft(known, actor)


def check(known: Recommendation, grounds: Grounds, actor: Actor) -> Recommendation:
    """Return a recommendation that meets its criteria.

    Raises:
        Refusal: STEP_NOT_AVAILABLE; NOT_AN_APPLICANT, NOT_APPOINTED; DATE_IN_PAST; PAST_TERM_END; FIELD_MISSING;
            NOT_IN_PACK; REPLY_RUNS; CONCERN_NOT_OPEN; CRITERION_OPEN.
    """
    _check_state(known, State.DRAFTED)
    _check_grounds(known, grounds, actor.today)
    return _next(known, actor, state=State.CHECKED, checked_by=actor.person, criteria_version=CRITERIA_VERSION)


def share(known: Recommendation, grounds: Grounds, days: int, actor: Actor) -> Recommendation:
    """Return a recommendation whose pack is frozen. The person has `days` calendar days for representations.

    Shared again, its pack is made again and the time runs again. Answers that were given stand.

    Raises:
        Refusal: STEP_NOT_AVAILABLE; and as `check` does.
    """
    _check_state(known, State.CHECKED, State.SHARED, State.APPROVED)
    _check_grounds(known, grounds, actor.today)
    pack = freeze(known.kind, known.text, grounds.entries, actor.now)
    due_on = actor.today + timedelta(days=days)
    shared = {"shared_on": actor.today, "representations_due_on": due_on, "nothing_more": False}
    seen: dict[str, Any] = {"reviews": grounds.reviews, "criteria_version": CRITERIA_VERSION}
    return _next(known, actor, state=State.SHARED, pack=pack, approved_by="", **shared, **seen)


def represent(known: Recommendation, words: str, nothing_more: bool, actor: Actor) -> Recommendation:
    """Return a recommendation with what the person says of it. What comes before submission gets an answer.

    Their words are also kept while the text is drafted again. They end a time only while one runs.

    Raises:
        Refusal: SAY_WHAT without words; STEP_NOT_AVAILABLE once it was taken back.
    """
    if not words and not nothing_more:
        raise invalid("SAY_WHAT", "Write what you think of it, or say that you have nothing more to say.", "words")
    _check_state(known, *BEFORE_SUBMISSION, *AFTER_SUBMISSION)
    late = known.state in AFTER_SUBMISSION
    said = (Representation(words, actor.now, after_submission=late),) if words else ()
    ends = known.nothing_more or (nothing_more and known.state is State.SHARED)
    # Somebody has to answer it, so what was approved without it is approved again.
    back = {"state": State.SHARED, "approved_by": ""} if known.state is State.APPROVED and words else {}
    return _next(known, actor, representations=(*known.representations, *said), nothing_more=ends, **back)


def approve(
    known: Recommendation,
    answers: Sequence[str],
    concerns: Sequence[KnownConcern],
    grounds: Grounds,
    time_is_over: bool,
    actor: Actor,
) -> Recommendation:
    """Return a recommendation that a second person approves. `concerns`: those that it is about.

    Raises:
        Refusal: STEP_NOT_AVAILABLE; SECOND_PERSON; REPRESENTATIONS_RUN; ANSWER_EACH; PACK_CHANGED; and if the
            membership has ended or a day has passed, as `check` does.
    """
    _check_state(known, State.SHARED)
    involved = {*known.drafters, *(who for each in concerns for who in (each.owner, each.escalated_by))}
    if actor.is_any_of(involved):
        message = "A second person approves it: nobody who drafted it, owns its concerns or escalated one."
        raise precondition("SECOND_PERSON", message, "name")
    if not (known.nothing_more or time_is_over):
        message = "The person still has time for representations. They alone can end it sooner."
        raise precondition("REPRESENTATIONS_RUN", message, "name")
    _check_same(known, grounds, actor.today)
    return _next(
        known,
        actor,
        state=State.APPROVED,
        approved_by=actor.person,
        representations=_answered(known, answers, actor.person),
    )


def submit(known: Recommendation, grounds: Grounds, actor: Actor, *, with_open_reviews: bool = False) -> Recommendation:
    """Return a recommendation that Ministers have. `with_open_reviews`: it names open reviews, and waits for none.

    Raises:
        Refusal: STEP_NOT_AVAILABLE; PACK_CHANGED; UNDER_REVIEW while a review is open of what it rests on; and as
            `approve` does for the membership and the days.
    """
    _check_state(known, State.APPROVED)
    _check_same(known, grounds, actor.today)
    still_open = tuple(each.name for each in grounds.reviews if each.is_open)
    if still_open and not with_open_reviews:
        message = (
            "A review is open of something that it rests on. Wait for the decision of that review. If the end of the "
            "term leaves no time, submit it with open reviews: then Ministers see that they are open."
        )
        raise precondition("UNDER_REVIEW", message, "name", names=" ".join(still_open))
    read: dict[str, Any] = {"open_reviews": still_open, "reviews": grounds.reviews}
    return _next(known, actor, state=State.SUBMITTED, submitted_by=actor.person, **read)


def withdraw(known: Recommendation, because: str, actor: Actor) -> Recommendation:
    """Return a recommendation that was taken back. Refuse STEP_NOT_AVAILABLE once it is submitted."""
    _check_state(known, *BEFORE_SUBMISSION)
    return _next(known, actor, state=State.WITHDRAWN, withdrawn_because=because)


def _check_person(kind: Kind, entry: Safeguarder, today: date, field: str) -> None:
    if kind is Kind.APPOINTMENT:
        if entry.state is Membership.APPOINTED or entry.serves_on(today):
            message = "Only an applicant, or somebody who left the Panel, can be recommended for a first term."
            raise precondition("NOT_AN_APPLICANT", message, field)
    elif not entry.serves_on(today):
        raise precondition("NOT_APPOINTED", "The person does not serve today.", field)


def _check_still_fits(known: Recommendation, grounds: Grounds, today: date) -> None:
    """Check that a membership has not ended, and no day has passed, since the text was written."""
    _check_person(known.kind, grounds.entry, today, "name")
    _check_days(known.text, grounds.entry, today)


def _parts(text: Text) -> tuple[tuple[str, Outcome, bool], ...]:
    """Return the parts that only one outcome has: the field, the outcome, and whether the part is there."""
    return (
        ("conditions", Outcome.WITH_CONDITIONS, bool(text.conditions)),
        ("more_time", Outcome.MORE_TIME, text.more_time is not None),
    )


def _check_whole(kind: Kind, text: Text) -> None:
    """Check that a text has the parts that its outcome needs."""
    for field, outcome, given in _parts(text):
        if text.outcome is outcome and not given:
            raise invalid("FIELD_MISSING", f"text.{field} is needed with this outcome.", f"text.{field}")
    if is_against(kind, text.outcome) and not text.concerns:
        message = "text.concerns is needed: name the concerns that it is about."
        raise invalid("FIELD_MISSING", message, "text.concerns")


def _check_days(text: Text, entry: Safeguarder, today: date, before: Text | None = None) -> None:
    stood = {condition.due_on for condition in before.conditions} if before else set()
    for place, condition in enumerate(text.conditions):
        if condition.due_on < today and condition.due_on not in stood:
            field = f"text.conditions[{place}].due_date"
            raise invalid("DATE_IN_PAST", f"{field} is in the past.", field)
    if text.more_time is None:
        return
    if before and before.more_time and text.more_time.until == before.more_time.until:
        return
    field = "text.more_time.until_date"
    if text.more_time.until < today:
        raise invalid("DATE_IN_PAST", f"{field} is in the past.", field)
    ends_on = entry.terms[-1].ends_on
    if text.more_time.until >= ends_on:
        message = "The time must lie before the end of the term. Recommend a year with conditions instead."
        raise invalid("PAST_TERM_END", message, field, term_end=ends_on.isoformat())


def _check_grounds(known: Recommendation, grounds: Grounds, today: date) -> None:
    _check_still_fits(known, grounds, today)
    _check_whole(known.kind, known.text)
    held = {entry.name for entry in grounds.entries}
    if missing := [name for name in known.text.names if name not in held]:
        message = "What the recommendation relies on must be current, and the person must see it. Share it first."
        raise precondition("NOT_IN_PACK", message, "text.criteria", names=" ".join(missing))
    named = set(known.text.names)
    runs = [name for item in grounds.items if (name := item_name(item)) in named and reply_runs(item, today)]
    if runs:
        message = "The person still has time to reply to something that the recommendation relies on."
        raise precondition("REPLY_RUNS", message, "text.criteria", names=" ".join(runs))
    if closed := _closed(known, grounds):
        message = "A concern that it is about is closed. Draft it again without that concern."
        raise precondition("CONCERN_NOT_OPEN", message, "text.concerns", names=" ".join(closed))
    check_criteria(known.kind, known.text, grounds.shown)


def _closed(known: Recommendation, grounds: Grounds) -> tuple[str, ...]:
    """Return the concerns that no longer carry a recommendation against the person, because they are closed."""
    return grounds.closed if is_against(known.kind, known.text.outcome) else ()


def _check_same(known: Recommendation, grounds: Grounds, today: date) -> None:
    assert known.pack is not None  # noqa: S101  it was shared
    _check_still_fits(known, grounds, today)
    if changed := [*changed_since(known.text, known.pack, grounds.entries), *_closed(known, grounds)]:
        message = "Something that it relies on has changed since it was shared. Share it again."
        raise precondition("PACK_CHANGED", message, "name", names=" ".join(changed))


def _answered(known: Recommendation, answers: Sequence[str], by: str) -> tuple[Representation, ...]:
    waiting = list(known.unanswered())
    if len(answers) != len(waiting) or not all(answers):
        message = f"Answer each representation in words, in their order: {len(waiting)} wait for an answer."
        raise invalid("ANSWER_EACH", message, "answers", waiting=str(len(waiting)))
    given = iter(answers)
    return tuple(
        replace(each, answer=next(given), answered_by=by) if each in waiting else each for each in known.representations
    )


def _check_state(known: Recommendation, *states: State) -> None:
    if known.state not in states:
        message = f"The recommendation is {known.state}, so this step is not available."
        raise precondition("STEP_NOT_AVAILABLE", message, "name", state=known.state.value)


def _as_draft(known: Recommendation, actor: Actor, **changes: Any) -> Recommendation:
    """Return a recommendation as a draft: nothing of what people did with the text before holds any more."""
    cleared = {"checked_by": "", "approved_by": "", "pack": None, "nothing_more": False, "representations_due_on": None}
    unread: dict[str, Any] = {"reviews": (), "criteria_version": 0}
    return _next(known, actor, state=State.DRAFTED, **cleared | unread | changes)


def _next(known: Recommendation, actor: Actor, **changes: Any) -> Recommendation:
    return replace(known, version=known.version + 1, recorded_at=actor.now, **changes)
