"""How a recommendation comes about: its criteria, both sides' words, and a second person (R85, R86, R89)."""

import hashlib
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from services.evidence.domain.evidence_item import Polarity
from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.plans.sides import Actor
from services.evidence.domain.recommendations import life
from services.evidence.domain.recommendations.criteria import (
    CRITERIA_VERSION,
    FITTING,
    Shown,
    check_criteria,
    criteria_of,
)
from services.evidence.domain.recommendations.pack import hash_of
from services.evidence.domain.recommendations.recommendation import (
    Answer,
    Considered,
    Kind,
    MoreTime,
    Outcome,
    Recommendation,
    State,
    Text,
    What,
)
from services.evidence.domain.review_requests.request import Decision, RequestState
from services.evidence.domain.safeguarder import Safeguarder
from services.refusals import Refusal
from tests.evidence.personal_file.build import an_item
from tests.evidence.plans.build import PERSON, TEAM, TODAY, later, refused
from tests.evidence.recommendations.build import (
    APPLICANT,
    DAYS,
    ENTRIES,
    MEMBER,
    SECOND,
    SHOWN,
    TERM,
    a_condition,
    a_text,
    answered,
    approved,
    checked,
    criteria,
    drafted,
    grounds,
    shared,
    submitted,
)

MORE_TIME = Outcome.MORE_TIME


@pytest.mark.parametrize(
    ("kind", "text", "entry", "reason"),
    [
        (Kind.APPOINTMENT, a_text(Kind.APPOINTMENT), MEMBER, "NOT_AN_APPLICANT"),
        (Kind.REAPPOINTMENT, a_text(), APPLICANT, "NOT_APPOINTED"),
        (Kind.REMOVAL, a_text(Kind.REMOVAL, Outcome.WITH_CONDITIONS), MEMBER, "OUTCOME_DOES_NOT_FIT"),
        (Kind.SUSPENSION, a_text(Kind.SUSPENSION, MORE_TIME), MEMBER, "OUTCOME_DOES_NOT_FIT"),
        (Kind.APPOINTMENT, a_text(Kind.APPOINTMENT, MORE_TIME), APPLICANT, "OUTCOME_DOES_NOT_FIT"),
        (Kind.REAPPOINTMENT, a_text(conditions=(a_condition(),)), MEMBER, "OUTCOME_DOES_NOT_FIT"),
        (
            Kind.REAPPOINTMENT,
            a_text(outcome=Outcome.WITH_CONDITIONS, conditions=(a_condition(due_on=TODAY - timedelta(days=1)),)),
            MEMBER,
            "DATE_IN_PAST",
        ),
    ],
)
def test_a_text_fits_what_it_is_about(kind: Kind, text: Any, entry: Safeguarder, reason: str) -> None:
    assert refused(lambda: life.check_text(kind, text, entry, TODAY)) == reason


@pytest.mark.parametrize(
    "text",
    [
        a_text(outcome=Outcome.WITH_CONDITIONS, conditions=()),
        a_text(outcome=MORE_TIME, more_time=None),
        a_text(outcome=Outcome.DO_NOT_RECOMMEND, concerns=()),
    ],
)
def test_a_draft_may_lack_what_a_check_asks_for(text: Any) -> None:
    life.check_text(Kind.REAPPOINTMENT, text, MEMBER, TODAY)
    assert refused(lambda: life.check(drafted(text=text), grounds(), TEAM)) == "FIELD_MISSING"


def test_more_time_ends_before_the_term() -> None:
    """R89: over every starting day of four years. The law knows no time between two terms (reg 7)."""
    for day in range(4 * 365):
        ends_on = TODAY + timedelta(days=day)
        entry = replace(MEMBER, terms=(replace(TERM, ends_on=ends_on),))
        for until in (ends_on - timedelta(days=1), ends_on, ends_on + timedelta(days=1)):
            text = a_text(outcome=MORE_TIME, more_time=MoreTime(until, "Two reports.", "From the reporter."))
            in_time = TODAY <= until < ends_on
            reason = "DATE_IN_PAST" if until < TODAY else "PAST_TERM_END"
            checks = partial(life.check_text, Kind.REAPPOINTMENT, text, entry, TODAY)
            assert checks() is None if in_time else refused(checks) == reason


