"""What was shared too late for the papers of a session is used only if the Safeguarder admits it (record 2.1, R72)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from services.evidence.domain.evidence_item import EvidenceClass, EvidenceItem, ItemState, Polarity
from services.evidence.domain.sessions import late_items as late
from services.evidence.domain.sessions import life_of_a_record as life
from services.evidence.domain.sessions.completeness import Papers
from services.evidence.domain.sessions.late_items import LateItems, Read
from services.evidence.domain.sessions.pack import Pack, PackState, Section, freeze, item_name
from services.evidence.domain.sessions.record import Content, Outcome, OutcomeWord, SessionRecord, View, ViewWord
from services.refusals import Refusal
from tests.evidence.sessions.build import ACTION, AUTHOR, CONCERN, MANAGER, NOW, NUMBERS, OWN, PERSON, SUPPORT, a_slot
from tests.evidence.sessions.test_papers import an_item, known

STARTS = NOW + timedelta(days=7)
PACK = freeze(Pack("x1", PERSON, STARTS, 1, NOW), known(an_item("early")))
NOTHING = LateItems("x1", PERSON)
ITEM = an_item("late")
DAY = timedelta(days=1)


def offered(item: EvidenceItem = ITEM, pack: Pack = PACK, at: datetime = STARTS) -> LateItems:
    return late.offer(NOTHING, item, MANAGER, pack, at)


def admitted(item: EvidenceItem | None = ITEM, read: int = ITEM.version, pack: Pack = PACK) -> LateItems:
    return late.admit(offered(), "late", item, Read(read, "person-one", STARTS), pack)


def refused(move: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as problem:
        move()
    return problem.value.reason


def test_an_item_is_offered_once_and_stands_beside_the_papers() -> None:
    once = offered()
    assert once.waiting == 1
    assert late.offer(once, ITEM, "manager-two", PACK, STARTS) is once
    (shown,) = late.shown(once, PACK, {"late": ITEM}, STARTS)
    assert (shown.entry.name, shown.entry.section, shown.changed) == (item_name(ITEM), Section.NEW_EVIDENCE, False)


def test_praise_that_comes_late_is_praise() -> None:
    kind = an_item("late", Polarity.PRAISE)
    (shown,) = late.shown(offered(kind), PACK, {"late": kind}, STARTS)
    assert shown.entry.section is Section.PRAISE


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"shared_on": None}, "SHOW_THE_EVIDENCE"),
        ({"safeguarder_id": "sg-two"}, "SHOW_THE_EVIDENCE"),
        ({"state": ItemState.WITHDRAWN}, "NOT_FOR_PAPERS"),
        ({"evidence_class": EvidenceClass.SAFETY}, "NOT_FOR_PAPERS"),
        ({"evidence_class": EvidenceClass.HELP_SEEKING}, "NOT_FOR_PAPERS"),
        ({"received_on": (NOW - timedelta(days=400)).date()}, "NOT_FOR_PAPERS"),
    ],
)
def test_only_what_papers_could_hold_is_offered(changes: dict[str, Any], reason: str) -> None:
    assert refused(lambda: offered(an_item("late", **changes))) == reason


def test_what_is_in_the_papers_need_not_be_offered() -> None:
    assert refused(lambda: offered(an_item("early"))) == "IN_THE_PAPERS"
    growing = Pack("x1", PERSON, STARTS, 1, STARTS)
    assert refused(lambda: offered(pack=growing, at=NOW)) == "PAPERS_GROW"
    again = freeze(PACK, known(an_item("early"), ITEM))  # it was known at that instant, and came here late
    assert late.shown(offered(), again, {"late": ITEM}, STARTS) == []


def test_an_item_is_offered_until_the_day_of_the_session_is_over() -> None:
    assert offered(at=STARTS + timedelta(hours=5)).waiting == 1
    assert refused(lambda: offered(at=STARTS + DAY)) == "SESSION_OVER"


@pytest.mark.parametrize("state", [PackState.VOID, PackState.USED])
def test_nothing_is_offered_or_admitted_once_the_record_is_shared_or_the_session_is_off(state: PackState) -> None:
    pack = replace(PACK, state=state)
    assert refused(lambda: offered(pack=pack)) == "SESSION_OVER"
    assert refused(lambda: admitted(pack=pack)) == "SESSION_OVER"
    over = late.follow(offered(), pack)
    assert (over.waiting, over.version) == (0, 2)
    assert late.follow(over, pack) is over
    assert late.follow(over, PACK).waiting == 1, "the session takes place after all"


def test_the_safeguarder_admits_what_they_read_and_that_is_kept() -> None:
    """Also after the item was corrected or withdrawn, like an entry of papers that are frozen."""
    once = admitted()
    (item,) = once.items
    assert item.admitted is not None
    assert (item.admitted.version, item.admitted_by, once.waiting) == (ITEM.version, "person-one", 0)
    assert late.admit(once, "late", None, Read(9, "person-one", STARTS), PACK) is once
    (shown,) = late.shown(once, PACK, {}, STARTS)
    assert (shown.entry, shown.changed) == (item.admitted, False)


def test_who_read_another_version_has_not_admitted_it() -> None:
    changed = ITEM._replace(version=ITEM.version + 1)
    (shown,) = late.shown(offered(), PACK, {"late": changed}, STARTS)
    assert (shown.entry.version, shown.changed) == (changed.version, True)
    assert refused(lambda: admitted(changed)) == "OTHER_VERSION"
    assert admitted(changed, changed.version).waiting == 0


@pytest.mark.parametrize("state", [ItemState.WITHDRAWN, ItemState.SUPERSEDED, ItemState.HELD])
def test_what_was_withdrawn_or_replaced_cannot_be_admitted_and_is_not_shown(state: ItemState) -> None:
    gone = ITEM._replace(state=state)
    assert refused(lambda: admitted(gone)) == "LATE_ITEM_GONE"
    assert late.shown(offered(), PACK, {"late": gone}, STARTS) == []


def test_what_was_not_offered_cannot_be_admitted() -> None:
    read = Read(1, "person-one", STARTS)
    assert refused(lambda: late.admit(NOTHING, "late", ITEM, read, PACK)) == "LATE_ITEM_NOT_FOUND"


def test_a_session_takes_some_late_items_and_no_more() -> None:
    full = NOTHING
    for number in range(late.MOST_LATE_ITEMS):
        full = late.offer(full, an_item(f"late-{number}"), MANAGER, PACK, STARTS)
    assert refused(lambda: late.offer(full, ITEM, MANAGER, PACK, STARTS)) == "TOO_MANY_LATE_ITEMS"


NAMES = {f"e{number}": an_item(f"e{number}") for number in range(4)}
SAID = [item_name(item) for item in NAMES.values()]


class OnlyThePapersAreUsed(RuleBasedStateMachine):
    """Both sides at work before and at a session, allowed or not, and the manager at its record."""

    def __init__(self) -> None:
        super().__init__()
        self.pack = freeze(Pack("x1", PERSON, STARTS, 1, NOW), known(NAMES["e0"]))
        self.late, self.now, self.hash = NOTHING, NOW, self.pack.hash
        self.record: SessionRecord | None = None
        self.admitted: set[str] = set()
        """What the Safeguarder admitted."""

    def attempt(self, move: Callable[[], LateItems]) -> bool:
        try:
            after = move()
        except Refusal:
            return False
        assert after.version in (self.late.version, self.late.version + 1)
        self.late = after
        return True

    def papers(self) -> Papers:
        entries = [one.entry for one in late.shown(self.late, self.pack, NAMES, self.now) if one.late.admitted]
        names = frozenset(entry.name for entry in self.pack.entries if "/" in entry.name)
        return Papers(
            self.pack.hash,
            praise=frozenset(),
            own_items=frozenset({OWN}),
            on_agenda=frozenset({CONCERN}),
            evidence=names,
            standards=("S1",),
            admitted=frozenset(entry.name for entry in entries),
            actions=frozenset({ACTION}),
            supports=frozenset({SUPPORT}),
        )

    @rule(hours=st.integers(0, 100))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(known_as=st.sampled_from(sorted(NAMES)))
    def the_manager_offers(self, known_as: str) -> None:
        self.attempt(lambda: late.offer(self.late, NAMES[known_as], MANAGER, self.pack, self.now))

    @rule(known_as=st.sampled_from(sorted(NAMES)), version=st.integers(1, 2))
    def the_safeguarder_admits(self, known_as: str, version: int) -> None:
        read = Read(version, "person-one", self.now)
        if self.attempt(lambda: late.admit(self.late, known_as, NAMES[known_as], read, self.pack)):
            self.admitted.add(item_name(NAMES[known_as]))

    @rule(
        basis=st.sampled_from(SAID),
        item=st.sampled_from([*SAID, CONCERN]),
        action=st.sampled_from([ACTION, *SAID]),
        listed=st.sets(st.sampled_from([ACTION, SUPPORT, *SAID]), max_size=2),
    )
    def the_manager_drafts(self, basis: str, item: str, action: str, listed: set[str]) -> None:
        outcomes = {OWN: Outcome(OWN, OutcomeWord.SETTLED, "We spoke of it.")}
        for name in (CONCERN, item):
            outcomes[name] = Outcome(name, OutcomeWord.ACTION, "", action)
        views = (View("S1", ViewWord.DEVELOPING, (basis,), "So I see it."),)
        actions = tuple(sorted(listed - {SUPPORT}))
        text = Content(views, tuple(outcomes.values()), "Each child was met.", actions, tuple(listed & {SUPPORT}))
        try:
            if self.record is None:
                self.record = life.draft(a_slot(), text, AUTHOR, self.papers(), self.now)
            else:
                self.record = life.change(self.record, text, AUTHOR, self.papers(), self.now)
        except Refusal:
            return

    @rule()
    def the_manager_shares(self) -> None:
        if self.record is None:
            return
        try:
            self.record = life.share(self.record, self.papers(), self.now, NUMBERS)
        except Refusal:
            return
        self.pack = replace(self.pack, state=PackState.USED)
        self.attempt(lambda: late.follow(self.late, self.pack))

    @invariant()
    def every_name_is_of_the_papers_an_own_item_admitted_or_of_the_plan(self) -> None:
        if self.record is None:
            return
        content = self.record.content
        used = {name for view in content.views for name in view.basis} | {said.item for said in content.outcomes}
        in_papers = {entry.name for entry in self.pack.entries}
        assert used <= in_papers | {OWN, CONCERN} | self.admitted
        assert content.named_actions <= {ACTION}
        assert set(content.supports) <= {SUPPORT}

    @invariant()
    def the_papers_stay_as_they_were_frozen(self) -> None:
        assert self.pack.hash == self.hash

    @invariant()
    def silence_admits_nothing(self) -> None:
        found = {one.entry.name for one in late.shown(self.late, self.pack, NAMES, self.now) if one.late.admitted}
        assert found <= self.admitted


TestOnlyThePapersAreUsed = OnlyThePapersAreUsed.TestCase
