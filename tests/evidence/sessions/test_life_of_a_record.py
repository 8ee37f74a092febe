"""Who moves a session record, and what can never come of silence (B5, D15)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.evidence.domain.sessions import life_of_a_record as life
from services.evidence.domain.sessions.record import CHILD_INTEREST, Author, Dispute, Ending, RecordState, SessionRecord
from services.evidence.domain.sessions.slot import SlotState
from services.refusals import Refusal
from services.who import Who
from tests.evidence.sessions.build import (
    AUTHOR,
    COMPLETE,
    MANAGER,
    NOW,
    NUMBERS,
    PAPERS,
    a_draft,
    a_shared_record,
    a_slot,
    answering,
)

DISPUTE = Dispute("S2", "I spoke with each of them.")
LATER = NOW + timedelta(days=30)
OTHER_TEXT = replace(COMPLETE, child_interest="Each child was met twice.")


def disputed() -> SessionRecord:
    return life.answer(a_shared_record(), 1, [DISPUTE], NOW, NUMBERS)


def refused(move: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as problem:
        move()
    return problem.value.reason


def corrected(record: SessionRecord) -> SessionRecord:
    return life.correct(record, life.Correction(OTHER_TEXT, "You were right.", AUTHOR), PAPERS, NOW, NUMBERS)


@pytest.mark.parametrize("state", [state for state in SlotState if state is not SlotState.HELD])
def test_only_a_session_that_was_held_has_a_record(state: SlotState) -> None:
    assert refused(lambda: life.draft(a_slot(state=state), COMPLETE, AUTHOR, PAPERS, NOW)) == "SESSION_NOT_HELD"


def test_a_confirmed_record_closes_by_itself() -> None:
    record = life.answer(a_shared_record(), 1, [], NOW, NUMBERS)
    assert (record.state, record.ending, record.closed_at) == (RecordState.CLOSED, Ending.CONFIRMED, NOW)


def test_silence_closes_a_record_without_an_answer_and_not_before_its_time() -> None:
    shared = a_shared_record()
    assert shared.answer_due_on is not None
    last_day = NOW + (shared.answer_due_on - NOW.date())
    assert life.lapse(shared, answering(shared), last_day) is shared
    lapsed = life.lapse(shared, answering(shared), last_day + timedelta(days=1))
    assert (lapsed.state, lapsed.ending, lapsed.answer) == (RecordState.CLOSED, Ending.NO_ANSWER, None)
    assert refused(lambda: life.answer(lapsed, 1, [], LATER, NUMBERS)) == "ANSWER_TIME_OVER"


def test_a_disputed_record_closes_with_words_on_each_disputed_section_and_keeps_both() -> None:
    assert refused(lambda: life.close(disputed(), {}, NOW)) == "SAY_WHAT"
    assert refused(lambda: life.close(disputed(), {"S2": "I see it so.", "S1": "And?"}, NOW)) == "SAY_WHAT"
    closed = life.close(disputed(), {"S2": "I see it so."}, NOW)
    assert (closed.state, closed.ending) == (RecordState.CLOSED, Ending.DISPUTED)
    assert closed.answer is not None
    assert closed.answer.disputes == (replace(DISPUTE, response="I see it so."),)
    assert closed.content == COMPLETE
    assert life.close(closed, {"S2": "I see it so."}, LATER) is closed


def test_a_correction_is_another_text_which_the_safeguarder_answers_again() -> None:
    text = corrected(disputed())
    assert (text.edition, text.state, text.answer, text.ending) == (2, RecordState.SHARED, None, None)
    assert refused(lambda: life.answer(text, 1, [], NOW, NUMBERS)) == "OTHER_EDITION"
    assert life.answer(text, 2, [], NOW, NUMBERS).ending is Ending.CONFIRMED


def test_a_text_names_its_author_and_for_whom_a_delegate_wrote_it() -> None:
    """X6: the next text of the support manager themselves names nobody else."""
    draft = life.draft(a_slot(), COMPLETE, Author("manager-two", MANAGER), PAPERS, NOW)
    assert (draft.author, draft.for_whom) == ("manager-two", MANAGER)
    own = life.change(draft, COMPLETE, AUTHOR, PAPERS, NOW)
    assert (own.author, own.for_whom) == (MANAGER, "")


def test_while_an_answer_is_awaited_the_text_stays_as_the_safeguarder_reads_it() -> None:
    assert refused(lambda: corrected(a_shared_record())) == "ANSWER_AWAITED"
    assert refused(lambda: life.change(a_shared_record(), OTHER_TEXT, AUTHOR, PAPERS, NOW)) == "RECORD_SHARED"


def test_the_same_answer_again_changes_nothing_and_another_one_is_refused() -> None:
    assert life.answer(disputed(), 1, [DISPUTE], LATER, NUMBERS) == disputed()
    assert refused(lambda: life.answer(disputed(), 1, [], LATER, NUMBERS)) == "ANSWERED_ALREADY"


@pytest.mark.parametrize("dispute", [Dispute("S2", ""), Dispute("S9", "words"), Dispute("", "words")])
def test_a_dispute_says_what_is_disputed(dispute: Dispute) -> None:
    assert refused(lambda: life.answer(a_shared_record(), 1, [dispute], NOW, NUMBERS)) == "SAY_WHAT"


def test_withdrawing_a_record_takes_two_people_neither_of_whom_wrote_it_alone() -> None:
    assert refused(lambda: life.withdraw(a_shared_record(), Who("team-1"), "", NOW)) == "FIELD_MISSING"
    asked = life.withdraw(a_shared_record(), Who("team-1"), "It did not take place.", NOW)
    assert asked.state is RecordState.SHARED
    assert refused(lambda: life.withdraw(asked, Who("team-1"), "", NOW)) == "SECOND_PERSON_NEEDED"
    assert refused(lambda: life.withdraw(asked, Who(MANAGER), "", NOW)) == "SECOND_PERSON_NEEDED"
    assert life.withdraw(asked, Who("team-2"), "", NOW).state is RecordState.WITHDRAWN


def test_a_draft_goes_with_a_session_that_was_not_held_and_a_shared_record_stays() -> None:
    assert life.void(a_draft(), NOW).state is RecordState.WITHDRAWN
    assert life.void(a_shared_record(), NOW) == a_shared_record()


class AnyOrder(RuleBasedStateMachine):
    """Random moves of both sides and of the calendar, allowed or not."""

    def __init__(self) -> None:
        super().__init__()
        self.now = NOW
        self.record = a_draft()
        self.texts = {1: COMPLETE}
        self.confirmed: set[int] = set()
        """Texts that the Safeguarder confirmed."""

    def attempt(self, move: Callable[[], SessionRecord]) -> bool:
        try:
            after = move()
        except Refusal:
            return False
        assert after.version in (self.record.version, self.record.version + 1)
        self.record = after
        return True

    @rule(days=st.integers(0, 20))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        self.attempt(lambda: life.lapse(self.record, answering(self.record), self.now))

    @rule()
    def the_manager_shares(self) -> None:
        self.attempt(lambda: life.share(self.record, PAPERS, self.now, NUMBERS))

    @rule(edition=st.integers(1, 3))
    def the_safeguarder_confirms(self, edition: int) -> None:
        if self.attempt(lambda: life.answer(self.record, edition, [], self.now, NUMBERS)):
            self.confirmed.add(edition)

    @rule(section=st.sampled_from(["S1", "S2", CHILD_INTEREST]))
    def the_safeguarder_disputes(self, section: str) -> None:
        disputes = [Dispute(section, "It was otherwise.")]
        self.attempt(lambda: life.answer(self.record, self.record.edition, disputes, self.now, NUMBERS))

    @rule(words=st.sampled_from(["", "I see it so."]))
    def the_manager_responds(self, words: str) -> None:
        responses = dict.fromkeys(self.record.disputed_sections, words)
        self.attempt(lambda: life.close(self.record, responses, self.now))

    @rule(words=st.text("abc", min_size=1, max_size=3))
    def the_manager_corrects(self, words: str) -> None:
        changed = life.Correction(replace(COMPLETE, child_interest=words), "A reason.", AUTHOR)
        if self.attempt(lambda: life.correct(self.record, changed, PAPERS, self.now, NUMBERS)):
            assert self.record.edition not in self.texts, "a text takes the place of none before"
            self.texts[self.record.edition] = changed.content

    @invariant()
    def silence_is_never_agreement(self) -> None:
        if self.record.ending is Ending.CONFIRMED:
            assert self.record.edition in self.confirmed

    @invariant()
    def a_shared_text_never_changes(self) -> None:
        assert self.record.content == self.texts[self.record.edition]

    @invariant()
    def disputed_is_not_agreed(self) -> None:
        if self.record.disputed_sections:
            assert self.record.ending in (None, Ending.DISPUTED)


TestAnyOrder = AnyOrder.TestCase
