"""A suspension names its policy, its notice and the day of the next look (R90)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest

from services.evidence.adapters.overlays.policy import POLICY_FILE, overlay_policy, read_policy
from services.evidence.domain.overlays import suspension as life
from services.evidence.domain.overlays.overlay import (
    Effect,
    Followed,
    LiftReason,
    Overlay,
    OverlayState,
    Reason,
    WithoutRecommendation,
    days_away,
)
from services.evidence.domain.overlays.suspension import (
    Asked,
    DecidedOn,
    Lifting,
    Look,
    Recorder,
    end_with_membership,
    suspend,
)
from services.evidence.domain.safeguarder import LegalBasis, Safeguarder, SafeguarderId, State, Term
from services.platform.data_file import DataFileError
from services.refusals import Refusal

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
TODAY = NOW.date()
TERM = Term(1, date(2026, 1, 1), date(2028, 12, 31), LegalBasis("SSI 2012/54", "reg 7(1)", "as made"))
ENTRY = Safeguarder(SafeguarderId("sg-one"), "Demo Person", ("fife",), State.APPOINTED, (TERM,), True, NOW)
RECORDER, TEAM = Recorder("recorder", True, NOW), Recorder("panel-team", False, NOW)
POLICY = overlay_policy()
NOTHING = DecidedOn()
URGENT = DecidedOn(without=WithoutRecommendation.URGENT)
NOT_READY = DecidedOn(without=WithoutRecommendation.NOT_READY)
NAMED = DecidedOn("m1", "6f1c20aa")


def day(number: int) -> date:
    """Return the day so many days after today."""
    return TODAY + timedelta(days=number)


def asked(**changes: Any) -> Asked:
    wanted = Asked(Reason.CONDUCT, "conduct-and-performance", day(-1), None, day(28), URGENT)
    return replace(wanted, **changes)


def suspended(by: Recorder = RECORDER, **changes: Any) -> Overlay:
    return suspend("o1", ENTRY, asked(**changes), POLICY, by)


def later(days: int, by: Recorder = RECORDER) -> Recorder:
    return replace(by, now=NOW + timedelta(days=days))


def review(known: Overlay, on: date | None, next_on: date, by: Recorder, said: DecidedOn = NOT_READY) -> Overlay:
    return life.review(known, Look(on, next_on, said), POLICY, by)


def lift(known: Overlay, on: date | None, reason: LiftReason, by: Recorder, said: DecidedOn = NOTHING) -> Overlay:
    return life.lift(known, Lifting(on, reason, said), POLICY, by)


def reason_of(refused: Any) -> str:
    with pytest.raises(Refusal) as problem:
        refused()
    return problem.value.reason


CHECK = {"decided_on": DecidedOn(), "reason": Reason.PVG_CHECK, "policy": "checks", "notice_on": TODAY}


@pytest.mark.parametrize(
    ("changes", "by", "reason"),
    [
        ({}, RECORDER, ""),
        (CHECK, RECORDER, ""),
        (CHECK, TEAM, ""),
        ({"starts_on": day(-20), "notice_on": day(-21), "review_on": day(8)}, RECORDER, ""),
        ({}, TEAM, "NOT_YOURS_TO_RECORD"),
        ({"decided_on": NAMED}, RECORDER, ""),
        ({"decided_on": DecidedOn()}, RECORDER, "SAY_THE_RECOMMENDATION"),
        ({"decided_on": replace(NAMED, without=WithoutRecommendation.URGENT)}, RECORDER, "SAY_THE_RECOMMENDATION"),
        ({"policy": ""}, RECORDER, "SAY_THE_POLICY"),
        ({"policy": "conduct"}, RECORDER, "SAY_THE_POLICY"),
        ({"policy": "checks"}, RECORDER, "SAY_THE_POLICY"),
        ({"notice_on": None}, RECORDER, "NOTICE_FIRST"),
        ({"notice_on": TODAY}, RECORDER, "NOTICE_FIRST"),
        ({"starts_on": day(-20)}, RECORDER, "NOTICE_FIRST"),
        ({"review_on": None}, RECORDER, "REVIEW_DATE"),
        ({"review_on": TODAY}, RECORDER, "REVIEW_DATE"),
        ({"review_on": day(29)}, RECORDER, "REVIEW_DATE"),
        ({"starts_on": day(1)}, RECORDER, "START_TO_COME"),
        ({"starts_on": date(2025, 12, 31)}, RECORDER, "NOT_APPOINTED"),
    ],
)
def test_a_suspension_says_its_policy_its_notice_and_when_it_is_looked_at(
    changes: dict[str, Any], by: Recorder, reason: str
) -> None:
    """R90: no power to suspend stands in the Regulations, so it rests on a policy, and notice comes first."""
    if reason:
        assert reason_of(lambda: suspended(by, **changes)) == reason
        return
    made = suspended(by, **changes)
    assert (made.state, made.ends_on, made.reported) == (OverlayState.IN_FORCE, None, "starts_on" in changes)
    assert made.effects == (Effect.DAYS_AWAY, Effect.PRACTICE_HELD)


def test_it_is_looked_at_again_within_four_weeks_of_each_look() -> None:
    made = suspended()
    once = review(made, None, day(41), later(20))
    assert once.suspension is not None
    assert (once.state, once.suspension.reviewed_on, once.suspension.review_on) == (
        OverlayState.REVIEWED, (day(20),), day(41),
    )  # fmt: skip
    assert reason_of(lambda: review(made, None, day(49), later(20))) == "REVIEW_DATE"
    assert reason_of(lambda: review(made, day(21), day(41), later(20))) == "DAY_OUT_OF_RANGE"
    assert reason_of(lambda: review(once, day(19), day(41), later(21))) == "DAY_OUT_OF_RANGE"
    twice = review(once, day(20), day(40), later(21)).suspension
    assert twice is not None
    assert twice.reviewed_on == (day(20), day(20))


@pytest.mark.parametrize(
    ("reason", "on", "last_on"),
    [
        (LiftReason.NOT_UPHELD, None, day(9)),
        (LiftReason.NO_LONGER_NEEDED, day(6), day(5)),
        (LiftReason.NOT_UPHELD, day(0), None),
        (LiftReason.IN_ERROR, None, None),
    ],
)
def test_a_lifted_one_has_the_days_until_it_was_lifted_and_one_in_error_has_none(
    reason: LiftReason, on: date | None, last_on: date | None
) -> None:
    lifted = lift(suspended(), on, reason, later(10))
    away = days_away(lifted)
    assert away is not None
    assert (away.time_away_id, away.cancelled) == ("o1", last_on is None)
    assert last_on is None or (away.starts_on, away.ends_on) == (TODAY, last_on)
    assert reason_of(lambda: lift(lifted, None, reason, later(11))) == "SUSPENSION_OVER"
    assert reason_of(lambda: review(lifted, None, day(20), later(11))) == "SUSPENSION_OVER"


def test_it_is_lifted_on_no_day_before_it_began_or_to_come() -> None:
    for wrong in (day(-1), day(11)):
        lifting = partial(lift, suspended(), wrong, LiftReason.NOT_UPHELD, later(10))
        assert reason_of(lifting) == "DAY_OUT_OF_RANGE"
    assert reason_of(lambda: lift(suspended(), None, LiftReason.NOT_UPHELD, later(1, TEAM))) == ("NOT_YOURS_TO_RECORD")


def follows(known: Overlay) -> tuple[Followed | None, WithoutRecommendation | None]:
    assert known.suspension is not None
    return known.suspension.follows, known.suspension.without


def test_one_without_a_recommendation_is_asked_for_one_at_each_look() -> None:
    """Also one that a release before recorded, which says neither."""
    urgent = suspended()
    assert follows(urgent) == (None, WithoutRecommendation.URGENT)
    assert urgent.suspension is not None
    of_before = replace(urgent, suspension=replace(urgent.suspension, without=None))
    for known in (urgent, of_before):
        assert reason_of(lambda known=known: review(known, None, day(41), later(20), DecidedOn())) == (
            "SAY_THE_RECOMMENDATION"
        )
        once = review(known, None, day(41), later(20))
        assert follows(once) == (None, WithoutRecommendation.NOT_READY)
        twice = review(once, None, day(42), later(21), NAMED)
        assert follows(twice) == (Followed("m1", "6f1c20aa"), None)
        assert follows(review(twice, None, day(43), later(22), DecidedOn())) == follows(twice)
        assert reason_of(lambda twice=twice: review(twice, None, day(43), later(22))) == ("SAY_THE_RECOMMENDATION")


def test_a_lift_waits_for_no_recommendation_and_one_in_error_follows_none() -> None:
    lifted = lift(suspended(), None, LiftReason.NOT_UPHELD, later(10)).suspension
    assert lifted is not None
    assert lifted.lift_follows is None
    followed = lift(suspended(), None, LiftReason.NO_LONGER_NEEDED, later(10), NAMED).suspension
    assert followed is not None
    assert followed.lift_follows == Followed("m1", "6f1c20aa")
    assert reason_of(lambda: lift(suspended(), None, LiftReason.IN_ERROR, later(10), NAMED)) == (
        "RECOMMENDATION_DOES_NOT_FIT"
    )


def test_it_ends_with_the_membership_and_not_before() -> None:
    made = suspended()
    left = replace(ENTRY, state=State.ENDED, terms=(replace(TERM, ends_on=day(30)),))
    assert end_with_membership(made, ENTRY, NOW + timedelta(days=900)) is None, "nobody recorded an end"
    assert end_with_membership(made, left, NOW + timedelta(days=30)) is None
    ended = end_with_membership(made, left, NOW + timedelta(days=31))
    assert ended is not None
    assert (ended.state, ended.ends_on) == (OverlayState.ENDED, day(30))
    assert end_with_membership(ended, left, NOW + timedelta(days=32)) is None


def test_the_file_of_policies_says_why_and_who_answers_for_each(tmp_path: Any) -> None:
    text = POLICY_FILE.read_text()
    for right, wrong in (
        ("value: 28", "value: none"),
        ("[conduct, performance]", "[habit]"),
        ("    why: a check", "    w: a"),
    ):
        file = tmp_path / "overlays.yaml"
        file.write_text(text.replace(right, wrong))
        with pytest.raises(DataFileError, match=r"overlays.yaml:\d+"):
            read_policy(file)
