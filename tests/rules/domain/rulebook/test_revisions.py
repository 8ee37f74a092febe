"""It takes two people to put a rulebook into force. One is in force at a time, and people can go back (D11, D15.6)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from services.refusals import Refusal
from services.rules.domain.rulebook import revisions as domain
from services.rules.domain.rulebook.revisions import RELEASE, Activation, Activations, Approval, Kind, Revision, State
from tests.sizes import part_of

START = datetime(2026, 11, 24, 9, tzinfo=UTC)
HASHES = ("release", "first", "second", "third")
PEOPLE = ("editor", "approver", "other-approver")


def a_revision(content_hash: str = "first", author: str = "editor", approver: str = "") -> Revision:
    approvals = (Approval(approver, "fits", START),) if approver else ()
    return Revision(content_hash, author, "Board minute 14", START, approvals)


def a_plan(*hashes: str) -> Activations:
    return Activations(
        tuple(
            Activation(number, content_hash, Kind.ACTIVATION, "approver", "", START, in_force_at=START)
            for number, content_hash in enumerate(hashes, 1)
        )
    )


def an_activation(content_hash: str, at: datetime = START) -> Activation:
    return Activation(9, content_hash, Kind.ACTIVATION, "approver", "", at)


def test_the_person_who_submitted_a_revision_cannot_approve_it() -> None:
    with pytest.raises(Refusal) as refused:
        domain.approve(a_revision(), Approval("editor", "mine", START))
    assert refused.value.reason == "AUTHOR_CANNOT_APPROVE"


def test_a_revision_without_a_second_person_does_not_come_into_force() -> None:
    with pytest.raises(Refusal) as refused:
        domain.schedule(a_revision(), a_plan("release"), an_activation("first"), START)
    assert refused.value.reason == "NOT_APPROVED"


def test_a_time_that_has_passed_is_refused() -> None:
    approved = a_revision(approver="approver")
    with pytest.raises(Refusal) as refused:
        domain.schedule(approved, a_plan("release"), an_activation("first", START - timedelta(seconds=1)), START)
    assert refused.value.reason == "EFFECTIVE_TIME_PAST"


def test_what_is_in_force_already_is_said() -> None:
    with pytest.raises(Refusal) as refused:
        domain.schedule(a_revision(approver="approver"), a_plan("release", "first"), an_activation("first"), START)
    assert refused.value.reason == "IN_FORCE_ALREADY"


def test_going_back_twice_goes_back_two_steps() -> None:
    plan = a_plan("release", "first", "second")
    for number, before in ((4, "first"), (5, "release")):
        back = domain.go_back(plan, number, "approver", "too many", START)
        assert back.content_hash == before
        plan = Activations((*plan.activations, back))
    with pytest.raises(Refusal) as refused:
        domain.go_back(plan, 6, "approver", "again", START)
    assert refused.value.reason == "NOTHING_BEFORE"
    assert plan.state_of(a_revision("second")) is State.ROLLED_BACK
    assert plan.state_of(a_revision("first")) is State.ROLLED_BACK


def test_a_state_tells_how_far_a_revision_has_come() -> None:
    plan = a_plan("release", "first")
    waits = replace(an_activation("second", START + timedelta(days=1)), number=3)
    with_scheduled = Activations((*plan.activations, waits))
    assert with_scheduled.state_of(a_revision("third")) is State.DRAFT
    assert with_scheduled.state_of(a_revision("third", approver="approver")) is State.APPROVED
    assert with_scheduled.state_of(a_revision("second", approver="approver")) is State.SCHEDULED
    assert with_scheduled.state_of(a_revision("first", approver="approver")) is State.ACTIVE
    assert with_scheduled.state_of(a_revision("release", RELEASE)) is State.SUPERSEDED


def test_only_the_first_release_needs_nobody() -> None:
    plan = Activations(
        (Activation(1, "release", Kind.RELEASE, RELEASE, "", START, START), *a_plan("", "first").activations[1:])
    )
    first, second = plan.past
    assert domain.may_be_loaded(plan, first, vouched_for=False, needs_approval=True)
    assert not domain.may_be_loaded(plan, second, vouched_for=False, needs_approval=False)
    assert domain.may_be_loaded(plan, second, vouched_for=True, needs_approval=True)
    reloaded = Activations((first, replace(second, kind=Kind.RELOAD)))
    assert domain.may_be_loaded(reloaded, reloaded.past[1], vouched_for=False, needs_approval=False)
    assert not domain.may_be_loaded(reloaded, reloaded.past[1], vouched_for=False, needs_approval=True)


class Rulebooks(RuleBasedStateMachine):
    """A state machine in which any person tries any command at any time."""

    @initialize()
    def first_start(self) -> None:
        self.now = START
        self.revisions = {"release": Revision("release", RELEASE, "", START)}
        self.activations = [Activation(1, "release", Kind.RELEASE, RELEASE, "", START, START)]
        self.in_force: list[str] = ["release"]
        """The rulebooks that rolling back leads to, kept apart from the code under test."""

    @property
    def plan(self) -> Activations:
        return Activations(tuple(self.activations))

    @rule(content=st.sampled_from(HASHES[1:]), author=st.sampled_from(PEOPLE))
    def submit(self, content: str, author: str) -> None:
        self.revisions.setdefault(content, Revision(content, author, "", self.now))

    @rule(content=st.sampled_from(HASHES), person=st.sampled_from(PEOPLE))
    def approve(self, content: str, person: str) -> None:
        found = self.revisions.get(content)
        if found is None:
            return
        try:
            self.revisions[content] = domain.approve(found, Approval(person, "", self.now))
        except Refusal:
            assert person == found.author

    @rule(content=st.sampled_from(HASHES), hours=st.integers(-1, 3))
    def activate(self, content: str, hours: int) -> None:
        found = self.revisions.get(content)
        if found is None:
            return
        number = self.activations[-1].number + 1
        wanted = replace(an_activation(content, self.now + timedelta(hours=hours)), number=number)
        try:
            activation = domain.schedule(found, self.plan, wanted, self.now)
        except Refusal:
            return
        self._add(activation)

    @rule()
    def roll_back(self) -> None:
        try:
            back = domain.go_back(self.plan, self.activations[-1].number + 1, "approver", "", self.now)
        except Refusal:
            assert len(self.in_force) == 1
            return
        self.in_force.pop()
        assert back.content_hash == self.in_force[-1]
        self._add(back)

    @rule(hours=st.integers(1, 3))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        due = self.plan.scheduled
        if due is not None and due.effective_at <= self.now:
            self._take_back()
            self._add(domain.come_into_force(due, self.now))

    def _take_back(self) -> None:
        self.activations = [activation for activation in self.activations if not activation.waits]

    def _add(self, activation: Activation) -> None:
        self._take_back()
        self.activations.append(activation)
        forward = activation.kind is Kind.ACTIVATION and activation.in_force_at is not None
        if forward and self.in_force[-1] != activation.content_hash:
            self.in_force.append(activation.content_hash)

    @invariant()
    def exactly_one_is_in_force(self) -> None:
        if not hasattr(self, "revisions"):
            return
        states = [self.plan.state_of(revision) for revision in self.revisions.values()]
        assert states.count(State.ACTIVE) == 1
        assert states.count(State.SCHEDULED) <= 1
        assert self.plan.in_force is not None
        assert self.plan.in_force.content_hash == self.in_force[-1] == self.plan.way_back[-1]

    @invariant()
    def nothing_was_ever_in_force_without_a_second_person(self) -> None:
        for activation in self.activations if hasattr(self, "activations") else ():
            if activation.in_force_at is not None and activation.content_hash != "release":
                revision = self.revisions[activation.content_hash]
                assert {approval.approver for approval in revision.approvals} - {revision.author}


TestRulebooks = Rulebooks.TestCase
TestRulebooks.settings = settings(max_examples=part_of(150), stateful_step_count=25, deadline=None)
