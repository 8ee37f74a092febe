"""What a record must have before it is shared: all of the agenda, praise first, nothing from outside the papers."""

from dataclasses import replace
from typing import Any

import pytest

from services.evidence.domain.sessions import life_of_a_record as life
from services.evidence.domain.sessions.record import (
    Content,
    Dispute,
    Outcome,
    OutcomeWord,
    RecordState,
    SessionRecord,
    View,
    ViewWord,
)
from services.refusals import Refusal
from tests.evidence.sessions.build import (
    ACTION,
    AUTHOR,
    COMPLETE,
    CONCERN,
    EVIDENCE,
    NOW,
    NUMBERS,
    OUTCOMES,
    OWN,
    PAPERS,
    PRAISE,
    SUPPORT,
    VIEWS,
    a_draft,
    a_shared_record,
)

ELSEWHERE = "safeguarders/sg-one/evidenceItems/not-shared"


def with_outcome(item: str, word: OutcomeWord, words: str = "because", action: str = "") -> Content:
    other = (said for said in OUTCOMES if said.item != item)
    return replace(COMPLETE, outcomes=(*other, Outcome(item, word, words, action)))


def without(item: str) -> Content:
    return replace(COMPLETE, outcomes=tuple(said for said in OUTCOMES if said.item != item))


@pytest.mark.parametrize(
    ("content", "reason", "named"),
    [
        (without(PRAISE), "PRAISE_FIRST", PRAISE),
        (with_outcome(PRAISE, OutcomeWord.CARRIED_FORWARD), "PRAISE_FIRST", PRAISE),
        (without(OWN), "RECORD_INCOMPLETE", OWN),
        (without(CONCERN), "RECORD_INCOMPLETE", CONCERN),
        (with_outcome(CONCERN, OutcomeWord.NO_ACTION, ""), "RECORD_INCOMPLETE", CONCERN),
        (with_outcome(CONCERN, OutcomeWord.SETTLED), "OUTCOME_DOES_NOT_SUIT", CONCERN),
        (with_outcome(CONCERN, OutcomeWord.ACKNOWLEDGED), "OUTCOME_DOES_NOT_SUIT", CONCERN),
        (with_outcome(OWN, OutcomeWord.ACKNOWLEDGED), "OUTCOME_DOES_NOT_SUIT", OWN),
        (with_outcome(CONCERN, OutcomeWord.ACTION), "RECORD_INCOMPLETE", f"the action that answers {CONCERN}"),
        (with_outcome(CONCERN, OutcomeWord.NO_ACTION, action=ACTION), "OUTCOME_DOES_NOT_SUIT", CONCERN),
        (replace(COMPLETE, views=VIEWS[:1]), "RECORD_INCOMPLETE", "S2"),
        (replace(COMPLETE, views=(VIEWS[0], View("S2", ViewWord.CONCERN))), "RECORD_INCOMPLETE", "S2"),
        (replace(COMPLETE, child_interest=""), "RECORD_INCOMPLETE", "child_interest"),
    ],
)
def test_a_record_is_shared_only_when_it_is_complete_and_rests_on_the_papers(
    content: Content, reason: str, named: str
) -> None:
    with pytest.raises(Refusal) as refused:
        life.share(a_draft(content), PAPERS, NOW, NUMBERS)
    assert refused.value.reason == reason
    assert named in refused.value.message


@pytest.mark.parametrize(
    ("content", "reason", "field"),
    [
        (with_outcome(ELSEWHERE, OutcomeWord.NO_ACTION), "NOT_IN_PACK", "content.outcomes[3].item"),
        (
            replace(COMPLETE, views=(VIEWS[0], View("S2", ViewWord.MET, (ELSEWHERE,)))),
            "NOT_IN_PACK",
            "content.views[1].basis",
        ),
        (replace(COMPLETE, views=(View("Maisie", ViewWord.MET),)), "UNKNOWN_STANDARD", "content.views[0].standard"),
        (with_outcome(CONCERN, OutcomeWord.ACTION, action=ELSEWHERE), "NOT_IN_PLAN", "content.outcomes[2].action"),
        (replace(COMPLETE, actions=(ACTION, ELSEWHERE)), "NOT_IN_PLAN", "content.actions"),
        (replace(COMPLETE, supports=(ELSEWHERE,)), "NOT_IN_PLAN", "content.supports"),
    ],
)
def test_no_draft_names_what_is_in_neither_papers_nor_plan(content: Content, reason: str, field: str) -> None:
    """R71, R72: any other name could be any text. The refusal does not repeat it."""
    with pytest.raises(Refusal) as refused:
        a_draft(content)
    assert (refused.value.reason, refused.value.field) == (reason, field)
    assert ELSEWHERE not in refused.value.message
    assert "Maisie" not in refused.value.message


