"""Registers of the record: session records, plans, supports, review requests and praise, with the words about each."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from services.calendar_days import london_today
from services.rules.domain.kpis.facts import ConcernFact
from services.rules.domain.kpis.known import Known, Unit
from services.rules.domain.kpis.record import (
    OwedFact,
    PapersFact,
    PlanReasonFact,
    PromisedFact,
    ReviewAskedFact,
    SharedRecordFact,
    versions,
)
from services.rules.domain.rulebook.kpi import Population, Word


def _kept(due_on: date, met_on: date | None, ended_on: date | None, as_of: date) -> str:
    """Return how a last day was kept, as on a day. What ended after its day was missed first."""
    if met_on is not None and met_on <= as_of:
        return "in_time" if met_on <= due_on else "late"
    if ended_on is not None and ended_on <= min(due_on, as_of):
        return "not_owed"
    return "missing" if due_on < as_of else "due"


def _kept_duty(duty: OwedFact, as_of: date) -> str:
    on = duty.changed_on
    return _kept(duty.due_on, on if duty.state == "met" else None, on if duty.state == "ended" else None, as_of)


def _owed(known: Known) -> list[list[OwedFact]]:
    """Return the versions of each duty until the day, oldest first. Its last day moves until it is met."""
    told = versions(known.facts.record, OwedFact, lambda fact: fact.duty_id)
    until = ([fact for fact in facts if fact.changed_on <= known.as_of] for facts in told.values())
    return [facts for facts in until if facts]


def _papers(known: Known) -> dict[str, PapersFact]:
    """Return the newest papers of each session."""
    told = versions(known.facts.record, PapersFact, lambda fact: fact.session_id)
    return {session: facts[-1] for session, facts in told.items()}


def _records(known: Known) -> dict[str, SharedRecordFact]:
    """Return the record of each session as it stood on the day."""
    told = versions(known.facts.record, SharedRecordFact, lambda fact: fact.session_id)
    until = {key: [fact for fact in facts if fact.changed_on <= known.as_of] for key, facts in told.items()}
    return {key: facts[-1] for key, facts in until.items() if facts}


def _reviews(known: Known) -> list[list[ReviewAskedFact]]:
    """Return the versions of each request made by the day, until that day. One that was entered later was made then."""
    told = versions(known.facts.record, ReviewAskedFact, lambda fact: fact.review_id)
    until = ([fact for fact in facts if fact.changed_on <= known.as_of] or facts[:1] for facts in told.values())
    return [facts for facts in until if facts[-1].made_on <= known.as_of]


def _session_records(known: Known) -> Iterator[Unit]:
    records, papers = _records(known), _papers(known)
    reviewed = {facts[-1].session_id for facts in _reviews(known)}
    for *_, duty in _owed(known):
        if duty.session_id:
            record = records.get(duty.session_id)
            session = record or papers.get(duty.session_id)
            answer = record.answer if record else "nothing"
            words: dict[str, Word] = {
                "kept": "not_owed" if answer == "withdrawn" else _kept_duty(duty, known.as_of),
                "answer": answer,
                "review_asked": duty.session_id in reviewed,
            }
            # A record has a day as soon as its session was held, not only once its time is over.
            yield Unit(duty.session_id, duty.safeguarder_id, session.on if session else duty.due_on, words)


def _plans(known: Known) -> Iterator[Unit]:
    terms = {(fact.safeguarder_id, fact.term): fact for fact in known.facts.terms}
    reasons = [fact for fact in known.facts.record if isinstance(fact, PlanReasonFact) and fact.given_on <= known.as_of]
    with_reason = [terms.get((fact.safeguarder_id, fact.term)) for fact in reasons]
    for first, *_, duty in ((facts[0], *facts) for facts in _owed(known)):
        if not duty.session_id:
            reason_given = any(
                term.safeguarder_id == duty.safeguarder_id and term.starts_on <= duty.due_on <= term.ends_on
                for term in with_reason
                if term is not None
            )
            words: dict[str, Word] = {"kept": _kept_duty(duty, known.as_of), "reason_given": reason_given}
            # A reason moves the day to the second session. The period is that of the day that was set first.
            yield Unit(duty.duty_id, duty.safeguarder_id, first.due_on, words)


def _supports(known: Known) -> Iterator[Unit]:
    for told in versions(known.facts.record, PromisedFact, lambda fact: fact.support_id).values():
        support, promised_on = told[-1], told[-1].promised_on
        if promised_on is None:
            continue
        service = known.services.get(support.safeguarder_id)
        left_first = service is None or not service.serves_on(promised_on)
        kept = _kept(promised_on, support.given_on, None, known.as_of)
        words: dict[str, Word] = {
            "kept": "not_owed" if left_first and kept in ("missing", "due") else kept,
            "unavailable": support.unavailable,
            "promised_again": support.last_promised_on != promised_on,
            "reported": support.reported,
        }
        yield Unit(support.support_id, support.safeguarder_id, promised_on, words)


def _review_requests(known: Known) -> Iterator[Unit]:
    for told in _reviews(known):
        yield Unit(told[-1].review_id, told[-1].safeguarder_id, told[-1].made_on, _review_words(told, known.as_of))


def _review_words(told: Sequence[ReviewAskedFact], as_of: date) -> dict[str, Word]:
    """Return how a request went, as on a day. One that went up a level was late, however soon it was decided then."""
    review = told[-1]
    ended_on = review.ended_on if review.ended_on is not None and review.ended_on <= as_of else None
    if ended_on is not None and not review.decision:
        return {"kept": "not_owed", "decision": "nothing"}
    due_on = next((fact.due_on for fact in reversed(told) if fact.due_on), review.made_on)
    kept = _kept(due_on, ended_on, None, as_of)
    if review.moved_up:
        kept = "missing" if ended_on is None else "late"
    return {"kept": kept, "decision": review.decision if ended_on is not None else "nothing"}


def _praise(known: Known) -> Iterator[Unit]:
    """Yield each praise with what the next session made of it: of those held, the first that could speak of it."""
    records = _records(known)
    papers = {session: found for session, found in _papers(known).items() if not found.void}
    held: dict[str, list[tuple[date, OwedFact]]] = {}
    for *_, duty in _owed(known):
        if duty.session_id in papers and _was_held(duty, records.get(duty.session_id)):
            held.setdefault(duty.safeguarder_id, []).append((papers[duty.session_id].on, duty))
    for praise in known.facts.concerns:
        on = london_today(praise.raised_at)
        if praise.lane == "excellence" and on <= known.as_of:
            theirs = sorted(held.get(praise.safeguarder_id, ()), key=lambda found: (found[0], found[1].session_id))
            could = (duty for _, duty in theirs if _could_hold(praise, papers[duty.session_id]))
            word = _spoken_of(praise, next(could, None), records, known.as_of)
            yield Unit(praise.concern_id, praise.safeguarder_id, on, {"spoken_of": word})


def _was_held(duty: OwedFact, record: SharedRecordFact | None) -> bool:
    return record.answer != "withdrawn" if record else duty.state != "ended"


def _could_hold(praise: ConcernFact, papers: PapersFact) -> bool:
    """Return whether the papers were frozen after the praise was raised."""
    return papers.frozen_at is not None and papers.frozen_at >= praise.raised_at


def _spoken_of(praise: ConcernFact, duty: OwedFact | None, records: Mapping[str, SharedRecordFact], as_of: date) -> str:
    if duty is None:
        return "no_session"
    record = records.get(duty.session_id)
    if record is None:
        return "no_record" if duty.due_on < as_of else "record_due"
    if praise.concern_id not in record.acknowledged:
        return "not_in_papers"
    return "disputed" if praise.concern_id in record.disputed else "acknowledged"


OF_THE_RECORD: Mapping[Population, Callable[[Known], Iterator[Unit]]] = {
    Population.SESSION_RECORD: _session_records,
    Population.DEVELOPMENT_PLAN: _plans,
    Population.SUPPORT: _supports,
    Population.REVIEW_REQUEST: _review_requests,
    Population.PRAISE: _praise,
}
"""The units of each population of the record. The day of a unit puts it into a period."""
