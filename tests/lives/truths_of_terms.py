"""What always holds of recommendations and memberships, and of what each side may read."""

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from typing import Any

import grpc
from psmf.evidence.v1 import development_plans_pb2 as plans
from psmf.evidence.v1 import safeguarder_pb2 as register
from psmf.scheduling.v1 import scheduling_pb2 as schedule

from services.calendar_days import last_day, london_today
from services.platform.calls.wire import from_date, from_instant
from tests.lives.asking import DIRECTORY, requests_of
from tests.lives.life import PEOPLE, Done, Life
from tests.lives.terms import DECISION, Made, entry_of, pack_of, readiness_of
from tests.lives.truths import about, duties_of, has_ended

SHARED = (Made.STATE_SHARED, Made.STATE_APPROVED, Made.STATE_SUBMITTED, Made.STATE_DECIDED)
RUNS = (schedule.Obligation.CLOCK_STATE_RUNNING, schedule.Obligation.CLOCK_STATE_PAUSED)
TO_COME = (schedule.SupportSession.STATE_PROPOSED, schedule.SupportSession.STATE_CONFIRMED)
SENT = (Made.STATE_SUBMITTED, Made.STATE_DECIDED)


def three_people_stand_behind_a_decision(life: Life, safeguarder: str) -> None:
    """Assert that one drafted, a second approved and a third recorded it, on the pack that both sides had read."""
    for place, decided in about(life, safeguarder, DECISION):
        name = decided.request.recommendation
        if not name:
            continue
        before = [(done.method, done) for at, done in _steps(life, safeguarder, name) if at < place]
        drafters = {done.person for method, done in before if method[:6] in ("Create", "Update")}
        approved = [done for method, done in before if method == "ApproveRecommendation"][-1]
        shared = [done for method, done in before if method == "ShareRecommendation"][-1]
        assert approved.person not in drafters, f"{approved.person} drafted {name}, and approved it"
        assert decided.person not in {*drafters, approved.person}, f"{decided.person} recorded {name}, and had a part"
        assert decided.request.pack_hash == shared.answer.pack_hash, f"{name} was decided on another pack"
        assert DIRECTORY[decided.person]["role"] == "decision_recorder", decided.person
        _the_second_person_was_no_owner(life, approved)


def _the_second_person_was_no_owner(life: Life, approved: Done) -> None:
    taken = (done for done in life.done[: approved.heard] if done.method == "AcknowledgeConcern")
    owners = {done.request.name: done.person for done in taken}
    for name in approved.answer.text.concerns:
        assert owners.get(name) != approved.person, f"{approved.person} owns {name}, and approved what is about it"


def _steps(life: Life, safeguarder: str, name: str) -> list[tuple[int, Done]]:
    verbs = ("Create", "Update", "Check", "Share", "Approve", "Submit", "Withdraw")
    found = about(life, safeguarder, *(f"{verb}Recommendation" for verb in verbs))
    return [(place, done) for place, done in found if done.answer.name == name]


def every_word_of_the_person_has_an_answer(life: Life, safeguarder: str) -> None:
    """Assert that no representation is lost, and that none is unanswered in what Ministers have."""
    for made in readiness_of(life, safeguarder).recommendations:
        said = [done for _, done in about(life, safeguarder, "AddRepresentation") if done.request.name == made.name]
        assert {done.person for done in said} <= {PEOPLE[safeguarder][0]}, f"somebody answered {made.name} for them"
        words = [done.request.words for done in said if done.request.words]
        assert [each.words for each in made.representations] == words, made.name
        open_words = [each for each in made.representations if not each.answer and not each.after_submission]
        assert made.state not in SENT or not open_words, f"{made.name} went on without an answer"


def both_sides_see_the_same_pack(life: Life, safeguarder: str) -> None:
    """Assert that the person, the Team and Ministers' recorder read the same bytes, and that the hash stays theirs."""
    person = PEOPLE[safeguarder][0]
    for made in readiness_of(life, safeguarder).recommendations:
        if made.state not in SHARED:
            continue
        pack = pack_of(life, made.name)
        shared = [done for _, done in _steps(life, safeguarder, made.name) if done.method == "ShareRecommendation"]
        assert pack.hash == shared[-1].answer.pack_hash == made.pack_hash, f"{made.name} changed after it was shared"
        for reader in (person, *(("recorder",) if made.state in SENT else ())):
            read = pack_of(life, made.name, reader)
            assert (read.hash, list(read.entries)) == (pack.hash, list(pack.entries)), f"{reader} reads another pack"


def nobody_is_recommended_who_serves_no_more(life: Life, safeguarder: str) -> None:
    """Assert that no step is made with a recommendation once a membership is over, and that no time runs past it."""
    ended = [done for _, done in about(life, safeguarder, DECISION) if done.request.kind == done.request.KIND_ENDED]
    last_on = _day(ended[0].request, "effective_date") if ended else _day(_terms(life, safeguarder)[-1], "end_date")
    for made in readiness_of(life, safeguarder).recommendations:
        for _, done in _steps(life, safeguarder, made.name):
            if done.method in ("ShareRecommendation", "ApproveRecommendation", "SubmitRecommendation"):
                known = not ended or life.done.index(done) < life.done.index(ended[0])
                assert known or london_today(done.at) <= last_on, f"{done.method} of {made.name}, who serves no more"
                _no_day_has_passed(done)


