"""Whatever happens, each concern is to be discussed exactly once, until it is settled or closed (R110, B11)."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings

from services.scheduling.domain.sessions.agenda import in_order
from tests.scheduling.stories import STORY, Storyteller
from tests.sizes import part_of


@settings(max_examples=part_of(600), deadline=None)
@given(STORY)
def test_whatever_happens_each_concern_is_to_be_discussed_exactly_once_until_settled(
    story: list[tuple[int, int, int]],
) -> None:
    """P2: sessions held, missed, corrected, moved and cancelled; items settled, corrected, closed and reopened."""
    teller = Storyteller()
    for step in story:
        teller.play(*step)
        open_items = [item.concern_id for item in teller.open_items()]
        assert sorted(open_items) == sorted(teller.pending)
        assert all(session.unsettled == () for session in teller.diary.sessions if session.is_over(teller.now))
        assert all(session.agenda == in_order(session.agenda) for session in teller.diary.sessions)


@settings(max_examples=part_of(300), deadline=None)
@given(STORY)
def test_whatever_happens_no_two_open_sessions_overlap_and_each_obligation_has_one_at_most(
    story: list[tuple[int, int, int]],
) -> None:
    teller = Storyteller()
    for step in story:
        teller.play(*step)
    open_sessions = [session for session in teller.diary.sessions if session.is_open]
    starts = sorted(session.starts_at for session in open_sessions)
    assert all(later - earlier >= timedelta(minutes=90) for earlier, later in pairwise(starts))
    core = [session.obligation_id for session in open_sessions if session.obligation_id is not None]
    assert len(core) == len(set(core))
