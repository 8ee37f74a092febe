"""Recommendations as both sides read them, built from answers of the services without any of them."""

import re
from typing import Any

import pytest

from services.console.words import words
from tests.console.fixtures.reviewing import recommendations as made
from tests.console.fixtures.reviewing.recommendations import APPROVED, DRAFTED, LINE, REC, page, step
from tests.console.fixtures.reviewing.requests import SENIOR


@pytest.mark.parametrize(
    ("reader", "role", "fields", "possible"),
    [
        ("panel-team", "panel_team", DRAFTED, ["check", "withdraw"]),
        ("panel-team", "panel_team", {"state": REC.STATE_CHECKED}, ["share", "withdraw"]),
        ("panel-team", "panel_team", {}, ["withdraw"]),
        (SENIOR, "senior_manager", {}, ["approve"]),
        ("panel-team", "panel_team", APPROVED, ["submit", "withdraw"]),
        ("support-manager-east-1", "support_manager", {}, []),
        ("person-sg-1", "safeguarder", {}, ["say"]),
        ("person-sg-1", "safeguarder", {"state": REC.STATE_WITHDRAWN}, []),
    ],
)
def test_each_reader_finds_the_steps_that_are_theirs(
    reader: str, role: str, fields: dict[str, Any], possible: list[str]
) -> None:
    view = page(reader, role, **fields)
    assert [one.href.rpartition("/")[2] for one in view.possible] == possible


def test_who_drafted_it_reads_that_somebody_else_approves_it() -> None:
    (approve,) = [one for one in page("panel-team", "panel_team").blocked if one.name == "Approve it"]
    assert approve.says == "You drafted or checked it. Somebody else approves it."


def test_the_hash_stands_in_groups_of_four_with_the_day_on_which_both_sides_saw_it() -> None:
    view = page()
    assert view.hash.split(" ")[:2] == ["9f86", "d081"]
    assert view.hash.replace(" ", "") == made.HASH
    assert view.seen == "This same pack was shared with Demo Effie Lochend on 23\u00a0November 2026."
    assert page("panel-team", "panel_team", **DRAFTED).seen == ""


def test_a_criterion_without_an_answer_is_named() -> None:
    assert tuple(one.text for one in page().text.open_criteria) == (
        "Replies, and the outcomes of reviews, were considered",
    )


def test_to_approve_it_is_to_answer_everything_that_was_said() -> None:
    twice = [REC.Representation(words=said, create_time=made.SAID) for said in ("First.", "Second.")]
    shown = step("approve", "senior_manager", representations=twice)
    assert shown.form is not None
    assert [one.name for one in shown.form.questions] == ["answer_1", "answer_2"]
    assert shown.form.questions[1].text == "What do you answer to number 2?"
    assert [one.words for one in shown.quoted] == ["First.", "Second."]
    assert "ends in b0f00a08" in shown.form.effect


def test_it_waits_for_an_open_review_unless_somebody_says_otherwise() -> None:
    waiting = step("submit", lines=[LINE(what=LINE.WHAT_REVIEW_OPEN)], **APPROVED).form
    plain = step("submit", lines=(), **APPROVED).form
    assert waiting is not None
    assert plain is not None
    assert [one.value for one in waiting.questions[0].choices] == ["wait", "submit"]
    assert plain.questions == ()


def test_what_is_not_ready_is_the_teams_and_reads_as_a_sentence() -> None:
    lines = made.readiness().lines
    assert lines[0] == "An action is open, due 29\u00a0January 2027."
    assert lines[1] == "The time to reply to an item stands still."
    assert lines[2].endswith("and the Team owes it.")
    assert made.readiness(()).ready == "Everything is ready."
    assert made.readiness((), opened=False).ready == "The papers are not open yet, so nothing is listed."


def test_what_is_owed_leads_to_the_recommendation_or_to_what_is_ready() -> None:
    hrefs = [row.href for row in made.owed(3).rows]
    assert hrefs == ["/recommendations/sg-1", "/recommendations/sg-1/m-1"]
    assert made.owed(0).none


def test_every_word_of_the_contract_has_words() -> None:
    said = words("recommendations")
    for table, enum in (
        ("kinds", REC.Purpose), ("outcomes", REC.Outcome), ("states", REC.State), ("stands", REC.State),
        ("criteria", made.CRITERION.What), ("answers", made.CRITERION.Answer), ("lines", LINE.What),
        ("sections", made.ENTRY.Section),
    ):  # fmt: skip
        names = {re.sub(r"^(PURPOSE|OUTCOME|STATE|WHAT|ANSWER|SECTION)_", "", one).lower() for one in enum.keys()[1:]}
        assert set(said[table]) == names, table
