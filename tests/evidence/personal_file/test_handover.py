"""Somebody who takes over as support manager finds what was carried, what is disputed and what the Team owes (R66)."""

from dataclasses import replace
from datetime import date

from services.evidence.domain.personal_file.handover import carried_over
from services.evidence.domain.sessions.record import (
    Answer,
    Content,
    Dispute,
    Outcome,
    OutcomeWord,
    RecordState,
    SessionRecord,
)
from tests.evidence.sessions.build import CONCERN, EVIDENCE, NOW, OWN, a_draft

CARRIED = Outcome(CONCERN, OutcomeWord.CARRIED_FORWARD, "There was no time.")
SETTLED = Outcome(OWN, OutcomeWord.SETTLED, "We went through the form.")


def a_record(known: str, day: int, *outcomes: Outcome, disputes: tuple[Dispute, ...] = ()) -> SessionRecord:
    content, answer = Content(outcomes=outcomes), Answer(NOW, disputes) if disputes else None
    made = replace(a_draft(content), session_id=known, held_on=date(2026, 10, day), answer=answer)
    return replace(made, state=RecordState.CLOSED, shared_at=NOW)


def left(*records: SessionRecord) -> list[tuple[str, str, bool]]:
    return [(each.about, each.words, each.disputed) for each in carried_over(records)]


def test_what_the_last_session_carried_is_left_open_and_nothing_that_was_settled() -> None:
    assert left(a_record("x1", 3, CARRIED, SETTLED)) == [(CONCERN, "There was no time.", False)]


def test_what_an_earlier_session_carried_came_up_at_the_next_one() -> None:
    assert left(a_record("x1", 3, CARRIED), a_record("x2", 9, SETTLED)) == []


def test_a_dispute_stays_open_until_it_is_answered_however_long_ago_it_was() -> None:
    open_still, answered = Dispute("S2", "It was one agency."), Dispute(EVIDENCE, "No.", "Thank you.")
    older = a_record("x1", 3, CARRIED, disputes=(answered, open_still))
    assert left(older, a_record("x2", 9, SETTLED)) == [("S2", "It was one agency.", True)]


def test_a_draft_and_a_withdrawn_record_leave_nothing() -> None:
    draft = replace(a_record("x1", 9, CARRIED), shared_at=None)
    withdrawn = replace(a_record("x2", 9, CARRIED), state=RecordState.WITHDRAWN)
    assert left(draft, withdrawn) == []
    assert left(draft, withdrawn, a_record("x3", 3, CARRIED)) == [(CONCERN, "There was no time.", False)]