def test_every_criterion_of_an_outcome_has_to_be_met() -> None:
    """R89: all that are open are named at once."""
    for kind, outcomes in FITTING.items():
        for outcome in outcomes:
            text = a_text(kind, outcome)
            check_criteria(kind, text, SHOWN)
            for at, criterion in enumerate(text.criteria):
                without = (*text.criteria[:at], *text.criteria[at + 1 :])
                no = (*without, replace(criterion, answer=Answer.NO))
                for answers in (without, no):
                    with pytest.raises(Refusal) as problem:
                        check_criteria(kind, replace(text, criteria=answers), SHOWN)
                    assert (problem.value.reason, problem.value.metadata["open"]) == ("CRITERION_OPEN", criterion.what)
    with pytest.raises(Refusal) as problem:
        check_criteria(Kind.REAPPOINTMENT, a_text(criteria=()), SHOWN)
    assert len(problem.value.metadata["open"].split()) == 5


def test_nobody_recommends_an_appointment_before_the_commitment_is_signed() -> None:
    """R101. Nobody needs a commitment to say that somebody should not be appointed."""
    for outcome in (Outcome.RECOMMEND, Outcome.WITH_CONDITIONS):
        text = a_text(Kind.APPOINTMENT, outcome)
        unsigned = tuple(each for each in text.criteria if each.what is not What.COMMITMENT_SIGNED)
        with pytest.raises(Refusal) as problem:
            check_criteria(Kind.APPOINTMENT, replace(text, criteria=unsigned), SHOWN)
        assert problem.value.metadata["open"] == What.COMMITMENT_SIGNED
    assert What.COMMITMENT_SIGNED not in criteria_of(Kind.APPOINTMENT, Outcome.DO_NOT_RECOMMEND)


@pytest.mark.parametrize(
    ("missing", "criterion"),
    [
        ({"notice_stood": False}, What.NOTICE_STOOD),
        ({"action_reviewed": False}, What.ACTION_REVIEWED),
        ({"supports_complete": False}, What.SUPPORTS_COMPLETE),
        ({"sources": 1}, What.MORE_THAN_ONE_SOURCE),
        ({"raised_too_late": True}, What.RAISED_IN_TIME),
        ({"is_escalated": False}, What.ESCALATED_OR_SAFETY),
    ],
)
def test_what_the_record_does_not_show_stops_a_step_against_the_person(missing: Any, criterion: What) -> None:
    """R85, D15.3: support before sanction. A *yes* that somebody types is no fact."""
    text = a_text(Kind.REMOVAL)
    with pytest.raises(Refusal) as problem:
        check_criteria(Kind.REMOVAL, text, replace(SHOWN, **missing))
    assert set(problem.value.metadata["not_shown"].split()) == {criterion}
    check_criteria(Kind.REAPPOINTMENT, a_text(), Shown())


def test_that_somebody_is_not_fit_is_shown_by_evidence() -> None:
    text = a_text(Kind.REMOVAL)
    text = replace(text, criteria=tuple(replace(each, names=()) for each in text.criteria))
    with pytest.raises(Refusal) as problem:
        check_criteria(Kind.REMOVAL, text, SHOWN)
    assert problem.value.metadata["not_shown"] == What.NOT_FIT


def test_only_safety_and_an_upheld_complaint_leave_a_step_out() -> None:
    kind, outcome = Kind.REAPPOINTMENT, Outcome.DO_NOT_RECOMMEND
    left_out = {What.NOTICE_STOOD, What.ACTION_REVIEWED, What.SUPPORTS_COMPLETE, What.MORE_THAN_ONE_SOURCE}
    answers = dict.fromkeys(left_out, Answer.NOT_APPLICABLE)
    text = a_text(outcome=outcome, criteria=criteria(kind, outcome, **answers))
    nothing = Shown()
    with pytest.raises(Refusal) as problem:
        check_criteria(kind, text, nothing)
    assert set(problem.value.metadata["open"].split()) == left_out
    check_criteria(kind, text, replace(nothing, is_safety=True))
    with pytest.raises(Refusal) as problem:
        check_criteria(kind, text, replace(nothing, has_upheld_complaint=True))
    assert set(problem.value.metadata["open"].split()) == left_out - {What.MORE_THAN_ONE_SOURCE}


