"""A suspension is looked at again by its day, and a talk waits for the person who is away (R90, record 3.1 and 3.2)."""

from dataclasses import replace

from services.scheduling.domain.duties.overlays import OverlayFact
from services.scheduling.domain.obligations.clocks import PauseReason
from tests.scheduling.duties.build import MONDAY, Told, an_action, away, day, facts, owed, who_and_when

SUSPENDED = OverlayFact("o1", 1, True, MONDAY, day("11-30"), None, MONDAY)
GOES_ON = replace(SUSPENDED, version=2, review_on=day("12-21"), reviewed_on=day("11-27"))
LIFTED = replace(GOES_ON, version=3, in_force=False, review_on=None)
LOOK = ("review_suspension", "panel_team")


def test_the_team_owes_the_next_look_by_its_day_and_again_after_each() -> None:
    told = Told()
    assert told.on("11-02", facts(SUSPENDED)) == [("review_suspension", "running", "11-30")]
    assert who_and_when("12-04", facts(SUSPENDED)) == [(*LOOK, "11-30")], "it stays owed when the day has passed"
    assert told.on("11-27", facts(GOES_ON)) == [
        ("review_suspension", "running", "12-21"), ("review_suspension", "met", "11-30"),
    ]  # fmt: skip
    assert told.on("12-01", facts(LIFTED)) == [("review_suspension", "met", "12-21")]


def test_nobody_owes_a_look_once_membership_has_ended_and_that_meets_nothing() -> None:
    told = Told()
    told.on("11-02", facts(SUSPENDED))
    assert told.on("11-20", facts(SUSPENDED, ended_on=day("11-19"))) == [("review_suspension", "ended", "11-30")]


def test_a_talk_about_an_action_waits_for_the_person_and_the_rest_of_the_managers_runs_on() -> None:
    suspended = away("12-03", "12-16", PauseReason.SUSPENDED)
    known = facts(an_action(), pauses=[suspended])
    (review,) = [each for each in owed("12-04", known) if each.kind == "review_action"]
    assert review.stands_still_because(day("12-04")) == (PauseReason.SUSPENDED,)
    done = facts(an_action("completion_offered", since_on=day("12-01")), pauses=[suspended])
    (look,) = owed("12-04", done)
    assert not look.stands_still_because(day("12-04"))