@pytest.mark.parametrize(
    "content",
    [
        COMPLETE,
        with_outcome(CONCERN, OutcomeWord.CARRIED_FORWARD),
        with_outcome(CONCERN, OutcomeWord.ACTION, "", ACTION),
        replace(COMPLETE, actions=(ACTION,), supports=(SUPPORT,)),
        with_outcome(OWN, OutcomeWord.NO_ACTION),
        replace(COMPLETE, views=(VIEWS[0], View("S2", ViewWord.NO_NEW_EVIDENCE))),
        replace(COMPLETE, views=(VIEWS[0], View("S2", ViewWord.CONCERN, (CONCERN, EVIDENCE)))),
    ],
)
def test_a_complete_record_is_shared_with_ten_working_days_to_answer(content: Content) -> None:
    shared = life.share(a_draft(content), PAPERS, NOW, NUMBERS)
    assert shared.answer_due_on is not None
    assert shared.answer_due_on.isoformat() == "2026-11-16"
    assert (shared.pack_hash, shared.edition) == ("hash", 1)


def test_everything_that_is_missing_is_named_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        life.share(a_draft(Content(outcomes=OUTCOMES[:1])), PAPERS, NOW, NUMBERS)
    assert all(missing in refused.value.message for missing in ("S1", "S2", OWN, CONCERN, "child_interest"))


def corrected(before: Content, text: Content, **changes: Any) -> SessionRecord:
    """Return a record with another text, after the plan changed."""
    record = replace(a_shared_record(), content=before, state=RecordState.DISPUTED)
    papers = replace(PAPERS, **changes)
    return life.correct(record, life.Correction(text, "The day was wrong.", AUTHOR), papers, NOW, NUMBERS)


def test_a_corrected_text_may_name_again_what_the_text_before_named() -> None:
    """An action that was withdrawn since was an action on the day of the session."""
    before = replace(with_outcome(CONCERN, OutcomeWord.ACTION, "", ACTION), supports=(SUPPORT,))
    after = replace(before, child_interest="Each child was met twice.")
    nothing: frozenset[str] = frozenset()
    assert corrected(before, after, actions=nothing, supports=nothing).content == after
    with pytest.raises(Refusal) as refused:
        corrected(COMPLETE, after, actions=nothing)
    assert refused.value.reason == "NOT_IN_PLAN"


def test_words_that_say_which_action_stay_in_a_text_of_a_release_before() -> None:
    """Such a text is corrected elsewhere without a name that nobody knows. Other words need the name."""
    before = with_outcome(CONCERN, OutcomeWord.ACTION, "She reads the guide.")
    after = replace(before, child_interest="Each child was met twice.")
    assert corrected(before, after).content == after
    other = with_outcome(CONCERN, OutcomeWord.ACTION, "She reads the new guide.")
    with pytest.raises(Refusal) as refused:
        corrected(before, other)
    assert refused.value.reason == "RECORD_INCOMPLETE"


def test_what_is_disputed_is_open_until_somebody_answers_and_with_it_the_action_that_it_names() -> None:
    """Only the undisputed stands: no guard takes the action or the support as spoken of (record 2.2)."""
    text = replace(with_outcome(CONCERN, OutcomeWord.ACTION, "", ACTION), supports=(SUPPORT,))
    shared = replace(a_shared_record(), content=text)
    assert shared.unanswered == set()
    disputes = [Dispute(CONCERN, "I did not agree to that."), Dispute(SUPPORT, "Nobody asked me.")]
    disputed = life.answer(shared, 1, disputes, NOW, NUMBERS)
    assert disputed.unanswered == {CONCERN, ACTION, SUPPORT}
    closed = life.close(disputed, dict.fromkeys((CONCERN, SUPPORT), "We asked on the day."), NOW)
    assert closed.unanswered == set()
