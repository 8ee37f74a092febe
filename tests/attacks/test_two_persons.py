"""Where two people must agree, or nobody may act on what is their own, two accounts are one person (A7)."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from services.evidence.domain import life_of_an_item as items
from services.evidence.domain.approach import life as approach
from services.evidence.domain.approach.change import ChangeState
from services.evidence.domain.decisions import correction
from services.evidence.domain.evidence_item import ComplaintOutcome, Kind
from services.evidence.domain.known_concern import KnownConcern
from services.evidence.domain.overlays.suspension import DecidedOn, Recorder
from services.evidence.domain.plans.sides import Actor, Side
from services.evidence.domain.recommendations import decision as deciding
from services.evidence.domain.recommendations import life as recommending
from services.evidence.domain.recommendations.of_a_concern import Recommendation, check_recommendation
from services.evidence.domain.recommendations.recommendation import Kind as Recommended
from services.evidence.domain.recommendations.recommendation import Outcome
from services.evidence.domain.safeguarder import apply_decision
from services.evidence.domain.samples import life as samples
from services.evidence.domain.samples.sample import State
from services.evidence.domain.sessions import life_of_a_record as records
from services.evidence.domain.sessions.record import Withdrawal
from services.platform.calls.identity import Directory
from services.refusals import Refusal
from services.who import Who
from tests.attacks.attempts import attempted
from tests.evidence.approach.test_life_of_a_change import serve
from tests.evidence.domain.test_time_to_reply import an_item
from tests.evidence.plans.build import NOW
from tests.evidence.recommendations.build import MEMBER, answered, grounds, submitted
from tests.evidence.recommendations.test_decisions_on_recommendations import a_decision
from tests.evidence.samples.build import AT, BELOW, ONE, TWO, WORDS, assigned, read_twice
from tests.evidence.sessions.build import a_shared_record

FIRST, AGAIN, ANOTHER = "first", "first-again", "another"
ACCOUNTS = frozenset({FIRST, AGAIN})
SUBMITTED = replace(submitted(), drafters=("drafter",), approved_by="approver")
SUSPENSION = replace(submitted(kind=Recommended.SUSPENSION), drafters=("drafter",), approved_by="approver")
RECORDED = correction.RecordedDecision("sg-one", 2, replace(a_decision(SUBMITTED), recommended_by="recommender"))
WAITS = replace(RECORDED, corrections=(correction.Correction(None, "As the letter.", FIRST, NOW),))
DECIDED = an_item(kind=Kind.COMPLAINT, complaint_outcome=ComplaintOutcome.NOT_UPHELD)._replace(decided_by=FIRST)
UPHELD = DECIDED.content._replace(complaint_outcome=ComplaintOutcome.UPHELD)
ASKED = records.withdraw(a_shared_record(), Who(FIRST), "It did not take place.", NOW)
OWN = replace(ASKED, author=FIRST, withdrawal=Withdrawal("asked", "It did not take place."))
NOT_MADE = correction.Change(not_made=True)


def actor(by: Who) -> Actor:
    return Actor(by.person, Side.PANEL_TEAM, NOW, accounts=by.accounts)


def approve(by: Who, **concern: Any) -> object:
    concerns = [KnownConcern("c1", "sg-one", True, **concern)] if concern else []
    known = replace(answered(), drafters=("drafter", *([] if concern else [FIRST])))
    return recommending.approve(known, ["A mentor is promised."], concerns, grounds(), False, actor(by))


def decide(by: Who, **people: Any) -> object:
    known = replace(SUBMITTED, **people)
    return deciding.decide(known, replace(a_decision(known), recorded_by=by.person), "sg-one", by)


def suspend(by: Who) -> object:
    known = replace(SUSPENSION, approved_by=FIRST)
    assert known.pack
    said = DecidedOn(known.recommendation_id, known.pack.hash)
    recorder = Recorder(by.person, True, NOW, accounts=by.accounts)
    return deciding.decide_on_suspension(known, Recommended.SUSPENSION, said, "sg-one", recorder)


def follow(by: Who) -> None:
    made = replace(a_decision(SUBMITTED), recommended_by=FIRST, recommendation="c1", recommendation_id="")
    check_recommendation(made, "sg-one", Recommendation("c1", "sg-one", Outcome.RECOMMEND, FIRST), by)


def assign(by: Who) -> object:
    """Give the report to a second reader: here the second account is the reader, not the one who acts."""
    readers = samples.Readers([ONE, by.person], [], lambda one, other: {one, other} <= by.accounts | {by.person})
    known = replace(assigned(), reader=FIRST)
    return samples.assign(known, by.person, True, readers, actor(Who("panel-team")))


def read(by: Who) -> object:
    known = samples.read(replace(assigned(twice=True), reader=FIRST), AT, "", actor(Who(FIRST)))
    return samples.read(replace(known, second_reader=by.person), AT, "", actor(by))


class Guard(NamedTuple):
    """One guard. `act` does the second part as somebody. FIRST did the first part."""

    reason: str
    act: Callable[[Who], object]


GUARDS = {
    "correct the outcome of a complaint": Guard(
        "SECOND_PERSON_NEEDED", lambda by: items.check_correction(DECIDED, UPHELD, by)
    ),
    "withdraw a record": Guard("SECOND_PERSON_NEEDED", lambda by: records.withdraw(ASKED, by, "", NOW)),
    "withdraw a record of one's own": Guard("SECOND_PERSON_NEEDED", lambda by: records.withdraw(OWN, by, "", NOW)),
    "set a change of approach aside": Guard(
        "SECOND_PERSON_NEEDED",
        lambda by: approach.end(replace(serve(), served_by=FIRST), ChangeState.SET_ASIDE, "Not fair.", actor(by)),
    ),
    "confirm a correction": Guard("SECOND_PERSON", lambda by: correction.confirm(WAITS, actor(by))),
    "correct what one recommended": Guard(
        "RECOMMENDER_CANNOT_RECORD",
        lambda by: correction.enter(
            replace(RECORDED, first=replace(RECORDED.first, recommended_by=FIRST)), NOT_MADE, "No letter.", actor(by)
        ),
    ),
    "approve what one drafted": Guard("SECOND_PERSON", approve),
    "approve on a concern of one's own": Guard("SECOND_PERSON", lambda by: approve(by, owner=FIRST)),
    "approve what one escalated": Guard("SECOND_PERSON", lambda by: approve(by, escalated_by=FIRST)),
    "record what one drafted": Guard("RECOMMENDER_CANNOT_RECORD", lambda by: decide(by, drafters=(FIRST,))),
    "record what one approved": Guard("RECOMMENDER_CANNOT_RECORD", lambda by: decide(by, approved_by=FIRST)),
    "record again what one approved": Guard(
        "RECOMMENDER_CANNOT_RECORD",
        lambda by: deciding.decide_again(replace(SUBMITTED, approved_by=FIRST), RECORDED.first, None, actor(by)),
    ),
    "record a suspension that one approved": Guard("RECOMMENDER_CANNOT_RECORD", suspend),
    "record what one recommended": Guard(
        "RECOMMENDER_CANNOT_RECORD",
        lambda by: apply_decision(MEMBER, replace(a_decision(SUBMITTED), recommended_by=FIRST), by),
    ),
    "record what one recommended on a concern": Guard("RECOMMENDER_CANNOT_RECORD", follow),
    "read a report twice by another account": Guard("READING_IS_IN", read),
    "be given a report twice": Guard("SAME_READER", assign),
}


def refusal(act: Callable[[Who], object], by: Who) -> str:
    try:
        act(by)
    except Refusal as refused:
        return refused.reason
    return ""


def test_no_account_of_the_same_person_is_the_second_person() -> None:
    """Both accounts of the first person are refused at each guard, and somebody else passes."""
    got_through, tried = [], 0
    for name, guard in GUARDS.items():
        for account in (FIRST, AGAIN):
            tried += 1
            if refusal(guard.act, Who(account, accounts=ACCOUNTS)) != guard.reason:
                got_through.append((name, account))
        assert refusal(guard.act, Who(ANOTHER, accounts=frozenset({ANOTHER, "another-again"}))) == "", name
    attempted("A second account where two people must agree", tried, got_through)


def test_no_reader_agrees_with_themselves_by_another_account() -> None:
    known = replace(read_twice(AT, BELOW), reader=FIRST, second_reader=TWO)
    proposed = samples.reconcile(known, BELOW, WORDS, False, actor(Who(FIRST)))
    again = samples.reconcile(proposed, BELOW, WORDS, True, actor(Who(AGAIN, accounts=ACCOUNTS)))
    assert again.state is State.SECOND_READ, "as a senior manager neither"
    assert samples.reconcile(proposed, BELOW, WORDS, False, actor(Who(TWO))).state is State.RECONCILED


PEOPLE = {
    "a": {"role": "panel_team", "email": "Demo.One@example.invalid"},
    "b": {"role": "senior_manager", "email": " demo.one@EXAMPLE.invalid", "person_id": "p1"},
    "c": {"role": "report_reviewer", "person_id": "p1"},
    "d": {"role": "safeguarder", "person_id": "p1", "subject": "sg-one"},
    "e": {"role": "panel_team", "email": ""},
    "f": {"role": "panel_team", "email": None},
}


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    (tmp_path / "people.json").write_text(json.dumps(PEOPLE))
    return Directory(tmp_path / "people.json")


def test_accounts_that_a_third_one_links_are_of_one_person(directory: Directory) -> None:
    """One shares a mail with it, and the other an id. An account without any mark is of a person of its own."""
    assert {account: "".join(sorted(directory.accounts_of(account))) for account in (*PEOPLE, "gone")} == {
        "a": "abcd", "b": "abcd", "c": "abcd", "d": "abcd", "e": "e", "f": "f", "gone": "gone"
    }  # fmt: skip
    assert directory.every_account(["c", "e", "gone"]) == {"a", "b", "c", "d", "e", "gone"}
    assert directory.are_one_person("a", "d")
    assert not directory.are_one_person("e", "f")


def test_staff_who_are_a_safeguarder_too_are_known_as_such(directory: Directory) -> None:
    staff, own = directory.principal("c"), directory.principal("d")
    assert staff is not None
    assert own is not None
    assert (staff.subject, staff.other_subject, staff.accounts) == ("", "sg-one", frozenset("abcd"))
    assert (own.subject, own.other_subject) == ("sg-one", "")
    assert [directory.is_about(account, "sg-one") for account in PEOPLE] == [True, True, True, True, False, False]
    assert directory.principal("gone") is None