def test_the_pack_is_frozen_when_it_is_shared_and_its_hash_covers_text_and_versions() -> None:
    known = shared()
    assert known.pack is not None
    assert known.pack.entries == ENTRIES
    assert known.pack.hash == hash_of(known.kind, known.text, ENTRIES)
    assert known.representations_due_on == TODAY + timedelta(days=DAYS)
    others = {
        hash_of(known.kind, known.text, (replace(ENTRIES[0], version=3), ENTRIES[1])),
        hash_of(known.kind, known.text, ENTRIES[:1]),
        hash_of(Kind.CONTINUING, known.text, ENTRIES),
        hash_of(known.kind, a_text(outcome=MORE_TIME), ENTRIES),
    }
    assert known.pack.hash not in others
    assert len(others) == 4


def test_what_it_relies_on_is_in_the_pack() -> None:
    assert refused(lambda: life.check(drafted(), grounds(entries=ENTRIES[1:]), TEAM)) == "NOT_IN_PACK"


def test_a_second_person_approves() -> None:
    """D15.6: nobody who drafted any version, owns a concern of it or escalated one."""
    concern = KnownConcern("c1", "sg-one", True, owner="manager-one", escalated_by="senior-two")
    again = life.draft_again(answered(), a_text(), replace(TEAM, person="panel-two"))
    again = life.share(life.check(again, grounds(), TEAM), grounds(), DAYS, TEAM)
    said = life.represent(again, "", True, PERSON)

    def by(person: str) -> Recommendation:
        return life.approve(said, ["It is promised."], [concern], grounds(), False, replace(SECOND, person=person))

    for person in (TEAM.person, "panel-two", "manager-one", "senior-two"):
        assert refused(lambda person=person: by(person)) == "SECOND_PERSON"  # type: ignore[misc]
    assert by("senior-manager").state is State.APPROVED


def test_the_person_alone_ends_their_time_sooner() -> None:
    known = life.represent(shared(), "I asked for a mentor in May.", False, PERSON)

    def approve(is_over: bool) -> Recommendation:
        return life.approve(known, ["A mentor is promised."], (), grounds(), is_over, SECOND)

    assert refused(lambda: approve(False)) == "REPRESENTATIONS_RUN"
    assert approve(True).state is State.APPROVED
    assert not known.nothing_more
    assert refused(lambda: life.represent(known, "", False, PERSON)) == "SAY_WHAT"


def test_every_representation_has_an_answer_before_it_is_submitted() -> None:
    known = answered()
    assert refused(lambda: life.approve(known, [], (), grounds(), True, SECOND)) == "ANSWER_EACH"
    assert refused(lambda: life.approve(known, [""], (), grounds(), True, SECOND)) == "ANSWER_EACH"
    more = life.represent(approved(), "One more thing.", False, PERSON)
    assert (more.state, more.approved_by) == (State.SHARED, "")
    again = life.approve(more, ["We read it."], (), grounds(), False, SECOND)
    assert [each.answer for each in again.representations] == ["A mentor is promised.", "We read it."]
    sent = life.represent(submitted(), "And this.", False, PERSON)
    assert (sent.state, sent.representations[-1].after_submission) == (State.SUBMITTED, True)


def test_what_changed_since_it_was_shared_is_shared_again() -> None:
    changed = grounds(entries=(replace(ENTRIES[0], version=3), ENTRIES[1]))
    other = grounds(entries=(ENTRIES[0], replace(ENTRIES[1], version=9)))
    assert refused(lambda: life.approve(answered(), ["Yes."], (), changed, True, SECOND)) == "PACK_CHANGED"
    assert refused(lambda: life.submit(approved(), changed, TEAM)) == "PACK_CHANGED"
    assert life.submit(approved(), other, TEAM).state is State.SUBMITTED, "it does not rely on the action"
    again = life.share(approved(), changed, DAYS, later(TEAM, days=3))
    assert again.pack is not None
    assert again.pack.entries == changed.entries
    assert again.representations_due_on == TODAY + timedelta(days=3 + DAYS)
    assert (again.approved_by, again.nothing_more) == ("", False)


