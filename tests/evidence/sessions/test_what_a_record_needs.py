"""What a record must have before it is shared: all of the agenda, praise first, nothing from outside the papers."""

from dataclasses import replace

import pytest

from services.evidence.domain.sessions import life_of_a_record as life
from services.evidence.domain.sessions.record import Content, Outcome, OutcomeWord, View, ViewWord
from services.refusals import Refusal
from tests.evidence.sessions.build import (
    COMPLETE,
    CONCERN,
    EVIDENCE,
    NOW,
    NUMBERS,
    OUTCOMES,
    OWN,
    PAPERS,
    PRAISE,
    VIEWS,
    a_draft,
)

ELSEWHERE = "safeguarders/sg-one/evidenceItems/not-shared"


def with_outcome(item: str, word: OutcomeWord, words: str = "because") -> Content:
    return replace(COMPLETE, outcomes=(*(said for said in OUTCOMES if said.item != item), Outcome(item, word, words)))


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
    ],
)
def test_no_draft_names_what_is_not_in_the_papers(content: Content, reason: str, field: str) -> None:
    """A name in a record is one of the papers, or it could be any text. The refusal does not repeat it."""
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
        with_outcome(CONCERN, OutcomeWord.ACTION),
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