def _no_day_has_passed(done: Done) -> None:
    """Assert that what is sent on asks for nothing by a day that has passed."""
    for condition in done.answer.text.conditions:
        assert _day(condition, "due_date") >= london_today(done.at), f"{done.method}: the day of a condition has passed"
    if done.answer.text.HasField("more_time"):
        until = _day(done.answer.text.more_time, "until_date")
        assert until >= london_today(done.at), f"{done.method}: the time that is asked for has passed"


def _terms(life: Life, safeguarder: str) -> list[Any]:
    return list(entry_of(life, safeguarder).terms)


def terms_follow_one_another(life: Life, safeguarder: str) -> None:
    """Assert that each term begins after the one before, and is one to three years long (SSI 2012/54 reg 7)."""
    terms = entry_of(life, safeguarder).terms
    for before, after in pairwise(terms):
        assert _day(before, "end_date") < _day(after, "start_date"), safeguarder
    for place, term in enumerate(terms):
        starts_on, ends_on = _day(term, "start_date"), _day(term, "end_date")
        assert ends_on <= last_day(starts_on, 36), safeguarder
        cut_short = place == len(terms) - 1 and entry_of(life, safeguarder).state == register.Safeguarder.STATE_ENDED
        assert cut_short or ends_on >= last_day(starts_on, 12), safeguarder


def the_end_of_a_membership_stops_what_the_person_owes(life: Life, safeguarder: str) -> None:
    """Assert that nobody asks somebody for anything whose membership was ended (D15.15)."""
    was_ended = entry_of(life, safeguarder).state == register.Safeguarder.STATE_ENDED
    if was_ended and has_ended(life, safeguarder):
        owed = duties_of(life, safeguarder)
        assert not [each.about for each in owed if each.state in (1, 2)], f"{safeguarder} serves no more"


def the_end_of_a_membership_stops_everything_to_come(life: Life, safeguarder: str) -> None:
    """Assert that no clock runs, no session is to come and nobody supports somebody who serves no more (D15.15)."""
    if entry_of(life, safeguarder).state != register.Safeguarder.STATE_ENDED or not has_ended(life, safeguarder):
        return
    running = [each.name for each in life.obligations(safeguarder) if each.clock_state in RUNS]
    assert not running, f"a clock runs of {safeguarder}, who serves no more"
    to_come = [each.name for each in life.sessions_of(safeguarder) if each.state in TO_COME and _is_ahead(life, each)]
    assert not to_come, f"{safeguarder} serves no more, and has sessions to come"
    assert not _manager(life, safeguarder), f"somebody supports {safeguarder}, who serves no more"


def _is_ahead(life: Life, session: Any) -> bool:
    return bool(from_instant(session.start_time) > life.running.clock.now())


def the_person_sees_no_later(life: Life, safeguarder: str) -> None:
    """Assert that the person reads what their support manager reads: requests, recommendations and the plan."""
    person, manager = PEOPLE[safeguarder][0], _manager(life, safeguarder)
    reads: list[Callable[[str], Any]] = [
        lambda reader: [each.SerializeToString() for each in requests_of(life, safeguarder, reader)],
        lambda reader: [each.SerializeToString() for each in readiness_of(life, safeguarder, reader).recommendations],
        lambda reader: _plan(life, safeguarder, reader),
    ]
    for read in reads:
        assert not manager or read(person) == read(manager), f"{manager} reads something that {person} does not"
    shown = {each.name for each in readiness_of(life, safeguarder, person).recommendations}
    for made in readiness_of(life, safeguarder).recommendations:
        assert (made.name in shown) or made.state not in SHARED, made.name


def _plan(life: Life, safeguarder: str, reader: str) -> bytes:
    request = plans.GetDevelopmentPlanRequest(name=f"safeguarders/{safeguarder}/developmentPlan")
    found: bytes = life.running.plans.GetDevelopmentPlan(request, **life.running.as_(reader)).SerializeToString()
    return found


def _manager(life: Life, safeguarder: str) -> str:
    """Return the support manager whom the gate lets in; empty if nobody is, or a link keeps them out."""
    request = schedule.GetAllocationRequest(parent=f"safeguarders/{safeguarder}")
    try:
        found = life.running.allocations.GetAllocation(request, **life.running.as_("panel-team"))
        _plan(life, safeguarder, found.support_manager)
    except grpc.RpcError:
        return ""
    return str(found.support_manager)


def _day(message: Any, field: str) -> date:
    found = from_date(message, field)
    assert found is not None, field
    return found


OF_TERMS = (
    three_people_stand_behind_a_decision,
    every_word_of_the_person_has_an_answer,
    both_sides_see_the_same_pack,
    nobody_is_recommended_who_serves_no_more,
    terms_follow_one_another,
    the_end_of_a_membership_stops_what_the_person_owes,
    the_end_of_a_membership_stops_everything_to_come,
    the_person_sees_no_later,
)
