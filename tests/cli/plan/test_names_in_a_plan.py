"""How people name a need, an action or a support: the start of its id, after the person whose plan it is in."""

import pytest
from psmf.evidence.v1 import development_plans_pb2 as pb

from services.cli.plan.reading import named_in, parted, person_typed
from services.client.errors import ClientError
from tests.cli.plan.a_plan import ACTION, FILE, NEED, action, plan


@pytest.mark.parametrize(
    ("typed", "person", "begins"),
    [
        ("sg-02218697/a40f", "sg-02218697", "a40f"),
        ("Demo Effie Lochend/a40f", "Demo Effie Lochend", "a40f"),
        ("sg-02218697/actions/a40f", "sg-02218697", "a40f"),
        (ACTION, "sg-02218697", ACTION.rpartition("/")[2]),
        ("a40f", "", "a40f"),
        ("actions/a40f", "", "a40f"),
    ],
)
def test_an_action_is_named_alone_or_after_its_person(typed: str, person: str, begins: str) -> None:
    assert parted(typed, "actions") == (person, begins)


def test_the_one_whose_id_begins_so_is_meant() -> None:
    assert named_in(plan(), "action", "a40f") == ACTION
    assert named_in(plan(), "need", NEED.rpartition("/")[2]) == NEED


@pytest.mark.parametrize(("begins", "code"), [("a40", "USAGE"), ("eeed", "NOT_FOUND"), ("", "NOT_FOUND")])
def test_an_id_that_is_unclear_is_not_guessed(begins: str, code: str) -> None:
    other = action(name=f"{FILE}/actions/a40aaaaa-0000-4000-8000-000000000009")
    with pytest.raises(ClientError) as problem:
        named_in(plan(actions=[action(), other]), "action", begins)
    assert problem.value.code == code
    if code == "NOT_FOUND":
        assert str(problem.value).endswith("See: psmf plan show sg-02218697")


@pytest.mark.parametrize(
    ("typed", "again"),
    [("-", ""), ("", ""), ("sg-02218697", " sg-02218697"), ("Demo Effie Lochend", " 'Demo Effie Lochend'")],
)
def test_a_person_is_named_again_as_they_were_typed(typed: str, again: str) -> None:
    """A hint that loses the quotes of a name would not work."""
    assert person_typed(typed) == again


def test_a_plan_without_a_thing_of_that_kind_says_so() -> None:
    with pytest.raises(ClientError, match="There is no support"):
        named_in(pb.DevelopmentPlan(name=f"{FILE}/developmentPlan"), "support", "5a77")