def test_nobody_goes_on_with_what_no_longer_fits() -> None:
    """Record 2.6: somebody who resigned is recommended for nothing, and no condition is sent whose day has passed."""
    moves: list[Callable[[Text, Any, Actor], object]] = [
        lambda text, stands, by: life.check(drafted(text=text), stands, by),
        lambda text, stands, by: life.share(checked(text=text), stands, DAYS, by),
        lambda text, stands, by: life.approve(answered(text=text), ["Yes."], (), stands, True, replace(by, person="s")),
        lambda text, stands, by: life.submit(approved(text=text), stands, by),
    ]
    conditions, more_time = a_text(outcome=Outcome.WITH_CONDITIONS), a_text(outcome=MORE_TIME)
    left = replace(MEMBER, terms=(replace(TERM, ends_on=TODAY - timedelta(days=1)),))
    short = replace(MEMBER, terms=(replace(TERM, ends_on=TODAY + timedelta(days=30)),))
    serves_on = replace(MEMBER, terms=(replace(TERM, ends_on=TODAY + timedelta(days=900)),))
    for move in moves:
        assert refused(partial(move, a_text(), grounds(entry=left), TEAM)) == "NOT_APPOINTED"
        assert refused(partial(move, more_time, grounds(entry=short), TEAM)) == "PAST_TERM_END"
        late = later(TEAM, days=301)
        assert refused(partial(move, conditions, grounds(entry=serves_on), late)) == "DATE_IN_PAST"


def test_a_draft_in_between_keeps_what_the_person_said() -> None:
    again = life.draft_again(answered(), a_text(outcome=MORE_TIME), TEAM)
    assert (again.state, again.pack, again.nothing_more) == (State.DRAFTED, None, False)
    said = life.represent(again, "And one thing more.", True, PERSON)
    assert not said.nothing_more, "no time runs that they could end"
    assert [each.words for each in said.representations] == ["I asked for a mentor in May.", "And one thing more."]


def test_one_of_a_kind_is_worked_on_at_a_time() -> None:
    def draft(*before: Recommendation) -> Recommendation:
        return life.draft(("m2", "sg-one"), Kind.REAPPOINTMENT, a_text(), before, TEAM)

    for known in (drafted(), checked(), shared(), approved()):
        assert refused(lambda known=known: draft(known)) == "RECOMMENDATION_OPEN"  # type: ignore[misc]
    assert draft(submitted(), life.withdraw(drafted(), "Not yet.", TEAM)).version == 1
    assert draft(drafted(Kind.CONTINUING, a_text(Kind.CONTINUING))).version == 1


MOVES: dict[str, Callable[[Recommendation, Actor, bool], Recommendation]] = {
    "draft_again": lambda known, by, _: life.draft_again(known, a_text(), by),
    "check": lambda known, by, _: life.check(known, grounds(), by),
    "share": lambda known, by, _: life.share(known, grounds(), DAYS, by),
    "represent": lambda known, by, ends: life.represent(known, "My words.", ends, PERSON),
    "approve": lambda known, by, is_over: life.approve(
        known, ["Read." for _ in known.unanswered()], (), grounds(), is_over, by
    ),
    "submit": lambda known, by, _: life.submit(known, grounds(), by),
    "withdraw": lambda known, by, _: life.withdraw(known, "Not yet.", by),
}


WAY = ["check", "share", "represent", "approve", "submit"]


def test_no_order_of_moves_passes_a_guard() -> None:
    """D15.6, R85: two people, and the person's words with an answer, stand behind every submission."""
    people = [replace(TEAM, person=person) for person in ("team-one", "team-two", "team-three")]
    came_through = 0
    for seed in range(400):
        choices = random.Random(seed)
        known = drafted(by=choices.choice(people))
        for _ in range(40):
            before, name = known, choices.choice(WAY if seed % 4 == 0 else [*MOVES])
            try:
                known = MOVES[name](known, choices.choice(people), choices.random() < 0.5)
            except Refusal:
                continue
            assert known.version == before.version + 1
            assert len(known.representations) >= len(before.representations), "no words of the person are lost"
            if known.state in (State.APPROVED, State.SUBMITTED):
                assert known.approved_by not in known.drafters
                assert known.pack is not None
                assert known.pack.hash == hash_of(known.kind, known.text, known.pack.entries)
                assert not list(known.unanswered())
            if before.state in (State.SUBMITTED, State.WITHDRAWN):
                assert known.state is before.state
        came_through += known.state is State.SUBMITTED
    assert came_through > 20


