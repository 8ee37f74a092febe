"""The version of a plan as both sides read it (R106). No answer is never shown as a confirmation."""

from typing import Any

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb
from psmf.scheduling.v1 import duties_pb2

from services.cli.duty.commands import _shown_by
from services.cli.plan.shown import plan_text
from services.cli.plan.versions import history_text, version_stands
from services.client.lines import UNLIMITED
from tests.cli.plan.a_plan import FILE, NAMES, day, duty, instant, need, plan

STATES = pb.PlanVersion
BY_MANAGER: dict[str, Any] = {"support_manager_confirm_time": instant(11, 23), "support_manager": "manager-one"}
BY_PERSON: dict[str, Any] = {"safeguarder_confirm_time": instant(11, 24)}
SINCE: dict[str, Any] = {"in_force_time": instant(11, 24)}
HASH = "6f1c20aa" * 8


def version(state: Any, number: int = 1, **fields: Any) -> pb.PlanVersion:
    return pb.PlanVersion(
        name=f"{FILE}/developmentPlan/versions/{number}", number=number, term=1, state=state, hash=HASH, **fields
    )


IN_FORCE = version(STATES.STATE_IN_FORCE, **BY_MANAGER, **BY_PERSON, **SINCE)
NO_ANSWER = version(STATES.STATE_IN_FORCE, no_answer=True, **BY_MANAGER, **SINCE)


@pytest.mark.parametrize(
    ("shown", "says"),
    [
        (version(STATES.STATE_AWAITED, **BY_MANAGER, answer_due_date=day(12, 8, 2026)),
         "The support manager confirmed it. Demo Effie Lochend can confirm it until 8 December 2026."),
        (version(STATES.STATE_AWAITED, **BY_PERSON),
         "Demo Effie Lochend confirmed it. The support manager is awaited."),
        (IN_FORCE, "In force since 24 November 2026. Both sides confirmed it."),
        (NO_ANSWER,
         "In force since 24 November 2026. Demo Effie Lochend gave no answer. Nothing is taken as agreed."),
        (version(STATES.STATE_OVERTAKEN, **BY_MANAGER),
         "The plan changed before both sides had confirmed it. The support manager confirmed it."),
        (version(STATES.STATE_REPLACED, **BY_MANAGER, **BY_PERSON, **SINCE),
         "It was in force since 24 November 2026, and a newer version took its place. Both sides confirmed it."),
        (version(STATES.STATE_CLOSED, no_answer=True, **BY_MANAGER, **SINCE),
         "It was in force since 24 November 2026, and its term is over. Demo Effie Lochend gave no answer. "
         "Nothing is taken as agreed."),
        (version(STATES.STATE_CLOSED, **BY_PERSON), "It was never in force. Demo Effie Lochend confirmed it."),
    ],
)  # fmt: skip
def test_a_version_says_where_it_stands_and_who_confirmed_it(shown: pb.PlanVersion, says: str) -> None:
    assert version_stands(shown, NAMES) == says


def head(**fields: Any) -> list[str]:
    """Return the lines of a plan's page above what is in it."""
    text = plan_text(plan(term=1, etag=HASH, **fields), [], NAMES, UNLIMITED)
    return text.split("\n\n")[0].splitlines()[1:]


def test_the_page_says_what_is_missing_and_why_the_plan_is_not_final() -> None:
    lacking = "an action for the need eeed0000, or why it is carried"
    assert head(missing=[lacking], not_final_because="We meet again.", no_strength_because="None yet.") == [
        "Version        None of term 1 is in force.",
        f"Missing        {lacking}.",
        "No strength    because: None yet.",
        "Not final      because: We meet again.",
        "Read as        6f1c20aa",
    ]


def test_the_page_says_that_the_plan_has_changed_since_a_version_was_in_force() -> None:
    since = "1, of term 1. In force since 24 November 2026. Both sides confirmed it."
    assert head(in_force=IN_FORCE, is_in_force=True)[0] == f"Version        {since}"
    changed = "The plan has changed since. Both sides can confirm it as it stands."
    assert head(in_force=IN_FORCE)[0] == f"Version        {since} {changed}"
    awaited = version(STATES.STATE_AWAITED, 2, **BY_PERSON)
    assert head(in_force=IN_FORCE, awaited=awaited)[0].endswith(
        "Version 2: Demo Effie Lochend confirmed it. The support manager is awaited."
    )


def test_an_earlier_version_is_shown_without_what_is_awaited_today() -> None:
    text = plan_text(plan(term=1, etag=HASH, shown=IN_FORCE), (), NAMES, UNLIMITED)
    assert "Version        1, of term 1. In force since 24 November 2026." in text
    assert "Waiting" not in text


def test_before_the_first_term_there_is_no_version_to_confirm() -> None:
    assert "Version" not in plan_text(plan(), [], NAMES, UNLIMITED)


def test_a_carried_need_says_why() -> None:
    text = plan_text(plan(needs=[need(carried_because="After the training.")]), [], NAMES, UNLIMITED)
    assert "Carried, because: After the training." in text


def test_the_list_has_every_version_the_newest_first() -> None:
    overtaken = version(STATES.STATE_OVERTAKEN, 2, **BY_MANAGER)
    text = history_text([overtaken, IN_FORCE], NAMES, UNLIMITED)
    assert [line.split()[0] for line in text.splitlines()[1:]] == ["2", "1"]


def test_the_duty_of_a_plan_leads_to_the_plan() -> None:
    owes = duty(kind=duties_pb2.Duty.KIND_FINALISE_PLAN, about=f"{FILE}/developmentPlan")
    assert _shown_by(owes) == "psmf plan show sg-02218697"
    assert "the development plan of the term, confirmed by both sides" in plan_text(
        plan(), [owes], NAMES, UNLIMITED
    ).replace("The development", "the development")
