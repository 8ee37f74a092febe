"""One of four words for each standard, worked out from what the Safeguarder can see (record 2.9, R9)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from services.evidence.domain.evidence_item import EvidenceClass, ItemState, Kind, Polarity
from services.evidence.domain.personal_file.own_standing import StandingWord
from services.evidence.domain.plans.action import Action, ActionState, Purpose
from services.evidence.domain.sessions.record import (
    Answer,
    Content,
    Dispute,
    RecordState,
    SessionRecord,
    View,
    ViewWord,
)
from tests.evidence.personal_file.build import a_concern, an_item, on, practice, words
from tests.evidence.plans.build import MANAGER, NOW, PERSON, TODAY, a_need, opened, proposed

MET, DEVELOPING, CONCERN = StandingWord.MET, StandingWord.DEVELOPING, StandingWord.CONCERN
NOT_ENOUGH = StandingWord.NOT_ENOUGH_EVIDENCE


def word(**known: Any) -> StandingWord:
    return on("S2", practice(**known)).word


def test_with_evidence_and_nothing_open_a_standard_is_met_and_without_any_there_is_not_enough() -> None:
    assert words(practice()) == {"S2": MET, "S4": NOT_ENOUGH, "S5": NOT_ENOUGH}


def test_an_open_concern_about_a_standard_without_an_action_is_a_concern_and_touches_no_other_standard() -> None:
    found = words(practice(items=[an_item(1), an_item(2, "S4.1")], concerns=[a_concern()]))
    assert found == {"S2": CONCERN, "S4": MET, "S5": NOT_ENOUGH}


def test_a_concern_about_no_subject_is_about_the_standards_that_its_rule_cites() -> None:
    assert words(practice(concerns=[a_concern(subject="", standards=("S4", "S5"))])) == {
        "S2": MET, "S4": CONCERN, "S5": CONCERN,
    }  # fmt: skip


def test_a_subject_of_another_edition_is_about_its_standard() -> None:
    assert word(concerns=[a_concern(subject="S2.9")]) is CONCERN
    assert word(concerns=[a_concern(subject="S2")]) is CONCERN


@pytest.mark.parametrize("lane", ["safety", "excellence", "data_gap", "reappointment_risk", "of_a_later_release", ""])
def test_what_is_raised_for_something_else_than_practice_changes_no_word(lane: str) -> None:
    """A matter of safety has its own named people. A gap of the Team's is never about the person."""
    found = on("S2", practice(concerns=[a_concern(lane=lane)]))
    assert (found.word, found.concerns, found.under_review) == (MET, (), False)


def test_an_escalated_concern_is_a_concern() -> None:
    assert word(concerns=[a_concern(lane="escalation")]) is CONCERN


def test_what_has_ended_or_is_quiet_changes_no_word() -> None:
    """Nobody is told of a quiet concern before a person takes it on. So this page does not tell it either."""
    assert word(concerns=[a_concern(is_open=False)]) is MET
    assert word(concerns=[a_concern(quiet=True)]) is MET


def test_a_concern_on_hold_says_that_a_matter_is_under_review_and_changes_no_word() -> None:
    found = on("S2", practice(concerns=[a_concern(on_hold=True)]))
    assert (found.word, found.under_review, found.concerns) == (MET, True, ("c1",))
    both = on("S2", practice(concerns=[a_concern(on_hold=True), a_concern("c2")]))
    assert (both.word, both.under_review, both.concerns) == (CONCERN, True, ("c1", "c2"))


def test_a_concern_for_which_an_action_is_open_is_developing() -> None:
    concern = a_concern()
    assert word(concerns=[concern], actions=[opened(concern="c1")]) is DEVELOPING
    need = a_need(concern="c1", evidence=())
    assert word(concerns=[concern], needs=[need], actions=[opened(needs=("n1",))]) is DEVELOPING
    assert word(concerns=[concern, a_concern("c2")], actions=[opened(concern="c1")]) is CONCERN


def test_an_action_about_something_else_is_for_no_concern() -> None:
    assert word(concerns=[a_concern()], actions=[opened()]) is CONCERN


@pytest.mark.parametrize("state", [ActionState.PROPOSED, ActionState.MET, ActionState.WITHDRAWN])
def test_an_action_that_is_not_open_is_for_nothing(state: ActionState) -> None:
    assert word(concerns=[a_concern()], actions=[replace(opened(concern="c1"), state=state)]) is CONCERN
    assert word(actions=[replace(opened(), state=state)]) is MET


def test_an_open_action_to_improve_is_developing_and_one_to_maintain_is_not() -> None:
    assert word(actions=[opened()]) is DEVELOPING
    assert word(actions=[replace(opened(), state=ActionState.COMPLETION_OFFERED)]) is DEVELOPING
    assert word(actions=[opened(purpose=Purpose.MAINTAIN)]) is MET
    assert word(actions=[opened(standard="S4")]) is MET


def of_their_own(**changes: Any) -> Action:
    """Return an action that the Safeguarder proposed and the manager agreed to."""
    return replace(proposed(PERSON, **changes), state=ActionState.OPEN)