def test_a_time_to_reply_that_runs_stops_the_check() -> None:
    """R89, B4: also one that stands still while the person is away."""
    waits = an_item(1, polarity=Polarity.CONCERN, days=5)
    still = waits._replace(reply_due_on=None)
    replied = waits._replace(content=waits.content._replace(replied_on=TODAY))
    for item in (waits, still):
        assert refused(lambda item=item: life.check(drafted(), grounds(item), TEAM)) == "REPLY_RUNS"  # type: ignore[misc]
    for item in (replied, waits._replace(reply_due_on=TODAY - timedelta(days=1)), an_item(2, days=5)):
        assert life.check(drafted(), grounds(item), TEAM).state is State.CHECKED


def test_it_waits_for_a_review_of_what_it_rests_on_or_says_that_one_is_open() -> None:
    """Record 2.6: approved → submitted, with no open review on what it rests on, or it travels marked."""
    review = "safeguarders/sg-one/reviewRequests/r1"
    ended = Considered("safeguarders/sg-one/reviewRequests/r2", RequestState.DECIDED, Decision.NOT_UPHELD)
    reads = (Considered(review, RequestState.ASSIGNED), ended)
    under_review = grounds(reviews=reads)
    assert refused(lambda: life.submit(approved(), under_review, TEAM)) == "UNDER_REVIEW"
    marked = life.submit(approved(), under_review, TEAM, with_open_reviews=True)
    assert (marked.state, marked.open_reviews) == (State.SUBMITTED, (review,))
    assert marked.reviews == reads, "the requests themselves are read, also one that was decided"
    after = life.submit(approved(), grounds(reviews=(ended,)), TEAM)
    assert (after.open_reviews, after.reviews) == ((), (ended,))
    assert life.share(checked(), under_review, 14, TEAM).reviews == reads, "the person sees them too"
    changed = grounds(reviews=reads, entries=())
    unmarked = partial(life.submit, approved(), changed, TEAM, with_open_reviews=True)
    assert refused(unmarked) == "PACK_CHANGED", "a mark lets nothing through that has changed"


def test_what_is_against_the_person_rests_on_no_concern_that_a_review_closed() -> None:
    closed = grounds(closed=("safeguarders/sg-one/concerns/c1",))
    against = drafted(text=a_text(outcome=Outcome.DO_NOT_RECOMMEND))
    assert refused(lambda: life.check(against, closed, TEAM)) == "CONCERN_NOT_OPEN"
    approved_before = approved(text=a_text(outcome=Outcome.DO_NOT_RECOMMEND))
    assert refused(lambda: life.submit(approved_before, closed, TEAM)) == "PACK_CHANGED"
    in_favour = a_text(concerns=("c1",))
    assert life.check(drafted(text=in_favour), closed, TEAM).state is State.CHECKED


LISTS = {1: "252ddcd3eba4f4c0"}
"""The list of criteria of each version. A list that changes is another version: add it here."""


def test_the_list_of_criteria_has_a_version_and_a_recommendation_says_which_it_was_checked_against() -> None:
    """R87: without a version, nobody could tell later which list a decision rests on."""
    every = ((kind, outcome) for kind in Kind for outcome in FITTING[kind])
    asked = sorted(f"{kind} {outcome} {what}" for kind, outcome in every for what in criteria_of(kind, outcome))
    now = hashlib.sha256("\n".join(asked).encode()).hexdigest()[:16]
    assert LISTS[CRITERIA_VERSION] == now
    assert max(LISTS) == CRITERIA_VERSION
    assert (drafted().criteria_version, checked().criteria_version) == (0, CRITERIA_VERSION)
    assert submitted().criteria_version == CRITERIA_VERSION
    again = life.draft_again(shared(), a_text(), TEAM)
    assert (again.criteria_version, again.reviews) == (0, ())