def test_what_safeguarders_want_to_learn_turns_no_word_against_them() -> None:
    """Record 0.6: else somebody who asks for help would stand worse than somebody who does not."""
    own, others = a_need(PERSON, evidence=()), a_need(MANAGER)
    assert word(actions=[of_their_own()]) is MET
    assert word(needs=[own], actions=[of_their_own(needs=("n1",))]) is MET
    assert word(needs=[own], actions=[opened(needs=("n1",))]) is MET, "the manager helps with what they named"
    assert word(needs=[others], actions=[of_their_own(needs=("n1",))]) is DEVELOPING
    assert word(concerns=[a_concern()], actions=[of_their_own(concern="c1")]) is DEVELOPING, "it is for the concern"


@pytest.mark.parametrize(
    "item",
    [
        an_item(days=400),
        an_item(shared_on=None, mappings=an_item(polarity=Polarity.CONCERN).content.mappings),
        an_item(evidence_class=EvidenceClass.HELP_SEEKING),
        an_item(evidence_class=EvidenceClass.EXPLORATORY),
        an_item(evidence_class=EvidenceClass.UNVERIFIED),
        an_item(kind=Kind.ACTION_OUTCOME),
        an_item(polarity=Polarity.CONCERN, days=3),
        an_item()._replace(state=ItemState.WITHDRAWN),
        an_item()._replace(state=ItemState.HELD),
    ],
    ids=[
        "too old", "not shared", "asks for help", "tried out", "not verified", "derived", "reply still open",
        "withdrawn", "held",
    ],
)  # fmt: skip
def test_what_does_not_count_is_no_evidence(item: Any) -> None:
    assert word(items=[item]) is NOT_ENOUGH


def test_praise_and_what_can_count_against_somebody_are_evidence_alike() -> None:
    assert word(items=[an_item(polarity=Polarity.PRAISE)]) is MET
    alone = [an_item(polarity=Polarity.CONCERN)]
    assert word(items=alone) is NOT_ENOUGH, "one item alone is no concern, and it shows no standard that is met"
    assert word(items=[*alone, an_item(2)]) is MET


def test_items_are_shown_newest_first_with_whether_they_count_and_until_when_to_reply() -> None:
    running = an_item(2, polarity=Polarity.CONCERN, days=3)
    shown = on("S2", practice(items=[an_item(1), running, an_item(3, "S4.1")])).items
    assert [(seen.item.evidence_id, seen.counts, seen.reply_due_on) for seen in shown] == [
        ("e2", False, TODAY + timedelta(days=11)),
        ("e1", True, None),
    ]


def test_what_the_safeguarder_cannot_see_is_not_shown_to_anybody_here() -> None:
    hidden = an_item(shared_on=None, mappings=an_item(polarity=Polarity.CONCERN).content.mappings)
    assert on("S2", practice(items=[hidden])).items == ()
    own = hidden._replace(content=hidden.content._replace(source="self"))
    assert on("S2", practice(items=[own])).items == (), "they do not see yet what the Team reads in it"


def test_who_sent_an_item_is_for_the_team_alone() -> None:
    (seen,) = on("S2", practice()).items
    assert (seen.item.sender, seen.item.sent_for) == ("", "")


def a_record(days: int, *views: View, **changes: Any) -> SessionRecord:
    """Return a record that was shared some days ago."""
    held_on = TODAY - timedelta(days=days)
    record = SessionRecord(
        f"x{days}", "sg-one", held_on, "online", Content(views), "manager-one", NOW,
        state=RecordState.CLOSED, shared_at=NOW - timedelta(days=days),
    )  # fmt: skip
    return replace(record, **changes)


def test_the_last_view_of_a_person_stands_beside_the_word_with_its_day() -> None:
    older, newer = a_record(90, View("S2", ViewWord.DEVELOPING)), a_record(10, View("S2", ViewWord.NO_NEW_EVIDENCE))
    view = on("S2", practice(records=[newer, older])).last_view
    assert view is not None
    assert (view.word, view.held_on, view.session_id) == (ViewWord.DEVELOPING, older.held_on, "x90")
    assert on("S4", practice(records=[newer, older])).last_view is None


def test_a_view_in_words_of_a_person_changes_no_word_of_the_page() -> None:
    assert word(records=[a_record(10, View("S2", ViewWord.CONCERN))]) is MET


def test_a_view_that_is_disputed_says_so_and_a_draft_says_nothing() -> None:
    dispute = Answer(NOW, (Dispute("S2", "I asked first."),))
    view = on("S2", practice(records=[a_record(10, View("S2", ViewWord.CONCERN), answer=dispute)])).last_view
    assert view is not None
    assert view.disputed
    for hidden in ({"shared_at": None}, {"state": RecordState.WITHDRAWN}):
        records = [a_record(10, View("S2", ViewWord.CONCERN), **hidden)]
        assert on("S2", practice(records=records)).last_view is None


def test_standards_stand_in_the_order_of_their_ids_whatever_their_words() -> None:
    assert list(words(practice(concerns=[a_concern(subject="S5.1")]))) == ["S2", "S4", "S5"]
